"""Issued bulletins and morning digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulletins",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cut", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('DAILY', 'MONTHLY')", name=op.f("ck_bulletins_kind")),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_bulletins_digest")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_bulletins")),
        sa.UniqueConstraint("kind", "first_day", name=op.f("uq_bulletins_kind_first_day")),
    )
    op.create_table(
        "morning_digests",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", "office", name=op.f("pk_morning_digests")),
    )
    for table in ("bulletins", "morning_digests"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    op.drop_table("morning_digests")
    op.drop_table("bulletins")
