"""派发和答复热线工单: reads what a clerk wrote, which no history holds, and keeps what goes back.

Replies are sent by the worker's hotline round, under the ticket's number and the round.
"""

from __future__ import annotations

from datetime import UTC, datetime

from temporalio import activity

from catalog.catalog import Catalog
from contracts.acts import ActOutcome
from contracts.hotline import DispatchRequest, ReplyRequest
from domain.hotline import ReplyKind, dispatch_refusal
from storage import hotline
from storage.database import Database


class HotlineDesk:
    """The tickets of one locality."""

    def __init__(self, database: Database, catalog: Catalog, locality: str) -> None:
        self._database = database
        self._catalog = catalog
        self._locality = locality

    @activity.defn(name="派发工单")
    async def dispatch(self, request: DispatchRequest) -> ActOutcome:
        """The office that the clerk named, as ``receipt_no``; a code where it may not be."""
        async with self._database.read() as connection:
            named = await hotline.command_words(connection, request.command_id, "evidence")
        office = named.upper()
        known = [one.code for one in self._catalog.locality(self._locality).offices]
        refusal = dispatch_refusal(office, offices=known, returned_by=request.returned_by)
        if refusal is not None:
            return ActOutcome(done=False, code=refusal.value)
        return ActOutcome(done=True, receipt_no=office)

    @activity.defn(name="拟发工单答复")
    async def reply(self, request: ReplyRequest) -> None:
        """Keep the reply; a repeat changes nothing."""
        async with self._database.write() as connection:
            words = await hotline.command_words(connection, request.command_id, "reason")
            await hotline.write_reply(
                connection,
                ticket_no=request.ticket_no,
                kind=ReplyKind(request.kind),
                round_=request.round,
                words=words,
                office=request.office,
                command_id=request.command_id,
                at=datetime.now(UTC),
            )
