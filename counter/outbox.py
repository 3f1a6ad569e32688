"""What is stored first and then sent: case starts, commands and notices, repeated until settled.

The console sends at once; the worker's outbox repeats what an outage left behind. Everything sent
carries its own key, so a repeat has no second effect.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from temporalio.client import (
    Client,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from adapters.protocols import Notice, NoticeGateway, OutsideRefusal, OutsideUnavailable
from contracts import ids, visibility
from contracts.cases import CaseFiling, CaseResult
from contracts.commands import Command, CommandReceipt, RejectionCode, Verb
from contracts.families import MODE_LABELS, PARCEL_PROCEDURE, family
from contracts.parcels import ParcelFiling
from counter.updates import ask
from storage import cases, commands
from storage.database import Database
from storage.step_tables import NoticeRow
from workflows.desk import TASK_VERBS

log = logging.getLogger("tongban.outbox")

#: A clerk waits for an answer this long; afterwards the command stays in flight for the outbox.
COMMAND_TIMEOUT = timedelta(seconds=10)
#: How long a command may be in flight before the outbox repeats it: longer than a clerk waits.
LEFT_OVER_AFTER = timedelta(seconds=15)
#: Notices of one round, and how many the gateway gets at once.
_NOTICES, _AT_ONCE = 400, 8
#: The one notice that goes to very many people at a time.
_MANY = "DUE_DATE_MOVED"


class CommandRejected(Exception):
    """The running case refused a command; nothing has changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CommandPending(Exception):
    """No answer yet: the command is on file and will be repeated under its id."""


async def start_case(client: Client, filing: CaseFiling) -> None:
    """Start the case's workflow; a repeat finds the first."""
    with contextlib.suppress(WorkflowAlreadyStartedError):
        await client.start_workflow(
            family(filing.family).home,
            filing,
            result_type=CaseResult,
            id=ids.case_workflow_id(filing.case_no),
            task_queue=ids.task_queue(filing.locality),
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=f"{filing.matter_name} {filing.case_no}",
            static_details=(
                f"{filing.origin_name} → {filing.locality_name}，"
                f"目录版本 {filing.catalog_version}，事项版本 {filing.matter_version}"
            ),
            search_attributes=TypedSearchAttributes(
                [
                    SearchAttributePair(visibility.CASE_NO, filing.case_no),
                    SearchAttributePair(visibility.MATTER, filing.matter),
                    SearchAttributePair(visibility.MODE, MODE_LABELS[filing.mode]),
                    SearchAttributePair(visibility.LOCALITY, filing.locality),
                    SearchAttributePair(visibility.PEER, filing.origin),
                ]
            ),
            rpc_timeout=timedelta(seconds=10),
        )


async def start_parcel(client: Client, filing: ParcelFiling) -> None:
    """Start the procedure of a parcel; a repeat finds the first."""
    with contextlib.suppress(WorkflowAlreadyStartedError):
        await client.start_workflow(
            PARCEL_PROCEDURE,
            filing,
            result_type=CaseResult,
            id=ids.parcel_workflow_id(filing.parcel.parcel_key),
            task_queue=ids.task_queue(filing.locality),
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=f"{PARCEL_PROCEDURE} {filing.case_no}",
            search_attributes=TypedSearchAttributes(
                [
                    SearchAttributePair(visibility.CASE_NO, filing.case_no),
                    SearchAttributePair(visibility.MATTER, filing.matter),
                    SearchAttributePair(visibility.LOCALITY, filing.locality),
                    SearchAttributePair(visibility.PEER, filing.parcel.to_locality),
                ]
            ),
            rpc_timeout=timedelta(seconds=10),
        )


async def send_command(
    client: Client, database: Database, workflow_id: str, command: Command
) -> CommandReceipt:
    """Send a stored command as an update under its id and settle it.

    Raises CommandRejected, or CommandPending where no answer came.
    """
    name = "办理" if command.verb in TASK_VERBS else "申请"
    handle = client.get_workflow_handle(workflow_id)
    try:
        receipt = await ask(
            handle,
            name,
            command,
            key=command.command_id,
            answer=CommandReceipt,
            seconds=COMMAND_TIMEOUT.total_seconds(),
        )
    except WorkflowUpdateFailedError as error:
        cause = error.cause
        code = (cause.type if isinstance(cause, ApplicationError) else None) or "NOT_NOW"
        await _settle(database, command, "REJECTED", {"code": code})
        raise CommandRejected(code) from error
    except WorkflowUpdateRPCTimeoutOrCancelledError as error:
        raise CommandPending from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            code = RejectionCode.TASK_NOT_OPEN if command.verb is Verb.DECIDE else "NOT_NOW"
            await _settle(database, command, "REJECTED", {"code": code})
            raise CommandRejected(code) from error
        raise CommandPending from error
    await _settle(database, command, "DONE", receipt.model_dump(mode="json"))
    return receipt


