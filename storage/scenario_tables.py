"""The children of composite cases (一件事): which items are wanted, and which cases they became."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class ScenarioChild(Base):
    """One item of one composite case. ``case_no`` is its own case once it is filed;
    ``closed_told_at``: the composite has been told of that case's end."""

    __tablename__ = "scenario_children"
    __table_args__ = (
        PrimaryKeyConstraint("composite_no", "item"),
        CheckConstraint(
            "(case_no IS NULL OR filed_at IS NOT NULL) AND (refused IS NULL OR case_no IS NULL)",
            name="filed_or_refused",
        ),
        Index(
            "ix_scenario_children_to_file",
            "asked_at",
            postgresql_where=text("case_no IS NULL AND refused IS NULL"),
        ),
        Index("ix_scenario_children_case", "case_no", unique=True),
        Index(
            "ix_scenario_children_to_withdraw",
            "withdraw_asked_at",
            postgresql_where=text("withdraw_asked_at IS NOT NULL AND withdraw_settled_at IS NULL"),
        ),
    )
    composite_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    item: Mapped[str]
    name: Mapped[str]
    made_in: Mapped[int]
    asked_at: Mapped[datetime]
    case_no: Mapped[str | None] = mapped_column(ForeignKey("cases.case_no"))
    filed_at: Mapped[datetime | None]
    refused: Mapped[str | None]  # the code why it could not be filed
    refused_text: Mapped[str | None]  # the same in a sentence for people
    withdraw_asked_at: Mapped[datetime | None]
    withdraw_settled_at: Mapped[datetime | None]
    closed_told_at: Mapped[datetime | None]
