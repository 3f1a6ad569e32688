"""The tables of 12345 tickets: what a caller said, the platform's news, and what went back.

The caller's name, number and words live here and nowhere else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class TicketRow(Base):
    """One ticket; the case handles it."""

    __tablename__ = "hotline_tickets"
    __table_args__ = (Index("ix_hotline_tickets_about", "about_case_no"),)
    ticket_no: Mapped[str] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"), unique=True)
    category: Mapped[str]
    about_case_no: Mapped[str | None] = mapped_column(ForeignKey("cases.case_no"))
    caller_name: Mapped[str | None]
    caller_phone: Mapped[str | None]
    words: Mapped[str]
    called_at: Mapped[datetime]
    taken_at: Mapped[datetime]


class HotlineNewsRow(Base):
    """One piece of news of the platform, by its number there; kept once."""

    __tablename__ = "hotline_news"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ticket_no: Mapped[str]
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]]  # codes only
    source: Mapped[str]  # CALLBACK or POLL, whichever was first
    taken_at: Mapped[datetime]


class TicketReply(Base):
    """What goes back to the platform: one of a kind per round."""

    __tablename__ = "hotline_replies"
    __table_args__ = (PrimaryKeyConstraint("ticket_no", "kind", "round"),)
    ticket_no: Mapped[str] = mapped_column(ForeignKey("hotline_tickets.ticket_no"))
    kind: Mapped[str]
    round: Mapped[int]
    words: Mapped[str]
    office: Mapped[str]
    command_id: Mapped[str | None]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    receipt: Mapped[str | None]
