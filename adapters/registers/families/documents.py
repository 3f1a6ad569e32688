"""Documents made for people: 往来港澳通行证, 临时身份证, 道路运输从业资格证.

State table of the simulator (X3). `data`: `current` is the document the person holds with number,
valid_to and state (VALID, COLLECTED, VOID); `made` waits to be handed out with number and case;
`made_for` lists the cases that had theirs made, so that none is printed twice.
"""

from typing import Any

from adapters.registers.families.table import (
    Standing,
    Table,
    case_of,
    changed,
    fresh,
    refuse,
)
from adapters.registers.protocol import BusinessRefusal, RegisterEntry, RegisterOrder

VALID, MADE, OLD_COLLECTED, OLD_VOID = "VALID", "MADE", "OLD_COLLECTED", "OLD_VOID"
_PREFIXES = {"TRAVEL_PERMIT": "样例通", "TEMP_ID": "样例临", "TRANSPORT_LICENCE": "样例从"}


def _make(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """The number is the maker's unless given; read it with `look`."""
    entry, case = at.entry or fresh(order, VALID, {}), case_of(order)
    if case in entry.data.get("made_for", []):
        refuse(BusinessRefusal.ALREADY_MADE)
    if entry.data.get("made"):
        refuse(BusinessRefusal.OTHER_MADE)
    number = str(order.data.get("number") or f"{_PREFIXES[order.kind]}-{at.number:08d}")
    if number in entry.data.get("spent", []) or number == _current(entry).get("number"):
        refuse(BusinessRefusal.NUMBER_SPENT)
    made = {"number": number, "case": case, "valid_to": order.data.get("valid_to")}
    return changed(entry, MADE, made=made, made_for=[*entry.data.get("made_for", []), case])


def _collect_old(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, old = _with_old(at)
    if old["state"] == OLD_VOID:
        refuse(BusinessRefusal.ALREADY_VOID)
    if old["state"] == OLD_COLLECTED:
        refuse(BusinessRefusal.ALREADY_COLLECTED)
    return changed(entry, OLD_COLLECTED, current={**old, "state": OLD_COLLECTED})


def _void_old(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """For an old document that was lost, or is destroyed once collected."""
    entry, old = _with_old(at)
    if old["state"] == OLD_VOID:
        refuse(BusinessRefusal.ALREADY_VOID)
    return changed(entry, OLD_VOID, current={**old, "state": OLD_VOID})


def _activate(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """The new document becomes valid and the old one void in the same act."""
    entry = at.known()
    made = entry.data.get("made")
    if not made or made["case"] != case_of(order):
        refuse(BusinessRefusal.NOTHING_MADE)
    old = _current(entry)
    if old and old["state"] == VALID:
        refuse(BusinessRefusal.OLD_NOT_COLLECTED)
    spent = [*entry.data.get("spent", []), *([old["number"]] if old else [])]
    current = {"number": made["number"], "valid_to": made["valid_to"], "state": VALID}
    return changed(entry, VALID, current=current, made=None, spent=spent)


def _current(entry: RegisterEntry) -> dict[str, Any]:
    return dict(entry.data.get("current") or {})


def _with_old(at: Standing) -> tuple[RegisterEntry, dict[str, Any]]:
    """The entry and the old document; only beside a new one is there an old one."""
    entry = at.known()
    if not entry.data.get("made"):
        refuse(BusinessRefusal.NOTHING_MADE)
    if not (old := _current(entry)):
        refuse(BusinessRefusal.NO_OLD_DOCUMENT)
    return entry, old


TABLE: Table = {
    "MAKE": _make,
    "COLLECT_OLD": _collect_old,
    "VOID_OLD": _void_old,
    "ACTIVATE": _activate,
}
