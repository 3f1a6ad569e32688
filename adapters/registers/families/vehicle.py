"""Vehicles: one entry per VIN in the country, locked by one case, flipped in one act.

State table of the simulator (V1-V4). REGISTERED, LOCKED by a case, RELEASED by the origin to it.
`data`: owner_id, locality, plate, certificate_no, licence_no, mortgage, frozen, violations,
scrap_on, small_non_commercial; `invoices` and `spent` (void numbers) are kept for ever.
"""

from typing import Any

from adapters.registers.families.table import (
    Standing,
    Table,
    case_of,
    changed,
    refuse,
    word,
)
from adapters.registers.protocol import BusinessRefusal, RegisterEntry, RegisterOrder

REGISTERED, LOCKED, RELEASED = "REGISTERED", "LOCKED", "RELEASED"
_NUMBERS = ("plate", "certificate_no", "licence_no")


def _lock(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, case = at.known(), case_of(order)
    holder = entry.data.get("locked_by")
    if holder is not None and holder != case:
        refuse(BusinessRefusal.LOCKED_BY_OTHER)
    if entry.data.get("frozen"):
        refuse(BusinessRefusal.FROZEN)
    if _flipped(entry, case):
        refuse(BusinessRefusal.ALREADY_FLIPPED)
    return entry if holder == case else changed(entry, LOCKED, locked_by=case)


def _unlock(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = _held(at, order)
    if _live(entry):
        refuse(BusinessRefusal.INVOICE_LIVE)
    return changed(entry, REGISTERED, locked_by=None)


def _release_file(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = _held(at, order)
    if entry.locality != order.locality:
        refuse(BusinessRefusal.FOREIGN_LOCALITY)
    if entry.data.get("frozen"):
        refuse(BusinessRefusal.FROZEN)
    if entry.data.get("mortgage"):
        refuse(BusinessRefusal.MORTGAGED)
    if entry.data.get("violations"):
        refuse(BusinessRefusal.VIOLATIONS_PENDING)
    return changed(entry, RELEASED)


def _issue_invoice(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, number = _held(at, order), word(order, "invoice_no")
    if _live(entry):
        refuse(BusinessRefusal.INVOICE_LIVE)
    past = entry.data.get("invoices", [])
    if any(number in (one["invoice_no"], one.get("reversal_no")) for one in past):
        refuse(BusinessRefusal.NUMBER_SPENT)
    invoice = {"invoice_no": number, "case": case_of(order), "status": "LIVE"}
    return changed(entry, invoices=[*past, invoice])


def _reverse_invoice(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """红冲: only while the transfer is open; a flip uses its invoice up."""
    entry, number = _held(at, order), word(order, "invoice_no")
    if (live := _live(entry)) is None or live["invoice_no"] != number:
        refuse(BusinessRefusal.NO_INVOICE)
    reversed_ = {**live, "status": "REVERSED", "reversal_no": word(order, "reversal_no")}
    return changed(entry, invoices=_with(entry, reversed_))


def _flip(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """Owner, locality and numbers change and the old numbers become void, in one act (V1, V3)."""
    if at.entry is not None and _flipped(at.entry, case_of(order)):
        refuse(BusinessRefusal.ALREADY_FLIPPED)
    entry = _held(at, order)
    if entry.status != RELEASED:
        refuse(BusinessRefusal.NOT_RELEASED)
    if entry.data.get("frozen"):
        refuse(BusinessRefusal.FROZEN)
    if (live := _live(entry)) is None:
        refuse(BusinessRefusal.NO_INVOICE)
    old = [str(entry.data[name]) for name in _NUMBERS if entry.data.get(name)]
    spent = {*entry.data.get("spent", []), *old}
    new = {"plate": word(order, "plate"), "certificate_no": word(order, "certificate_no")}
    new["licence_no"] = str(order.data.get("licence_no") or f"样例行-{at.number:08d}")
    if spent & set(new.values()):
        refuse(BusinessRefusal.NUMBER_SPENT)
    flipped = changed(
        entry,
        REGISTERED,
        **new,
        owner_id=word(order, "owner_id"),
        locality=order.locality,
        locked_by=None,
        invoices=_with(entry, {**live, "status": "USED"}),
        spent=sorted(spent),
        flips=[*entry.data.get("flips", []), case_of(order)],
    )
    return flipped.model_copy(update={"locality": order.locality})


def _held(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """The entry, locked by the order's case."""
    entry = at.known()
    holder = entry.data.get("locked_by")
    if holder is None:
        refuse(BusinessRefusal.NOT_LOCKED)
    if holder != case_of(order):
        refuse(BusinessRefusal.LOCKED_BY_OTHER)
    return entry


def _flipped(entry: RegisterEntry, case: str) -> bool:
    return case in entry.data.get("flips", [])


def _live(entry: RegisterEntry) -> dict[str, Any] | None:
    past = entry.data.get("invoices", [])
    return next((one for one in past if one["status"] == "LIVE"), None)


def _with(entry: RegisterEntry, invoice: dict[str, Any]) -> list[dict[str, Any]]:
    past = entry.data["invoices"]
    return [invoice if one["invoice_no"] == invoice["invoice_no"] else one for one in past]


TABLE: Table = {
    "LOCK": _lock,
    "UNLOCK": _unlock,
    "RELEASE_FILE": _release_file,
    "INVOICE_ISSUE": _issue_invoice,
    "INVOICE_REVERSE": _reverse_invoice,
    "FLIP": _flip,
}
