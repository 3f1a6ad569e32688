"""落户核对: whether the applicant of a case is registered in this locality, or about to be.

Asked by the matters that rest on a finished 户口迁移 (A3, A10). Names and numbers stay here; the
workflow learns one word and the number of the case to wait for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity

from adapters.protocols import PopulationRegister, RegistrationStatus
from contracts.acts import HukouQuestion, HukouStanding, Standing
from contracts.families import HUKOU
from storage.case_tables import Case, Person
from storage.database import Database
from storage.people import log_access, open_elsewhere

_PURPOSE = "核对落户"


class HukouStandingDesk:
    """One locality's answer to: has the hukou landed here?"""

    def __init__(self, database: Database, register: PopulationRegister) -> None:
        self._database = database
        self._register = register

    @activity.defn(name="落户核对")
    async def ask(self, question: HukouQuestion) -> HukouStanding:
        """LANDED, ON_ITS_WAY with the number of the open 户口迁移, or NOT_LANDED."""
        async with self._database.read() as connection:
            who = await _applicant(connection, question.case_no)
        found = await self._register.look_up(who.id_no, case_no=question.case_no, purpose=_PURPOSE)
        async with self._database.write() as connection:
            await log_access(
                connection, question.case_no, who.competent_office, "population.look_up", _PURPOSE
            )
            if found is not None and found.status is RegistrationStatus.ACTIVE:
                return HukouStanding(standing=Standing.LANDED)
            other = await open_elsewhere(
                connection, "HOME", [who.id_no], question.case_no, scheme=HUKOU.code
            )
        if other is None:
            return HukouStanding(standing=Standing.NOT_LANDED)
        return HukouStanding(standing=Standing.ON_ITS_WAY, waits_for=other)


async def _applicant(connection: AsyncConnection, case_no: str) -> Any:
    return (
        await connection.execute(
            select(Person.id_no, Case.competent_office)
            .join(Case, Case.case_no == Person.case_no)
            .where(Person.case_no == case_no, Person.number == 1)
        )
    ).one()
