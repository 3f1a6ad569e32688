"""The tables of one locality: cases, worklist, acts, clocks, certificates, letters, documents.

Personal data live here and nowhere else. Acts and events are append-only (a trigger refuses
changes, G4); one open migration per person and side is a partial unique index (H5).
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
    LargeBinary,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base

#: For lists: what has no date comes last, and a page can go on behind any row.
_DUE_ORDER = "COALESCE(due_on, 'infinity'::date)"


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
    due_order: Mapped[date] = mapped_column(Computed(_DUE_ORDER, persisted=True))
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


class Task(Base):
    """A worklist entry."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index(
            "ix_tasks_worklist",
            "office",
            "due_order",
            "task_id",
            postgresql_include=["matter", "role", "assignee"],
            postgresql_where=text("status = 'OPEN'"),
        ),
        Index(
            "ix_tasks_opened",
            "office",
            "opened_at",
            "task_id",
            postgresql_include=["matter", "role", "assignee", "due_order"],
            postgresql_where=text("status = 'OPEN'"),
        ),
        Index(
            "ix_tasks_mine",
            "assignee",
            "due_order",
            "task_id",
            postgresql_include=["office", "matter", "role"],
            postgresql_where=text("status = 'OPEN' AND assignee IS NOT NULL"),
        ),
        Index(
            "ix_tasks_again",
            "office",
            "due_order",
            "task_id",
            postgresql_include=["matter", "role", "assignee"],
            postgresql_where=text("status = 'OPEN' AND task_id NOT LIKE '%/1'"),
        ),
        Index(
            "ix_tasks_done",
            "decided_by",
            "closed_at",
            "task_id",
            postgresql_include=["office", "matter", "role"],
            postgresql_where=text("status = 'DONE'"),
        ),
        Index("ix_tasks_case", "case_no"),
        # The patrol reads these two and nothing else: its cost follows what there is to do.
        Index("ix_tasks_patrol", "patrol_on", postgresql_where=text("status = 'OPEN'")),
        Index(
            "ix_tasks_changed",
            "task_id",
            postgresql_where=text(
                "patrol_on IS NULL AND (laddered OR (status = 'OPEN' AND due_on IS NOT NULL))"
            ),
        ),
    )
    task_id: Mapped[str] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    workflow_id: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    office: Mapped[str]
    role: Mapped[str]
    matter: Mapped[str | None]  # the case's, kept by a trigger so that lists need no join
    person: Mapped[int | None]
    clock: Mapped[str | None]  # the limit that gives the due date
    findings: Mapped[list[Any]] = mapped_column(server_default=text("'[]'"))
    status: Mapped[str] = mapped_column(server_default="OPEN")
    assignee: Mapped[str | None]
    due_on: Mapped[date | None]
    due_order: Mapped[date] = mapped_column(Computed(_DUE_ORDER, persisted=True))
    provisional: Mapped[bool] = mapped_column(server_default=text("false"))
    opened_at: Mapped[datetime]
    opened_in: Mapped[int]
    closed_at: Mapped[datetime | None]
    closed_in: Mapped[int | None]
    outcome: Mapped[str | None]
    reason_code: Mapped[str | None]
    command_id: Mapped[str | None]
    decided_by: Mapped[str | None]
    patrol_on: Mapped[date | None]  # when the patrol looks again; NULL (a trigger): it changed
    laddered: Mapped[bool] = mapped_column(server_default=text("false"))  # rungs are open


class CommandRow(Base):
    """A person's command with its texts, stored before it is sent; one in flight per workflow."""

    __tablename__ = "commands"
    __table_args__ = (
        Index(
            "uq_commands_in_flight",
            "workflow_id",
            unique=True,
            postgresql_where=text("status = 'PENDING'"),
        ),
        Index("ix_commands_sent", "sent_at", "command_id"),
        Index("ix_commands_actor", text("(command ->> 'actor')"), "sent_at"),
        Index("ix_commands_case", "case_no", "sent_at"),
    )
    command_id: Mapped[str] = mapped_column(primary_key=True)
    workflow_id: Mapped[str]
    case_no: Mapped[str]
    command: Mapped[dict[str, Any]]
    body: Mapped[dict[str, Any]]  # reason, defects, evidence, corrected identity: may be personal
    status: Mapped[str] = mapped_column(server_default="PENDING")
    receipt: Mapped[dict[str, Any] | None]
    sent_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


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


class Certificate(Base):
    """A numbered paper issued here, or received from a peer (``issuer`` is its locality)."""

    __tablename__ = "certificates"
    __table_args__ = (
        Index(
            "uq_certificates_key",
            "case_no",
            "key",
            unique=True,
            postgresql_where=text("status <> 'VOID'"),
        ),
        Index(
            "uq_certificates_live",
            "case_no",
            "kind",
            "person",
            unique=True,
            postgresql_where=text("status IN ('PREPARED', 'VALID') AND kind <> 'NOT_LANDED'"),
        ),
    )
    number: Mapped[str] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"), primary_key=True)
    key: Mapped[str]
    kind: Mapped[str]
    issuer: Mapped[str]
    office: Mapped[str]
    person: Mapped[int]
    status: Mapped[str]
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    replaces: Mapped[str | None]
    reason: Mapped[str | None]
    made_in: Mapped[int]
    changed_at: Mapped[datetime]


class LetterRow(Base):
    """A letter sent (OUT) or taken in (IN) with its receipt."""

    __tablename__ = "letters"
    __table_args__ = (
        PrimaryKeyConstraint("direction", "number"),
        Index("ix_letters_case", "case_no"),
        Index("ix_letters_number", "number"),
    )
    direction: Mapped[str]
    number: Mapped[str]
    case_no: Mapped[str | None]  # this locality's case
    home_case_no: Mapped[str]
    peer: Mapped[str]
    verb: Mapped[str]
    letter: Mapped[dict[str, Any]]
    digest: Mapped[str]
    receipt: Mapped[dict[str, Any] | None]
    recorded_at: Mapped[datetime]
    grant_until: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]  # OUT: the request asks nothing any more
    void_reason: Mapped[str | None]


class DocumentRow(Base):
    """A document by its content address."""

    __tablename__ = "documents"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest"),)
    digest: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary())
    stored_at: Mapped[datetime]


class CaseDocument(Base):
    """A document on a case: its type, whose it is, where it came from."""

    __tablename__ = "case_documents"
    __table_args__ = (
        UniqueConstraint("case_no", "type", "digest", "person"),
        Index("ix_case_documents_case", "case_no"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    type: Mapped[str]
    digest: Mapped[str] = mapped_column(ForeignKey("documents.digest"))
    person: Mapped[int] = mapped_column(server_default=text("0"))
    source: Mapped[str]  # APPLICANT, SHARED:<register>, PEER:<letter>, OFFICE
    invalid: Mapped[bool] = mapped_column(server_default=text("false"))
    added_at: Mapped[datetime]


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


class Serial(Base):
    """Counters behind case and certificate numbers; a number is never given twice (G2)."""

    __tablename__ = "serials"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
