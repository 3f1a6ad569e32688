"""Which seat may do what in a proxied matter (X1), and the order of old and new document (X3).

Called before each act of window and home office in A11, and by the invariants over recorded acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Seat(StrEnum):
    """The collecting window, or the home office in whose hands the decision stays."""

    WINDOW = "WINDOW"
    HOME = "HOME"


class ProxyAct(StrEnum):
    COLLECT = "COLLECT"
    CHECK_FORM = "CHECK_FORM"
    CHECK_IDENTITY = "CHECK_IDENTITY"
    TAKE_BIOMETRICS = "TAKE_BIOMETRICS"
    FORWARD = "FORWARD"
    ACCEPT = "ACCEPT"
    NOT_ACCEPT = "NOT_ACCEPT"
    ASK_CORRECTION = "ASK_CORRECTION"
    REDIRECT = "REDIRECT"
    DECIDE = "DECIDE"
    MAKE = "MAKE"
    SEND_RESULT = "SEND_RESULT"
    COLLECT_OLD = "COLLECT_OLD"
    DELIVER = "DELIVER"
    HOLD = "HOLD"
    VOID_OLD = "VOID_OLD"


ACT_LABELS: dict[ProxyAct, str] = {
    ProxyAct.COLLECT: "收件",
    ProxyAct.CHECK_FORM: "核对形式",
    ProxyAct.CHECK_IDENTITY: "核验身份",
    ProxyAct.TAKE_BIOMETRICS: "采集人像指纹",
    ProxyAct.FORWARD: "转送材料",
    ProxyAct.ACCEPT: "受理",
    ProxyAct.NOT_ACCEPT: "不予受理",
    ProxyAct.ASK_CORRECTION: "要求补正",
    ProxyAct.REDIRECT: "转送有权机关",
    ProxyAct.DECIDE: "作出决定",
    ProxyAct.MAKE: "制作证件",
    ProxyAct.SEND_RESULT: "寄送结果",
    ProxyAct.COLLECT_OLD: "收回旧证",
    ProxyAct.DELIVER: "送达",
    ProxyAct.HOLD: "留存待领",
    ProxyAct.VOID_OLD: "旧证作废",
}

_ALLOWED: dict[Seat, frozenset[ProxyAct]] = {
    Seat.WINDOW: frozenset(
        {
            ProxyAct.COLLECT,
            ProxyAct.CHECK_FORM,
            ProxyAct.CHECK_IDENTITY,
            ProxyAct.TAKE_BIOMETRICS,
            ProxyAct.FORWARD,
            ProxyAct.COLLECT_OLD,
            ProxyAct.DELIVER,
            ProxyAct.HOLD,
        }
    ),
    Seat.HOME: frozenset(
        {
            ProxyAct.ACCEPT,
            ProxyAct.NOT_ACCEPT,
            ProxyAct.ASK_CORRECTION,
            ProxyAct.REDIRECT,
            ProxyAct.DECIDE,
            ProxyAct.MAKE,
            ProxyAct.SEND_RESULT,
            ProxyAct.COLLECT_OLD,
            ProxyAct.DELIVER,
            ProxyAct.VOID_OLD,
        }
    ),
}


class ProxyBreach(StrEnum):
    WINDOW_DECIDED = "X1"
    OLD_AND_NEW_VALID = "X3"
    MADE_TWICE = "G2"


def may(seat: Seat, act: ProxyAct) -> bool:
    """Whether the seat may do the act; nothing outside the table is anybody's."""
    return act in _ALLOWED[seat]


def breaches(acts: Sequence[tuple[Seat, ProxyAct]], *, holds_old: bool) -> tuple[ProxyBreach, ...]:
    """What recorded acts break. `holds_old`: the person held a document the new one replaces."""
    found: list[ProxyBreach] = []
    if any(not may(seat, act) for seat, act in acts):
        found.append(ProxyBreach.WINDOW_DECIDED)
    order = [act for _, act in acts]
    if holds_old and ProxyAct.DELIVER in order:
        before = order[: order.index(ProxyAct.DELIVER)]
        if ProxyAct.COLLECT_OLD not in before and ProxyAct.VOID_OLD not in before:
            found.append(ProxyBreach.OLD_AND_NEW_VALID)
    # An undeliverable document is held; it is never printed again.
    if order.count(ProxyAct.MAKE) > 1:
        found.append(ProxyBreach.MADE_TWICE)
    return tuple(found)
