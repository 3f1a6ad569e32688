"""Children of composite cases (一件事)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scenario_children",
        sa.Column("composite_no", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_in", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.Text(), nullable=True),
        sa.Column("refused_text", sa.Text(), nullable=True),
        sa.Column("withdraw_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdraw_settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(case_no IS NULL OR filed_at IS NOT NULL) AND (refused IS NULL OR case_no IS NULL)",
            name=op.f("ck_scenario_children_filed_or_refused"),
        ),
        sa.ForeignKeyConstraint(
            ["case_no"], ["cases.case_no"], name=op.f("fk_scenario_children_case_no_cases")
        ),
        sa.ForeignKeyConstraint(
            ["composite_no"],
            ["cases.case_no"],
            name=op.f("fk_scenario_children_composite_no_cases"),
        ),
        sa.PrimaryKeyConstraint("composite_no", "item", name=op.f("pk_scenario_children")),
    )
    op.create_index(
        "ix_scenario_children_to_file",
        "scenario_children",
        ["asked_at"],
        postgresql_where=sa.text("case_no IS NULL AND refused IS NULL"),
    )
    op.create_index("ix_scenario_children_case", "scenario_children", ["case_no"], unique=True)
    op.create_index(
        "ix_scenario_children_to_withdraw",
        "scenario_children",
        ["withdraw_asked_at"],
        postgresql_where=sa.text("withdraw_asked_at IS NOT NULL AND withdraw_settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("scenario_children")
