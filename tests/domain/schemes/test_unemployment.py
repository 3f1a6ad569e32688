"""Unemployment insurance between localities: months, money and refusals (A5)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.loader import load_catalog
from catalog.matter_policies import unemployment_policy
from domain.errors import DomainError
from domain.schemes.unemployment import (
    Scene,
    compute,
    first_month,
    money_fen,
    months_allowed,
    origin_findings,
    payout_month,
    remaining_months,
    scene_of,
    statement,
)
from domain.schemes.unemployment_refusals import WORDING, UnemploymentRefusal

TODAY = date(2026, 11, 23)
POLICY = unemployment_policy(load_catalog(), "371002", on=TODAY)
EXAMPLES = Path(__file__).parents[3] / "examples" / "compute"

DRAWING: dict[str, Any] = {
    "status": "DRAWING",
    "paid_months": 72,
    "granted_months": 12,
    "carried_months": 0,
    "drawn_months": 4,
    "paid_through": "2026-10",
    "monthly_benefit_fen": 180_000,
    "employed_at_destination": False,
}


def codes(record: dict[str, Any], **kwargs: str) -> list[str]:
    return [one.code for one in origin_findings(record, POLICY, TODAY, **kwargs)]


def test_eight_remaining_months_move_with_benefit_and_a_half() -> None:
    # granted 12 - drawn 4 = 8 months; 1,800.00 × 8 × 1.5 = 14,400.00 × 1.5 = 21,600.00
    form = statement(DRAWING, POLICY, TODAY)
    assert (form.months, form.account_fen, form.pooled_fen, form.total_fen) == (
        8,
        0,
        2_160_000,
        2_160_000,
    )
    assert form.steps[-1].formula == "1,800.00元 × 8个月 × 150%"
    assert form.steps[-1].result == "21,600.00元"


def test_a_re_employed_person_takes_the_paid_months_and_no_money() -> None:
    record = {**DRAWING, "status": "STOPPED", "employed_at_destination": True}
    form = statement(record, POLICY, TODAY)
    assert (form.facts["scene"], form.months, form.total_fen) == (Scene.YEARS_ONLY, 72, 0)


def test_re_employment_while_drawing_records_the_months_and_moves_money_as_policy_says() -> None:
    record = {**DRAWING, "employed_at_destination": True}
    without = statement(record, POLICY, TODAY)
    with_money = statement(record, replace(POLICY, recorded_months_money=True), TODAY)
    assert (without.facts["scene"], without.months, without.total_fen) == (
        Scene.MONTHS_RECORDED,
        8,
        0,
    )
    assert (with_money.months, with_money.total_fen) == (8, 2_160_000)


@pytest.mark.parametrize(
    ("status", "employed", "scene"),
    [
        ("STOPPED", True, Scene.YEARS_ONLY),
        ("STOPPED", False, Scene.YEARS_ONLY),
        ("ELIGIBLE", True, Scene.YEARS_ONLY),
        ("ELIGIBLE", False, Scene.WITH_BENEFIT),
        ("DRAWING", False, Scene.WITH_BENEFIT),
        ("DRAWING", True, Scene.MONTHS_RECORDED),
    ],
)
def test_the_scene_follows_benefit_here_and_work_there(
    status: str, employed: bool, scene: Scene
) -> None:
    assert scene_of({"status": status, "employed_at_destination": employed}) is scene


@pytest.mark.parametrize(
    ("paid", "carried", "months"),
    [
        (11, 0, 0),
        (12, 0, 12),
        (59, 0, 12),
        (60, 0, 18),
        (119, 0, 18),
        (120, 0, 24),
        (60, 5, 23),  # 18 + 5
        (60, 7, 24),  # 18 + 7 = 25, above the cap
        (0, 6, 6),
    ],
)
def test_months_allowed_follow_paid_years_up_to_twenty_four(
    paid: int, carried: int, months: int
) -> None:
    assert months_allowed(paid, carried, POLICY) == months


def test_a_grant_above_the_ceiling_counts_up_to_the_ceiling() -> None:
    # 72 paid months allow 18; a grant of 20 is cut to 18; 18 + carried 2 - drawn 4 = 16
    record = {**DRAWING, "granted_months": 20, "carried_months": 2}
    assert remaining_months(record, POLICY) == 16


def test_half_a_fen_is_rounded_up_once() -> None:
    # 1 fen × 1 month × 1.5 = 1.5 fen -> 2; 1 fen × 3 months × 1.5 = 4.5 fen -> 5
    assert [money_fen(1, 1, POLICY), money_fen(1, 3, POLICY)] == [2, 5]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "NONE"}, UnemploymentRefusal.NOT_INSURED_HERE),
        ({"identity_agrees": False}, UnemploymentRefusal.IDENTITY_DIFFERS),
        ({"open_letter": "L-1"}, UnemploymentRefusal.TRANSFER_OPEN),
        ({"status": "CONTRIBUTING"}, UnemploymentRefusal.STILL_INSURED),
        ({"status": "BENEFIT_STOPPED"}, UnemploymentRefusal.BENEFIT_STOPPED),
        ({"drawn_months": 12}, UnemploymentRefusal.NO_RIGHT_LEFT),
        ({"moved_in_period": True}, UnemploymentRefusal.BENEFIT_PLACE_FIXED),
        ({"status": "STOPPED", "paid_months": 0}, UnemploymentRefusal.NO_RIGHT_LEFT),
    ],
)
def test_the_origin_refuses_with_a_code(change: dict[str, Any], code: UnemploymentRefusal) -> None:
    assert codes({**DRAWING, **change}) == [code.value]


def test_the_origin_acts_when_nothing_speaks_against_it() -> None:
    assert codes(DRAWING) == []


def test_all_reasons_are_named_at_once() -> None:
    record = {**DRAWING, "identity_agrees": False, "open_letter": "L-1", "drawn_months": 12}
    assert codes(record) == ["IDENTITY_DIFFERS", "TRANSFER_OPEN", "NO_RIGHT_LEFT"]


def test_the_letter_being_answered_does_not_block_itself() -> None:
    assert codes({**DRAWING, "open_letter": "L-1"}, letter="L-1") == []


def test_the_refusal_of_a_second_transfer_names_the_first() -> None:
    (found,) = origin_findings({**DRAWING, "open_letter": "L-77"}, POLICY, TODAY)
    assert "L-77" in found.text and found.remedy


def test_a_moved_benefit_may_move_again_where_policy_allows_it() -> None:
    policy = replace(POLICY, benefit_place_fixed=False)
    assert origin_findings({**DRAWING, "moved_in_period": True}, policy, TODAY) == ()


def test_every_refusal_has_words() -> None:
    assert set(WORDING) == set(UnemploymentRefusal)
    assert all(part.endswith("。") for pair in WORDING.values() for part in pair)


@pytest.mark.parametrize(
    ("paid_through", "landed_on", "first"),
    [
        ("2026-10", date(2026, 11, 23), "2026-11"),
        ("2026-11", date(2026, 11, 23), "2026-12"),
        ("2026-12", date(2026, 11, 23), "2027-01"),
        ("", date(2026, 11, 23), "2026-11"),
    ],
)
def test_no_month_is_paid_in_two_places(paid_through: str, landed_on: date, first: str) -> None:
    assert first_month(paid_through, landed_on) == first


@pytest.mark.parametrize(
    "change",
    [
        {"paid_months": -1},
        {"paid_months": True},
        {"monthly_benefit_fen": 1800.0},
        {"status": "UNKNOWN"},
        {"employed_at_destination": "yes"},
        {"granted_months": "12"},
    ],
)
def test_a_malformed_record_is_refused_by_field_and_never_shown(change: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as caught:
        statement({**DRAWING, **change}, POLICY, TODAY)
    (field,) = change
    assert caught.value.facts == {"field": field}
    assert str(change[field]) not in caught.value.message


@pytest.mark.parametrize(
    ("acted_on", "month"), [(date(2026, 11, 1), "2026-12"), (date(2026, 12, 31), "2027-01")]
)
def test_money_goes_with_the_next_months_benefit(acted_on: date, month: str) -> None:
    assert payout_month(acted_on, POLICY) == month


def test_a_malformed_month_is_refused() -> None:
    with pytest.raises(DomainError, match="paid_through"):
        first_month("2026-13", TODAY)


@pytest.mark.parametrize(
    ("example", "results"),
    [
        ("unemployment.json", {"结论": "可以转出", "月数": "8个月", "资金": "21,600.00元"}),
        ("unemployment-employed.json", {"结论": "可以转出", "月数": "72个月", "资金": "0.00元"}),
        ("unemployment-refused.json", {"结论": "不予转出"}),
    ],
)
def test_the_examples_compute(example: str, results: dict[str, str]) -> None:
    record = json.loads((EXAMPLES / example).read_text(encoding="utf-8"))
    computed = compute(record, POLICY, TODAY)
    assert dict(computed.results) == results
    assert computed.steps or computed.findings
