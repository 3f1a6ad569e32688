"""Who holds a parcel: its states, which event may follow which, and who becomes custodian.

Used by storage/parcels.py, the courier's call-backs and the invariants. There is one custodian at
each instant: a handover has two sides, and the giver stays custodian until the taker acknowledges.
Sources: docs/rules.md A8 (custody events), A11 (the window answers until the home office
acknowledges), D R1, R5, X2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import DomainError

#: The custodian's name for the person themselves; offices have their codes.
PERSON = "PERSON"
_CARRIER = "CARRIER:"


class CustodyCode(StrEnum):
    """An event of a parcel, and the state that it leads to."""

    OPENED = "OPENED"  # 已登记清单: the first state, no event
    SEALED = "SEALED"  # 已封装
    HANDED_OVER = "HANDED_OVER"  # 已交出: the giver's word; the taker has not acknowledged yet
    IN_TRANSIT = "IN_TRANSIT"  # 已收寄、运递中: the carrier's word
    SILENT = "SILENT"  # 长时间无轨迹
    ARRIVED = "ARRIVED"  # 到达: the carrier's word; the addressee has not acknowledged yet
    SEAL_OK = "SEAL_OK"  # 封签完好: the addressee's acknowledgement
    SEAL_BROKEN = "SEAL_BROKEN"  # 封签破损: likewise
    COUNT_OK = "COUNT_OK"  # 清点相符
    COUNT_DIFF = "COUNT_DIFF"  # 清点不符
    RECEIPT_SIGNED = "RECEIPT_SIGNED"  # 已签收
    RECEIPT_BACK = "RECEIPT_BACK"  # 回执已返回
    SENT_BACK = "SENT_BACK"  # 退回寄出: the addressee gives it to a carrier
    RETURNED = "RETURNED"  # 已退回: the sender's acknowledgement
    HELD = "HELD"  # 留存待领
    LOST = "LOST"  # 遗失
    CLAIMED = "CLAIMED"  # 已索赔
    REBUILT = "REBUILT"  # 已补办


_C = CustodyCode
_FOUND = frozenset({_C.IN_TRANSIT, _C.ARRIVED, _C.RETURNED})
_OPENED_BY_ADDRESSEE = frozenset({_C.SEAL_OK, _C.SEAL_BROKEN})
_UNDERWAY = frozenset({_C.SILENT, _C.LOST, _C.HELD, *_FOUND, *_OPENED_BY_ADDRESSEE})
_COUNTED = frozenset({_C.COUNT_OK, _C.COUNT_DIFF})
#: Which event may follow in which state.
FOLLOWS: Mapping[CustodyCode, frozenset[CustodyCode]] = {
    _C.OPENED: frozenset({_C.SEALED}),
    _C.SEALED: frozenset({_C.HANDED_OVER, _C.HELD}),
    # Not taken: it is sealed again. Tracking may lag behind, so an arrival may come first.
    _C.HANDED_OVER: frozenset({_C.SEALED, *_UNDERWAY}) - {_C.HELD},
    _C.IN_TRANSIT: _UNDERWAY,
    _C.SILENT: _UNDERWAY,
    _C.ARRIVED: _UNDERWAY,
    _C.SEAL_OK: _COUNTED,
    _C.SEAL_BROKEN: _COUNTED | {_C.SENT_BACK},
    _C.COUNT_OK: frozenset({_C.RECEIPT_SIGNED, _C.SENT_BACK}),
    _C.COUNT_DIFF: frozenset({_C.RECEIPT_SIGNED, _C.SENT_BACK}),
    _C.RECEIPT_SIGNED: frozenset({_C.RECEIPT_BACK}),
    _C.RECEIPT_BACK: frozenset(),
    _C.SENT_BACK: _FOUND | {_C.SILENT, _C.LOST},
    # Undeliverable things are given out again, never made again.
    _C.RETURNED: frozenset({_C.SEALED, _C.HANDED_OVER, _C.HELD}),
    _C.HELD: _OPENED_BY_ADDRESSEE | {_C.HANDED_OVER, _C.RETURNED, _C.LOST},
    _C.LOST: _FOUND | _OPENED_BY_ADDRESSEE | {_C.CLAIMED, _C.REBUILT},
    _C.CLAIMED: _FOUND | _OPENED_BY_ADDRESSEE | {_C.REBUILT},
    # What was lost and rebuilt may still turn up: it goes back to its sender.
    _C.REBUILT: frozenset({_C.RETURNED}),
}
#: A person signs at the door or the counter: nobody else opens their parcel.
_TO_PERSON = frozenset(
    {
        _C.IN_TRANSIT,
        _C.SILENT,
        _C.ARRIVED,
        _C.HANDED_OVER,
        _C.HELD,
        _C.LOST,
        _C.CLAIMED,
    }
)
#: States in which nothing more is owed to anybody.
SETTLED = frozenset({_C.RECEIPT_BACK, _C.RETURNED, _C.REBUILT})


class CustodyProblem(StrEnum):
    """Why an event is refused."""

    CANNOT_FOLLOW = "CUSTODY_CANNOT_FOLLOW"
    WRONG_PARTY = "CUSTODY_WRONG_PARTY"
    BAD_COUNT = "CUSTODY_BAD_COUNT"
    NOT_ANNOUNCED = "CUSTODY_NOT_ANNOUNCED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Where a parcel stands. ``taker``: who was offered it and has not acknowledged; ``homeward``:
    on its way back; ``answerable``: which office answers for it until the addressee acknowledges.
    """

    sender: str
    addressee: str
    state: CustodyCode = CustodyCode.OPENED
    custodian: str
    taker: str | None = None
    homeward: bool = False
    answerable: str

    @property
    def settled(self) -> bool:
        """Whether the parcel's story is over."""
        if self.state is CustodyCode.RECEIPT_SIGNED:
            return self.addressee == PERSON
        return self.state in SETTLED


