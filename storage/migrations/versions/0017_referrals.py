"""What is put before the superior, and its way there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "referrals",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("drawn_up_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_attempt_at", _MOMENT, server_default=sa.text("now()"), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.task_id"], name=op.f("fk_referrals_task_id_tasks")
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_referrals")),
    )
    op.create_index(
        "ix_referrals_unsent",
        "referrals",
        ["next_attempt_at"],
        postgresql_where=sa.text("sent_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("referrals")
