"""News between the cases of one locality, kept until they are told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class TidingsRow(Base):
    """One piece of news for one running case; (to_workflow, key) is told once."""

    __tablename__ = "tidings"
    __table_args__ = (
        UniqueConstraint("to_workflow", "key"),
        Index("ix_tidings_untold", "needed_by", "id", postgresql_where=text("told_at IS NULL")),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))  # who tells
    made_in: Mapped[int | None]
    to_workflow: Mapped[str]
    key: Mapped[str]
    tidings: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]
    #: Until when nothing goes wrong without it; -infinity: tell at once, infinity: nothing would.
    needed_by: Mapped[date] = mapped_column(server_default=text("'-infinity'"))
    told_at: Mapped[datetime | None]
