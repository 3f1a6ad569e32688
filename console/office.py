"""What a person can do at an office of one locality: file, look, decide, correct, withdraw.

The command line, scripted clerks and the web pages all go through this class. It knows who asks
(staff number, office, roles from the catalogue) and passes nothing on that the office may not do.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from console.errors import OfficeCode, OfficeError, database_down, from_domain, rejected
from console.sending import submit
from console.texts import check_texts
from contracts.commands import Command, CommandReceipt, RejectionCode, Verb
from domain.calendar import SHANGHAI
from domain.clocks import CountedDay, derive
from domain.errors import DomainError
from domain.identity import check_identity_number
from domain.offices import Role
from domain.task_table import TASKS
from storage import views
from storage.clock_register import clock_of
from storage.database import Database
from storage.documents import as_json
from storage.people import open_elsewhere

if TYPE_CHECKING:
    # Looking at lists needs no server; the client is heavy to load.
    from temporalio.client import Client

T = TypeVar("T")
Record = dict[str, Any]
Connect = Callable[[], Awaitable["Client"]]

APPLICANT = "APPLICANT"


class Office:
    """One locality's offices, for the people who work there and for applicants' own requests."""

    def __init__(
        self, database: Database, connect: Connect, catalog: Catalog, locality: str
    ) -> None:
        self.database = database
        self.catalog = catalog
        self.locality = locality
        self._connect = connect
        self._client: Client | None = None

    async def client(self) -> Client:
        """The Temporal client, connected when first needed: reading lists needs no server."""
        if self._client is None:
            try:
                self._client = await self._connect()
            except (OSError, RuntimeError) as error:
                raise OfficeError(
                    OfficeCode.UNAVAILABLE,
                    "连不上 Temporal 服务；已保存的内容不会丢失，请确认服务已启动后重试。",
                ) from error
        return self._client

    # ------------------------------------------------------------------ looking

    def visible_offices(self, clerk: str | None = None, office: str | None = None) -> list[str]:
        """What may be seen: a clerk's office, a supervisor's whole locality, or one named office.

        Every list, search and detail goes through here.
        """
        own = [item.code for item in self.catalog.locality(self.locality).offices]
        try:
            if office is not None:
                self.catalog.office(office)
                if office not in own:
                    raise OfficeError(
                        RejectionCode.FOREIGN_OFFICE,
                        f"机构 {office} 不属于地区 {self.locality}；请改用该机构所在地区。",
                    )
            if clerk is None:
                return [office] if office else own
            known = self.catalog.clerk(clerk)
        except DomainError as error:
            raise from_domain(error) from error
        if known.office not in own:
            raise OfficeError(
                RejectionCode.FOREIGN_OFFICE,
                f"工作人员 {clerk} 不在地区 {self.locality} 任职；请改用其所在地区。",
            )
        if Role.SUPERVISOR in known.roles:
            return [office] if office else own
        if office is not None and office != known.office:
            raise OfficeError(
                RejectionCode.FOREIGN_OFFICE,
                f"工作人员 {clerk} 不属于机构 {office}，不能查看其待办。",
            )
        return [known.office]

    async def tasks(
        self,
        *,
        clerk: str | None = None,
        office: str | None = None,
        mine: bool = False,
        limit: int = 100,
    ) -> list[Record]:
        """The worklist, most urgent first."""
        offices = self.visible_offices(clerk, office)
        return await self._read(
            lambda connection: views.worklist(
                connection, offices, assignee=clerk if mine else None, limit=limit
            )
        )

    async def task(self, task_id: str, *, clerk: str | None = None) -> Record:
        """One task with what it may be decided as."""
        offices = self.visible_offices(clerk)
        found = await self._read(lambda connection: views.task(connection, task_id, offices))
        if found is None:
            raise OfficeError(
                OfficeCode.NOT_FOUND,
                f"没有待办 {task_id}，或您的机构无权查看；请用 tasks 命令查看本机构待办。",
            )
        spec = TASKS[found["kind"]]
        found["outcomes"] = [asdict(outcome) for outcome in spec.outcomes]
        found["basis"] = spec.basis
        return found

    async def cases(
        self, *, clerk: str | None = None, open_only: bool = False, limit: int = 100
    ) -> list[Record]:
        """Cases of the locality that this person may see, newest first."""
        offices = self.visible_offices(clerk)
        return await self._read(
            lambda connection: views.cases(connection, offices, open_only=open_only, limit=limit)
        )

    async def case(self, case_no: str, *, clerk: str | None = None) -> Record:
        """One case with everything on file."""
        offices = self.visible_offices(clerk)
        found = await self._read(lambda connection: views.case(connection, case_no, offices))
        if found is None:
            raise OfficeError(
                OfficeCode.NOT_FOUND,
                f"没有办件 {case_no}，或您的机构无权查看；请用 cases 命令查看办件列表。",
            )
        return found

    async def clocks(self, case_no: str, *, clerk: str | None = None) -> list[Record]:
        """Every limit of a case with its derivation, day by day."""
        record = await self.case(case_no, clerk=clerk)
        today = datetime.now(SHANGHAI).date()
        explained = []
        for row in record["clocks"]:
            derived = derive(clock_of(_Row(row)), self.catalog.calendar, today)
            days: tuple[CountedDay, ...] = derived.days
            explained.append(
                {
                    **row,
                    "derived_due_on": derived.due_on,
                    "calendar_now": derived.calendar_version,
                    "days": [asdict(day) for day in days],
                }
            )
        return explained

    # ------------------------------------------------------------------ acting

    async def decide(
        self,
        task_id: str,
        outcome: str,
        *,
        clerk: str,
        reason: str = "",
        reason_code: str | None = None,
        defects: tuple[str, ...] = (),
        remedy: str = "",
        evidence: str = "",
        persons: tuple[int, ...] = (),
        counted: dict[str, int] | None = None,
        command_id: str | None = None,
    ) -> CommandReceipt:
        """Decide a task; what the outcome needs in writing is checked before anything is sent."""
        task = await self.task(task_id)
        spec = TASKS[task["kind"]].outcome(outcome)
        if spec is None:
            raise rejected(RejectionCode.UNKNOWN_OUTCOME)
        for needed, given, words in (
            (spec.needs_reason, reason, "请用 --reason 写明理由"),
            (spec.needs_defects, defects, "请用 --defect 逐项列出须补正的内容，一次列全"),
            (spec.needs_evidence, evidence, "请用 --evidence 写明依据材料"),
            (spec.needs_count, counted, "请用 --counted 逐项写明实收数目（清单编号=数目）"),
        ):
            if needed and not given:
                raise OfficeError(OfficeCode.MISSING_TEXT, f"“{spec.label}”{words}。")
        return await self._command(
            task["workflow_id"],
            task["case_no"],
            Verb.DECIDE,
            clerk,
            {"reason": reason, "defects": list(defects), "remedy": remedy, "evidence": evidence},
            command_id=command_id,
            task_id=task_id,
            outcome=outcome,
            reason_code=reason_code,
            persons=persons,
            counted=counted or {},
        )

    async def hold(
        self,
        task_id: str,
        verb: Verb,
        *,
        clerk: str,
        assignee: str | None = None,
        command_id: str | None = None,
    ) -> CommandReceipt:
        """Claim, release or assign a task."""
        task = await self.task(task_id)
        if assignee is not None:
            try:
                chosen = self.catalog.clerk(assignee)
            except DomainError as error:
                raise from_domain(error) from error
            if chosen.office != task["office"]:
                raise OfficeError(
                    RejectionCode.FOREIGN_OFFICE,
                    f"工作人员 {assignee} 不属于该待办的机构，不能分派给其办理。",
                )
        return await self._command(
            task["workflow_id"],
            task["case_no"],
            verb,
            clerk,
            {},
            command_id=command_id,
            task_id=task_id,
            assignee=assignee,
        )

    async def ask(
        self,
        case_no: str,
        verb: Verb,
        *,
        actor: str = APPLICANT,
        reason: str = "",
        reason_code: str | None = None,
        persons: tuple[int, ...] = (),
        identity: dict[str, str] | None = None,
        days: int | None = None,
        on: date | None = None,
        command_id: str | None = None,
    ) -> CommandReceipt:
        """Ask something of a case as a whole: withdraw, hand in, report a death, pause a clock."""
        record = await self.case(case_no, clerk=None if actor == APPLICANT else actor)
        body: Record = {"reason": reason}
        if verb is Verb.CORRECT_IDENTITY:
            body["identity"] = await self._checked_identity(case_no, identity or {})
        known = {person["number"] for person in record["persons"]}
        if set(persons) - known:
            raise rejected(RejectionCode.UNKNOWN_PERSON)
        return await self._command(
            record["workflow_id"],
            case_no,
            verb,
            actor,
            body,
            command_id=command_id,
            reason_code=reason_code,
            persons=persons,
            days=days,
            on=on,
        )

    async def _checked_identity(self, case_no: str, identity: dict[str, str]) -> dict[str, str]:
        """Name and number, the number right in form and in no other open case (H5)."""
        if set(identity) != {"name", "id_no"} or not all(identity.values()):
            raise OfficeError(OfficeCode.WRONG_FIELD, "更正身份须同时写明姓名和公民身份号码。")
        try:
            number = check_identity_number(identity["id_no"])
        except DomainError as error:
            raise from_domain(error) from error
        other = await self._read(
            lambda connection: open_elsewhere(connection, "HOME", [number], case_no)
        )
        if other is not None:
            raise OfficeError(
                OfficeCode.ALREADY_OPEN,
                f"更正后的人员另有一件户口迁移正在办理，办件编号 {other}；请待其办结或撤回。",
            )
        return {"name": identity["name"], "id_no": number}

    async def _command(
        self,
        workflow_id: str,
        case_no: str,
        verb: Verb,
        actor: str,
        body: Record,
        *,
        command_id: str | None,
        **fields: Any,
    ) -> CommandReceipt:
        office, roles = self._directory(actor)
        limit = self.catalog.policy(
            "text.max_chars", self.locality, on=datetime.now(SHANGHAI).date()
        ).as_number()
        check_texts(body, limit)
        command = Command(
            command_id=command_id or f"c-{uuid.uuid4()}",
            verb=verb,
            actor=actor,
            office=office,
            roles=roles,
            digest=hashlib.sha256(as_json(body)).hexdigest() if any(body.values()) else "",
            **fields,
        )
        return await submit(self, workflow_id, case_no, command, body)

    def _directory(self, actor: str) -> tuple[str, tuple[str, ...]]:
        if actor == APPLICANT:
            return "", ()
        self.visible_offices(actor)
        clerk = self.catalog.clerk(actor)
        return clerk.office, tuple(role.value for role in clerk.roles)

    async def _read(self, question: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        try:
            return await self._look(question)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise database_down() from error
        # The pool held a connection of before a restart; it has been emptied, so ask once more.
        try:
            return await self._look(question)
        except (DBAPIError, OSError) as error:
            raise database_down() from error

    async def _look(self, question: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        try:
            async with self.database.read() as connection:
                return await question(connection)
        except OSError as error:
            raise database_down() from error


class _Row:
    """A record with attributes, as the clock register reads rows."""

    def __init__(self, record: Record) -> None:
        self.__dict__.update(record)
