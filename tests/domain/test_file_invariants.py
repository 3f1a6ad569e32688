"""R1 and R4 of personnel files: a lawful world passes, each damaged fact is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.invariants.facts import Act
from domain.invariants.files import (
    a_file_is_held_once,
    origin_has_the_receipt,
    receipt_means_that_it_is_here,
)
from domain.invariants.transfers import Entry, Transfer, TransferWorld

HOME, ORIGIN = "371002", "330902"
AT = datetime(2026, 11, 22, tzinfo=UTC)


def act(code: str) -> Act:
    return Act(
        code=code,
        office="office",
        actor="clerk",
        basis="basis",
        person=0,
        effective_on=date(2026, 11, 22),
        at=AT,
        made_in=1,
        facts={},
    )


def side(kind: str, *codes: str) -> Transfer:
    here = kind == "HOME"
    return Transfer(
        family="PERSONNEL_FILE",
        side=kind,
        locality=HOME if here else ORIGIN,
        peer=ORIGIN if here else HOME,
        case_no=f"case-{kind}",
        home_case_no="case-HOME",
        letter_no="case-HOME-01",
        subject="somebody",
        stage="ARCHIVED" if here else "LEG_COMPLETED",
        ending="COMPLETED",
        acts=tuple(act(code) for code in codes),
        facts={},
    )


def entry(locality: str, status: str) -> Entry:
    return Entry(
        kind="PERSONNEL_FILE", subject="somebody", locality=locality, status=status, data={}
    )


LAWFUL = TransferWorld(
    localities=frozenset({HOME, ORIGIN}),
    transfers=(side("HOME", "BOOKED"), side("LEG", "RELEASED", "CONFIRMED")),
    entries=(entry(HOME, "HELD"), entry(ORIGIN, "CLOSED")),
)


def test_a_file_that_moved_breaks_no_rule() -> None:
    for rule in (a_file_is_held_once, origin_has_the_receipt, receipt_means_that_it_is_here):
        assert list(rule(LAWFUL)) == []


def test_a_file_on_two_shelves_is_named_once() -> None:
    world = replace(LAWFUL, entries=(entry(HOME, "HELD"), entry(ORIGIN, "HELD")))
    assert [one.invariant for one in a_file_is_held_once(world)] == ["R1"]


def test_an_origin_that_closed_without_the_receipt_is_named() -> None:
    world = replace(LAWFUL, transfers=(side("HOME", "BOOKED"), side("LEG", "RELEASED")))
    found = list(origin_has_the_receipt(world))
    assert [(one.invariant, one.locality) for one in found] == [("R4", ORIGIN)]


def test_a_receipt_for_a_file_that_is_not_on_record_is_named() -> None:
    world = replace(LAWFUL, entries=(entry(ORIGIN, "CLOSED"),))
    found = list(receipt_means_that_it_is_here(world))
    assert [(one.invariant, one.locality) for one in found] == [("R4", HOME)]
