"""What holds for every record of unemployment insurance (U1, U3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from catalog.matter_policies import unemployment_policy
from domain.schemes.unemployment import (
    Scene,
    landed_months,
    origin_findings,
    remaining_months,
    scene_of,
    statement,
)

TODAY = date(2026, 11, 23)
POLICY = unemployment_policy(load_catalog(), "371002", on=TODAY)
RECORDS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["STOPPED", "ELIGIBLE", "DRAWING"]),
        "employed_at_destination": st.booleans(),
        "paid_months": st.integers(0, 500),
        "granted_months": st.none() | st.integers(0, 40),
        "carried_months": st.integers(0, 40),
        "drawn_months": st.integers(0, 40),
        "monthly_benefit_fen": st.integers(0, 1_000_000),
    }
)


@given(RECORDS)
def test_remaining_months_never_rise_by_a_transfer(record: dict[str, Any]) -> None:
    form = statement(record, POLICY, TODAY)
    left = remaining_months(record, POLICY)
    assert form.facts["benefit_months_left"] == left <= POLICY.months_cap
    assert landed_months(left, POLICY) <= left
    # The destination counts on from what landed, with no new contributions of its own.
    arrived = {**record, "paid_months": 0, "granted_months": None, "drawn_months": 0}
    arrived["carried_months"] = landed_months(left, POLICY)
    assert remaining_months(arrived, POLICY) == left


@given(RECORDS, st.integers(1, 40))
def test_a_month_drawn_is_never_won_back(record: dict[str, Any], more: int) -> None:
    later = {**record, "drawn_months": record["drawn_months"] + more}
    assert remaining_months(later, POLICY) == max(0, remaining_months(record, POLICY) - more)


@given(RECORDS)
def test_years_alone_move_no_money(record: dict[str, Any]) -> None:
    form = statement(record, POLICY, TODAY)
    moves = scene_of(record) is Scene.WITH_BENEFIT
    assert form.total_fen == form.account_fen + form.pooled_fen
    assert moves or form.total_fen == 0


@given(RECORDS, st.randoms())
def test_the_order_of_a_records_fields_changes_nothing(record: dict[str, Any], chance: Any) -> None:
    fields = list(record.items())
    chance.shuffle(fields)
    shuffled = dict(fields)
    assert statement(shuffled, POLICY, TODAY) == statement(record, POLICY, TODAY)
    assert origin_findings(shuffled, POLICY, TODAY) == origin_findings(record, POLICY, TODAY)
