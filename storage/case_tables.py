"""A locality's cases and the people in them: who is served, and who read of whom.

Personal data live in a locality's tables and nowhere else. One open migration per person and side
is a partial unique index (H5).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Identity,
    Index,
    PrimaryKeyConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

#: For lists: what has no date comes last, and a page can go on behind any row.
DUE_ORDER = "COALESCE(due_on, 'infinity'::date)"


class Case(Base):
    """A case (HOME), a leg (LEG) or a PARCEL of this locality. Written by its workflow only."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("kind IN ('HOME', 'LEG', 'PARCEL')", name="kind"),
        Index("ix_cases_stage", "stage"),
        Index("ix_cases_filed", "filed_at"),
        Index("ix_cases_unstarted", "case_no", postgresql_where=text("NOT started")),
        Index("ix_cases_home", "home_case_no"),
        Index("ix_cases_peer_case", "peer_case_no"),
        Index("ix_cases_office_matter", "competent_office", "matter", "filed_at", "case_no"),
        # The lists of the console: what others have to do, by the day on which it is due.
        Index(
            "ix_cases_waiting",
            "competent_office",
            "holder",
            "due_order",
            "case_no",
            postgresql_include=["matter"],
            postgresql_where=text("closed_at IS NULL AND holder IN ('THEIRS', 'APPLICANT')"),
        ),
    )
    case_no: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    workflow_id: Mapped[str] = mapped_column(unique=True)
    workflow_name: Mapped[str]
    filing: Mapped[dict[str, Any]]  # the pinned workflow input
    started: Mapped[bool] = mapped_column(server_default=text("false"))
    matter: Mapped[str]
    matter_name: Mapped[str]
    mode: Mapped[str] = mapped_column(server_default="JOINT")
    home_case_no: Mapped[str]
    peer: Mapped[str]  # the other locality
    peer_case_no: Mapped[str | None]
    request_letter: Mapped[str | None] = mapped_column(unique=True)  # LEG: the letter that asked
    intake_office: Mapped[str]
    competent_office: Mapped[str]
    custodian_office: Mapped[str]
    stage: Mapped[str]
    holder: Mapped[str]
    ending: Mapped[str | None]
    reason_code: Mapped[str | None]
    due_on: Mapped[date | None]
    due_clock: Mapped[str | None]  # the limit that gives the due date
    overdue: Mapped[bool] = mapped_column(server_default=text("false"))
    escalation: Mapped[int] = mapped_column(server_default=text("0"))
    filed_at: Mapped[datetime]
    received_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    due_order: Mapped[date] = mapped_column(Computed(DUE_ORDER, persisted=True))
    phone: Mapped[str | None]  # where notices go
    application: Mapped[dict[str, Any] | None]  # as filed, with personal data


class Person(Base):
    """One person of a case. ``scheme`` and ``subject`` say what is moved: the relation, the file,
    the vehicle; on each side only one open case may move it (docs/rules.md A0 rule 3, H5)."""

    __tablename__ = "persons"
    __table_args__ = (
        PrimaryKeyConstraint("case_no", "number"),
        Index(
            "uq_persons_open_transfer",
            "scheme",
            "side",
            "subject",
            unique=True,
            postgresql_where=text("open"),
        ),
        Index("ix_persons_id_no", "id_no"),
        Index("ix_persons_name_folded", text("lower(name)")),
    )
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    number: Mapped[int]
    side: Mapped[str]  # HOME or LEG
    scheme: Mapped[str] = mapped_column(server_default="HUKOU_MIGRATION")
    subject: Mapped[str]  # the identity number, a vehicle's number …
    relation: Mapped[str]
    name: Mapped[str]
    id_no: Mapped[str]
    details: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(server_default="OPEN")
    open: Mapped[bool] = mapped_column(server_default=text("true"))


class PersonVersion(Base):
    """What a person's record said before an identity correction."""

    __tablename__ = "person_versions"
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str]
    number: Mapped[int]
    name: Mapped[str]
    id_no: Mapped[str]
    details: Mapped[dict[str, Any]]
    replaced_by: Mapped[str] = mapped_column(unique=True)  # the command or letter
    replaced_at: Mapped[datetime]


class DataAccess(Base):
    """Who read which personal data, for which case and purpose (G8). Append-only."""

    __tablename__ = "data_access"
    __table_args__ = (
        Index("ix_data_access_actor", "actor", "id"),
        Index("ix_data_access_case", "case_no", "id"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str]
    actor: Mapped[str]
    what: Mapped[str]
    purpose: Mapped[str]
    at: Mapped[datetime]


class Serial(Base):
    """Counters behind case and certificate numbers; a number is never given twice (G2)."""

    __tablename__ = "serials"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
