"""Names are found whatever their case; a note that is sent twice is written once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_persons_name_folded", "persons", [sa.text("lower(name)")])
    op.drop_index("ix_persons_name", table_name="persons")
    op.add_column("case_notes", sa.Column("command_id", sa.Text(), nullable=True))
    op.create_unique_constraint(op.f("uq_case_notes_command_id"), "case_notes", ["command_id"])


def downgrade() -> None:
    op.drop_constraint(op.f("uq_case_notes_command_id"), "case_notes", type_="unique")
    op.drop_column("case_notes", "command_id")
    op.create_index("ix_persons_name", "persons", ["name"])
    op.drop_index("ix_persons_name_folded", table_name="persons")
