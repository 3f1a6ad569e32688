"""Lawful transfers of things for the tests of their invariants; each test damages one fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from domain.invariants.facts import Act
from domain.invariants.transfer_rules import TRANSFER_RULES
from domain.invariants.transfers import Entry, Transfer, TransferWorld

HOME, ORIGIN = "371002", "330902"
HOME_NO, LEG_NO = "3710022026112300000017", "3309022026112300000025"
START = datetime.fromisoformat("2026-11-23T09:00:00+08:00")


def act(day: int, code: str, **facts: str) -> Act:
    return Act(
        code=code,
        office="371002-CG-01",
        actor="HC1502",
        basis="docs/rules.md",
        person=0,
        effective_on=date(2026, 11, 23),
        at=START + timedelta(days=day),
        made_in=day,
        facts=facts,
    )


def home(family: str, acts: tuple[Act, ...], ending: str | None, stage: str) -> Transfer:
    return Transfer(
        family=family,
        side="HOME",
        locality=HOME,
        peer=ORIGIN,
        case_no=HOME_NO,
        home_case_no=HOME_NO,
        letter_no=f"{HOME_NO}-01",
        subject="p-1",
        stage=stage,
        ending=ending,
        acts=acts,
        facts={},
    )


def leg(family: str, acts: tuple[Act, ...], ending: str | None) -> Transfer:
    return Transfer(
        family=family,
        side="LEG",
        locality=ORIGIN,
        peer=HOME,
        case_no=LEG_NO,
        home_case_no=HOME_NO,
        letter_no=f"{HOME_NO}-01",
        subject="p-1",
        stage="LEG_COMPLETED",
        ending=ending,
        acts=acts,
        facts={},
    )


def world(
    *transfers: Transfer, kind: str, locality: str, status: str, data: Mapping[str, Any]
) -> TransferWorld:
    return TransferWorld(
        localities=frozenset({HOME, ORIGIN}),
        transfers=transfers,
        entries=(Entry(kind=kind, subject="p-1", locality=locality, status=status, data=data),),
    )


def broken(found_in: TransferWorld) -> dict[str, list[str]]:
    """Which rules see something, with what they say."""
    found: dict[str, list[str]] = {}
    for _, _, rule in TRANSFER_RULES:
        for violation in rule(found_in):
            found.setdefault(violation.invariant, []).append(violation.text)
    return found
