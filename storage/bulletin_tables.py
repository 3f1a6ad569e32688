"""The tables of issued bulletins and morning digests. Both are append-only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class BulletinRow(Base):
    """A bulletin as issued. ``content`` is the canonical JSON byte for byte, ``cut`` the number of
    the last event that was known: both together make it computable again."""

    __tablename__ = "bulletins"
    __table_args__ = (
        UniqueConstraint("kind", "first_day"),
        CheckConstraint("kind IN ('DAILY', 'MONTHLY')", name="kind"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )
    number: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    as_of: Mapped[datetime]
    cut: Mapped[int]
    digest: Mapped[str]
    content: Mapped[str]
    issued_at: Mapped[datetime]


class MorningDigest(Base):
    """晨报: what one office had before it on the morning of a day."""

    __tablename__ = "morning_digests"
    __table_args__ = (PrimaryKeyConstraint("day", "office"),)
    day: Mapped[date]
    office: Mapped[str]
    content: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
