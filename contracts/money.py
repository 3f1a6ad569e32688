"""What a step says about money: ledger entries, remittance orders, and the bank's statement lines.

Entries and orders are parts of a transition; statement lines are taken in by the worker's round.
Only institutions' bank accounts stand here, and sums in fen, never a person's data.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from contracts.payload import Payload
from domain.accounts import EntryKind


class LedgerEntry(Payload):
    """One fact about a letter's money; (letter_no, key) has one effect.

    ``amount_fen`` is what moves, or the total that the kind states (see EntryKind). ``version`` is
    that of the 信息表 it speaks of. ``facts`` hold codes and numbers only.
    """

    key: str
    letter_no: str
    kind: EntryKind
    amount_fen: int = Field(ge=0)
    version: int = 1
    facts: dict[str, str] = {}


#: The bank's account for paying people, in place of a family.
PAYOUT = "PAYOUT"


class RemittancePurpose(StrEnum):
    """What a remittance is for. A letter has at most one that succeeds for each (P6)."""

    TRANSFER = "TRANSFER"  # 划转
    SUPPLEMENT = "SUPPLEMENT"  # 补划: a short transfer made whole
    RETURN = "RETURN"  # 退还: the destination sends money back


class RemittanceOrdered(Payload):
    """An order to the bank; ``key`` is also its reference, so that the statement finds it again."""

    key: str
    letter_no: str
    attempt: int = 1
    purpose: RemittancePurpose = RemittancePurpose.TRANSFER
    from_account: str
    to_account: str
    amount_fen: int = Field(gt=0)


class BankEntryKind(StrEnum):
    """What a line of the bank's statement says about one of our accounts."""

    EXECUTED = "EXECUTED"  # 付讫: an order of ours left the account
    BOUNCED = "BOUNCED"  # 退汇: it came back
    ARRIVED = "ARRIVED"  # 来款


class BankEntry(Payload):
    """One line of a statement. ``number`` rises by line within the account."""

    account: str
    number: int
    kind: BankEntryKind
    amount_fen: int = Field(gt=0)
    reference: str = ""  # the remitter's text; ours is the order's key
    booked_on: date


class Taken(Payload):
    """What became of a statement line. ``letter_no`` is a pseudo letter where it is unknown."""

    letter_no: str
    total_arrived_fen: int  # all that arrived for the letter here, this line included
    new: bool
    known: bool = True


def fund_account(locality: str, family: str) -> str:
    """The account of a fund, as 371002-PENSION; the bank knows it by this name."""
    return f"{locality}-{family}"


def payout_account(locality: str) -> str:
    """Where money goes that the bank pays on to a person, whose account the bank alone knows."""
    return fund_account(locality, PAYOUT)


def remittance_key(letter_no: str, purpose: RemittancePurpose, attempt: int) -> str:
    """The key of a remittance, as 3710022026112300000011-01/TRANSFER/1."""
    return f"{letter_no}/{purpose.value}/{attempt}"


def letter_of_reference(reference: str) -> str:
    """The letter that a bank reference names: what stands before the first stroke."""
    return reference.partition("/")[0].strip()


def unknown_letter(account: str, number: int) -> str:
    """The pseudo letter under which money waits whose reference says nothing."""
    return f"UNKNOWN:{account}:{number}"
