"""Who may transfer an employee pension: the decision order, rule by rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.schemes import pension
from domain.schemes.pension_eligibility import TransferOutcome
from tests.domain.schemes.pension_records import DINGHAI, HUANCUI, PENSION, PUDONG, record


def facts(**changes: Any) -> dict[str, Any]:
    """A man of 52 from Shanghai, first insured in Huancui this year."""
    told: dict[str, Any] = {
        "destination_region": HUANCUI,
        "hukou_region": PUDONG,
        "sex": "MALE",
        "birth_date": "1974-05-02",
        "first_insured_here_on": "2026-09-01",
    }
    return {**told, **changes}


@pytest.mark.parametrize(
    ("changes", "of_record", "outcome", "rules_tried"),
    [
        ({}, {"status": "PENSIONER"}, TransferOutcome.NEVER, 1),
        ({"hukou_region": "370102"}, {"status": "PENSIONER"}, TransferOutcome.NEVER, 1),
        ({"hukou_region": "370102"}, {}, TransferOutcome.TAKE, 2),
        ({"moved_by_order": True}, {}, TransferOutcome.TAKE, 3),
        ({}, {"region": "370103"}, TransferOutcome.TAKE, 4),
        ({}, {}, TransferOutcome.TAKE_TEMPORARY, 5),
        ({"birth_date": "1976-09-02"}, {}, TransferOutcome.TAKE, 6),
        ({"birth_date": "1976-09-01"}, {}, TransferOutcome.TAKE_TEMPORARY, 5),
        ({"sex": "FEMALE", "birth_date": "1986-09-02"}, {}, TransferOutcome.TAKE, 6),
        ({"sex": "FEMALE", "birth_date": "1986-09-01"}, {}, TransferOutcome.TAKE_TEMPORARY, 5),
        # first insured here before 2010, at 51: a general account in spite of the age
        (
            {"birth_date": "1958-01-01", "first_insured_here_on": "2009-12-31"},
            {},
            TransferOutcome.TAKE,
            6,
        ),
        (
            {"birth_date": "1958-01-01", "first_insured_here_on": "2010-01-01"},
            {},
            TransferOutcome.TAKE_TEMPORARY,
            5,
        ),
        # insured here at 40, grew past 50 during a break
        ({"first_insured_here_on": "2014-05-02"}, {}, TransferOutcome.TAKE, 6),
    ],
)
def test_the_first_rule_that_applies_decides(
    changes: dict[str, Any], of_record: dict[str, Any], outcome: TransferOutcome, rules_tried: int
) -> None:
    decision = pension.who_may_transfer(facts(**changes), record(**of_record), PENSION)
    assert decision.outcome is outcome
    assert len(decision.trials) == rules_tried
    assert [one.applies for one in decision.trials] == [False] * (rules_tried - 1) + [True]


def test_every_rule_tried_is_explained_with_its_source() -> None:
    steps = pension.who_may_transfer(facts(), record(), PENSION).steps
    assert steps[-1].formula.startswith("2026-09-01 首次参保，时年 52 周岁，界限 50 周岁")
    assert steps[-1].result == "是"
    assert all("第" in one.formula or "跨省" in one.formula for one in steps)


def test_nobody_is_insured_before_birth() -> None:
    with pytest.raises(DomainError, match=r"application\.first_insured_here_on 早于出生日期"):
        pension.who_may_transfer(facts(birth_date="2026-09-02"), record(), PENSION)


@given(
    st.sampled_from([HUANCUI, PUDONG, DINGHAI]),
    st.sampled_from([HUANCUI, PUDONG, DINGHAI]),
    st.sampled_from(["MALE", "FEMALE"]),
    st.dates(date(1940, 1, 1), date(2000, 1, 1)),
    st.booleans(),
)
def test_a_pensioner_never_moves_and_nobody_else_is_refused(
    destination: str, hukou: str, sex: str, born: date, ordered: bool
) -> None:
    asked = facts(
        destination_region=destination,
        hukou_region=hukou,
        sex=sex,
        birth_date=born.isoformat(),
        moved_by_order=ordered,
    )
    pensioner = pension.who_may_transfer(asked, record(status="PENSIONER"), PENSION)
    assert pensioner.outcome is TransferOutcome.NEVER
    other = pension.who_may_transfer(asked, record(), PENSION)
    assert other.outcome is not TransferOutcome.NEVER
