"""Earlier requests of this locality about the same person's relation, with the life of each letter.

Called when a business register is examined: a letter neither concluded nor voided stands in the way
of a new one (失败办结、联系函作废, docs/rules.md A7).
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from storage.case_tables import Case, Person
from storage.paper_tables import LetterRow


async def requests_about(connection: AsyncConnection, case_no: str) -> tuple[dict[str, str], ...]:
    """{number, state} of every other case's request about the same relation, oldest first."""
    ours, theirs, mine = aliased(Person), aliased(Person), aliased(Case)
    rows = await connection.execute(
        select(LetterRow.number, LetterRow.voided_at, Case.ending)
        .select_from(ours)
        .join(mine, mine.case_no == ours.case_no)
        .join(
            theirs,
            (theirs.scheme == ours.scheme)
            & (theirs.id_no == ours.id_no)
            & (theirs.side == ours.side)
            & (theirs.case_no != ours.case_no),
        )
        .join(Case, (Case.case_no == theirs.case_no) & (Case.peer == mine.peer))
        .join(LetterRow, LetterRow.case_no == Case.case_no)
        .where(
            ours.case_no == case_no,
            ours.side == "HOME",
            LetterRow.direction == "OUT",
            LetterRow.verb == "REQUEST",
        )
        .order_by(LetterRow.recorded_at, LetterRow.number)
    )
    return tuple(
        {"number": row.number, "state": _state(row.voided_at is not None, row.ending)}
        for row in rows
    )


def _state(voided: bool, ending: str | None) -> str:
    """The names of `domain.schemes.housing_fund.LetterState`."""
    if voided:
        return "VOIDED"
    return "CONCLUDED" if ending == "COMPLETED" else "IN_FLIGHT"
