"""业务系统: questions and acts at the business registers, for every transfer.

Subjects and records are loaded here from the case and never come from or go into a workflow. A
refusal of the register is an answer; an outage is raised and retried under the same key.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity

from activities import examiners  # noqa: F401 - each family registers its examiner there
from activities.examining import EXAMINERS, Examiner, Findings, Question
from activities.shared_checks import SharedChecks
from adapters.protocols import (
    BusinessRegister,
    OutsideRefusal,
    PopulationRegister,
    RegisterEntry,
    RegisterKind,
    RegisterOrder,
    RegisterQuery,
    RegistrationStatus,
)
from catalog.catalog import Catalog
from contracts.acts import ActOutcome, Examined, ExamineRequest, RegisterAct
from domain.errors import DomainError
from domain.straight_through import as_kinds
from storage.case_tables import Case, Person
from storage.database import Database
from storage.letters_about import requests_about
from storage.people import log_access
from storage.records import latest_record, put_record

_PURPOSE = "跨区域通办"
#: Examinations that depend on where the person is registered.
_ASKS_HUKOU = frozenset({("PENSION", "DESTINATION")})


class BusinessDesk:
    """One locality's access to its business registers."""

    def __init__(
        self,
        database: Database,
        register: BusinessRegister,
        catalog: Catalog,
        locality: str,
        population: PopulationRegister | None = None,
        shared: SharedChecks | None = None,
    ) -> None:
        self._database = database
        self._population = population
        self._shared = shared
        self._register = register
        self._catalog = catalog
        self._locality = locality

    @activity.defn(name="业务系统核对")
    async def examine(self, request: ExamineRequest) -> Examined:
        """Look up, apply the family's rules, keep the statement on the case."""
        async with self._database.read() as connection:
            case = await _case(connection, request.case_no)
            subject = await _subject(connection, request.case_no)
            application = await _application(connection, request.case_no, case.application)
            known = await latest_record(connection, request.case_no, "STATEMENT")
            asked = await latest_record(connection, request.case_no, "REQUEST_RECORD")
            letters = await requests_about(connection, request.case_no)
        entry = await self._look(request.kind, subject, request.case_no)
        also: dict[str, Any] = {}
        for kind, field in request.also.items():
            found_too = await self._look(kind, _named(case.application, field), request.case_no)
            also[kind] = {**found_too.data, "status": found_too.status} if found_too else None
        question = Question(
            record=entry.data if entry else None,
            status=entry.status if entry else "",
            application=application,
            statement=known.content if known else None,
            request=asked.content if asked else None,
            facts=request.facts,
            catalog=self._catalog,
            locality=self._locality,
            peer=case.peer,
            on=case.received_on,
            letter_no=request.letter_no,
            subject=subject,
            hukou_here=await self._hukou_here(request, subject),
            also=also,
            letters=letters,
        )
        checked = await self._shared_data(request, case.filing)
        found = _apply(EXAMINERS[request.family, request.side], question)
        async with self._database.write() as connection:
            await log_access(
                connection,
                request.case_no,
                case.competent_office,
                f"register.{request.kind}",
                _PURPOSE,
            )
            version = await _keep(connection, request.case_no, found)
        return Examined(
            codes=(*found.codes, *checked),
            account_fen=found.account_fen,
            pooled_fen=found.pooled_fen,
            total_fen=found.total_fen,
            months=found.months,
            version=version,
            facts=dict(found.facts),
        )

    async def _hukou_here(self, request: ExamineRequest, subject: str) -> bool:
        """Whether the population register of this locality has the person now (免提交)."""
        if self._population is None or (request.family, request.side) not in _ASKS_HUKOU:
            return False
        found = await self._population.look_up(subject, case_no=request.case_no, purpose=_PURPOSE)
        return found is not None and found.status is RegistrationStatus.ACTIVE

    async def _shared_data(
        self, request: ExamineRequest, filing: dict[str, Any]
    ) -> tuple[str, ...]:
        """What a collected item's own definition here asks the shared data (免提交)."""
        pinned = filing.get("general") if request.family == "PROXY_INTAKE" else None
        if self._shared is None or pinned is None:
            return ()
        return await self._shared.findings(request.case_no, as_kinds(pinned["checks"]))

    @activity.defn(name="业务系统登记")
    async def act(self, request: RegisterAct) -> ActOutcome:
        """Do one act under its key; the register's refusal is an answer."""
        async with self._database.read() as connection:
            subject = await _subject(connection, request.case_no)
            if request.subject_field:
                case = await _case(connection, request.case_no)
                subject = _named(case.application, request.subject_field)
            record = (
                await latest_record(connection, request.case_no, request.record)
                if request.record
                else None
            )
        data: dict[str, Any] = {**(record.content if record else {}), **request.facts}
        try:
            receipt = await self._register.act(
                RegisterOrder(
                    key=request.key,
                    kind=RegisterKind(request.kind),
                    action=request.action,
                    subject=subject,
                    locality=request.locality,
                    case_no=request.case_no,
                    data=data,
                )
            )
        except OutsideRefusal as refusal:
            return ActOutcome(done=False, code=refusal.code)
        return ActOutcome(done=True, receipt_no=receipt.receipt_no)

    async def _look(self, kind: str, subject: str, case_no: str) -> RegisterEntry | None:
        return await self._register.look(
            RegisterQuery(
                kind=RegisterKind(kind),
                subject=subject,
                locality=self._locality,
                case_no=case_no,
                purpose=_PURPOSE,
            )
        )


def _named(application: dict[str, Any] | None, field: str) -> str:
    """What a field of the application names, for example the number of a purchase."""
    return str(((application or {}).get("details") or {}).get(field, ""))


def _apply(examiner: Examiner, question: Question) -> Findings:
    """A record that the rules cannot read is a finding for the clerk, never the end of a case."""
    try:
        return examiner(question)
    except DomainError as error:
        return Findings(codes=(f"UNREADABLE:{error.code}",))


async def _case(connection: AsyncConnection, case_no: str) -> Any:
    return (
        await connection.execute(
            select(
                Case.application, Case.peer, Case.received_on, Case.competent_office, Case.filing
            ).where(Case.case_no == case_no)
        )
    ).one()


async def _subject(connection: AsyncConnection, case_no: str) -> str:
    found = await connection.execute(
        select(Person.subject).where(Person.case_no == case_no, Person.number == 1)
    )
    return str(found.scalar_one()).partition("@")[0]


async def _application(
    connection: AsyncConnection, case_no: str, filed: dict[str, Any] | None
) -> dict[str, Any]:
    """As it was filed, with name and number of the applicant as they were corrected since."""
    application = dict(filed or {})
    if "applicant" not in application:
        return application
    rows = await connection.execute(
        select(Person.name, Person.id_no).where(Person.case_no == case_no, Person.number == 1)
    )
    person = rows.one()
    corrected = {"name": person.name, "id_no": person.id_no}
    return {**application, "applicant": {**(application["applicant"] or {}), **corrected}}


async def _keep(connection: AsyncConnection, case_no: str, found: Findings) -> int:
    if found.statement is None:
        return 1
    record = await put_record(
        connection, case_no, found.record_kind, dict(found.statement), datetime.now(UTC)
    )
    return record.version
