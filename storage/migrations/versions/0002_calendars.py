"""Calendars: what was in force when, office closures, the log of every clock's date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_findings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", "opened_on", name=op.f("pk_calendar_findings")),
    )
    op.create_table(
        "calendar_versions",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_calendar_versions")),
    )
    op.create_table(
        "office_closures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_closures")),
    )
    op.create_index(
        "ix_office_closures_office", "office_closures", ["office", "day", "id"], unique=False
    )
    op.create_table(
        "calendar_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("file", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("file_digest", sa.Text(), nullable=True),
        sa.Column("withdraws", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["calendar_versions.version"],
            name=op.f("fk_calendar_log_version_calendar_versions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_log")),
    )
    op.create_table(
        "clock_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_no", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("calendar_from", sa.Text(), nullable=True),
        sa.Column("calendar_to", sa.Text(), nullable=False),
        sa.Column("due_from", sa.Date(), nullable=True),
        sa.Column("due_to", sa.Date(), nullable=True),
        sa.Column("promised_to", sa.Date(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("pauses", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("extensions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_in", sa.BigInteger(), nullable=True),
        sa.Column("entry", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_no"], ["cases.case_no"], name=op.f("fk_clock_log_case_no_cases")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_log")),
    )
    op.create_index("ix_clock_log_case", "clock_log", ["case_no", "id"], unique=False)
    op.create_index(
        "uq_clock_log_entry",
        "clock_log",
        ["entry", "case_no", "kind", "number"],
        unique=True,
        postgresql_where=sa.text("entry IS NOT NULL"),
    )
    op.create_table(
        "calendar_replans",
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("workflow_id", sa.Text(), nullable=False),
        sa.Column("case_no", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("moved", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("same", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("expired", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("kept", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("tidings", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry"], ["calendar_log.id"], name=op.f("fk_calendar_replans_entry_calendar_log")
        ),
        sa.PrimaryKeyConstraint("entry", name=op.f("pk_calendar_replans")),
    )
    op.add_column("cases", sa.Column("due_clock", sa.Text(), nullable=True))
    for table in ("calendar_versions", "calendar_log", "office_closures", "clock_log"):
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    # The log begins with what stands: each clock as it is at this moment.
    op.execute(
        """
        INSERT INTO clock_log (case_no, kind, number, cause, calendar_to, due_to, promised_to,
                               provisional, pauses, extensions, made_in, at)
        SELECT case_no, kind, number, 'BEFORE_LOG', calendar_version, due_on, promised_on,
               provisional, pauses, extensions, made_in, now()
        FROM clocks
        """
    )


def downgrade() -> None:
    op.drop_column("cases", "due_clock")
    op.drop_table("calendar_replans")
    op.drop_index(
        "uq_clock_log_entry", table_name="clock_log", postgresql_where=sa.text("entry IS NOT NULL")
    )
    op.drop_index("ix_clock_log_case", table_name="clock_log")
    op.drop_table("clock_log")
    op.drop_table("calendar_log")
    op.drop_index("ix_office_closures_office", table_name="office_closures")
    op.drop_table("office_closures")
    op.drop_table("calendar_versions")
    op.drop_table("calendar_findings")
