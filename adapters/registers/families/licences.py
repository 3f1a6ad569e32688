"""电子证照库: licences and result documents of every item, for persons and enterprises.

State table of the simulator. `data`: `licences` maps a number to item, case, valid_to and state
(MADE, VALID, REVOKED). A number is given once; a case has one licence that is not revoked.
"""

from typing import Any

from adapters.registers.families.table import Standing, Table, case_of, changed, fresh, refuse, word
from adapters.registers.protocol import BusinessRefusal, RegisterEntry, RegisterOrder

MADE, VALID, REVOKED = "MADE", "VALID", "REVOKED"


def _licences(entry: RegisterEntry) -> dict[str, dict[str, Any]]:
    return dict(entry.data.get("licences") or {})


def _of_case(known: dict[str, dict[str, Any]], case: str) -> dict[str, Any] | None:
    """What stands for the case now; a revoked licence has made room for the next."""
    return next(
        (one for one in known.values() if one["case"] == case and one["state"] != REVOKED), None
    )


def _put(at: Standing, order: RegisterOrder, number: str, state: str) -> RegisterEntry:
    entry = at.entry or fresh(order, VALID, {})
    known, case = _licences(entry), case_of(order)
    if _of_case(known, case) is not None:
        refuse(BusinessRefusal.ALREADY_MADE)
    if number in known:
        refuse(BusinessRefusal.NUMBER_SPENT)
    known[number] = {
        "item": word(order, "item"),
        "case": case,
        "valid_to": order.data.get("valid_to"),
        "state": state,
    }
    return changed(entry, licences=known)


def _make(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """Made, and valid once it has been handed over."""
    return _put(at, order, str(order.data.get("number") or f"样例证-{at.number:08d}"), MADE)


def _issue(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """Made and valid at once."""
    return _put(at, order, word(order, "number"), VALID)


def _activate(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, case = at.known(), case_of(order)
    known = _licences(entry)
    made = _of_case(known, case)
    if made is None or made["state"] != MADE:
        refuse(BusinessRefusal.NOTHING_MADE)
    made["state"] = VALID
    return changed(entry, licences=known)


def _revoke(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, number = at.known(), word(order, "number")
    known = _licences(entry)
    if number not in known:
        refuse(BusinessRefusal.NOT_REGISTERED)
    if known[number]["state"] == REVOKED:
        refuse(BusinessRefusal.ALREADY_VOID)
    known[number] = {**known[number], "state": REVOKED}
    return changed(entry, licences=known)


def _no_old(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """The library keeps no paper that could be collected."""
    refuse(BusinessRefusal.NO_OLD_DOCUMENT)


TABLE: Table = {
    "MAKE": _make,
    "COLLECT_OLD": _no_old,
    "ACTIVATE": _activate,
    "ISSUE": _issue,
    "REVOKE": _revoke,
}
