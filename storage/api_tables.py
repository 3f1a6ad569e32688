"""The tables of the programming interface: keys of integrators, their calls, and webhooks.

No case waits for them and none of them is part of a history. Keys stand here as digests only, and
what is told to a webhook names a case by its number and nobody by name.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, PrimaryKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class ApiKeyRow(Base):
    """A key that a manager gave to an integrator; it acts as ``code`` at ``office``.

    ``digest`` is the SHA-256 of the key, which is shown once and kept nowhere. Ended, never
    deleted.
    """

    __tablename__ = "api_keys"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest"),)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    code: Mapped[str]
    office: Mapped[str]
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_by: Mapped[str | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    command_id: Mapped[str | None] = mapped_column(unique=True)  # the form or call that asked


class ApiCallRow(Base):
    """A call that changes something, under the caller's own Idempotency-Key.

    ``fingerprint`` is the digest of what was asked; ``held_until`` is set while it is being done;
    ``answer`` is what the first call was told and every repeat is told again.
    """

    __tablename__ = "api_calls"
    __table_args__ = (
        PrimaryKeyConstraint("caller", "key"),
        Index("ix_api_calls_begun", "begun_at"),
    )
    caller: Mapped[str]
    key: Mapped[str]
    fingerprint: Mapped[str]
    begun_at: Mapped[datetime]
    held_until: Mapped[datetime | None]
    status: Mapped[int | None]
    answer: Mapped[dict[str, Any] | None]


class WebhookRow(Base):
    """Where an integrator wants to be told of what, under the key that it calls with.

    ``paused_at`` with ``paused_why``: nothing is sent until somebody sets it going again.
    """

    __tablename__ = "webhooks"
    __table_args__ = (Index("ix_webhooks_key", "key_id"),)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"))
    url: Mapped[str]
    events: Mapped[list[Any]]
    salt: Mapped[str]  # with the house's own secret it makes the one that signs
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    paused_why: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]  # the last time that it took something


class WebhookMessageRow(Base):
    """One thing to tell one webhook; ``id`` stays the same however often it is sent."""

    __tablename__ = "webhook_messages"
    __table_args__ = (
        CheckConstraint("status IN ('WAITING', 'TAKEN')", name="status"),
        Index(
            "ix_webhook_messages_due",
            "webhook_id",
            "case_no",
            "number",
            postgresql_where=text("status = 'WAITING'"),
        ),
        Index("ix_webhook_messages_settled", "settled_at"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Identity(), unique=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks.id"))
    case_no: Mapped[str]
    body: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(server_default="WAITING")
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    next_at: Mapped[datetime]
    said: Mapped[str | None]  # the last answer: a status code or what kind of silence
    settled_at: Mapped[datetime | None]


class WebhookCursorRow(Base):
    """How far the trail of events has been told on; one row.

    Up to ``seen_id`` everything is settled once the transaction ``seen_xid`` and all before it are
    over.
    """

    __tablename__ = "webhook_cursor"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int]
    seen_id: Mapped[int]
    seen_xid: Mapped[int]
