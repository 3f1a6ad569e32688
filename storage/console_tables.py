"""The tables of the console: who sits at which desk, and the sessions of those who signed in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class PostRow(Base):
    """A secondment (借调), a substitute (代理) or a further desk of one account.

    ``code`` is the staff number under which the person acts there. The own posts of a staff number
    are the catalogue's and have no row. Ended, never deleted.
    """

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("kind IN ('OWN', 'SECONDMENT', 'SUBSTITUTE')", name="kind"),
        CheckConstraint("until IS NULL OR since <= until", name="days"),
        Index("ix_posts_account", "account"),
        Index("ix_posts_office", "office"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    account: Mapped[str]
    code: Mapped[str]
    office: Mapped[str]
    roles: Mapped[list[Any]]
    kind: Mapped[str]
    for_post: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]
    granted_by: Mapped[str]
    granted_at: Mapped[datetime]
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    command_id: Mapped[str | None] = mapped_column(unique=True)


class SessionRow(Base):
    """One signed-in browser; ``id`` is the digest of the cookie, which the database never sees."""

    __tablename__ = "console_sessions"
    __table_args__ = (Index("ix_console_sessions_expires", "expires_at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]


class SavedView(Base):
    """How one account wants to see a list: its columns (``name`` empty), or a filter by name."""

    __tablename__ = "saved_views"
    __table_args__ = (PrimaryKeyConstraint("account", "view", "name"),)
    account: Mapped[str]
    view: Mapped[str]
    name: Mapped[str]
    choice: Mapped[dict[str, Any]]  # {"columns": [...]} or the filters; codes only
    saved_at: Mapped[datetime]
