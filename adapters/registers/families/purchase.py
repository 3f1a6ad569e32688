"""Purchases of homes, one record in the whole country, with what households withdrew on each.

State table of the simulator. `data`: price_fen, region, invoice_no, tax_paid; `withdrawals` is a
list of {letter_no, amount_fen}. Withdrawals together never exceed the price, whoever comes first.
"""

from typing import Any

from adapters.registers.families.table import Standing, Table, changed, count, refuse, word
from adapters.registers.protocol import BusinessRefusal, RegisterEntry, RegisterOrder


def _withdrawals(entry: RegisterEntry) -> list[dict[str, Any]]:
    return list(entry.data.get("withdrawals", []))


def _reserve(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, letter, amount = at.known(), word(order, "letter_no"), count(order, "amount_fen")
    past = _withdrawals(entry)
    if any(one["letter_no"] == letter for one in past):
        refuse(BusinessRefusal.PURCHASE_USED)
    if sum(one["amount_fen"] for one in past) + amount > entry.data.get("price_fen", 0):
        refuse(BusinessRefusal.OVER_PRICE)
    return changed(entry, withdrawals=[*past, {"letter_no": letter, "amount_fen": amount}])


def _give_back(at: Standing, order: RegisterOrder) -> RegisterEntry:
    entry, letter = at.known(), word(order, "letter_no")
    past = _withdrawals(entry)
    return changed(entry, withdrawals=[one for one in past if one["letter_no"] != letter])


TABLE: Table = {"RESERVE": _reserve, "GIVE_BACK": _give_back}
