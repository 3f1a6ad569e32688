"""The case's lawful time limits while they run: one timer each, armed when the date is known.

A timer lives as long as its limit, however many tasks come and go under it. When it runs out the
register is asked once more: the calendar may have changed while it ran.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.case_register import CaseRegister
    from contracts.cases import PinnedLimit
    from contracts.transitions import ClockChanged, ClockStarted, DueDate, ExpiryCheck
    from domain.casework import CLOCK_LABELS, ClockKind
    from domain.clocks import Effect, Unit
    from workflows.policies import REGISTER_RETRY, REGISTER_TIMEOUT

if TYPE_CHECKING:
    from workflows.book import Book


class Timers:
    """Starts, stops and re-arms limits; tells ``on_expiry`` which one ran out."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._effects: dict[str, Effect] = {}
        self._units: dict[str, Unit] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._spent: dict[str, datetime] = {}  # the date that was noticed to have passed
        self.due: dict[str, DueDate] = {}
        self.on_expiry: Callable[[str], None] = lambda kind: None
        self.on_disarmed: Callable[[str], None] = lambda kind: None
        self.on_stopped: Callable[[str], None] = lambda kind: None

    def start(self, kind: str, limit: PinnedLimit, started_on: date) -> None:
        """Let a lawful limit run; its timer is armed when the register has derived the date."""
        self._effects[kind] = limit.effect
        self._units[kind] = limit.unit
        self._book.draft.clocks_started.append(
            ClockStarted(kind=kind, limit=limit, started_on=started_on)
        )

    def stop(self, *kinds: str) -> None:
        """These limits have been met, or no longer matter."""
        for kind in kinds:
            if kind in self._effects:
                self._disarm(kind)
                del self._effects[kind]
                self._spent.pop(kind, None)
                self.due.pop(kind, None)
                self.on_stopped(kind)
                unwritten = [one for one in self._book.draft.clocks_started if one.kind == kind]
                if unwritten:  # started in this very step: it never ran
                    self._book.draft.clocks_started.remove(unwritten[0])
                    continue
                self._book.draft.clocks_changed.append(
                    ClockChanged(kind=kind, change="STOP", on=self._book.today)
                )
                self._book.note("CLOCK_STOPPED", clock=kind)

    def stop_all(self) -> None:
        """At the end of a case nothing runs on."""
        self.stop(*list(self._effects))

    def effect(self, kind: str) -> Effect | None:
        """What the limit's expiry means, while it runs."""
        return self._effects.get(kind)

    def unit(self, kind: str) -> Unit:
        """The unit in which the limit counts, and is extended."""
        return self._units.get(kind, Unit.WD)

    def arm(self, due: DueDate) -> None:
        """The register has derived a date: wait for it, and for no earlier one."""
        self._disarm(due.kind)
        self.due[due.kind] = due
        if due.recheck and due.at is not None and due.at == self._spent.get(due.kind):
            return  # the same date again: that it has passed was noticed then
        if due.at is not None and due.kind in self._effects:
            self._running[due.kind] = asyncio.create_task(self._run(due.kind, due))

    async def _run(self, kind: str, due: DueDate) -> None:
        while due.at is not None:
            delay = max(due.at - workflow.now(), timedelta(0))
            await workflow.sleep(delay, summary=f"{CLOCK_LABELS[ClockKind(kind)]}届满")
            if not due.recheck:
                break  # armed by a release that did not ask again
            self.due[kind] = due = await self._ask_again(kind)
            if due.at is not None and due.at <= workflow.now():
                self._spent[kind] = due.at
                break
        self._running.pop(kind, None)
        if due.at is not None:
            self.on_expiry(kind)

    async def _ask_again(self, kind: str) -> DueDate:
        """The date that holds now: no effect in law comes from one that has meanwhile moved."""
        asked = ExpiryCheck(case_no=self._book.case_no, kind=kind, at=workflow.now())
        due: DueDate = await workflow.execute_local_activity_method(
            CaseRegister.recheck,
            asked,
            start_to_close_timeout=REGISTER_TIMEOUT,
            retry_policy=REGISTER_RETRY,
            summary="核对届满时限",
        )
        return due

    def _disarm(self, kind: str) -> None:
        timer = self._running.pop(kind, None)
        if timer is not None:
            timer.cancel()
        # It may have run out in this very moment and wait to be noticed: that is void too.
        self.on_disarmed(kind)
