"""登记办件环节: writes one transition of a case. The one activity behind every step of a procedure.

It runs as a local activity inside the workflow task of the clerk's own update, so that the clerk's
next screen is true and a case costs few history events.
"""

from __future__ import annotations

from temporalio import activity

from contracts.transitions import Transition, TransitionResult
from domain.calendar import Calendar
from storage.database import Database
from storage.transitions import DrawUp, Word, write


class CaseRegister:
    """The register of one locality; built once in the worker with its dependencies."""

    def __init__(self, database: Database, calendar: Calendar, draw_up: DrawUp, word: Word) -> None:
        self._database = database
        self._calendar = calendar
        self._draw_up = draw_up
        self._word = word

    @activity.defn(name="登记办件环节")
    async def record(self, transition: Transition) -> TransitionResult:
        """One transaction; a repeat returns the first answer."""
        async with self._database.write() as connection:
            return await write(connection, transition, self._calendar, self._draw_up, self._word)
