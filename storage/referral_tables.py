"""The table of what is put before the superior (报请协调函), and of its way there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class Referral(Base):
    """One request to the superior. ``subject``: the 监察编号 of the rung that was referred, or the
    task whose clerk asked for it; ``receipt`` is the platform's, or why it was not taken."""

    __tablename__ = "referrals"
    __table_args__ = (
        Index("ix_referrals_unsent", "next_attempt_at", postgresql_where=text("sent_at IS NULL")),
    )
    subject: Mapped[str] = mapped_column(primary_key=True)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    drawn_up_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    # Not the moment of drawing up, which a rehearsal sets on a day to come.
    next_attempt_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    sent_at: Mapped[datetime | None]
    receipt: Mapped[str | None]
