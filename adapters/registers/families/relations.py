"""Insurance relations and accounts: opened, sealed, ended by one letter, credited by one letter.

State table of the seven money kinds in the simulator. Counters of an entry: `balance_fen` of the
personal account and `months` paid; `credits` is what letters brought.
"""

from collections.abc import Callable
from typing import Any

from adapters.registers.families.accounts import fund_annuity, refund, withdraw
from adapters.registers.families.table import (
    Action,
    Standing,
    Table,
    changed,
    count,
    fresh,
    refuse,
    word,
)
from adapters.registers.protocol import (
    BusinessRefusal,
    RegisterEntry,
    RegisterKind,
    RegisterOrder,
)

ACTIVE, SEALED, ENDED = "ACTIVE", "SEALED", "ENDED"
PENSIONER, TEMPORARY = "PENSIONER", "TEMPORARY"


def _opening(status: str) -> Action:
    def opening(at: Standing, order: RegisterOrder) -> RegisterEntry:
        if at.entry is None:
            return fresh(order, status, order.data)
        if at.entry.status == PENSIONER:
            refuse(BusinessRefusal.PENSIONER)
        if at.entry.status != ENDED:
            refuse(BusinessRefusal.ALREADY_OPEN)
        # Somebody comes back: letters credited in the earlier time stay credited.
        earlier = at.entry.data.get("credits")
        return fresh(order, status, order.data | ({"credits": earlier} if earlier else {}))

    return opening


def _open_temporary(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """Whoever pays here already keeps what was paid; credits of a letter make it a general one."""
    entry = at.entry
    if entry is not None and order.data.get("in_place_of") == entry.status == ACTIVE:
        if _credits(entry):
            refuse(BusinessRefusal.WRONG_STATUS)
        return changed(entry, TEMPORARY, account_kind=TEMPORARY)
    return _opening(TEMPORARY)(at, order)


def _seal(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = at.known()
    if entry.status != ACTIVE:
        refuse(BusinessRefusal.WRONG_STATUS)
    return changed(entry, SEALED)


def _end(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, letter = at.known(), word(order, "letter_no")
    # Whoever draws two pensions has the resident one ended (城乡衔接); nobody else's moves.
    if entry.status == PENSIONER and not order.data.get("double_pension"):
        refuse(BusinessRefusal.PENSIONER)
    if entry.status == ENDED:
        if entry.data.get("letter_no") != letter:
            refuse(BusinessRefusal.ALREADY_ENDED)
        return entry
    if entry.data.get("frozen"):
        refuse(BusinessRefusal.FROZEN)
    if entry.kind is RegisterKind.HOUSING_FUND:
        if entry.status != SEALED:
            refuse(BusinessRefusal.NOT_SEALED)
        if entry.data.get("loan_fen"):
            refuse(BusinessRefusal.LOAN_OPEN)
    if entry.data.get("unfunded_fen"):
        refuse(BusinessRefusal.UNFUNDED)
    return changed(entry, ENDED, letter_no=letter, ended_from=entry.status)


def _reinstate(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry = at.known()
    if entry.status != ENDED:
        refuse(BusinessRefusal.NOT_ENDED)
    if entry.data.get("letter_no") != word(order, "letter_no"):
        refuse(BusinessRefusal.LETTER_DIFFERS)
    return changed(entry, str(entry.data["ended_from"]), letter_no=None, ended_from=None)


def _credit(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, credit = at.known(), _stated(order, word(order, "letter_no"))
    if entry.status == TEMPORARY:
        refuse(BusinessRefusal.TEMPORARY_ACCOUNT)
    if entry.status not in (ACTIVE, SEALED):
        refuse(BusinessRefusal.WRONG_STATUS)
    if _credit_of(entry, credit["letter_no"]) is not None:
        refuse(BusinessRefusal.ALREADY_CREDITED)
    return _counted(entry, [*_credits(entry), credit], credit, int.__add__)


def _correct(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """Replaces what a letter brought by what the corrected table says."""
    entry, letter = at.known(), word(order, "letter_no")
    old = _credit_of(entry, letter)
    if old is None:
        refuse(BusinessRefusal.NOT_CREDITED)
    new = _stated(order, str(order.data.get("by_letter_no") or letter))
    others = [one for one in _credits(entry) if one is not old]
    if any(one["letter_no"] == new["letter_no"] for one in others):
        refuse(BusinessRefusal.ALREADY_CREDITED)
    without = _counted(entry, others, old, int.__sub__)
    return _counted(without, [*others, new], new, int.__add__)


def _record_months(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, letter, months = at.known(), word(order, "letter_no"), count(order, "months")
    if entry.status not in (ACTIVE, SEALED):
        refuse(BusinessRefusal.WRONG_STATUS)
    recorded = entry.data.get("recorded", [])
    if any(one["letter_no"] == letter for one in recorded):
        refuse(BusinessRefusal.ALREADY_RECORDED)
    stated = "remaining_months" in order.data
    return changed(
        entry,
        recorded=[*recorded, {"letter_no": letter, "months": months}],
        months=entry.data.get("months", 0) + months,
        **({"remaining_months": count(order, "remaining_months")} if stated else {}),
    )


def _stated(order: RegisterOrder, letter_no: str) -> dict[str, Any]:
    """amount_fen came; account_fen of it (all, unless stated) belongs to the personal account."""
    amount = count(order, "amount_fen")
    return {
        "letter_no": letter_no,
        "amount_fen": amount,
        "account_fen": count(order, "account_fen", amount),
        "months": count(order, "months", 0),
        "rows": order.data.get("rows", []),
    }


def _credits(entry: RegisterEntry) -> list[dict[str, Any]]:
    return list(entry.data.get("credits", []))


def _credit_of(entry: RegisterEntry, letter_no: str) -> dict[str, Any] | None:
    return next((one for one in _credits(entry) if one["letter_no"] == letter_no), None)


def _counted(
    entry: RegisterEntry,
    credits_: list[dict[str, Any]],
    moved: dict[str, Any],
    step: Callable[[int, int], int],
) -> RegisterEntry:
    return changed(
        entry,
        credits=credits_,
        balance_fen=step(entry.data.get("balance_fen", 0), moved["account_fen"]),
        months=step(entry.data.get("months", 0), moved["months"]),
    )


COMMON: Table = {
    "OPEN": _opening(ACTIVE),
    "SEAL": _seal,
    "END": _end,
    "REINSTATE": _reinstate,
    "CREDIT": _credit,
    "CORRECT": _correct,
    "RECORD_MONTHS": _record_months,
    "REFUND": refund,
}
TABLES: dict[RegisterKind, Table] = {
    RegisterKind.PENSION: {**COMMON, "OPEN_TEMPORARY": _open_temporary},
    RegisterKind.RESIDENT_PENSION: COMMON,
    RegisterKind.CIVIL_PENSION: COMMON,
    RegisterKind.ANNUITY: {**COMMON, "FUND_ANNUITY": fund_annuity},
    RegisterKind.UNEMPLOYMENT: COMMON,
    RegisterKind.MEDICAL: COMMON,
    RegisterKind.HOUSING_FUND: {**COMMON, "WITHDRAW": withdraw},
}
