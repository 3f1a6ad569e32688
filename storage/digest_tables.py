"""The table of digests on their way to their offices; the digests themselves never change."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKeyConstraint, Index, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class DigestSending(Base):
    """One digest to be sent once; ``receipt`` is the platform's, or why it was not sent."""

    __tablename__ = "digest_sendings"
    __table_args__ = (
        PrimaryKeyConstraint("day", "office"),
        ForeignKeyConstraint(["day", "office"], ["morning_digests.day", "morning_digests.office"]),
        Index(
            "ix_digest_sendings_unsent", "next_attempt_at", postgresql_where=text("sent_at IS NULL")
        ),
    )
    day: Mapped[date]
    office: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    next_attempt_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    receipt: Mapped[str | None]
