"""Lists, search and audit of the console: columns and indexes that keep them fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_DUE_ORDER = "COALESCE(due_on, 'infinity'::date)"
_OPEN = "status = 'OPEN'"
_TASKS: dict[str, tuple[list[str], list[str], str]] = {
    "ix_tasks_worklist": (
        ["office", "due_order", "task_id"],
        ["matter", "role", "assignee"],
        _OPEN,
    ),
    "ix_tasks_opened": (
        ["office", "opened_at", "task_id"],
        ["matter", "role", "assignee", "due_order"],
        _OPEN,
    ),
    "ix_tasks_mine": (
        ["assignee", "due_order", "task_id"],
        ["office", "matter", "role"],
        f"{_OPEN} AND assignee IS NOT NULL",
    ),
    "ix_tasks_again": (
        ["office", "due_order", "task_id"],
        ["matter", "role", "assignee"],
        f"{_OPEN} AND task_id NOT LIKE '%/1'",
    ),
    "ix_tasks_done": (
        ["decided_by", "closed_at", "task_id"],
        ["office", "matter", "role"],
        "status = 'DONE'",
    ),
}
_PLAIN: dict[str, tuple[str, list[str]]] = {
    "ix_cases_home": ("cases", ["home_case_no"]),
    "ix_cases_peer_case": ("cases", ["peer_case_no"]),
    "ix_cases_office_matter": ("cases", ["competent_office", "matter", "filed_at", "case_no"]),
    "ix_persons_name": ("persons", ["name"]),
    "ix_data_access_actor": ("data_access", ["actor", "id"]),
    "ix_data_access_case": ("data_access", ["case_no", "id"]),
    "ix_commands_sent": ("commands", ["sent_at", "command_id"]),
    "ix_commands_case": ("commands", ["case_no", "sent_at"]),
    "ix_letters_number": ("letters", ["number"]),
    "ix_posts_office": ("posts", ["office"]),
}
_PARCELS = {"ix_parcels_sent": "from_office", "ix_parcels_coming": "to_office"}


def upgrade() -> None:
    for table in ("tasks", "cases"):
        op.add_column(
            table,
            sa.Column("due_order", sa.Date(), sa.Computed(_DUE_ORDER, persisted=True)),
        )
        op.alter_column(table, "due_order", nullable=False)
    op.add_column("tasks", sa.Column("matter", sa.Text(), nullable=True))
    op.execute("UPDATE tasks SET matter = c.matter FROM cases c WHERE c.case_no = tasks.case_no")
    op.execute(
        """
        CREATE FUNCTION task_matter() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.matter := (SELECT matter FROM cases WHERE case_no = NEW.case_no);
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER matter_of_case BEFORE INSERT ON tasks FOR EACH ROW "
        "WHEN (NEW.matter IS NULL) EXECUTE FUNCTION task_matter()"
    )
    op.drop_index("ix_tasks_worklist", table_name="tasks")
    for name, (columns, include, where) in _TASKS.items():
        op.create_index(
            name,
            "tasks",
            columns,
            postgresql_include=include,
            postgresql_where=sa.text(where),
        )
    for name, (table, columns) in _PLAIN.items():
        op.create_index(name, table, columns)
    op.create_index("ix_commands_actor", "commands", [sa.text("(command ->> 'actor')"), "sent_at"])
    op.create_index(
        "ix_cases_waiting",
        "cases",
        ["competent_office", "holder", "due_order", "case_no"],
        postgresql_include=["matter"],
        postgresql_where=sa.text("closed_at IS NULL AND holder IN ('THEIRS', 'APPLICANT')"),
    )
    for name, column in _PARCELS.items():
        op.create_index(
            name,
            "parcels",
            [column, "changed_at", "parcel_key"],
            postgresql_where=sa.text("NOT settled"),
        )
    op.add_column("posts", sa.Column("command_id", sa.Text(), nullable=True))
    op.create_unique_constraint(op.f("uq_posts_command_id"), "posts", ["command_id"])
    op.create_table(
        "saved_views",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("choice", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "view", "name", name=op.f("pk_saved_views")),
    )


def downgrade() -> None:
    op.drop_table("saved_views")
    op.drop_constraint(op.f("uq_posts_command_id"), "posts")
    op.drop_column("posts", "command_id")
    for name in _PARCELS:
        op.drop_index(name, table_name="parcels")
    op.drop_index("ix_cases_waiting", table_name="cases")
    op.drop_index("ix_commands_actor", table_name="commands")
    for name, (table, _) in _PLAIN.items():
        op.drop_index(name, table_name=table)
    for name in _TASKS:
        op.drop_index(name, table_name="tasks")
    op.create_index(
        "ix_tasks_worklist",
        "tasks",
        ["office", "due_on", "task_id"],
        postgresql_where=sa.text(_OPEN),
    )
    op.execute("DROP TRIGGER matter_of_case ON tasks")
    op.execute("DROP FUNCTION task_matter")
    op.drop_column("tasks", "matter")
    for table in ("tasks", "cases"):
        op.drop_column(table, "due_order")
