"""The table of a case's structured personal content; it enters no history and no log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class CaseRecord(Base):
    """One version of a record: a 信息表, an application's details, a register's snapshot."""

    __tablename__ = "case_records"
    __table_args__ = (
        PrimaryKeyConstraint("case_no", "kind", "version"),
        CheckConstraint("length(digest) = 64", name="digest"),
        Index("ix_case_records_letter", "letter_no"),
    )
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    kind: Mapped[str]
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    letter_no: Mapped[str | None]  # the letter that brought it
    digest: Mapped[str]
    added_at: Mapped[datetime]
