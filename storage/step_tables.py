"""What a step of a case writes: itself, acts, events, clocks, notices.

Acts and events are append-only (a trigger refuses changes, G4).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class TransitionRow(Base):
    """A transition as it was written: the proof that it is written once."""

    __tablename__ = "transitions"
    __table_args__ = (PrimaryKeyConstraint("workflow_id", "sequence"),)
    workflow_id: Mapped[str]
    sequence: Mapped[int]
    case_no: Mapped[str]
    causes: Mapped[list[Any]]
    fingerprint: Mapped[str]
    result: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Act(Base):
    """A legal act: who, when, on what basis, for whom. Append-only."""

    __tablename__ = "acts"
    __table_args__ = (
        Index(
            "uq_acts_key", "case_no", "key", unique=True, postgresql_where=text("voided_at IS NULL")
        ),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    key: Mapped[str]
    code: Mapped[str]
    office: Mapped[str]
    actor: Mapped[str]
    basis: Mapped[str]
    person: Mapped[int]
    reason: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
    effective_on: Mapped[date]
    at: Mapped[datetime]
    made_in: Mapped[int]
    voided_at: Mapped[datetime | None]  # only where a transition was never confirmed (realign)


class Event(Base):
    """The audit trail: every step, ball-holder and notable thing. Append-only."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("case_no", "made_in", "number"),
        Index("ix_events_case", "case_no", "id"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    made_in: Mapped[int]
    number: Mapped[int]
    code: Mapped[str]
    stage: Mapped[str]
    holder: Mapped[str]
    office: Mapped[str]
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class ClockRow(Base):
    """A lawful time limit as intervals: the due date can be derived again at any time."""

    __tablename__ = "clocks"
    __table_args__ = (
        PrimaryKeyConstraint("case_no", "kind", "number"),
        Index("ix_clocks_running", "due_on", postgresql_where=text("stopped_on IS NULL")),
    )
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    kind: Mapped[str]
    number: Mapped[int]
    length: Mapped[int]
    unit: Mapped[str]
    basis: Mapped[str]
    promised: Mapped[int | None]
    effect: Mapped[str]
    rolls: Mapped[bool]
    started_on: Mapped[date]
    pauses: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    extensions: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    due_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    provisional: Mapped[bool]
    calendar_version: Mapped[str]
    stopped_on: Mapped[date | None]
    made_in: Mapped[int]


class NoticeRow(Base):
    """A notice to the applicant, queued with its transition and sent by the worker's outbox."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("case_no", "key"),
        Index("ix_notices_unsent", "id", postgresql_where=text("sent_at IS NULL")),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    key: Mapped[str]
    template: Mapped[str]
    wording: Mapped[str]
    phone: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    next_attempt_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    receipt: Mapped[str | None]
