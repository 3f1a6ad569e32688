"""数据核验: asks the shared data what a definition wants to know of the applicant (免提交).

Where all say yes nobody need look (秒批秒办); else whoever accepts has the answers at hand. Each
answer is kept with its evidence; a register that is silent for too long answers nothing, and a
person takes the case up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from temporalio import activity

from adapters.protocols import (
    BusinessRegister,
    OutsideRefusal,
    OutsideUnavailable,
    RegisterKind,
    RegisterQuery,
)
from contracts.acts import CheckAnswers, CheckedBy, ChecksAsked
from domain.straight_through import answer_of, as_findings, sources_of
from storage.case_tables import Case, Person
from storage.database import Database
from storage.people import log_access
from storage.records import put_record

RECORD = "AUTO_CHECK"
_PURPOSE = "政务服务共享核验"
_ATTEMPTS = 3


class SharedChecks:
    """Questions to the shared data on behalf of one locality's cases."""

    def __init__(self, database: Database, register: BusinessRegister, locality: str) -> None:
        self._database = database
        self._register = register
        self._locality = locality

    @activity.defn(name="秒批秒办核验")
    async def ask(self, request: ChecksAsked) -> CheckAnswers:
        """One answer per source, with the number of its evidence."""
        async with self._database.read() as connection:
            person = (
                await connection.execute(
                    select(Person.name, Person.id_no, Case.competent_office)
                    .join(Case, Case.case_no == Person.case_no)
                    .where(Person.case_no == request.case_no, Person.number == 1)
                )
            ).one()
        said = await self._look(person.id_no, request.case_no)
        answers = tuple(
            CheckedBy(
                source=source,
                answer=answer_of(said.get(source), person.name),
                evidence=str((said.get(source) or {}).get("evidence", "")),
            )
            for source in request.sources
        )
        content = {"answers": [one.model_dump(mode="json") for one in answers]}
        async with self._database.write() as connection:
            for source in request.sources:
                await log_access(
                    connection,
                    request.case_no,
                    person.competent_office,
                    f"share.{source}",
                    _PURPOSE,
                )
            kept = await put_record(connection, request.case_no, RECORD, content, datetime.now(UTC))
        return CheckAnswers(answers=answers, version=kept.version)

    async def findings(self, case_no: str, kinds: Iterable[str]) -> tuple[str, ...]:
        """The same for a case that a person accepts (免提交): what each source answered.

        Without a source nothing is looked up: no question has no purpose.
        """
        asked = ChecksAsked(case_no=case_no, sources=sources_of(kinds))
        if not asked.sources:
            return ()
        answers = await self.ask(asked)
        return as_findings((one.source, one.answer) for one in answers.answers)

    async def _look(self, subject: str, case_no: str) -> dict[str, Any]:
        try:
            entry = await self._register.look(
                RegisterQuery(
                    kind=RegisterKind.SHARED_DATA,
                    subject=subject,
                    locality=self._locality,
                    case_no=case_no,
                    purpose=_PURPOSE,
                )
            )
        except OutsideUnavailable:
            if activity.info().attempt < _ATTEMPTS:
                raise
            return {}
        except OutsideRefusal:
            return {}
        return dict(entry.data) if entry else {}
