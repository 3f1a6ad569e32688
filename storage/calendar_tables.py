"""The tables of calendars: what was in force when, office closures, the log of every clock's date.

All but the progress of a re-plan and the standing findings are append-only (a trigger refuses
changes), so that what was once said can be said again with its reasons.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class CalendarVersion(Base):
    """A whole calendar under its version, as it was in force here. Append-only."""

    __tablename__ = "calendar_versions"
    version: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]


class CalendarEntry(Base):
    """A change of calendar: what, by whom, on which notice; the newest is in force. Append-only."""

    __tablename__ = "calendar_log"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    change: Mapped[str]  # domain.recount.Change
    year: Mapped[int | None]
    region: Mapped[str | None]
    notice: Mapped[str | None]
    published_on: Mapped[date | None]  # the notice's own date
    file: Mapped[dict[str, Any] | None]  # the data file as it was given
    file_digest: Mapped[str | None]
    withdraws: Mapped[int | None]  # the entry that was wrong; 0: what the program shipped
    reason: Mapped[str | None]
    actor: Mapped[str]
    at: Mapped[datetime]
    version: Mapped[str] = mapped_column(ForeignKey("calendar_versions.version"))


class ReplanRow(Base):
    """How far the re-plan of one entry has come; its place is kept with what it changed."""

    __tablename__ = "calendar_replans"
    entry: Mapped[int] = mapped_column(ForeignKey("calendar_log.id"), primary_key=True)
    workflow_id: Mapped[str]
    case_no: Mapped[str] = mapped_column(server_default="")  # the last clock that was counted
    kind: Mapped[str] = mapped_column(server_default="")
    number: Mapped[int] = mapped_column(server_default=text("0"))
    total: Mapped[int | None]
    counted: Mapped[int] = mapped_column(server_default=text("0"))
    moved: Mapped[int] = mapped_column(server_default=text("0"))
    confirmed: Mapped[int] = mapped_column(server_default=text("0"))
    same: Mapped[int] = mapped_column(server_default=text("0"))
    expired: Mapped[int] = mapped_column(server_default=text("0"))
    kept: Mapped[int] = mapped_column(server_default=text("0"))
    tidings: Mapped[int] = mapped_column(server_default=text("0"))
    urgent: Mapped[int] = mapped_column(server_default=text("0"))  # of them, with a date earlier
    started_at: Mapped[datetime]
    counted_at: Mapped[datetime | None]
    armed_at: Mapped[datetime | None]  # the urgent news have been told
    finished_at: Mapped[datetime | None]
    superseded_by: Mapped[int | None]


class OfficeClosure(Base):
    """A day on which one office does not receive, or does after all. Append-only."""

    __tablename__ = "office_closures"
    __table_args__ = (Index("ix_office_closures_office", "office", "day", "id"),)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    office: Mapped[str]
    day: Mapped[date]
    closed: Mapped[bool]
    reason: Mapped[str]
    evidence: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]


class ClockLine(Base):
    """One thing that happened to a clock, with the date that followed. Append-only.

    ``calendar_to`` with ``pauses`` and ``extensions`` is everything that its derivation needs.
    """

    __tablename__ = "clock_log"
    __table_args__ = (
        Index("ix_clock_log_case", "case_no", "id"),
        Index(
            "uq_clock_log_entry",
            "entry",
            "case_no",
            "kind",
            "number",
            unique=True,
            postgresql_where=text("entry IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    kind: Mapped[str]
    number: Mapped[int]
    cause: Mapped[str]  # START, PAUSE, RESUME, EXTEND, STOP …, or a change of calendar
    calendar_from: Mapped[str | None]
    calendar_to: Mapped[str]
    due_from: Mapped[date | None]
    due_to: Mapped[date | None]
    promised_to: Mapped[date | None]
    provisional: Mapped[bool]
    pauses: Mapped[list[Any]]
    extensions: Mapped[list[Any]]
    made_in: Mapped[int | None]  # the step, or
    entry: Mapped[int | None]  # the change of calendar
    at: Mapped[datetime]


class FindingRow(Base):
    """What the weekly check of the calendar found, from the first day until it is gone."""

    __tablename__ = "calendar_findings"
    __table_args__ = (PrimaryKeyConstraint("key", "opened_on"),)
    key: Mapped[str]
    opened_on: Mapped[date]
    kind: Mapped[str]
    text: Mapped[str]
    remedy: Mapped[str]
    seen_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
