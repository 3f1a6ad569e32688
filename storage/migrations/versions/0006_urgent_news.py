"""News between cases have a day until which they are needed; a re-plan says when it has told those.

News that were kept before are told at once, as they would have been.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "tidings",
        sa.Column("needed_by", sa.Date(), nullable=False, server_default=sa.text("'-infinity'")),
    )
    op.drop_index("ix_tidings_untold", table_name="tidings")
    op.create_index(
        "ix_tidings_untold",
        "tidings",
        ["needed_by", "id"],
        postgresql_where=sa.text("told_at IS NULL"),
    )
    op.add_column(
        "calendar_replans",
        sa.Column("urgent", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    op.add_column(
        "calendar_replans", sa.Column("armed_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("calendar_replans", "armed_at")
    op.drop_column("calendar_replans", "urgent")
    op.drop_index("ix_tidings_untold", table_name="tidings")
    op.create_index(
        "ix_tidings_untold", "tidings", ["id"], postgresql_where=sa.text("told_at IS NULL")
    )
    op.drop_column("tidings", "needed_by")
