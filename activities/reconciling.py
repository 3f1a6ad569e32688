"""对账: compares one locality's books, letters and bank statements, and puts differences to work.

Every difference that is new becomes a case with a task for the fund's handler, in the transaction
that keeps the run; cases whose difference is gone are told.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.difference_filing import file_difference
from catalog.catalog import Catalog
from contracts.acts import ActOutcome
from contracts.letters import Answer, Letter, LetterVerb
from contracts.reconciling import AssignRequest, ReconcileRequest, ReconcileResult
from contracts.tidings import Tidings, TidingsKind
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.reconciliation import differences
from domain.reconciliation_facts import Difference, Patience
from storage import bank_statements, ledger, reconciliation
from storage import differences as standing
from storage.case_tables import Case
from storage.database import Database
from storage.paper_tables import LetterRow
from storage.task_tables import CommandRow

#: A letter of the peer is on file a little before its case has booked what it says.
_BOOKING = timedelta(hours=1)


class ReconciliationDesk:
    """The reconciliation of one locality."""

    def __init__(self, database: Database, client: Client, catalog: Catalog, locality: str) -> None:
        self._database = database
        self._client = client
        self._catalog = catalog
        self._locality = locality

    @activity.defn(name="核对账函银行流水")
    async def compare(self, request: ReconcileRequest) -> ReconcileResult:
        """Compare, keep the run, open what is new, tell what is gone; a repeat adds nothing."""
        at = request.at or datetime.now(UTC)
        day = at.astimezone(SHANGHAI).date()
        found = await self._differences(at)
        async with self._database.write() as connection:
            # One run at a time: two would both find the same difference unattended.
            await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext("对账"))))
            run = await reconciliation.record_run(connection, day, found, at)
            new = await standing.unattended(connection)
            for one in new:
                await file_difference(connection, self._catalog, self._locality, one, at)
        await self._tell_settled()
        return ReconcileResult(found=len(found), opened=len(new), closed=len(run.closed))

    @activity.defn(name="归入联系函")
    async def assign(self, request: AssignRequest) -> ActOutcome:
        """Move an unknown arrival to the letter that the clerk named; ``receipt_no`` names it."""
        async with self._database.read() as connection:
            body = await _body(connection, request.command_id)
            about = await _about(connection, request.case_no)
            letter_no = str(body.get("evidence", "")).strip()
            known = await _is_known(connection, letter_no)
        account, _, number = about.rpartition(":")
        if not known or not number.isdigit():
            return ActOutcome(done=False, code="UNKNOWN_LETTER" if not known else "NO_ARRIVAL")
        try:
            async with self._database.write() as connection:
                now = datetime.now(UTC)
                await bank_statements.assign(connection, account, int(number), letter_no, now)
        except DomainError as error:
            return ActOutcome(done=False, code=str(error.code))
        return ActOutcome(done=True, receipt_no=letter_no)

    async def _differences(self, at: datetime) -> tuple[Difference, ...]:
        """What one snapshot of the locality's registers says."""
        day = at.astimezone(SHANGHAI).date()

        def days(name: str) -> int:
            key = f"reconciliation.{name}_days"
            return self._catalog.policy(key, self._locality, on=day).as_number()

        async with self._database.read() as connection:
            return differences(
                await ledger.entries(connection),
                await _remitted(connection, at),
                await reconciliation.order_facts(connection),
                await reconciliation.bank_facts(connection),
                today=day,
                patience=Patience(
                    execute_days=days("execute"),
                    arrive_days=days("arrive"),
                    reorder_days=days("reorder"),
                ),
            )

    async def _tell_settled(self) -> None:
        """Every run tells again: a case that was not told before is told now."""
        async with self._database.read() as connection:
            done = await standing.settled(connection)
        for case_no, workflow_id in done:
            tidings = Tidings(key=f"difference:{case_no}", kind=TidingsKind.DIFFERENCE)
            try:
                await self._client.get_workflow_handle(workflow_id).signal("告知", tidings)
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise


async def _remitted(connection: AsyncConnection, at: datetime) -> dict[str, int]:
    """What the newest table of each letter says was remitted, in fen, on either side."""
    rows = await connection.execute(
        select(LetterRow.direction, LetterRow.letter, LetterRow.recorded_at)
        .where(LetterRow.verb.in_((LetterVerb.ANSWER.value, LetterVerb.AMENDED.value)))
        .order_by(LetterRow.recorded_at, LetterRow.number)
    )
    newest: dict[str, tuple[int, int]] = {}
    for row in rows:
        letter = Letter.model_validate(row.letter)
        if "remitted_fen" not in letter.facts or letter.answer is Answer.REFUSED:
            continue
        if row.direction == "IN" and row.recorded_at > at - _BOOKING:
            continue
        told = (int(letter.facts.get("version", "1")), int(letter.facts["remitted_fen"]))
        number = letter.in_reply_to or ""
        if told[0] >= newest.get(number, (0, 0))[0]:
            newest[number] = told
    return {number: fen for number, (_, fen) in newest.items()}


async def _body(connection: AsyncConnection, command_id: str) -> dict[str, Any]:
    found = await connection.execute(
        select(CommandRow.body).where(CommandRow.command_id == command_id)
    )
    return dict(found.scalar_one())


async def _about(connection: AsyncConnection, case_no: str) -> str:
    """The account and line that an unknown arrival's difference names."""
    found = await connection.execute(
        select(Case.filing["facts"]["difference"].astext).where(Case.case_no == case_no)
    )
    return str(found.scalar_one()).partition(":")[2]


async def _is_known(connection: AsyncConnection, letter_no: str) -> bool:
    found = await connection.execute(
        select(LetterRow.number).where(LetterRow.number == letter_no).limit(1)
    )
    return found.first() is not None
