"""Sending of morning digests: what the message platform has taken for an office and day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_sendings",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["day", "office"],
            ["morning_digests.day", "morning_digests.office"],
            name=op.f("fk_digest_sendings_day_morning_digests"),
        ),
        sa.PrimaryKeyConstraint("day", "office", name=op.f("pk_digest_sendings")),
    )
    op.create_index(
        "ix_digest_sendings_unsent",
        "digest_sendings",
        ["next_attempt_at"],
        postgresql_where=sa.text("sent_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("digest_sendings")
