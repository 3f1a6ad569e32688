"""The accounts of a letter's money and the kinds of entries that move it (see domain/ledger.py).

Kept apart so that contracts and storage name a kind without the arithmetic behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Account(StrEnum):
    """The accounts of a book. A positive balance is money that stands there."""

    RELATION = "RELATION"  # the person's entitlement at the origin; what was sent, negative
    IN_TRANSIT = "IN_TRANSIT"  # 在途: one account kept in two books, to be read as their sum
    SUSPENSE = "SUSPENSE"  # 挂账: arrived, not yet matched with its table
    CREDITED = "CREDITED"  # 入账
    RETURNED = "RETURNED"  # 退回: back at the sender
    BANK_ERROR = "BANK_ERROR"  # the bank owes it (positive) or is owed it (negative)
    UNANNOUNCED = "UNANNOUNCED"  # contra account of arrivals whose announced sum is not known yet


class Side(StrEnum):
    """Whose book: the origin sends, the destination receives."""

    ORIGIN = "ORIGIN"
    DESTINATION = "DESTINATION"


class EntryKind(StrEnum):
    """What happened. The amount is what moved, except where the comment says a total."""

    SENT = "SENT"  # 划转: remittance ordered together with the table; 补划 with a newer one
    OVEREXECUTED = "OVEREXECUTED"  # 多付: the bank took more than was ordered; moves nothing yet
    BOUNCED = "BOUNCED"  # 退汇
    SENT_AGAIN = "SENT_AGAIN"  # 重汇: returned money leaves again under the same letter
    RETURN_ANNOUNCED = "RETURN_ANNOUNCED"  # the destination's word: total that it sends back
    RETURN_ARRIVED = "RETURN_ARRIVED"  # 退款到账
    BANK_SETTLED = "BANK_SETTLED"  # returned money was the bank's error, not the person's
    PAID_OUT = "PAID_OUT"  # 代发: the bank paid the person; nothing more is in flight
    RESTORED = "RESTORED"  # returned money goes back to the person's relation at the origin
    ANNOUNCED = "ANNOUNCED"  # the origin's word: total remitted under this letter
    ARRIVED = "ARRIVED"  # 到账
    MATCHED = "MATCHED"  # 入账: total credited under this version of the table
    CORRECTED = "CORRECTED"  # 更正入账: as MATCHED, reversing what stood before
    RETURN_SENT = "RETURN_SENT"  # 退还: money in suspense goes back
    RETURN_OVEREXECUTED = "RETURN_OVEREXECUTED"
    RETURN_BOUNCED = "RETURN_BOUNCED"
    WRITTEN_OFF = "WRITTEN_OFF"  # short money that the bank, not the origin, has to answer for
    REASSIGNED = "REASSIGNED"  # unknown money found its letter, or went back unidentified


#: Which book a kind belongs to.
SIDE_OF: Mapping[EntryKind, Side] = {
    kind: Side.ORIGIN
    if kind
    in (
        EntryKind.SENT,
        EntryKind.OVEREXECUTED,
        EntryKind.BOUNCED,
        EntryKind.SENT_AGAIN,
        EntryKind.RETURN_ANNOUNCED,
        EntryKind.RETURN_ARRIVED,
        EntryKind.BANK_SETTLED,
        EntryKind.PAID_OUT,
        EntryKind.RESTORED,
    )
    else Side.DESTINATION
    for kind in EntryKind
}
#: The bank's facts: they are booked whatever they say; a surplus is the bank's to explain.
BANK_FACTS = frozenset(
    {
        EntryKind.OVEREXECUTED,
        EntryKind.RETURN_OVEREXECUTED,
        EntryKind.BOUNCED,
        EntryKind.RETURN_ARRIVED,
        EntryKind.ARRIVED,
        EntryKind.RETURN_BOUNCED,
        EntryKind.PAID_OUT,
    }
)
#: The peer's word is booked as it was given.
WORDS = frozenset({EntryKind.ANNOUNCED, EntryKind.RETURN_ANNOUNCED})

#: The Chinese names of the accounts.
ACCOUNT_LABELS: Mapping[Account, str] = {
    Account.RELATION: "关系基金",
    Account.IN_TRANSIT: "在途资金",
    Account.SUSPENSE: "挂账资金",
    Account.CREDITED: "已入账资金",
    Account.RETURNED: "退回资金",
    Account.BANK_ERROR: "银行差错",
    Account.UNANNOUNCED: "待告知到账",
}
