"""Each rule of A3 and A4 accepts a lawful transfer and names what is broken in an unlawful one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.invariants.facts import Act, Violation
from domain.invariants.social_pensions import (
    annuity_moves_in_cash,
    booked_where_it_arrived,
    no_pensioner_moves,
    relation_ends_where_it_left,
)
from domain.invariants.transfers import Entry, Transfer, TransferWorld

LETTER = "3710022026112200000012-01"
RULES = (
    relation_ends_where_it_left,
    booked_where_it_arrived,
    annuity_moves_in_cash,
    no_pensioner_moves,
)


def act(code: str) -> Act:
    return Act(
        code=code,
        office="330902-RS-01",
        actor="DH1102",
        basis="人社部规〔2017〕1号",
        person=0,
        effective_on=date(2026, 11, 22),
        at=datetime(2026, 11, 22, tzinfo=UTC),
        made_in=1,
        facts={},
    )


def side(family: str, side_: str, locality: str, *codes: str, **facts: str) -> Transfer:
    return Transfer(
        family=family,
        side=side_,
        locality=locality,
        peer="330902" if locality == "371002" else "371002",
        case_no=f"{locality}2026112200000012",
        home_case_no="3710022026112200000012",
        letter_no=LETTER,
        subject="P1",
        stage="ARCHIVED",
        ending="COMPLETED",
        acts=tuple(act(code) for code in codes),
        facts=facts,
    )


def moved(family: str, left: str, stays: str, **facts: str) -> TransferWorld:
    """One transfer that went well: ``left`` and ``stays`` are the kinds of its two entries."""
    return TransferWorld(
        localities=frozenset(("371002", "330902")),
        transfers=(
            side(family, "HOME", "371002", "BOOKED", **facts),
            side(family, "LEG", "330902", "RELEASED", **facts),
        ),
        entries=(
            entry(left, "330902", "ENDED", letter_no=LETTER, ended_from="ACTIVE"),
            entry(stays, "371002", "ACTIVE", credits=[{"letter_no": LETTER}]),
        ),
    )


def entry(kind: str, locality: str, status: str, **data: Any) -> Entry:
    return Entry(kind=kind, subject="P1", locality=locality, status=status, data=data)


def found(world: TransferWorld) -> list[Violation]:
    return [violation for rule in RULES for violation in rule(world)]


def damaged(world: TransferWorld, **data: Any) -> TransferWorld:
    """The origin's entry with other facts; ``status`` is the entry's."""
    left, stays = world.entries
    status = data.pop("status", left.status)
    left = replace(left, status=status, data={**left.data, **data})
    return replace(world, entries=(left, stays))


RESIDENT = ("RESIDENT_PENSION", "RESIDENT_PENSION", "RESIDENT_PENSION")
LAWFUL: dict[str, Callable[[], TransferWorld]] = {
    "resident": lambda: moved(*RESIDENT),
    "annuity": lambda: moved("ANNUITY", "ANNUITY", "ANNUITY"),
    "civil to enterprise": lambda: moved(
        "CIVIL_PENSION", "CIVIL_PENSION", "PENSION", direction="CIVIL_TO_ENTERPRISE"
    ),
    "enterprise to civil": lambda: moved(
        "CIVIL_PENSION", "PENSION", "CIVIL_PENSION", direction="ENTERPRISE_TO_CIVIL"
    ),
    "into the resident pension": lambda: moved(
        "PENSION_BRIDGE", "PENSION", "RESIDENT_PENSION", direction="INTO_RESIDENT"
    ),
    "double pension": lambda: damaged(
        moved("PENSION_BRIDGE", "RESIDENT_PENSION", "PENSION", direction="END_RESIDENT"),
        ended_from="PENSIONER",
    ),
}
BROKEN: dict[str, tuple[str, str, Callable[[], TransferWorld]]] = {
    "relation goes on": ("P3", "仍在延续", lambda: damaged(moved(*RESIDENT), status="ACTIVE")),
    "relation unknown": (
        "P4",
        "没有这一关系",
        lambda: replace(moved(*RESIDENT), entries=moved(*RESIDENT).entries[1:]),
    ),
    "other letter": ("P4", "另一函件", lambda: damaged(moved(*RESIDENT), letter_no="other")),
    "pensioner": ("P5", "领取待遇", lambda: damaged(moved(*RESIDENT), ended_from="PENSIONER")),
    "unfunded": (
        "P4",
        "没有记实",
        lambda: damaged(moved("ANNUITY", "ANNUITY", "ANNUITY"), unfunded_fen=1),
    ),
    "not booked": (
        "P3",
        "登记0次",
        lambda: replace(moved(*RESIDENT), entries=moved(*RESIDENT).entries[:1]),
    ),
}


@pytest.mark.parametrize("world", LAWFUL.values(), ids=LAWFUL)
def test_a_lawful_transfer_has_no_violation(world: Callable[[], TransferWorld]) -> None:
    assert found(world()) == []


@pytest.mark.parametrize(("code", "said", "world"), BROKEN.values(), ids=BROKEN)
def test_a_broken_transfer_is_caught_and_named(
    code: str, said: str, world: Callable[[], TransferWorld]
) -> None:
    assert [(one.invariant, said in one.text) for one in found(world())] == [(code, True)]


def test_who_comes_back_has_a_new_relation_where_the_old_one_ended() -> None:
    world = damaged(moved(*RESIDENT), status="ACTIVE", credits=[{"letter_no": "back"}])
    back = replace(side("RESIDENT_PENSION", "HOME", "330902", "BOOKED"), letter_no="back")
    left = replace(side("RESIDENT_PENSION", "LEG", "371002", "RELEASED"), letter_no="back")
    here = entry("RESIDENT_PENSION", "371002", "ENDED", letter_no="back", ended_from="ACTIVE")
    world = replace(
        world, transfers=(*world.transfers, back, left), entries=(world.entries[0], here)
    )
    assert found(world) == []
