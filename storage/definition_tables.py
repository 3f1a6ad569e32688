"""The tables of definitions: what a locality drafted, published and withdrew, and every version.

Both are append-only (a trigger refuses changes): by which definition a case was handled can be said
again for as long as the register stands.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class DefinitionVersion(Base):
    """A whole definition under its version, which follows from its content. Append-only."""

    __tablename__ = "definition_versions"
    version: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str]
    content: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]


class DefinitionEntry(Base):
    """A change of an item's definition: what, by whom, from which day, why. Append-only."""

    __tablename__ = "definition_log"
    __table_args__ = (
        CheckConstraint("change IN ('DRAFTED', 'PUBLISHED', 'WITHDRAWN')", name="change"),
        CheckConstraint("(change = 'PUBLISHED') = (first_day IS NOT NULL)", name="first_day"),
        CheckConstraint("(change = 'WITHDRAWN') = (withdraws IS NOT NULL)", name="withdraws"),
        Index("ix_definition_log_item", "item", "id"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    item: Mapped[str]
    change: Mapped[str]  # domain.definition_versions.DefinitionChange
    version: Mapped[str] = mapped_column(ForeignKey("definition_versions.version"))
    based_on: Mapped[str]  # what was in force when it was written
    first_day: Mapped[date | None]
    withdraws: Mapped[int | None] = mapped_column(ForeignKey("definition_log.id"))
    note: Mapped[str]
    file_digest: Mapped[str | None]  # SHA-256 of the draft's file as it was given
    actor: Mapped[str]
    office: Mapped[str]
    at: Mapped[datetime]