def carrier(name: str) -> str:
    """A carrier as custodian, as CARRIER:EMS."""
    return _CARRIER + name


def is_carrier(custodian: str) -> bool:
    """Whether the custodian is a carrier and no office or person."""
    return custodian.startswith(_CARRIER)


def opened(sender: str, addressee: str) -> Custody:
    """A parcel whose content is listed and that its sender holds."""
    return Custody(sender=sender, addressee=addressee, custodian=sender, answerable=sender)


def after(now: Custody, code: CustodyCode, party: str = "") -> Custody:
    """Where the parcel stands after the event; raises DomainError where it cannot happen.

    ``party``: who is offered it (HANDED_OVER, SENT_BACK, ARRIVED at a stranger's) or who
    acknowledges it; "" where the parcel's own data say so.
    """
    if code not in _possible(now):
        raise DomainError(
            CustodyProblem.CANNOT_FOLLOW,
            f"物料现为“{LABELS[now.state]}”，不能登记“{LABELS[code]}”；请核对流转记录。",
        )
    moved = replace(now, state=code)
    match code:
        case CustodyCode.SEALED:
            return replace(_at(moved, now.custodian), homeward=False)
        case CustodyCode.HANDED_OVER:
            return replace(moved, taker=_named(party), homeward=False)
        case CustodyCode.SENT_BACK:
            return replace(moved, taker=_named(party), homeward=True)
        case CustodyCode.IN_TRANSIT:
            return _at(moved, _taker(now, party))
        case CustodyCode.ARRIVED:
            return replace(_at(moved, _holder(now)), taker=_end(now))
        case CustodyCode.SEAL_OK | CustodyCode.SEAL_BROKEN:
            held = _at(moved, _same(party, now.addressee))
            return replace(held, answerable=now.addressee)
        case CustodyCode.RETURNED:
            held = _at(moved, _same(party, now.sender))
            return replace(held, homeward=False, answerable=now.sender)
        case CustodyCode.RECEIPT_SIGNED:
            return replace(_at(moved, _same(party, now.addressee)), answerable=now.addressee)
        case CustodyCode.HELD:
            return _at(moved, party or _holder(now))
        case CustodyCode.REBUILT:
            # The rebuilt content stands for the lost one; its sender holds it.
            return replace(_at(moved, now.sender), answerable=now.sender)
        case _:
            # Silence, loss and claims move nothing: the last who acknowledged it stays custodian.
            return moved


