"""The worklist of one locality, and the commands that its people give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base
from storage.case_tables import DUE_ORDER


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
    due_order: Mapped[date] = mapped_column(Computed(DUE_ORDER, persisted=True))
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
