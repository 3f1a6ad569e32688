"""The banks of the fund accounts, as activities see them: order a remittance, read a statement.

One fund account per locality and scheme, named 371002-PENSION. An order's receipt says that it was
taken, never that the money arrived: that is on the statements alone (P6).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import AwareDatetime, Field

from adapters.models import Order, OutsideModel, Personal, Receipt, Word

Fen = Annotated[int, Field(gt=0)]
MAX_STATEMENT = 500


class BankRefusal(StrEnum):
    """Codes of OutsideRefusal from the bank."""

    ACCOUNT_UNKNOWN = "ACCOUNT_UNKNOWN"
    SAME_ACCOUNT = "SAME_ACCOUNT"
    INSUFFICIENT_FUNDS = "INSUFFICIENT_FUNDS"


class Direction(StrEnum):
    IN = "IN"
    OUT = "OUT"


class EntryKind(StrEnum):
    """BOUNCE: the bank gives money back to the payer. RETURN: the receiver sends it back."""

    REMITTANCE = "REMITTANCE"
    BOUNCE = "BOUNCE"
    RETURN = "RETURN"


class RemittanceOrder(Order):
    """key: letter number and attempt; reference: the letter number, which statements repeat.

    to_account may be a person's. kind RETURN marks money that goes back to who sent it.
    """

    from_account: Word
    to_account: Personal
    amount_fen: Fen
    reference: Word
    purpose: Word
    kind: EntryKind = EntryKind.REMITTANCE


class RemittanceReceipt(Receipt):
    """The bank's receipt: the order was taken."""


class BankEntry(OutsideModel):
    """One line of a statement.

    number: strictly increasing per account, from 1. instructed_fen: the sum of the order behind
    it, which the bank may have got wrong.
    """

    number: int
    account: Personal
    direction: Direction
    amount_fen: Fen
    instructed_fen: Fen
    reference: Word
    order_key: Word
    kind: EntryKind
    counterparty: Personal
    at: AwareDatetime


class Bank(Protocol):
    """Every method raises OutsideUnavailable (repeat) or OutsideRefusal (a BankRefusal)."""

    async def remit(self, order: RemittanceOrder) -> RemittanceReceipt:
        """Order a transfer, once per key.

        Refusals: ACCOUNT_UNKNOWN (the payer is no fund account), SAME_ACCOUNT, INSUFFICIENT_FUNDS.
        """

    async def statement(
        self, account: str, after: int, limit: int = MAX_STATEMENT
    ) -> tuple[BankEntry, ...]:
        """Entries with a number above `after`, in order, at most `limit`; () when none."""

    async def statements(
        self, after: Mapping[str, int], limit: int = MAX_STATEMENT
    ) -> tuple[BankEntry, ...]:
        """The same of several accounts in one exchange: `after` by account, `limit` for each."""
