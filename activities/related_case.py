"""相关办件核对: whether another case of this locality is closed, and how. No personal data."""

from __future__ import annotations

from sqlalchemy import select
from temporalio import activity

from contracts.acts import CaseQuestion, CaseState
from storage.case_tables import Case
from storage.database import Database


class RelatedCases:
    """One locality's register of its own cases."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name="相关办件核对")
    async def ask(self, question: CaseQuestion) -> CaseState:
        """Open or closed; a number that is not on file counts as closed, for nothing will come."""
        async with self._database.read() as connection:
            found = (
                await connection.execute(
                    select(Case.closed_at, Case.ending).where(Case.case_no == question.case_no)
                )
            ).one_or_none()
        if found is None:
            return CaseState(closed=True)
        return CaseState(closed=found.closed_at is not None, ending=found.ending or "")
