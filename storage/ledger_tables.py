"""The tables behind the money: ledger entries with postings, remittance orders, statement lines,
and the daily reconciliation with its differences. Entries and postings are append-only.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class LedgerEntryRow(Base):
    """One fact of a letter's money in this locality's book.

    ``turn`` counts how often the same fact was booked after it had been undone, ``undoes`` names
    the entry that this one takes back.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("letter_no", "key", "turn"),
        CheckConstraint("side IN ('ORIGIN', 'DESTINATION')", name="side"),
        Index("ix_ledger_entries_case", "case_no", "made_in"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    letter_no: Mapped[str]
    key: Mapped[str]
    turn: Mapped[int] = mapped_column(server_default=text("0"))
    side: Mapped[str]
    kind: Mapped[str]
    amount_fen: Mapped[int]
    version: Mapped[int]
    facts: Mapped[dict[str, Any]]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    case_no: Mapped[str | None]  # none where the bank's statement led to it
    made_in: Mapped[int | None]
    at: Mapped[datetime]


class LedgerPostingRow(Base):
    """One line of an entry, in signed fen."""

    __tablename__ = "ledger_postings"
    __table_args__ = (
        PrimaryKeyConstraint("entry_id", "number"),
        Index("ix_ledger_postings_letter", "letter_no", "account"),
    )
    entry_id: Mapped[int] = mapped_column(ForeignKey("ledger_entries.id"))
    number: Mapped[int]
    letter_no: Mapped[str]
    account: Mapped[str]
    amount_fen: Mapped[int]


class RemittanceRow(Base):
    """An order to the bank. At most one of a letter and purpose is alive or done (P6)."""

    __tablename__ = "remittances"
    __table_args__ = (
        CheckConstraint("amount_fen > 0", name="amount"),
        # SETTLED is written by nobody: a confirmation names its letter, not one order of several.
        CheckConstraint(
            "status IN ('ORDERED', 'SENT', 'EXECUTED', 'SETTLED', 'BOUNCED', 'VOID')",
            name="status",
        ),
        Index(
            "uq_remittances_live",
            "letter_no",
            "purpose",
            unique=True,
            postgresql_where=text("status NOT IN ('BOUNCED', 'VOID')"),
        ),
        Index("ix_remittances_unsent", "key", postgresql_where=text("status = 'ORDERED'")),
    )
    key: Mapped[str] = mapped_column(primary_key=True)
    letter_no: Mapped[str]
    attempt: Mapped[int]
    purpose: Mapped[str]
    from_account: Mapped[str]
    to_account: Mapped[str]
    amount_fen: Mapped[int]
    status: Mapped[str] = mapped_column(server_default="ORDERED")
    receipt: Mapped[str | None]  # the bank's own number
    case_no: Mapped[str]
    made_in: Mapped[int]
    ordered_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class BankEntryRow(Base):
    """A line of the bank's statement, kept once."""

    __tablename__ = "bank_entries"
    __table_args__ = (
        PrimaryKeyConstraint("account", "number"),
        Index("ix_bank_entries_letter", "letter_no"),
        Index("ix_bank_entries_untold", "account", postgresql_where=text("told_at IS NULL")),
    )
    account: Mapped[str]
    number: Mapped[int]
    kind: Mapped[str]
    amount_fen: Mapped[int]
    reference: Mapped[str]
    booked_on: Mapped[date]
    letter_no: Mapped[str]  # a pseudo letter while nobody knows
    known: Mapped[bool]
    taken_at: Mapped[datetime]
    told_at: Mapped[datetime | None]  # the running case knows of it


class ReconciliationRun(Base):
    """One daily comparison of ledger, letters and statement."""

    __tablename__ = "reconciliation_runs"
    day: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    found: Mapped[int]


class ReconciliationDifference(Base):
    """A difference, open until a run no longer finds it; its key is the same every day."""

    __tablename__ = "reconciliation_differences"
    __table_args__ = (
        UniqueConstraint("key", "opened_on"),
        Index(
            "uq_differences_open", "key", unique=True, postgresql_where=text("closed_on IS NULL")
        ),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[str]
    kind: Mapped[str]
    letter_no: Mapped[str]
    amount_fen: Mapped[int]
    text: Mapped[str]
    remedy: Mapped[str]
    opened_on: Mapped[date]
    seen_on: Mapped[date]
    closed_on: Mapped[date | None]
