"""The worker's case round: a case that waits for another one is told when that one has closed.

Runs beside the outbox. Without it the waiting case would look again by its own timer; a repeat of
the news under the closed case's number is nothing new to the desk.
"""

from __future__ import annotations

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from contracts.tidings import Tidings, TidingsKind
from storage.case_news import waiting_on_closed
from storage.database import Database


class CaseRound:
    """One locality's news from case to case."""

    def __init__(self, database: Database, client: Client) -> None:
        self._database = database
        self._client = client
        self._told: set[tuple[str, str]] = set()  # spares the history what a repeat would add

    async def step(self) -> int:
        """Tell every waiting case whose other case is closed; returns how many were told."""
        async with self._database.glance() as connection:
            found = await waiting_on_closed(connection)
        news = [one for one in found if (one.workflow_id, one.case_no) not in self._told]
        for one in news:
            tidings = Tidings(
                key=f"closed:{one.case_no}",
                kind=TidingsKind.CASE_CLOSED,
                code=one.ending,
                facts={"case_no": one.case_no},
            )
            try:
                await self._client.get_workflow_handle(one.workflow_id).signal("告知", tidings)
            except RPCError as error:
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
            self._told.add((one.workflow_id, one.case_no))
        self._told &= {(one.workflow_id, one.case_no) for one in found}
        return len(news)
