"""The form check of any item, and who an enterprise is."""

from __future__ import annotations

import pytest

from domain.enterprise import check_credit_code
from domain.errors import DomainError
from domain.general_intake import MaterialNeed, missing_materials, wrong_choices
from domain.intake_rules import DefectCode
from tests.general.story import credit_code

NEEDS = (
    MaterialNeed("FORM", "申请表", True),
    MaterialNeed("ID", "身份证", True, replaced_by="population"),
    MaterialNeed("PROOF", "场所证明", True, promise=True),
    MaterialNeed("PHOTO", "照片", True, deferrable=True),
    MaterialNeed("NOTE", "说明", False),
)


def types(found: object) -> list[str]:
    return [one.subject for one in found]  # type: ignore[attr-defined]


def test_everything_that_is_missing_is_found_at_once() -> None:
    assert types(missing_materials(NEEDS, ())) == ["FORM", "PROOF", "PHOTO"]


def test_what_data_a_promise_or_a_date_stand_for_is_not_asked() -> None:
    assert types(missing_materials(NEEDS, ("FORM",), ("PROOF",), ("PHOTO",))) == []


@pytest.mark.parametrize("type_", ["FORM", "ID", "PHOTO", "UNKNOWN"])
def test_a_promise_is_taken_only_where_the_definition_offers_it(type_: str) -> None:
    (defect,) = wrong_choices(NEEDS, (type_,), ())
    assert defect.code is DefectCode.PROMISE_NOT_OFFERED
    assert "场所证明" in defect.remedy


@pytest.mark.parametrize("type_", ["FORM", "PROOF", "UNKNOWN"])
def test_only_a_listed_material_may_follow_later(type_: str) -> None:
    (defect,) = wrong_choices(NEEDS, (), (type_,))
    assert defect.code is DefectCode.NOT_DEFERRABLE
    assert "照片" in defect.remedy


def test_a_credit_code_has_eighteen_places_and_its_check_digit() -> None:
    code = credit_code(7)
    assert check_credit_code(code.lower()) == code
    for wrong in (code[:-1], f"{code[:-1]}{'0' if code[-1] != '0' else '1'}", ""):
        with pytest.raises(DomainError) as caught:
            check_credit_code(wrong)
        assert caught.value.code == "CREDIT_CODE_WRONG"
