"""Personnel files: held by one agency, released with a letter and a parcel, closed on the receipt.

State table of the simulator (R1, R4). A file that travels is RELEASED at its origin and nowhere
HELD until somebody takes it in.
"""

from adapters.registers.families.table import Standing, Table, changed, fresh, refuse, word
from adapters.registers.protocol import BusinessRefusal, RegisterEntry, RegisterOrder

HELD, RELEASED, SENT_BACK, CLOSED = "HELD", "RELEASED", "SENT_BACK", "CLOSED"


def _release(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = at.known()
    letter, parcel = word(order, "letter_no"), word(order, "parcel_no")
    if entry.status != HELD:
        refuse(BusinessRefusal.WRONG_STATUS)
    return changed(entry, RELEASED, letter_no=letter, parcel_no=parcel)


def _receive(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """The file comes in: new here, again here, or back to the agency that released it."""
    letter = word(order, "letter_no")
    if any(one.status == HELD for one in at.elsewhere):
        refuse(BusinessRefusal.HELD_ELSEWHERE)
    if at.entry is None:
        return fresh(order, HELD, order.data)
    if at.entry.status == HELD:
        refuse(BusinessRefusal.WRONG_STATUS)
    if at.entry.status == RELEASED and at.entry.data.get("letter_no") != letter:
        refuse(BusinessRefusal.LETTER_DIFFERS)
    return changed(at.entry, HELD, **{**order.data, "parcel_no": order.data.get("parcel_no")})


def _return(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """The destination sends the file back, taken in or not."""
    letter, parcel = word(order, "letter_no"), word(order, "parcel_no")
    if at.entry is None:
        if not any(one.status == RELEASED for one in at.elsewhere):
            refuse(BusinessRefusal.NOT_REGISTERED)
        return fresh(order, SENT_BACK, order.data)
    if at.entry.status != HELD:
        refuse(BusinessRefusal.WRONG_STATUS)
    if at.entry.data.get("letter_no") not in (None, letter):
        refuse(BusinessRefusal.LETTER_DIFFERS)
    return changed(at.entry, SENT_BACK, letter_no=letter, parcel_no=parcel)


def _close(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = at.known()
    if entry.status != RELEASED:
        refuse(BusinessRefusal.WRONG_STATUS)
    if entry.data.get("letter_no") != word(order, "letter_no"):
        refuse(BusinessRefusal.LETTER_DIFFERS)
    if not order.data.get("receipt_no"):
        refuse(BusinessRefusal.NO_RECEIPT)
    return changed(entry, CLOSED, receipt_no=word(order, "receipt_no"))


TABLE: Table = {"RELEASE": _release, "RECEIVE": _receive, "RETURN": _return, "CLOSE": _close}
