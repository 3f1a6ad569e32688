"""The tables of work at the desk: drafts of applications, notes, followed cases, signatures.

They belong to the console alone: no case waits for them, and none of them is part of a history.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class DraftRow(Base):
    """An application that somebody is still writing; once filed it names its case and is empty."""

    __tablename__ = "drafts"
    __table_args__ = (Index("ix_drafts_account", "account"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]
    clerk: Mapped[str]
    office: Mapped[str]
    matter: Mapped[str]
    content: Mapped[dict[str, Any]]
    case_no: Mapped[str | None] = mapped_column(ForeignKey("cases.case_no"))
    findings: Mapped[list[Any] | None]  # what the receipt told the applicant
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]


class CaseNoteRow(Base):
    """A note on a case, or an urge (催办) to whoever holds its task. Append-only."""

    __tablename__ = "case_notes"
    __table_args__ = (
        CheckConstraint("kind IN ('NOTE', 'URGE')", name="kind"),
        Index("ix_case_notes_case", "case_no"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    kind: Mapped[str]
    by: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
    command_id: Mapped[str | None] = mapped_column(unique=True)  # of the form it was written in


class FollowRow(Base):
    """A case that an account follows (关注)."""

    __tablename__ = "follows"
    account: Mapped[str] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"), primary_key=True)
    since: Mapped[datetime]


class SignatureRow(Base):
    """An opinion asked of a colleague before a task is decided.

    ``mode``: ALL (会签: everybody answers), ANY (或签: one answer is enough) or DELEGATE (委派: the
    work comes back with its answer).
    """

    __tablename__ = "signatures"
    __table_args__ = (
        CheckConstraint("mode IN ('ALL', 'ANY', 'DELEGATE')", name="mode"),
        CheckConstraint("answer IN ('AGREE', 'DISAGREE', 'DONE')", name="answer"),
        Index("ix_signatures_task", "task_id"),
        Index("ix_signatures_signer", "signer"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    mode: Mapped[str]
    signer: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    question: Mapped[str]
    answer: Mapped[str | None]
    text: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
