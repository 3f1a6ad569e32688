"""登记核对: compares open cases with running workflows, both ways, and with what operators see.

A case that is shown wrongly is asked to show itself again; one that was filed and not started is
the outbox's work. Everything else is kept for the supervisors.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity
from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.common import TypedSearchAttributes
from temporalio.service import RPCError, RPCStatusCode

from catalog.catalog import Catalog
from contracts import ids, visibility
from contracts.register_check import RegisterCheckRequest, RegisterCheckResult
from contracts.tidings import Tidings, TidingsKind
from domain.calendar import SHANGHAI
from domain.register_check import Difference, Discrepancy, Shown, compare
from storage import register_differences, tidings
from storage.database import Database

#: The rule that every open case has an owner, a deadline and a next action (G6), as the check of
#: the console applies it: (database, locality, catalog, now) -> case number -> what it lacks.
SilentWaits = Callable[[Database, str, Catalog, datetime], Awaitable[dict[str, str]]]

_BUSINESS = ("办件-", "协办-", "寄递-")


class RegisterCheckDesk:
    """The nightly comparison of one locality."""

    def __init__(
        self,
        database: Database,
        client: Client,
        catalog: Catalog,
        locality: str,
        silent_waits: SilentWaits,
    ) -> None:
        self._database = database
        self._client = client
        self._catalog = catalog
        self._locality = locality
        self._silent_waits = silent_waits

    @activity.defn(name="核对登记")
    async def check(self, request: RegisterCheckRequest) -> RegisterCheckResult:
        """Compare, look twice at what differs, repair what is safe, keep the rest."""
        assert request.at is not None
        at = request.at
        # Visibility lags behind, so it is read first: what it shows, the register knows already.
        visible = await self._visible()
        async with self._database.read() as connection:
            registered = await register_differences.registered(connection)
        activity.heartbeat()
        suspects = {one.workflow_id for one in compare(registered, visible)}
        found = await self._again(suspects)
        silent = await self._silent_waits(self._database, self._locality, self._catalog, at)
        by_case = {case_no: workflow_id for workflow_id, (case_no, _) in registered.items()}
        found += [
            Difference(Discrepancy.WAITS_IN_SILENCE, by_case.get(case_no, case_no), case_no, text)
            for case_no, text in silent.items()
        ]
        async with self._database.write() as connection:
            opened, gone = await register_differences.keep(connection, found, at)
            repaired = await self._show_again(connection, found, at)
        return RegisterCheckResult(
            compared=len(registered),
            found=len(found),
            opened=opened,
            repaired=repaired,
            gone=gone,
        )

    async def _visible(self) -> dict[str, Shown]:
        """The running cases as visibility lists them."""
        found = {}
        queue = ids.task_queue(self._locality)
        query = f"ExecutionStatus = 'Running' AND TaskQueue = '{queue}'"
        async for one in self._client.list_workflows(query, page_size=1000):
            if one.id.startswith(_BUSINESS):
                found[one.id] = _shown(one.typed_search_attributes)
        return found

    async def _again(self, suspects: set[str]) -> list[Difference]:
        """The truth about these few: the server's own state, then the register once more."""
        visible = {}
        for workflow_id in sorted(suspects):
            described = await self._describe(workflow_id)
            if described is not None and described.status is WorkflowExecutionStatus.RUNNING:
                visible[workflow_id] = _shown(described.typed_search_attributes)
            activity.heartbeat()
        async with self._database.read() as connection:
            registered = await register_differences.registered(connection, suspects)
        return list(compare(registered, visible))

    async def _describe(self, workflow_id: str) -> WorkflowExecutionDescription | None:
        try:
            return await self._client.get_workflow_handle(workflow_id).describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return None

    async def _show_again(
        self, connection: AsyncConnection, found: list[Difference], at: datetime
    ) -> int:
        """Ask the case itself: nobody else writes what operators see of it."""
        day = at.astimezone(SHANGHAI).date()
        wrong = [one for one in found if one.kind is Discrepancy.SHOWN_WRONG]
        news = [
            (
                one.case_no,
                one.workflow_id,
                Tidings(key=f"shown:{one.case_no}:{day}", kind=TidingsKind.SHOW_AGAIN),
            )
            for one in wrong
        ]
        await tidings.keep_all(connection, news, at)
        return len(news)


def _shown(attributes: TypedSearchAttributes) -> Shown:
    get = attributes.get
    return Shown(
        stage=get(visibility.STAGE) or "",
        overdue=bool(get(visibility.OVERDUE)),
        level=int(get(visibility.ESCALATION_LEVEL) or 0),
    )
