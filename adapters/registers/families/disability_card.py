"""Disability cards: one per person, its number for ever, active at one county federation (C1, C2).

State table of the simulator. `data`: number, active_at, grade, type, valid_to, name; `other_cards`
are further cards found under the person.
"""

from adapters.registers.families.table import Standing, Table, case_of, changed, refuse
from adapters.registers.protocol import BusinessRefusal, RegisterEntry, RegisterOrder

VALID, MIGRATING, VOID = "VALID", "MIGRATING", "VOID"


def _release(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = at.known()
    if entry.status == VOID:
        refuse(BusinessRefusal.CARD_VOID)
    if entry.locality != order.locality:
        refuse(BusinessRefusal.FOREIGN_LOCALITY)
    if entry.status == MIGRATING:
        refuse(BusinessRefusal.ALREADY_MIGRATING)
    return changed(entry, MIGRATING, released_to=case_of(order))


def _activate(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = at.known()
    if entry.status == VOID:
        refuse(BusinessRefusal.CARD_VOID)
    if entry.status == VALID and entry.locality != order.locality:
        refuse(BusinessRefusal.OTHER_VALID_CARD)
    if entry.status != MIGRATING:
        refuse(BusinessRefusal.NOT_MIGRATING)
    if entry.data.get("released_to") != case_of(order):
        refuse(BusinessRefusal.ALREADY_MIGRATING)
    if order.data.get("number", entry.data.get("number")) != entry.data.get("number"):
        refuse(BusinessRefusal.NUMBER_DIFFERS)
    if any(one.get("status") == VALID for one in entry.data.get("other_cards", [])):
        refuse(BusinessRefusal.OTHER_VALID_CARD)
    active = changed(entry, VALID, active_at=order.locality, released_to=None)
    return active.model_copy(update={"locality": order.locality})


def _cancel_release(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = at.known()
    if entry.status != MIGRATING:
        refuse(BusinessRefusal.NOT_MIGRATING)
    if entry.data.get("released_to") != case_of(order):
        refuse(BusinessRefusal.ALREADY_MIGRATING)
    return changed(entry, VALID, released_to=None)


TABLE: Table = {"RELEASE": _release, "ACTIVATE": _activate, "CANCEL_RELEASE": _cancel_release}
