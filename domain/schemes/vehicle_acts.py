"""The order of the acts of a car's transfer between places (V1-V4), as a table and a checker.

Called before each act (`check_next`) and by the invariants over finished cases (`breaches`).
Order of docs/rules.md A9: pre-check and lock, invoice, release of the electronic file, inspection
and old plates, the flip of the register in one act, new certificate, delivery. Cars that are not
registered directly hand their plates in at the origin before the file is released.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import DomainError


class VehicleAct(StrEnum):
    LOCK = "LOCK"
    INVOICE = "INVOICE"
    RELEASE_FILE = "RELEASE_FILE"
    INSPECT = "INSPECT"
    VOID_OLD = "VOID_OLD"
    FLIP = "FLIP"
    ISSUE_NEW = "ISSUE_NEW"
    DELIVER = "DELIVER"
    RESTORE_OLD = "RESTORE_OLD"
    REVERSE_INVOICE = "REVERSE_INVOICE"
    UNLOCK = "UNLOCK"


ACT_LABELS: dict[VehicleAct, str] = {
    VehicleAct.LOCK: "核查并锁定登记",
    VehicleAct.INVOICE: "开具二手车销售统一发票",
    VehicleAct.RELEASE_FILE: "转出地转出电子档案",
    VehicleAct.INSPECT: "查验车辆",
    VehicleAct.VOID_OLD: "收回原号牌、行驶证",
    VehicleAct.FLIP: "转让登记生效",
    VehicleAct.ISSUE_NEW: "核发新号牌、行驶证",
    VehicleAct.DELIVER: "送达",
    VehicleAct.RESTORE_OLD: "发还原号牌、行驶证",
    VehicleAct.REVERSE_INVOICE: "红字冲销发票",
    VehicleAct.UNLOCK: "解除锁定",
}


@dataclass(frozen=True, slots=True)
class _Rule:
    after: tuple[VehicleAct, ...]
    not_after: tuple[VehicleAct, ...] = ()


_ABORTED = (VehicleAct.RESTORE_OLD, VehicleAct.REVERSE_INVOICE, VehicleAct.UNLOCK)

_RULES: dict[VehicleAct, _Rule] = {
    VehicleAct.LOCK: _Rule(()),
    VehicleAct.INVOICE: _Rule((VehicleAct.LOCK,), _ABORTED),
    VehicleAct.RELEASE_FILE: _Rule((VehicleAct.INVOICE,), _ABORTED),
    VehicleAct.INSPECT: _Rule((VehicleAct.RELEASE_FILE,), _ABORTED),
    VehicleAct.VOID_OLD: _Rule((VehicleAct.INSPECT,), _ABORTED),
    VehicleAct.FLIP: _Rule((VehicleAct.VOID_OLD,), _ABORTED),
    VehicleAct.ISSUE_NEW: _Rule((VehicleAct.FLIP,)),
    VehicleAct.DELIVER: _Rule((VehicleAct.ISSUE_NEW,)),
    # Before the flip plates and invoice can be undone; afterwards the car has a new owner.
    VehicleAct.RESTORE_OLD: _Rule((VehicleAct.VOID_OLD,), (VehicleAct.FLIP, VehicleAct.UNLOCK)),
    VehicleAct.REVERSE_INVOICE: _Rule((VehicleAct.INVOICE,), (VehicleAct.FLIP, VehicleAct.UNLOCK)),
    VehicleAct.UNLOCK: _Rule((VehicleAct.LOCK,)),
}


_BY_ORIGIN: dict[VehicleAct, _Rule] = {
    **_RULES,
    VehicleAct.VOID_OLD: _Rule((VehicleAct.INVOICE,), _ABORTED),
    VehicleAct.RELEASE_FILE: _Rule((VehicleAct.VOID_OLD,), _ABORTED),
    VehicleAct.FLIP: _Rule((VehicleAct.VOID_OLD, VehicleAct.INSPECT), _ABORTED),
}

# An abort gives the car back only when what was done to it is undone.
_UNDOING = {
    VehicleAct.INVOICE: VehicleAct.REVERSE_INVOICE,
    VehicleAct.VOID_OLD: VehicleAct.RESTORE_OLD,
}


class ActCode(StrEnum):
    ACT_OUT_OF_ORDER = "ACT_OUT_OF_ORDER"


class Breach(StrEnum):
    """Which invariant a finished sequence breaks."""

    REGISTRATION_TWICE = "V1"
    LOCK_NOT_HELD = "V2"
    OLD_AND_NEW_VALID = "V3"
    INVOICE_WITHOUT_TRANSFER = "V4"
    PLATES_NOT_RESTORED = "G9"


def may_follow(done: Sequence[VehicleAct], act: VehicleAct, *, direct: bool = True) -> bool:
    """Whether `act` may be done now; no act is done twice in a case.

    `direct`: the car is registered at the destination without taking its paper file out.
    """
    rule = (_RULES if direct else _BY_ORIGIN)[act]
    if act in done or any(one not in done for one in rule.after):
        return False
    if any(one in done for one in rule.not_after):
        return False
    if act is VehicleAct.UNLOCK and VehicleAct.FLIP not in done:
        return all(undo in done for one, undo in _UNDOING.items() if one in done)
    return True


def next_acts(done: Sequence[VehicleAct], *, direct: bool = True) -> tuple[VehicleAct, ...]:
    """Every act that may be done now, in the order of the procedure."""
    return tuple(act for act in VehicleAct if may_follow(done, act, direct=direct))


def check_next(done: Sequence[VehicleAct], act: VehicleAct, *, direct: bool = True) -> None:
    """DomainError ACT_OUT_OF_ORDER, saying what may be done instead."""
    if not may_follow(done, act, direct=direct):
        possible = "、".join(ACT_LABELS[one] for one in next_acts(done, direct=direct)) or "无"
        raise DomainError(
            ActCode.ACT_OUT_OF_ORDER,
            f"现在不能办理“{ACT_LABELS[act]}”，可以办理的是：{possible}。",
            act=act.value,
        )


def breaches(acts: Sequence[VehicleAct], *, ended: bool) -> tuple[Breach, ...]:
    """What a recorded sequence breaks, read without the table above; `ended`: the case is over."""
    return tuple(_breaches(acts, ended))


def _breaches(acts: Sequence[VehicleAct], ended: bool) -> Iterator[Breach]:
    flips = acts.count(VehicleAct.FLIP)
    if flips > 1:
        yield Breach.REGISTRATION_TWICE
    if not _lock_held(acts) or (ended and _locked(acts)):
        yield Breach.LOCK_NOT_HELD
    if VehicleAct.ISSUE_NEW in acts:
        before = acts[: acts.index(VehicleAct.ISSUE_NEW)]
        if VehicleAct.VOID_OLD not in before or VehicleAct.FLIP not in before:
            yield Breach.OLD_AND_NEW_VALID
    standing = acts.count(VehicleAct.INVOICE) - acts.count(VehicleAct.REVERSE_INVOICE)
    if (flips or ended) and standing != flips:
        yield Breach.INVOICE_WITHOUT_TRANSFER
    if ended and not flips and acts.count(VehicleAct.VOID_OLD) > acts.count(VehicleAct.RESTORE_OLD):
        yield Breach.PLATES_NOT_RESTORED


def _lock_held(acts: Sequence[VehicleAct]) -> bool:
    under_lock = {
        VehicleAct.INVOICE,
        VehicleAct.RELEASE_FILE,
        VehicleAct.INSPECT,
        VehicleAct.VOID_OLD,
        VehicleAct.FLIP,
    }
    return all(_locked(acts[:position]) for position, act in enumerate(acts) if act in under_lock)


def _locked(acts: Sequence[VehicleAct]) -> bool:
    return acts.count(VehicleAct.LOCK) > acts.count(VehicleAct.UNLOCK)