async def _settle(
    database: Database, command: Command, status: str, receipt: dict[str, Any]
) -> None:
    """Keep the answer. Where the database is away the outbox asks again and gets the same one."""
    try:
        async with database.write() as connection:
            await commands.settle(
                connection, command.command_id, status, receipt, datetime.now(UTC)
            )
    except (DBAPIError, OSError) as error:
        raise CommandPending from error


class Outbox:
    """The worker's own round: repeats left-over commands, starts filed cases, sends notices."""

    def __init__(
        self,
        database: Database,
        client: Client,
        notices: NoticeGateway,
        *more: Callable[[], Awaitable[object]],
    ) -> None:
        self._database = database
        self._client = client
        self._notices = notices
        self._steps = (self.repeat_commands, self.start_cases, self.send_notices, *more)

    async def run(self, rest_seconds: float = 2.0) -> None:
        """Until cancelled. A round that fails is logged by kind and tried again."""
        while True:
            for step in self._steps:
                try:
                    await step()
                except Exception as error:
                    log.warning("outbox round failed: %s", type(error).__name__)
            await asyncio.sleep(rest_seconds)

    async def repeat_commands(self, older_than: timedelta = LEFT_OVER_AFTER) -> int:
        """Send again what got no answer."""
        async with self._database.glance() as connection:
            rows = await commands.left_over(connection, datetime.now(UTC), older_than)
        for row in rows:
            with contextlib.suppress(CommandRejected, CommandPending):
                await send_command(
                    self._client,
                    self._database,
                    row.workflow_id,
                    Command.model_validate(row.command),
                )
        return len(rows)

    async def start_cases(self) -> int:
        """Start what was filed while the server could not be reached."""
        async with self._database.glance() as connection:
            filings = await cases.unstarted(connection)
        for filing in filings:
            await start_case(self._client, filing)
            async with self._database.write() as connection:
                await cases.mark_started(connection, filing.case_no)
        async with self._database.glance() as connection:
            parcels = await cases.unstarted_parcels(connection)
        for parcel in parcels:
            await start_parcel(self._client, parcel)
            async with self._database.write() as connection:
                await cases.mark_started(connection, parcel.case_no)
        return len(filings) + len(parcels)

    async def send_notices(self) -> int:
        """Send queued notices; each has a key, so the gateway sends it once."""
        now = datetime.now(UTC)
        async with self._database.glance() as connection:
            rows = (
                await connection.execute(
                    select(*NoticeRow.__table__.columns)
                    .where(NoticeRow.sent_at.is_(None), NoticeRow.next_attempt_at <= now)
                    # A change of calendar may have a hundred thousand: what a person waits for,
                    # such as a notice of defects, does not queue behind them.
                    .order_by(NoticeRow.template == _MANY, NoticeRow.id)
                    .limit(_NOTICES)
                )
            ).all()
        by_case: dict[str, list[Any]] = {}
        for row in rows:
            by_case.setdefault(row.case_no, []).append(row)
        turn = asyncio.Semaphore(_AT_ONCE)

        async def send(notices: list[Any]) -> None:
            async with turn:
                for row in notices:  # of one case in their order
                    await self._send_notice(row)

        async with asyncio.TaskGroup() as group:
            for notices in by_case.values():
                group.create_task(send(notices))
        return len(rows)

    async def _send_notice(self, row: Any) -> None:
        now = datetime.now(UTC)
        values: dict[str, Any]
        if not row.phone:
            values = {"sent_at": now, "receipt": "NO_PHONE"}
        else:
            try:
                receipt = await self._notices.send(
                    Notice(
                        key=f"{row.case_no}:{row.key}",
                        case_no=row.case_no,
                        phone=row.phone,
                        text=row.wording,
                    )
                )
                values = {"sent_at": now, "receipt": receipt.receipt_no}
            except OutsideRefusal as refusal:
                values = {"sent_at": now, "receipt": f"REFUSED:{refusal.code}"}
            except OutsideUnavailable:
                wait = timedelta(seconds=min(600, 2 ** min(row.attempts + 1, 10)))
                values = {"attempts": row.attempts + 1, "next_attempt_at": now + wait}
        async with self._database.write() as connection:
            await connection.execute(
                update(NoticeRow).where(NoticeRow.id == row.id).values(**values)
            )
