"""Every act says what it rests on, and no family borrows another one's law."""

from __future__ import annotations

import pytest

from contracts.families import ALONE, HUKOU, TRANSFERS
from domain.act_basis import FAMILY_BASIS
from domain.casework import ActCode, basis_of


def test_every_family_has_a_basis() -> None:
    assert set(FAMILY_BASIS) == {HUKOU.code, *TRANSFERS, *ALONE}


@pytest.mark.parametrize("family", sorted(set(FAMILY_BASIS) - {HUKOU.code}))
def test_no_act_of_another_family_rests_on_the_household_register(family: str) -> None:
    assert not [code for code in ActCode if "户口" in basis_of(code, family)]


def test_an_act_has_its_article_where_there_is_one() -> None:
    assert basis_of(ActCode.LANDED, HUKOU.code) == "户口登记条例第13条"
    assert basis_of(ActCode.DEATH_RECORDED, "PENSION") == FAMILY_BASIS["PENSION"]
    assert basis_of(ActCode.GRANTED, "PROXY_INTAKE") == "行政许可法第38条第1款"
