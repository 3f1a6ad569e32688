"""Ratings with their appeals, and tickets of the 12345 hotline."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("ratings", "rating_appeals")


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _instant(name: str, *, null: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def upgrade() -> None:
    op.create_table(
        "ratings",
        _text("rating_no"),
        _text("case_no"),
        _text("occasion"),
        _text("channel"),
        _text("level"),
        _text("source"),
        _text("platform_no", null=True),
        _text("office"),
        _text("clerk", null=True),
        _text("matter"),
        _text("words", null=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        _text("rectification", null=True),
        _text("digest"),
        _instant("given_at"),
        sa.PrimaryKeyConstraint("rating_no", name="pk_ratings"),
        sa.ForeignKeyConstraint(["case_no"], ["cases.case_no"], name="fk_ratings_case_no_cases"),
        sa.ForeignKeyConstraint(
            ["rectification"], ["cases.case_no"], name="fk_ratings_rectification_cases"
        ),
        sa.UniqueConstraint("case_no", "occasion", name="uq_ratings_case_no_occasion"),
        sa.UniqueConstraint("platform_no", name="uq_ratings_platform_no"),
    )
    op.create_index("ix_ratings_given", "ratings", ["given_at"])
    op.create_table(
        "rating_appeals",
        _text("case_no"),
        _text("rating_no"),
        _text("party"),
        _text("ground"),
        _text("words"),
        _text("by"),
        _instant("made_at"),
        sa.PrimaryKeyConstraint("case_no", name="pk_rating_appeals"),
        sa.ForeignKeyConstraint(
            ["case_no"], ["cases.case_no"], name="fk_rating_appeals_case_no_cases"
        ),
        sa.ForeignKeyConstraint(
            ["rating_no"], ["ratings.rating_no"], name="fk_rating_appeals_rating_no_ratings"
        ),
        sa.UniqueConstraint("rating_no", "party", name="uq_rating_appeals_rating_no_party"),
    )
    op.create_table(
        "rating_reports",
        _text("rating_no"),
        _text("receipt"),
        _instant("sent_at"),
        sa.PrimaryKeyConstraint("rating_no", name="pk_rating_reports"),
        sa.ForeignKeyConstraint(
            ["rating_no"], ["ratings.rating_no"], name="fk_rating_reports_rating_no_ratings"
        ),
    )
    op.create_table(
        "platform_ratings",
        _text("platform_no"),
        _text("outcome"),
        _text("rating_no", null=True),
        _instant("taken_at"),
        _instant("answered_at", null=True),
        sa.PrimaryKeyConstraint("platform_no", name="pk_platform_ratings"),
    )
    op.create_table(
        "feeds",
        _text("name"),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_feeds"),
    )
    op.create_table(
        "hotline_tickets",
        _text("ticket_no"),
        _text("case_no"),
        _text("category"),
        _text("about_case_no", null=True),
        _text("caller_name", null=True),
        _text("caller_phone", null=True),
        _text("words"),
        _instant("called_at"),
        _instant("taken_at"),
        sa.PrimaryKeyConstraint("ticket_no", name="pk_hotline_tickets"),
        sa.ForeignKeyConstraint(
            ["case_no"], ["cases.case_no"], name="fk_hotline_tickets_case_no_cases"
        ),
        sa.ForeignKeyConstraint(
            ["about_case_no"], ["cases.case_no"], name="fk_hotline_tickets_about_case_no_cases"
        ),
        sa.UniqueConstraint("case_no", name="uq_hotline_tickets_case_no"),
    )
    op.create_index("ix_hotline_tickets_about", "hotline_tickets", ["about_case_no"])
    op.create_table(
        "hotline_news",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        _text("ticket_no"),
        _text("kind"),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        _text("source"),
        _instant("taken_at"),
        sa.PrimaryKeyConstraint("number", name="pk_hotline_news"),
    )
    op.create_table(
        "hotline_replies",
        _text("ticket_no"),
        _text("kind"),
        sa.Column("round", sa.BigInteger(), nullable=False),
        _text("words"),
        _text("office"),
        _text("command_id", null=True),
        _instant("written_at"),
        _instant("sent_at", null=True),
        _text("receipt", null=True),
        sa.PrimaryKeyConstraint("ticket_no", "kind", "round", name="pk_hotline_replies"),
        sa.ForeignKeyConstraint(
            ["ticket_no"],
            ["hotline_tickets.ticket_no"],
            name="fk_hotline_replies_ticket_no_hotline_tickets",
        ),
    )
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in (
        "hotline_replies",
        "hotline_news",
        "hotline_tickets",
        "feeds",
        "platform_ratings",
        "rating_reports",
        "rating_appeals",
        "ratings",
    ):
        op.drop_table(table)
