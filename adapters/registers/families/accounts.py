"""Money taken out of or made real in an account, without a transfer; part of `relations`.

WITHDRAW: housing fund, one purchase once per account. REFUND: months paid twice (先转后清).
FUND_ANNUITY: the booked-only unit part of an annuity is paid in (记实).
"""

from adapters.registers.families.table import Standing, changed, count, refuse, word
from adapters.registers.protocol import BusinessRefusal, RegisterEntry, RegisterOrder


def withdraw(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """amount_fen for purchase_no, under the letter that asked for it."""
    entry, amount, purchase = at.known(), count(order, "amount_fen"), word(order, "purchase_no")
    if entry.status not in ("ACTIVE", "SEALED"):
        refuse(BusinessRefusal.WRONG_STATUS)
    if entry.data.get("frozen"):
        refuse(BusinessRefusal.FROZEN)
    past = entry.data.get("withdrawals", [])
    if any(one["purchase_no"] == purchase for one in past):
        refuse(BusinessRefusal.PURCHASE_USED)
    return changed(
        entry,
        withdrawals=[*past, _taken(order, purchase, amount)],
        balance_fen=_less(entry, amount),
    )


def _taken(order: RegisterOrder, purchase: str, amount: int) -> dict[str, str | int]:
    """The withdrawal as the account keeps it, with the letter and the price where they are told."""
    letter = {"letter_no": word(order, "letter_no")} if "letter_no" in order.data else {}
    price = {"price_fen": count(order, "price_fen")} if "price_fen" in order.data else {}
    return {"purchase_no": purchase, "amount_fen": amount, **letter, **price}


def refund(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """amount_fen for the `months` paid twice, once per letter_no; also after the relation ended."""
    entry, letter = at.known(), word(order, "letter_no")
    amount, months = count(order, "amount_fen"), count(order, "months", 0)
    past = entry.data.get("refunds", [])
    if any(one["letter_no"] == letter for one in past):
        refuse(BusinessRefusal.ALREADY_REFUNDED)
    if months > entry.data.get("months", 0):
        refuse(BusinessRefusal.OVER_BALANCE)
    return changed(
        entry,
        refunds=[*past, {"letter_no": letter, "amount_fen": amount, "months": months}],
        balance_fen=_less(entry, amount),
        months=entry.data.get("months", 0) - months,
    )


def fund_annuity(at: Standing, order: RegisterOrder) -> RegisterEntry:
    """amount_fen must be the whole `unfunded_fen`; the balance held it on paper already."""
    entry, amount = at.known(), count(order, "amount_fen")
    if entry.status not in ("ACTIVE", "SEALED"):
        refuse(BusinessRefusal.WRONG_STATUS)
    unfunded = entry.data.get("unfunded_fen", 0)
    if not unfunded:
        refuse(BusinessRefusal.NOTHING_TO_FUND)
    if amount != unfunded:
        refuse(BusinessRefusal.AMOUNT_DIFFERS)
    return changed(entry, unfunded_fen=0, funded_fen=entry.data.get("funded_fen", 0) + amount)


def _less(entry: RegisterEntry, amount: int) -> int:
    balance: int = entry.data.get("balance_fen", 0)
    if amount > balance:
        refuse(BusinessRefusal.OVER_BALANCE)
    return balance - amount
