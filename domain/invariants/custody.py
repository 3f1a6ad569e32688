"""R1 to R5 and X2: who holds every parcel and original, over both localities' registers.

Sources: docs/rules.md D (档案, 代收代办) and A8.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from domain.custody import (
    LABELS,
    PERSON,
    Custody,
    CustodyCode,
    after,
    count_differences,
    is_carrier,
    opened,
)
from domain.errors import DomainError
from domain.invariants.facts import Found, Violation
from domain.transports import ItemKind, Service, allowed_services

_FILES = frozenset({ItemKind.PERSONNEL_FILE, ItemKind.SPECIAL_FILE})
#: Where a sender's copy says that the sender has the parcel and has offered it to nobody.
_AT_HOME = frozenset(
    {CustodyCode.OPENED, CustodyCode.SEALED, CustodyCode.RETURNED, CustodyCode.HELD}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyFact:
    """One event as it is stored: ``custodian`` after it; ``counted`` by item code."""

    key: str
    code: CustodyCode
    party: str
    custodian: str
    waybill: str = ""
    counted: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelFact:
    """One locality's copy of a parcel. ``closed``: its case ended there; ``stands``: as stored."""

    locality: str
    case_no: str
    parcel_key: str
    service: Service
    from_locality: str
    from_office: str
    to_office: str
    kinds: frozenset[ItemKind]
    listed: Mapping[str, int]
    seal_no: str
    stands: Custody
    events: tuple[CustodyFact, ...]
    closed: bool = False

    def broken(self, invariant: str, text: str) -> Violation:
        """A violation found in this copy."""
        said = f"物料 {self.parcel_key} {text}"
        return Violation(invariant, self.locality, self.case_no, said)

    def codes(self) -> list[CustodyCode]:
        """The codes of the events in their order."""
        return [event.code for event in self.events]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalFact:
    """An original that the applicant gave: in a parcel, or held by an office or PERSON."""

    locality: str
    case_no: str
    code: str
    held_by: str = ""
    parcel_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Holdings:
    """All parcels and originals of ``localities`` at one moment."""

    localities: frozenset[str]
    parcels: tuple[ParcelFact, ...]
    originals: tuple[OriginalFact, ...]

    @cached_property
    def copies(self) -> dict[str, list[ParcelFact]]:
        """The copies of each parcel."""
        found: dict[str, list[ParcelFact]] = defaultdict(list)
        for parcel in self.parcels:
            found[parcel.parcel_key].append(parcel)
        return found


def one_custodian_at_each_instant(holdings: Holdings) -> Found:
    """R1: the events allow no other custodian than the stored one, and the copies agree."""
    for parcel in holdings.parcels:
        yield from _told(parcel)
    for copies in holdings.copies.values():
        senders = [one for one in copies if one.locality == one.from_locality]
        for theirs in copies:
            for ours in senders:
                if theirs is ours or theirs.stands.custodian != theirs.to_office:
                    continue
                if ours.stands.state in _AT_HOME and ours.stands.taker is None:
                    yield ours.broken("R1", "寄出方与收件方都登记为在本机构保管；请核对实物。")


def files_travel_as_the_rule_says(holdings: Holdings) -> Found:
    """R2: special-category files by 机要 or messenger, and no file carried by the person."""
    for parcel in holdings.parcels:
        allowed = allowed_services(parcel.kinds)
        if parcel.service not in allowed:
            yield parcel.broken("R2", f"不得以{parcel.service.label}寄递；请追回改寄。")
        if parcel.kinds & _FILES and PERSON in (
            parcel.to_office,
            parcel.stands.custodian,
            *(event.custodian for event in parcel.events),
            *(event.party for event in parcel.events),
        ):
            yield parcel.broken("R2", "人事档案交给了本人；请立即收回。")


