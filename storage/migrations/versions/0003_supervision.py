"""Supervision: the rungs with their records, and what the patrol reads of a task."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NOW = sa.DateTime(timezone=True)
_CHANGED = "patrol_on IS NULL AND (laddered OR (status = 'OPEN' AND due_on IS NOT NULL))"


def upgrade() -> None:
    op.create_table(
        "supervision",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("rung", sa.Text(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("issued_at", _NOW, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("task_due_on", sa.Date(), nullable=False),
        sa.Column("days_late", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_no"], ["cases.case_no"], "fk_supervision_case_no_cases"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], "fk_supervision_task_id_tasks"),
        sa.PrimaryKeyConstraint("id", name="pk_supervision"),
        sa.UniqueConstraint("number", name="uq_supervision_number"),
        sa.UniqueConstraint("task_id", "rung", "round", name="uq_supervision_task_id_rung_round"),
    )
    op.create_index("ix_supervision_office", "supervision", ["office", "issued_at"])
    op.create_index("ix_supervision_case", "supervision", ["case_no"])
    op.create_table(
        "supervision_records",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", _NOW, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("facts", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["number"], ["supervision.number"], "fk_supervision_records_number_supervision"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_supervision_records"),
        sa.UniqueConstraint("command_id", name="uq_supervision_records_command_id"),
    )
    op.create_index(
        "uq_supervision_records_end",
        "supervision_records",
        ["number"],
        unique=True,
        postgresql_where=sa.text("kind IN ('CLOSED', 'WITHDRAWN')"),
    )
    op.create_index("ix_supervision_records_number", "supervision_records", ["number"])
    op.create_table(
        "register_differences",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("workflow_id", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("found_at", _NOW, nullable=False),
        sa.Column("seen_at", _NOW, nullable=False),
        sa.Column("gone_at", _NOW, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_register_differences"),
    )
    op.create_index(
        "uq_register_differences_standing",
        "register_differences",
        ["key"],
        unique=True,
        postgresql_where=sa.text("gone_at IS NULL"),
    )
    for table in ("supervision", "supervision_records"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    op.add_column("tasks", sa.Column("patrol_on", sa.Date(), nullable=True))
    op.add_column(
        "tasks",
        sa.Column("laddered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index(
        "ix_tasks_patrol",
        "tasks",
        ["patrol_on"],
        postgresql_where=sa.text("status = 'OPEN'"),
    )
    op.create_index("ix_tasks_changed", "tasks", ["task_id"], postgresql_where=sa.text(_CHANGED))
    # Whoever moves a date or ends a task need not know the patrol: it looks again by itself.
    op.execute(
        """
        CREATE FUNCTION task_changed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.status IS DISTINCT FROM OLD.status OR NEW.due_on IS DISTINCT FROM OLD.due_on
            THEN
                NEW.patrol_on := NULL;
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER patrol_again BEFORE UPDATE OF status, due_on ON tasks "
        "FOR EACH ROW EXECUTE FUNCTION task_changed()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER patrol_again ON tasks")
    op.execute("DROP FUNCTION task_changed")
    op.drop_index("ix_tasks_changed", table_name="tasks")
    op.drop_index("ix_tasks_patrol", table_name="tasks")
    op.drop_column("tasks", "laddered")
    op.drop_column("tasks", "patrol_on")
    op.drop_table("register_differences")
    op.drop_table("supervision_records")
    op.drop_table("supervision")
