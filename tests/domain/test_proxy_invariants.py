"""X1 to X3 accept a lawful proxied matter, and each rule sees the fact that is damaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.casework import ActCode, Ending
from domain.invariants.facts import Act
from domain.invariants.transfer_rules import TRANSFER_RULES
from domain.invariants.transfers import Transfer, TransferWorld

WINDOW_NO, LEG_NO = "3710022026112200000017", "3309022026112300000025"
START = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
_C = ActCode
#: Day by day: which side did what.
LAWFUL = (
    ("HOME", _C.COLLECTED),
    ("HOME", _C.ORIGINALS_SENT),
    ("LEG", _C.ORIGINALS_TAKEN),
    ("LEG", _C.ACCEPTED),
    ("LEG", _C.GRANTED),
    ("LEG", _C.MADE),
    ("HOME", _C.OLD_COLLECTED),
    ("HOME", _C.DELIVERED),
    ("LEG", _C.NEW_IN_FORCE),
)


def act(day: int, code: str) -> Act:
    return Act(
        code=code,
        office="371002-ZW-01",
        actor="HC0901",
        basis="docs/rules.md A11",
        person=0,
        effective_on=date(2026, 11, 23),
        at=START + timedelta(days=day),
        made_in=day,
        facts={"old": "yes"} if code == _C.MADE else {},
    )


def side(name: str, case_no: str, *acts: tuple[str, ActCode], ending: Ending) -> Transfer:
    return Transfer(
        family="PROXY_INTAKE",
        side=name,
        locality=case_no[:6],
        peer="330902" if name == "HOME" else "371002",
        case_no=case_no,
        home_case_no=WINDOW_NO,
        letter_no=f"{WINDOW_NO}-01",
        subject="p-1",
        stage="ARCHIVED",
        ending=ending,
        acts=tuple(act(day, code) for day, (whose, code) in enumerate(acts) if whose == name),
        facts={"originals": "yes"},
    )


def world(*acts: tuple[str, ActCode], ending: Ending = Ending.COMPLETED) -> TransferWorld:
    return TransferWorld(
        localities=frozenset({"371002", "330902"}),
        transfers=(
            side("HOME", WINDOW_NO, *acts, ending=ending),
            side("LEG", LEG_NO, *acts, ending=ending),
        ),
        entries=(),
    )


def without(*codes: ActCode) -> TransferWorld:
    return world(*(one for one in LAWFUL if one[1] not in codes))


def plus(whose: str, code: ActCode) -> TransferWorld:
    return world(*LAWFUL, (whose, code))


def found(judged: TransferWorld) -> list[tuple[str, str]]:
    return [
        (one.invariant, one.text)
        for code, _, rule in TRANSFER_RULES
        if code in ("X1", "X2", "X3")
        for one in rule(judged)
    ]


def test_a_lawful_proxied_matter_has_no_violation() -> None:
    assert found(world(*LAWFUL)) == []


def test_an_old_document_that_does_not_exist_need_not_be_collected() -> None:
    judged = without(_C.OLD_COLLECTED)
    leg = judged.transfers[1]
    acts = tuple(replace(one, facts={"old": "no"}) for one in leg.acts)
    judged = replace(judged, transfers=(judged.transfers[0], replace(leg, acts=acts)))
    assert found(judged) == []


DAMAGE: dict[str, tuple[Callable[[], TransferWorld], str, str]] = {
    "the window accepts": (lambda: plus("HOME", _C.ACCEPTED), "X1", "“受理”"),
    "the window is silent and thereby accepts": (
        lambda: plus("HOME", _C.DEEMED_ACCEPTED),
        "X1",
        "“受理”",
    ),
    "the window refuses": (lambda: plus("HOME", _C.NOT_GRANTED), "X1", "“作出决定”"),
    "decided without acceptance": (lambda: without(_C.ACCEPTED), "X1", "没有受理"),
    "made without a decision": (lambda: without(_C.GRANTED), "X1", "没有准予签发"),
    "taken but never sent": (lambda: without(_C.ORIGINALS_SENT), "X2", "窗口没有寄出"),
    "sent but never collected": (lambda: without(_C.COLLECTED), "X2", "没有收件"),
    "given back but never taken": (
        lambda: world(
            ("HOME", _C.COLLECTED), ("LEG", _C.ORIGINALS_RETURNED), ending=Ending.WITHDRAWN
        ),
        "X2",
        "没有接收过",
    ),
    "kept after a refusal": (
        lambda: world(*LAWFUL[:4], ("LEG", _C.NOT_GRANTED), ending=Ending.REFUSED),
        "X2",
        "没有退还",
    ),
    "the old document stays out": (lambda: without(_C.OLD_COLLECTED), "X3", "没有收回"),
    "made twice": (lambda: plus("LEG", _C.MADE), "X3", "两次"),
    "valid before delivery": (lambda: without(_C.DELIVERED), "X3", "没有送达"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_each_damaged_fact_is_seen(name: str) -> None:
    damage, invariant, text = DAMAGE[name]
    assert [one for one in found(damage()) if one[0] == invariant and text in one[1]]
