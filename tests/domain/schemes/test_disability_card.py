"""The disability card: its number, its validity, and why it does not move (A10)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from catalog.matter_policies import card_policy
from domain.errors import DomainError
from domain.identity import with_check_digit
from domain.schemes.disability_card import (
    WORDING,
    CardNumber,
    CardRefusal,
    DisabilityType,
    destination_findings,
    origin_findings,
    valid_through,
)

TODAY = date(2026, 11, 23)
POLICY = card_policy(load_catalog(), "371002", on=TODAY)
PERSON = with_check_digit("33999919800101001")
VALID: dict[str, Any] = {"status": "VALID", "issued_on": "2020-05-01"}
LANDED: dict[str, Any] = {"hukou_region": "371002", "county": "371002"}


def test_a_number_is_identity_type_and_grade() -> None:
    number = CardNumber.parse(f" {PERSON}43 ".lower())
    assert number == CardNumber(PERSON, DisabilityType.PHYSICAL, 3, 0)


@pytest.mark.parametrize(
    ("suffix", "replacements", "written"),
    [("", 0, ""), ("B", 1, "B"), ("B1", 1, "B"), ("B2", 2, "B2"), ("b12", 12, "B12")],
)
def test_replacements_are_counted_behind_a_b(suffix: str, replacements: int, written: str) -> None:
    number = CardNumber.parse(f"{PERSON}11{suffix}")
    assert number.replacements == replacements
    assert str(number) == f"{PERSON}11{written}"


@pytest.mark.parametrize("tail", ["", "4", "83", "03", "45", "40", "43C", "43B0", "43B01", "43BB"])
def test_other_shapes_are_no_card_numbers(tail: str) -> None:
    with pytest.raises(DomainError) as caught:
        CardNumber.parse(PERSON + tail)
    assert caught.value.code == "WRONG_CARD_NUMBER"
    assert PERSON not in caught.value.message


def test_a_wrong_identity_number_is_no_card_number() -> None:
    wrong = PERSON[:-1] + ("0" if PERSON[-1] != "0" else "1")
    with pytest.raises(DomainError) as caught:
        CardNumber.parse(f"{wrong}43")
    assert caught.value.code == "WRONG_CHECK_DIGIT"


@given(st.sampled_from(DisabilityType), st.integers(1, 4), st.integers(0, 30))
def test_a_number_survives_writing_and_reading(
    kind: DisabilityType, grade: int, replacements: int
) -> None:
    number = CardNumber(PERSON, kind, grade, replacements)
    assert CardNumber.parse(str(number)) == number


@pytest.mark.parametrize(
    ("issued_on", "last"),
    [
        (date(2016, 11, 23), date(2026, 11, 23)),
        (date(2016, 2, 29), date(2026, 2, 28)),
        (date(2024, 2, 28), date(2034, 2, 28)),
    ],
)
def test_a_card_is_valid_for_ten_years(issued_on: date, last: date) -> None:
    assert valid_through(issued_on, POLICY) == last


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "NONE"}, CardRefusal.NO_CARD_HERE),
        ({"status": "CANCELLED"}, CardRefusal.CARD_VOID),
        ({"status": "VOID"}, CardRefusal.CARD_VOID),
        ({"issued_on": "2016-11-22"}, CardRefusal.CARD_EXPIRED),
        ({"identity_agrees": False}, CardRefusal.RECORD_DIFFERS),
        ({"record_agrees": False}, CardRefusal.RECORD_DIFFERS),
        ({"grade_disputed": True}, CardRefusal.GRADE_DISPUTED),
        ({"open_letter": "L-1"}, CardRefusal.TRANSFER_OPEN),
    ],
)
def test_the_origin_refuses_with_a_code(change: dict[str, Any], code: CardRefusal) -> None:
    found = origin_findings({**VALID, **change}, POLICY, TODAY)
    assert [one.code for one in found] == [code.value]


@pytest.mark.parametrize("issued_on", ["2016-11-23", "2020-05-01", None])
def test_a_valid_card_moves_up_to_its_last_day(issued_on: str | None) -> None:
    record = {**VALID, "issued_on": issued_on, "open_letter": "L-1"}
    assert origin_findings(record, POLICY, TODAY, letter="L-1") == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"hukou_region": "330902"}, CardRefusal.HUKOU_NOT_LANDED),
        ({"hukou_region": None, "county": None}, CardRefusal.HUKOU_NOT_LANDED),
        ({"active_elsewhere": True}, CardRefusal.ACTIVE_ELSEWHERE),
        ({"open_letter": "L-1"}, CardRefusal.TRANSFER_OPEN),
    ],
)
def test_the_destination_refuses_with_a_code(change: dict[str, Any], code: CardRefusal) -> None:
    found = destination_findings({**LANDED, **change}, POLICY, TODAY)
    assert [one.code for one in found] == [code.value]


def test_the_destination_takes_a_card_whose_hukou_has_landed() -> None:
    assert destination_findings(LANDED, POLICY, TODAY) == ()


def test_every_refusal_has_words() -> None:
    assert set(WORDING) == set(CardRefusal)