def list_out_is_list_in(holdings: Holdings) -> Found:
    """R3: what the sender listed is what the receiver counted, but for recorded differences."""
    for copies in holdings.copies.values():
        if any(copy.listed != copies[0].listed for copy in copies):
            yield copies[0].broken("R3", "两地登记的清单不一致；请核对清单。")
        for copy in copies:
            for event in copy.events:
                differs = count_differences(copy.listed, event.counted)
                if event.code is CustodyCode.COUNT_OK and differs:
                    yield copy.broken("R3", "登记为清点相符，实收数目却与清单不同；请更正。")
                if event.code is CustodyCode.COUNT_DIFF and not differs:
                    yield copy.broken("R3", "登记为清点不符，却没有写明差异；请补记。")


def origin_closes_on_the_receipt(holdings: Holdings) -> Found:
    """R4: the sender's case closes only when the receipt is back, or the parcel, or its rebuild."""
    for parcel in holdings.parcels:
        mine = parcel.locality == parcel.from_locality
        left = CustodyCode.HANDED_OVER in parcel.codes()  # what never left owes no receipt
        if mine and left and parcel.closed and not parcel.stands.settled:
            state = LABELS[parcel.stands.state]
            yield parcel.broken("R4", f"办件已办结，物料仍为{state}、回执未返回；请催要回执。")


def seals_are_complete(holdings: Holdings) -> Found:
    """R5: sealed with a number before it leaves, the seal looked at before it is counted."""
    for parcel in holdings.parcels:
        codes = parcel.codes()
        left = [n for n, code in enumerate(codes) if code is CustodyCode.HANDED_OVER]
        if left and (CustodyCode.SEALED not in codes[: left[0]] or not parcel.seal_no):
            yield parcel.broken("R5", "未经封装或没有封签号就已交出；请核对。")
        for number, code in enumerate(codes):
            if code not in (CustodyCode.COUNT_OK, CustodyCode.COUNT_DIFF):
                continue
            if not {CustodyCode.SEAL_OK, CustodyCode.SEAL_BROKEN} & set(codes[:number]):
                yield parcel.broken("R5", "清点前没有查验封签的登记；请补记。")


def originals_have_a_custodian(holdings: Holdings) -> Found:
    """X2: an original is with an office, in a parcel that somebody holds, or with the person."""
    for parcel in holdings.parcels:
        if not parcel.stands.custodian or not parcel.stands.answerable:
            yield parcel.broken("X2", "没有保管方；请立即查明实物所在。")
    for original in holdings.originals:
        if original.parcel_key:
            found = original.parcel_key in holdings.copies
        else:
            found = bool(original.held_by) and not is_carrier(original.held_by)
        if not found:
            yield Violation(
                "X2",
                original.locality,
                original.case_no,
                f"原件 {original.code} 没有可查的保管方；请立即查明实物所在。",
            )


def _told(parcel: ParcelFact) -> Found:
    now = opened(parcel.from_office, parcel.to_office)
    try:
        for event in parcel.events:
            now = after(now, event.code, event.party)
            if now.custodian != event.custodian:
                yield parcel.broken("R1", f"“{LABELS[event.code]}”后登记的保管方不对；请核对。")
    except DomainError:
        yield parcel.broken("R1", "流转记录的次序不可能发生；请核对流转记录。")
        return
    if now != parcel.stands:
        yield parcel.broken("R1", "登记的现状与流转记录推算的不一致；请核对。")


CustodyRule = Callable[[Holdings], Iterator[Violation]]
#: The rules with their Chinese titles, in the order in which the check prints them.
CUSTODY_RULES: tuple[tuple[str, str, CustodyRule], ...] = (
    ("R1", "物料在任一时刻恰有一个保管方，交接须双方确认", one_custodian_at_each_instant),
    ("R2", "人事档案按规定方式转递，不交本人", files_travel_as_the_rule_says),
    ("R3", "寄出清单等于收到清单加登记的差异", list_out_is_list_in),
    ("R4", "转出地凭返回的回执办结", origin_closes_on_the_receipt),
    ("R5", "封装、查验封签记录齐全", seals_are_complete),
    ("X2", "原件始终有保管方", originals_have_a_custodian),
)


def check_custody(holdings: Holdings) -> list[Violation]:
    """Every broken rule, each told once, in the order of the rules."""
    found = [violation for _, _, rule in CUSTODY_RULES for violation in rule(holdings)]
    return list(dict.fromkeys(found))
