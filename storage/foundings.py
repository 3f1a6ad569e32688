"""What was granted to an enterprise while it was being founded and had no number of its own.

Asked by filing, before later items are received from it without a 统一社会信用代码.
"""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.scenario import ChildState, state_of_ending
from storage.case_tables import Case, Person


async def granted_matter(
    connection: AsyncConnection, case_no: str, *, id_no: str, name: str
) -> str | None:
    """The matter that this case granted to the enterprise of that proposed name and future
    representative; None where it is another's, still open, or ended otherwise."""
    row = (
        await connection.execute(
            select(Case.matter, Case.ending)
            .join(Person, and_(Person.case_no == Case.case_no, Person.number == 1))
            .where(
                Case.case_no == case_no,
                Case.closed_at.is_not(None),
                Person.id_no == id_no,
                Case.application["enterprise"]["name"].as_string() == name,
            )
        )
    ).first()
    if row is None or state_of_ending(row.ending or "") is not ChildState.GRANTED:
        return None
    return str(row.matter)
