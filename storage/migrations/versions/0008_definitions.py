"""Definitions of items: versions, and the log of drafts, publications and withdrawals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "definition_versions",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_definition_versions")),
    )
    op.create_table(
        "definition_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("based_on", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("withdraws", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "change IN ('DRAFTED', 'PUBLISHED', 'WITHDRAWN')", name=op.f("ck_definition_log_change")
        ),
        sa.CheckConstraint(
            "(change = 'PUBLISHED') = (first_day IS NOT NULL)",
            name=op.f("ck_definition_log_first_day"),
        ),
        sa.CheckConstraint(
            "(change = 'WITHDRAWN') = (withdraws IS NOT NULL)",
            name=op.f("ck_definition_log_withdraws"),
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["definition_versions.version"],
            name=op.f("fk_definition_log_version_definition_versions"),
        ),
        sa.ForeignKeyConstraint(
            ["withdraws"],
            ["definition_log.id"],
            name=op.f("fk_definition_log_withdraws_definition_log"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition_log")),
    )
    op.create_index("ix_definition_log_item", "definition_log", ["item", "id"])
    for table in ("definition_versions", "definition_log"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    op.drop_table("definition_log")
    op.drop_table("definition_versions")
