"""A parcel has one custodian at each instant, and only the taker's word moves it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.custody import (
    FOLLOWS,
    LABELS,
    PERSON,
    Custody,
    CustodyCode,
    CustodyProblem,
    after,
    carrier,
    count_differences,
    is_carrier,
    opened,
    possible,
    replay,
)
from domain.errors import DomainError
from domain.transports import (
    ItemKind,
    Service,
    TransportProblem,
    allowed_services,
    refuse_transport,
    refuse_waybill,
    s10_check_digit,
    waybill_fits,
)

C = CustodyCode
SENDER, OFFICE, EMS = "330902-DA-01", "371002-DA-01", carrier("EMS")
GONE = [(C.SEALED, ""), (C.HANDED_OVER, EMS), (C.IN_TRANSIT, EMS)]
THERE = [*GONE, (C.ARRIVED, ""), (C.SEAL_OK, OFFICE)]


def told(*events: tuple[CustodyCode, str], addressee: str = OFFICE) -> Custody:
    return replay(opened(SENDER, addressee), events)


def test_the_giver_stays_custodian_until_the_carrier_acknowledges() -> None:
    offered = told(*GONE[:2])
    assert (offered.custodian, offered.taker) == (SENDER, EMS)
    taken = told(*GONE)
    assert (taken.custodian, taken.taker) == (EMS, None)


def test_the_carrier_stays_custodian_until_the_addressee_checks_the_seal() -> None:
    arrived = told(*GONE, (C.ARRIVED, ""))
    assert (arrived.custodian, arrived.taker, arrived.answerable) == (EMS, OFFICE, SENDER)
    checked = told(*THERE)
    assert (checked.custodian, checked.taker, checked.answerable) == (OFFICE, None, OFFICE)


def test_a_whole_journey_ends_with_the_receipt_that_came_back() -> None:
    done = told(*THERE, (C.COUNT_OK, ""), (C.RECEIPT_SIGNED, OFFICE), (C.RECEIPT_BACK, ""))
    assert (done.custodian, done.settled) == (OFFICE, True)
    assert not told(*THERE, (C.COUNT_OK, ""), (C.RECEIPT_SIGNED, OFFICE)).settled
    assert possible(done) == frozenset()


def test_a_desk_may_be_faster_than_the_tracking() -> None:
    checked = told((C.SEALED, ""), (C.HANDED_OVER, EMS), (C.SEAL_BROKEN, OFFICE))
    assert checked.custodian == OFFICE


def test_a_scan_at_the_destination_acknowledges_what_no_scan_at_the_start_did() -> None:
    assert told((C.SEALED, ""), (C.HANDED_OVER, EMS), (C.ARRIVED, "")).custodian == EMS


def test_a_parcel_that_no_carrier_took_can_be_offered_again() -> None:
    again = told((C.SEALED, ""), (C.HANDED_OVER, EMS), (C.SEALED, ""))
    assert (again.custodian, again.taker) == (SENDER, None)


def test_a_lost_parcel_is_answered_for_claimed_rebuilt_and_may_turn_up() -> None:
    lost = told(*GONE, (C.SILENT, ""), (C.LOST, ""))
    assert (lost.custodian, lost.answerable) == (EMS, SENDER)
    rebuilt = replay(lost, [(C.CLAIMED, ""), (C.REBUILT, "")])
    assert (rebuilt.custodian, rebuilt.settled) == (SENDER, True)
    assert after(rebuilt, C.RETURNED).custodian == SENDER
    assert replay(lost, [(C.IN_TRANSIT, EMS), (C.SEAL_OK, OFFICE)]).custodian == OFFICE


def test_what_the_addressee_sends_back_is_theirs_until_a_carrier_takes_it() -> None:
    refused = told(*THERE, (C.COUNT_DIFF, ""), (C.SENT_BACK, EMS))
    assert (refused.custodian, refused.taker, refused.homeward) == (OFFICE, EMS, True)
    moving = after(refused, C.IN_TRANSIT, EMS)
    assert moving.custodian == EMS
    assert C.SEAL_OK not in possible(moving)
    home = replay(moving, [(C.ARRIVED, ""), (C.RETURNED, SENDER)])
    assert (home.custodian, home.homeward, home.settled) == (SENDER, False, True)


def test_a_person_signs_and_nobody_else_does() -> None:
    signed = told(*GONE, (C.RECEIPT_SIGNED, PERSON), addressee=PERSON)
    assert (signed.custodian, signed.settled) == (PERSON, True)
    with pytest.raises(DomainError) as refused:
        told(*GONE, (C.SEAL_OK, OFFICE), addressee=PERSON)
    assert refused.value.code is CustodyProblem.CANNOT_FOLLOW
    with pytest.raises(DomainError) as misdelivered:
        told(*GONE, (C.RECEIPT_SIGNED, OFFICE), addressee=PERSON)
    assert misdelivered.value.code is CustodyProblem.WRONG_PARTY


def test_an_undeliverable_result_is_held_and_given_out_never_made_again() -> None:
    held = told(*GONE, (C.RETURNED, SENDER), (C.HELD, SENDER), addressee=PERSON)
    assert held.custodian == SENDER
    assert not held.settled
    assert C.REBUILT not in possible(held)
    assert after(held, C.RECEIPT_SIGNED, PERSON).settled


@pytest.mark.parametrize(
    ("events", "problem"),
    [
        ([(C.HANDED_OVER, EMS)], CustodyProblem.CANNOT_FOLLOW),  # not sealed
        ([(C.SEALED, ""), (C.IN_TRANSIT, EMS)], CustodyProblem.CANNOT_FOLLOW),  # not handed over
        ([(C.SEALED, ""), (C.HANDED_OVER, "")], CustodyProblem.NOT_ANNOUNCED),
        (
            [(C.SEALED, ""), (C.HANDED_OVER, EMS), (C.IN_TRANSIT, carrier("OTHER"))],
            CustodyProblem.WRONG_PARTY,
        ),
        (
            [(C.SEALED, ""), (C.HANDED_OVER, OFFICE), (C.IN_TRANSIT, "")],
            CustodyProblem.WRONG_PARTY,
        ),
        ([*GONE, (C.SEAL_OK, "440100-DA-01")], CustodyProblem.WRONG_PARTY),
        ([*GONE, (C.COUNT_OK, "")], CustodyProblem.CANNOT_FOLLOW),  # the seal was not looked at
        ([*THERE, (C.RECEIPT_SIGNED, OFFICE)], CustodyProblem.CANNOT_FOLLOW),  # not counted
        ([*THERE, (C.LOST, "")], CustodyProblem.CANNOT_FOLLOW),
    ],
)
def test_what_cannot_have_happened_is_refused(
    events: list[tuple[CustodyCode, str]], problem: CustodyProblem
) -> None:
    with pytest.raises(DomainError) as refused:
        told(*events)
    assert refused.value.code is problem


def test_every_state_has_its_followers_and_its_name() -> None:
    assert set(FOLLOWS) == set(LABELS) == set(CustodyCode)
    reachable = {code for codes in FOLLOWS.values() for code in codes}
    assert reachable == set(CustodyCode) - {C.OPENED}


@given(st.sampled_from((OFFICE, PERSON)), st.lists(st.integers(0, 99), max_size=25))
def test_on_every_path_one_known_party_holds_it_and_only_the_taker_s_word_moves_it(
    addressee: str, picks: list[int]
) -> None:
    now = opened(SENDER, addressee)
    for pick in picks:
        choices = sorted(possible(now))
        if not choices:
            break
        code = choices[pick % len(choices)]
        party = EMS if code in (C.HANDED_OVER, C.SENT_BACK) else ""
        if code is C.IN_TRANSIT:
            party = EMS
        moved = after(now, code, party)
        assert moved.custodian in (SENDER, addressee, EMS)
        assert moved.answerable in (SENDER, addressee)
        if code in (C.HANDED_OVER, C.SENT_BACK, C.SEALED, C.SILENT, C.LOST, C.CLAIMED):
            assert moved.custodian == now.custodian
        if is_carrier(moved.custodian) and moved.custodian != now.custodian:
            assert code in (C.IN_TRANSIT, C.ARRIVED, C.HELD)
        now = moved


def test_a_count_differs_by_more_and_by_fewer() -> None:
    listed = {"登记表": 2, "鉴定": 1}
    assert count_differences(listed, {"登记表": 2, "鉴定": 1}) == {}
    assert count_differences(listed, {"登记表": 1, "照片": 3}) == {"登记表": -1, "照片": 3}


# ------------------------------------------------------------------------------ transports


def test_a_special_file_travels_by_confidential_post_or_messenger_only() -> None:
    assert allowed_services([ItemKind.SPECIAL_FILE, ItemKind.COPY]) == {
        Service.CONFIDENTIAL_POST,
        Service.MESSENGER,
    }
    with pytest.raises(DomainError) as refused:
        refuse_transport(Service.EMS, [ItemKind.SPECIAL_FILE])
    assert refused.value.code is TransportProblem.NOT_ALLOWED
    assert "机要通信、专人送取" in refused.value.message


@pytest.mark.parametrize("kind", [ItemKind.PERSONNEL_FILE, ItemKind.SPECIAL_FILE])
@pytest.mark.parametrize("service", [Service.BY_PERSON, Service.ORDINARY_MAIL])
def test_no_file_is_carried_by_the_person_or_sent_by_ordinary_mail(
    kind: ItemKind, service: Service
) -> None:
    with pytest.raises(DomainError):
        refuse_transport(service, [kind])


def test_an_ordinary_file_may_travel_by_registered_express() -> None:
    refuse_transport(Service.EMS, [ItemKind.PERSONNEL_FILE])
    assert Service.EMS in allowed_services([ItemKind.PERSONNEL_FILE])


def test_the_s10_check_digit_follows_the_published_example() -> None:
    """RR 47312482 9 GB: 4*8+7*6+3*4+1*2+2*3+4*5+8*9+2*7 = 200; 200 mod 11 = 2; 11 - 2 = 9."""
    assert s10_check_digit("47312482") == 9
    # 0*... = 0: 11 becomes 5. And 1*8+...: serial 00000004 gives 4*7 = 28, 28 mod 11 = 6, 5.
    assert s10_check_digit("00000000") == 5
    assert s10_check_digit("00000004") == 5
    # 8*7 = 56, 56 mod 11 = 1: 10 becomes 0.
    assert s10_check_digit("00000008") == 0


@pytest.mark.parametrize(
    ("service", "number", "fits"),
    [
        (Service.EMS, "RR473124829GB", True),
        (Service.EMS, "RR473124828GB", False),
        (Service.EMS, "1234567890123", True),
        (Service.EMS, "123456789012", False),
        (Service.CONFIDENTIAL_POST, "机2026第15号", True),
        (Service.CONFIDENTIAL_POST, "机 2026", False),
        (Service.MESSENGER, "", False),
    ],
)
def test_a_waybill_is_judged_by_its_carrier_s_own_form(
    service: Service, number: str, fits: bool
) -> None:
    assert waybill_fits(service, number) is fits


def test_a_wrong_waybill_is_refused_with_what_to_do() -> None:
    with pytest.raises(DomainError) as refused:
        refuse_waybill(Service.EMS, "RR473124828GB")
    assert refused.value.code is TransportProblem.BAD_WAYBILL
