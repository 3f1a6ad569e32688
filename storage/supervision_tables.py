"""The tables of supervision: the rungs that were issued, and what was recorded about each.

Both are append-only (a trigger refuses changes). The columns of a rung are those of GB/T 39046-2020
table 11; the time of its state and the result are its newest record's.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class SupervisionRow(Base):
    """One rung (督办) of one task. ``round``: a ladder that ended and began anew counts on."""

    __tablename__ = "supervision"
    __table_args__ = (
        UniqueConstraint("task_id", "rung", "round"),
        Index("ix_supervision_office", "office", "issued_at"),
        Index("ix_supervision_case", "case_no"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)  # 监察编号
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))  # 办件编号
    office: Mapped[str]  # 责任部门: whom the rung addresses
    rung: Mapped[str]
    round: Mapped[int]
    content: Mapped[str]  # 督办内容, as a code
    rule: Mapped[str]  # 规则编号: the policy row
    warning: Mapped[str]  # 预警类型
    issuer: Mapped[str]  # 机构
    issued_at: Mapped[datetime]  # 发出时间
    due_on: Mapped[date | None]  # the last day to answer; a notice asks for nothing
    task_due_on: Mapped[date]  # the task's due date that the rung rests on
    days_late: Mapped[int]  # working days, when it was issued


class SupervisionRecord(Base):
    """What became of a rung: answered, interviewed, checked, closed with the work, withdrawn."""

    __tablename__ = "supervision_records"
    __table_args__ = (
        Index(
            "uq_supervision_records_end",
            "number",
            unique=True,
            postgresql_where=text("kind IN ('CLOSED', 'WITHDRAWN')"),
        ),
        Index("ix_supervision_records_number", "number"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    number: Mapped[str] = mapped_column(ForeignKey("supervision.number"))
    kind: Mapped[str]
    at: Mapped[datetime]
    actor: Mapped[str]
    office: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default="")
    words: Mapped[str] = mapped_column(server_default="")
    facts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    command_id: Mapped[str | None] = mapped_column(unique=True)


class RegisterDifference(Base):
    """A difference that the nightly 登记核对 found; ``gone_at``: a later run no longer saw it."""

    __tablename__ = "register_differences"
    __table_args__ = (
        Index(
            "uq_register_differences_standing",
            "key",
            unique=True,
            postgresql_where=text("gone_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[str]
    kind: Mapped[str]
    workflow_id: Mapped[str]
    case_no: Mapped[str]
    words: Mapped[str]
    found_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
