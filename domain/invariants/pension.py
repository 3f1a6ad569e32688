"""P3, P5 and P8 for 企业职工基本养老保险: one active relation, no pensioner, temporary stays so.

Judged over cases, legs and the social insurance cores of the localities. Sources: docs/rules.md A2
and D. P1, P2, P4 and P6 are judged over the money (`domain.invariants.money`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from domain.invariants.facts import Found, Violation
from domain.invariants.transfers import Entry, Transfer, TransferWorld

_FAMILY = "PENSION"
_TEMPORARY = "TEMPORARY"


def a_released_relation_has_ended(world: TransferWorld) -> Found:
    """P3: at most one general relation is active: what moved is ended where it came from.

    Whoever is insured there anew has a later leg or a relation opened since, with rows of its own.
    """
    for leg in world.of(_FAMILY, "LEG"):
        entry = _entry(world, leg)
        if not leg.did("RELEASED") or leg.ending != "COMPLETED" or entry is None:
            continue
        moved = {
            month
            for other in world.entries_of(_FAMILY, leg.subject)
            for credit in other.data.get("credits", ())
            if credit["letter_no"] == leg.letter_no
            for row in credit.get("rows", ())
            for month in _months(row)
        }
        kept = {month for row in entry.data.get("rows", ()) for month in _months(row)}
        if entry.status in ("ACTIVE", "SEALED") and moved & kept:
            yield leg.broken("P3", "已转出的关系在原参保地仍然有效；请核对业务系统并终止。")


def months_count_once(world: TransferWorld) -> Found:
    """P3: months of this place and of letters, less what was cleared, are months lived once."""
    judged = {one.subject for one in world.of(_FAMILY, "HOME") if one.ending == "COMPLETED"}
    for entry in world.entries:
        if entry.kind != _FAMILY or entry.subject not in judged or not _letters(entry):
            continue
        region = entry.data.get("region", entry.locality)
        own = [
            month
            for row in entry.data.get("rows", ())
            if row.get("region", region) == entry.locality
            for month in _months(row)
        ]
        brought = [
            month
            for credit in entry.data["credits"]
            for month in {month for row in credit.get("rows", ()) for month in _months(row)}
        ]
        cleared = sum(int(one.get("months", 0)) for one in entry.data.get("refunds", ()))
        once = {*own, *brought}
        if once and len(set(own)) + len(brought) - cleared > len(once):
            yield Violation(
                "P3",
                entry.locality,
                None,
                f"同一缴费月份计了两次（多计{len(set(own)) + len(brought) - cleared - len(once)}"
                "个月）；请先转后清。",
            )


def no_pensioner_is_transferred(world: TransferWorld) -> Found:
    """P5: whoever draws a pension where the relation is keeps it there."""
    for leg in world.of(_FAMILY, "LEG"):
        entry = _entry(world, leg)
        if not leg.did("RELEASED") or entry is None:
            continue
        if "PENSIONER" in (entry.status, entry.data.get("ended_from")):
            yield leg.broken("P5", "已领取基本养老金的人员被转出；请立即恢复关系并追回资金。")


def a_temporary_account_is_never_general(world: TransferWorld) -> Found:
    """P8: nothing lands on it, it moves only to the benefit place, and no case both opens and
    takes."""
    for entry in world.entries:
        temporary = _TEMPORARY in (entry.status, entry.data.get("account_kind"))
        if entry.kind == _FAMILY and temporary and _letters(entry):
            yield Violation(
                "P8", entry.locality, None, "临时缴费账户记入了一般账户的转移资金；请更正。"
            )
    for leg in world.of(_FAMILY, "LEG"):
        found = _entry(world, leg)
        if not leg.did("RELEASED") or found is None:
            continue
        was = {found.data.get("ended_from"), found.data.get("account_kind")}
        if _TEMPORARY in was and leg.facts.get("purpose") != "COLLECTION":
            yield leg.broken("P8", "临时缴费账户未经待遇领取地归集即转出；请恢复封存。")
    for home in world.of(_FAMILY, "HOME"):
        if home.did("TEMPORARY_OPENED") and home.did("PASSED", "BOOKED"):
            yield home.broken("P8", "同一办件既建立临时缴费账户又接收关系；请核对。")


def _entry(world: TransferWorld, one: Transfer) -> Entry | None:
    found = [
        entry for entry in world.entries_of(_FAMILY, one.subject) if entry.locality == one.locality
    ]
    return found[0] if found else None


def _letters(entry: Entry) -> tuple[str, ...]:
    return tuple(str(credit["letter_no"]) for credit in entry.data.get("credits", ()))


def _months(row: Mapping[str, Any]) -> Iterable[int]:
    first = int(row["year"]) * 12 + int(row["from_month"])
    return range(first, first + int(row["to_month"]) - int(row["from_month"]) + 1)