def replay(start: Custody, events: Iterable[tuple[CustodyCode, str]]) -> Custody:
    """Where these events lead; raises DomainError at the first that cannot happen."""
    now = start
    for code, party in events:
        now = after(now, code, party)
    return now


def possible(now: Custody) -> frozenset[CustodyCode]:
    """What may be registered next."""
    return _possible(now)


def count_differences(listed: Mapping[str, int], counted: Mapping[str, int]) -> dict[str, int]:
    """By item code: pieces more (positive) or fewer than listed; an item not counted agrees."""
    found = {code: number - listed.get(code, 0) for code, number in counted.items()}
    return {code: number for code, number in sorted(found.items()) if number}


def _possible(now: Custody) -> frozenset[CustodyCode]:
    found = FOLLOWS[now.state]
    if now.homeward:
        return found - _OPENED_BY_ADDRESSEE
    if now.addressee == PERSON:
        found = found - _OPENED_BY_ADDRESSEE
        if now.state in _TO_PERSON:
            found = found | {CustodyCode.RECEIPT_SIGNED}
    return found


def _at(moved: Custody, custodian: str) -> Custody:
    """The parcel with an acknowledged custodian and no open offer."""
    return replace(moved, custodian=custodian, taker=None)


def _holder(now: Custody) -> str:
    """Who holds it when a carrier speaks: speaking of a parcel acknowledges the offer of it."""
    return now.taker if now.taker is not None and is_carrier(now.taker) else now.custodian


def _end(now: Custody) -> str:
    return now.sender if now.homeward else now.addressee


def _taker(now: Custody, party: str) -> str:
    """A carrier that was offered the parcel, or another one that a carrier passed it to."""
    taker = party or _holder(now)
    if not is_carrier(taker):
        raise DomainError(CustodyProblem.WRONG_PARTY, "收寄须由承运方确认；请登记承运方后再试。")
    offered = now.taker if now.taker is not None and is_carrier(now.taker) else None
    if offered is not None and taker != offered:
        raise DomainError(
            CustodyProblem.WRONG_PARTY, "确认收寄的承运方与交出时登记的不一致；请核对面单。"
        )
    return taker


def _named(party: str) -> str:
    if not party:
        raise DomainError(
            CustodyProblem.NOT_ANNOUNCED, "交出物料须写明接收方；请登记承运方后再试。"
        )
    return party


def _same(party: str, expected: str) -> str:
    if party and party != expected:
        raise DomainError(
            CustodyProblem.WRONG_PARTY, "只有收件方可以确认收到；请由收件机构登记，误投的请退回。"
        )
    return expected


#: The Chinese names of the events and states.
LABELS: Mapping[CustodyCode, str] = {
    _C.OPENED: "已登记清单",
    _C.SEALED: "已封装",
    _C.HANDED_OVER: "已交出待确认",
    _C.IN_TRANSIT: "运递中",
    _C.SILENT: "无运递信息",
    _C.ARRIVED: "已到达待确认",
    _C.SEAL_OK: "封签完好",
    _C.SEAL_BROKEN: "封签破损",
    _C.COUNT_OK: "清点相符",
    _C.COUNT_DIFF: "清点不符",
    _C.RECEIPT_SIGNED: "已签收",
    _C.RECEIPT_BACK: "回执已返回",
    _C.SENT_BACK: "退回寄出",
    _C.RETURNED: "已退回",
    _C.HELD: "留存待领",
    _C.LOST: "遗失",
    _C.CLAIMED: "已索赔",
    _C.REBUILT: "已补办",
}
