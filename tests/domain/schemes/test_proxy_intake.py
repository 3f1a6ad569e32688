"""Matters collected for another place: windows of time, seats, old and new document (A11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from catalog.matter_policies import proxy_policy
from domain.schemes.proxy_documents import (
    ACT_LABELS,
    ProxyAct,
    ProxyBreach,
    Seat,
    breaches,
    may,
)
from domain.schemes.proxy_intake import (
    MATTER_LABELS,
    WORDING,
    ProxyMatter,
    ProxyRefusal,
    home_findings,
    licence_window,
)

TODAY = date(2026, 11, 23)
POLICY = proxy_policy(load_catalog(), "371002", on=TODAY)
PERMIT: dict[str, Any] = {"expires_on": "2030-01-01"}
LICENCE: dict[str, Any] = {"expires_on": "2026-12-01"}
ID_CARD: dict[str, Any] = {"id_card_applied": True}
COMPLETE = {
    ProxyMatter.ENDORSEMENT: PERMIT,
    ProxyMatter.TEMPORARY_ID: ID_CARD,
    ProxyMatter.TRANSPORT_LICENCE: LICENCE,
    ProxyMatter.ITEM: {},
}


def codes(matter: ProxyMatter, record: dict[str, Any], on: date = TODAY) -> list[str]:
    return [one.code for one in home_findings(matter, record, POLICY, on)]


@pytest.mark.parametrize("matter", list(ProxyMatter))
def test_a_fitting_application_passes(matter: ProxyMatter) -> None:
    assert codes(matter, COMPLETE[matter]) == []


@pytest.mark.parametrize("matter", list(ProxyMatter))
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"home_office_agrees": False}, ProxyRefusal.WRONG_HOME_OFFICE),
        ({"identity_agrees": False}, ProxyRefusal.IDENTITY_DIFFERS),
        ({"open_letter": "C-1"}, ProxyRefusal.TRANSFER_OPEN),
    ],
)
def test_every_matter_refuses_with_a_code(
    matter: ProxyMatter, change: dict[str, Any], code: ProxyRefusal
) -> None:
    assert codes(matter, {**COMPLETE[matter], **change}) == [code.value]


@pytest.mark.parametrize(
    ("matter", "record", "code"),
    [
        (ProxyMatter.ENDORSEMENT, {}, ProxyRefusal.DOCUMENT_MISSING),
        (ProxyMatter.ENDORSEMENT, {**PERMIT, "cancelled": True}, ProxyRefusal.DOCUMENT_CANCELLED),
        (ProxyMatter.ENDORSEMENT, {"expires_on": "2026-11-22"}, ProxyRefusal.PERMIT_EXPIRED),
        (
            ProxyMatter.ENDORSEMENT,
            {**PERMIT, "designated_place": True},
            ProxyRefusal.DESIGNATED_PLACE_ONLY,
        ),
        (ProxyMatter.TEMPORARY_ID, {}, ProxyRefusal.NO_ID_CARD_APPLICATION),
        (ProxyMatter.TRANSPORT_LICENCE, {}, ProxyRefusal.DOCUMENT_MISSING),
        (
            ProxyMatter.TRANSPORT_LICENCE,
            {**LICENCE, "cancelled": True},
            ProxyRefusal.DOCUMENT_CANCELLED,
        ),
    ],
)
def test_each_matter_has_its_own_reasons(
    matter: ProxyMatter, record: dict[str, Any], code: ProxyRefusal
) -> None:
    assert codes(matter, record) == [code.value]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        # expiry 2026-12-01: 30 days earlier is 2026-11-01
        (date(2026, 10, 31), ["TOO_EARLY"]),
        (date(2026, 11, 1), []),
        # 180 days later: 30 (Dec) + 31 + 28 + 31 + 30 = 150 reaches 04-30, 30 more 2027-05-30
        (date(2027, 5, 30), []),
        (date(2027, 5, 31), ["TOO_LATE"]),
    ],
)
def test_a_transport_licence_is_exchanged_around_its_expiry(on: date, expected: list[str]) -> None:
    assert codes(ProxyMatter.TRANSPORT_LICENCE, LICENCE, on) == expected


def test_who_comes_too_early_is_told_when_to_come() -> None:
    (found,) = home_findings(ProxyMatter.TRANSPORT_LICENCE, LICENCE, POLICY, date(2026, 10, 1))
    assert "2026-11-01" in found.text and "2027-05-30" in found.remedy


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_window_lies_around_every_expiry(expires_on: date) -> None:
    window = licence_window(expires_on, POLICY)
    assert window.covers(expires_on)
    assert window.closes_on - window.opens_on == timedelta(days=210)


def test_everything_has_words() -> None:
    assert set(WORDING) == set(ProxyRefusal)
    assert set(MATTER_LABELS) == set(ProxyMatter)
    assert set(ACT_LABELS) == set(ProxyAct)


@pytest.mark.parametrize(
    "act",
    [
        ProxyAct.ACCEPT,
        ProxyAct.NOT_ACCEPT,
        ProxyAct.ASK_CORRECTION,
        ProxyAct.REDIRECT,
        ProxyAct.DECIDE,
        ProxyAct.MAKE,
        ProxyAct.VOID_OLD,
    ],
)
def test_the_window_never_accepts_or_decides(act: ProxyAct) -> None:
    assert may(Seat.HOME, act)
    assert not may(Seat.WINDOW, act)


@pytest.mark.parametrize("act", list(ProxyAct))
def test_every_act_has_a_seat(act: ProxyAct) -> None:
    assert any(may(seat, act) for seat in Seat)


def test_the_home_office_does_not_collect_for_the_window() -> None:
    assert not may(Seat.HOME, ProxyAct.COLLECT)


GOOD = [
    (Seat.WINDOW, ProxyAct.COLLECT),
    (Seat.WINDOW, ProxyAct.FORWARD),
    (Seat.HOME, ProxyAct.ACCEPT),
    (Seat.HOME, ProxyAct.DECIDE),
    (Seat.HOME, ProxyAct.MAKE),
    (Seat.HOME, ProxyAct.SEND_RESULT),
    (Seat.WINDOW, ProxyAct.COLLECT_OLD),
    (Seat.WINDOW, ProxyAct.DELIVER),
]


def test_the_good_course_breaks_nothing() -> None:
    assert breaches(GOOD, holds_old=True) == ()


def test_a_new_document_before_the_old_one_is_taken_is_a_breach() -> None:
    acts = [*GOOD[:6], GOOD[7], GOOD[6]]
    assert breaches(acts, holds_old=True) == (ProxyBreach.OLD_AND_NEW_VALID,)
    assert breaches(acts, holds_old=False) == ()


def test_a_deciding_window_is_a_breach() -> None:
    acts = [(Seat.WINDOW, ProxyAct.DECIDE)]
    assert breaches(acts, holds_old=False) == (ProxyBreach.WINDOW_DECIDED,)


def test_an_undeliverable_document_is_held_and_not_made_again() -> None:
    held = [*GOOD[:6], (Seat.WINDOW, ProxyAct.HOLD), *GOOD[6:]]
    assert breaches(held, holds_old=True) == ()
    again = [*GOOD[:5], *GOOD[4:]]
    assert breaches(again, holds_old=True) == (ProxyBreach.MADE_TWICE,)
