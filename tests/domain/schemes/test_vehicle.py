"""Transfer of a car: refusals, paper files, numbers, and the order of the acts (A9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from catalog.matter_policies import vehicle_policy
from domain.errors import DomainError
from domain.schemes.vehicle import (
    WORDING,
    VehicleKind,
    VehicleRefusal,
    VehicleUse,
    destination_findings,
    origin_findings,
    paper_file_stays,
    registered_directly,
)
from domain.schemes.vehicle_acts import (
    ACT_LABELS,
    Breach,
    VehicleAct,
    breaches,
    check_next,
    may_follow,
    next_acts,
)
from domain.schemes.vehicle_numbers import check_vin, plain_plate, vin_check_digit

TODAY = date(2026, 11, 23)
POLICY = vehicle_policy(load_catalog(), "371002", on=TODAY)
CAR: dict[str, Any] = {
    "status": "REGISTERED",
    "kind": "SMALL_PASSENGER",
    "use": "NON_COMMERCIAL",
    "emission_stage": 5,
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "NONE"}, VehicleRefusal.NOT_REGISTERED),
        ({"status": "CANCELLED"}, VehicleRefusal.NOT_REGISTERED),
        ({"owner_agrees": False}, VehicleRefusal.OWNER_DIFFERS),
        ({"data_agrees": False}, VehicleRefusal.DATA_DIFFER),
        ({"locked_by": "C-1"}, VehicleRefusal.LOCKED),
        ({"seized": True}, VehicleRefusal.SEIZED),
        ({"mortgaged": True}, VehicleRefusal.MORTGAGED),
        ({"stolen": True}, VehicleRefusal.STOLEN),
        ({"assembled": True}, VehicleRefusal.ASSEMBLED),
        ({"scrap_on": "2026-11-23"}, VehicleRefusal.SCRAP_DUE),
        ({"customs_supervised": True}, VehicleRefusal.CUSTOMS_SUPERVISED),
        ({"violations": 2}, VehicleRefusal.VIOLATIONS_OPEN),
        ({"accidents": 1}, VehicleRefusal.ACCIDENTS_OPEN),
    ],
)
def test_both_offices_refuse_with_the_registers_code(
    change: dict[str, Any], code: VehicleRefusal
) -> None:
    record = {**CAR, **change}
    assert [one.code for one in origin_findings(record, POLICY, TODAY)] == [code.value]
    assert [one.code for one in destination_findings(record, POLICY, TODAY)] == [code.value]


def test_a_clean_car_passes() -> None:
    record = {**CAR, "scrap_on": "2026-11-24", "locked_by": "C-1"}
    assert origin_findings(record, POLICY, TODAY, letter="C-1") == ()
    assert destination_findings(record, POLICY, TODAY, letter="C-1") == ()


def test_a_mortgage_may_be_released_with_the_same_application() -> None:
    record = {**CAR, "mortgaged": True, "mortgage_release_applied": True}
    assert destination_findings(record, POLICY, TODAY) == ()


def test_only_the_destination_asks_for_its_emission_stage() -> None:
    policy = replace(POLICY, emission_stage=6)
    (found,) = destination_findings(CAR, policy, TODAY)
    assert found.code == "EMISSION_BELOW" and "国6" in found.text
    assert origin_findings(CAR, policy, TODAY) == ()
    assert destination_findings({**CAR, "emission_stage": 6}, policy, TODAY) == ()


def test_every_refusal_and_act_has_words() -> None:
    assert set(WORDING) == set(VehicleRefusal)
    assert set(ACT_LABELS) == set(VehicleAct)


@pytest.mark.parametrize("use", list(VehicleUse))
@pytest.mark.parametrize("kind", list(VehicleKind))
def test_only_small_private_cars_leave_their_paper_file_behind(
    kind: VehicleKind, use: VehicleUse
) -> None:
    small = kind.value in ("MINI_PASSENGER", "SMALL_PASSENGER")
    expected = small and use.value == "NON_COMMERCIAL"
    assert paper_file_stays(kind, use, POLICY) is expected
    assert not paper_file_stays(kind, use, replace(POLICY, paper_file_stays=False))


def test_the_record_says_whether_a_car_is_registered_directly() -> None:
    assert registered_directly(CAR, POLICY)
    assert not registered_directly({**CAR, "use": "COMMERCIAL"}, POLICY)


def test_a_vin_is_checked_by_its_ninth_character() -> None:
    # Values L3 T3 E5 S2 T3 K2, last 1; the zeros and the ninth place count nothing:
    # 3×8 + 3×7 + 5×6 + 2×5 + 3×4 + 2×9 + 1×2 = 24 + 21 + 30 + 10 + 12 + 18 + 2 = 117
    # 117 = 10×11 + 7
    assert vin_check_digit("LTEST0000K0000001") == "7"
    assert check_vin(" ltest0007k0000001 ") == "LTEST0007K0000001"


def test_a_sum_of_ones_asks_for_a_one() -> None:
    # weights 8+7+6+5+4+3+2+10+0+9+8+7+6+5+4+3+2 = 89; 89 mod 11 = 1
    assert check_vin("1" * 17) == "1" * 17


@pytest.mark.parametrize(
    ("vin", "code"),
    [
        ("LTEST0007K000000", "WRONG_VIN"),
        ("LTEST0007K00000I1", "WRONG_VIN"),
        ("LTESTO007K0000001", "WRONG_VIN"),
        ("LTEST0007K000000Q", "WRONG_VIN"),
        ("LTEST0007K0000００", "WRONG_VIN"),
        ("LTEST0008K0000001", "WRONG_VIN_CHECK_DIGIT"),
        ("LTEST0007K0000002", "WRONG_VIN_CHECK_DIGIT"),
    ],
)
def test_a_wrong_vin_is_refused_and_not_repeated(vin: str, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        check_vin(vin)
    assert caught.value.code == code
    assert vin not in caught.value.message


def test_makers_that_use_the_ninth_place_freely_are_not_refused() -> None:
    assert check_vin("WTEST0008K0000001") == "WTEST0008K0000001"


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPRSTUVWXYZ"))
def test_a_misread_character_of_another_value_is_found(place: int, character: str) -> None:
    right = "LTEST0007K0000001"
    wrong = right[:place] + character + right[place + 1 :]
    if place == 0 or vin_check_digit(wrong) == wrong[8]:
        return  # another maker's rule, or a letter that counts the same
    with pytest.raises(DomainError):
        check_vin(wrong)


@pytest.mark.parametrize("plate", ["浙LD0000A", "浙L·D0000A", " 浙L d0000a ", "浙L•D0000a"])
def test_a_plate_is_compared_however_it_is_written(plate: str) -> None:
    assert plain_plate(plate) == "浙LD0000A"


A = VehicleAct
DIRECT = [A.LOCK, A.INVOICE, A.RELEASE_FILE, A.INSPECT, A.VOID_OLD, A.FLIP, A.ISSUE_NEW]
BY_ORIGIN = [A.LOCK, A.INVOICE, A.VOID_OLD, A.RELEASE_FILE, A.INSPECT, A.FLIP, A.ISSUE_NEW]


@pytest.mark.parametrize(("order", "direct"), [(DIRECT, True), (BY_ORIGIN, False)])
def test_the_procedures_order_is_allowed_and_breaks_nothing(
    order: list[VehicleAct], direct: bool
) -> None:
    acts = [*order, A.DELIVER, A.UNLOCK]
    for position, act in enumerate(acts):
        check_next(acts[:position], act, direct=direct)
    assert breaches(acts, ended=True) == ()


def test_an_act_out_of_order_is_refused_with_what_may_be_done() -> None:
    with pytest.raises(DomainError, match="开具二手车销售统一发票") as caught:
        check_next([A.LOCK], A.FLIP)
    assert caught.value.code == "ACT_OUT_OF_ORDER"


@pytest.mark.parametrize(
    ("done", "free"),
    [
        ([A.LOCK], True),
        ([A.LOCK, A.INVOICE], False),
        ([A.LOCK, A.INVOICE, A.REVERSE_INVOICE], True),
        ([*DIRECT[:5], A.REVERSE_INVOICE], False),
        ([*DIRECT[:5], A.RESTORE_OLD, A.REVERSE_INVOICE], True),
        (DIRECT[:6], True),
    ],
)
def test_an_abort_releases_the_lock_only_when_everything_is_undone(
    done: list[VehicleAct], free: bool
) -> None:
    assert may_follow(done, A.UNLOCK) is free


@pytest.mark.parametrize(
    ("acts", "ended", "breach"),
    [
        ([*DIRECT, A.FLIP, A.INVOICE, A.UNLOCK], True, Breach.REGISTRATION_TWICE),
        ([A.LOCK, A.UNLOCK, A.INVOICE], False, Breach.LOCK_NOT_HELD),
        ([A.LOCK], True, Breach.LOCK_NOT_HELD),
        (
            [A.LOCK, A.INVOICE, A.RELEASE_FILE, A.INSPECT, A.FLIP, A.ISSUE_NEW],
            False,
            Breach.OLD_AND_NEW_VALID,
        ),
        ([A.LOCK, A.VOID_OLD, A.FLIP], False, Breach.INVOICE_WITHOUT_TRANSFER),
        ([A.LOCK, A.INVOICE, A.UNLOCK], True, Breach.INVOICE_WITHOUT_TRANSFER),
        (
            [A.LOCK, A.INVOICE, A.VOID_OLD, A.REVERSE_INVOICE, A.UNLOCK],
            True,
            Breach.PLATES_NOT_RESTORED,
        ),
    ],
)
def test_a_damaged_record_names_its_invariant(
    acts: list[VehicleAct], ended: bool, breach: Breach
) -> None:
    assert breach in breaches(acts, ended=ended)


@given(st.booleans(), st.randoms(use_true_random=False))
def test_no_allowed_sequence_breaks_an_invariant(direct: bool, chance: Any) -> None:
    done: list[VehicleAct] = []
    while possible := next_acts(done, direct=direct):
        assert breaches(done, ended=False) == ()
        done.append(chance.choice(possible))
        if done[-1] is A.UNLOCK:
            assert breaches(done, ended=True) == ()
    assert A.UNLOCK in done
