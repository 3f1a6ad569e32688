"""登记办件环节: writes one transition of a case. The one activity behind every step of a procedure.

It runs as a local activity inside the workflow task of the clerk's own update, so that the clerk's
next screen is true and a case costs few history events.
"""

from __future__ import annotations

from temporalio import activity

from activities.calendars import Calendars
from activities.replanning import target_of
from contracts.transitions import DueDate, ExpiryCheck, Transition, TransitionResult
from domain.calendar import ONE_DAY, SHANGHAI
from storage.clock_register import current_due
from storage.database import Database
from storage.recounting import recount_one
from storage.transitions import DrawUp, Word, write


class CaseRegister:
    """The register of one locality; built once in the worker with its dependencies."""

    def __init__(
        self, database: Database, calendars: Calendars, draw_up: DrawUp, word: Word
    ) -> None:
        self._database = database
        self._calendars = calendars
        self._draw_up = draw_up
        self._word = word

    @activity.defn(name="登记办件环节")
    async def record(self, transition: Transition) -> TransitionResult:
        """One transaction; a repeat returns the first answer."""
        async with self._database.write() as connection:
            calendar = self._calendars.shipped
            if transition.clocks_started or transition.clocks_changed:
                calendar = (await self._calendars.in_force(connection, writing=True)).calendar
            return await write(connection, transition, calendar, self._draw_up, self._word)

    @activity.defn(name="核对届满时限")
    async def recheck(self, asked: ExpiryCheck) -> DueDate:
        """What the register says of a limit whose timer has run out, on the calendar in force now.

        The timer was set by the calendar of then, and the re-plan may not have come to this case.
        """
        async with self._database.write() as connection:
            now = await self._calendars.in_force(connection, writing=True)
            if now.entry:
                await recount_one(connection, target_of(now), asked.case_no, asked.kind)
            due = await current_due(connection, asked.case_no, asked.kind)
        return due or DueDate(
            kind=asked.kind, due_on=asked.at.astimezone(SHANGHAI).date() - ONE_DAY, at=asked.at
        )
