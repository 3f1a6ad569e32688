"""The calendar in force in one locality: the shipped files with what was published since.

One per process and locality: register, counter and console ask it inside their own transaction.
A calendar is built once and kept under its version; each question costs a look at the newest entry
of the log, so a publication is in force everywhere from the next step on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.calendar_files import (
    CALENDAR_FILE,
    NATIONAL,
    CalendarFile,
    PublishedYear,
    binds,
    build_calendar,
    calendar_content,
    calendar_of,
)
from catalog.catalog import Catalog
from contracts import ids
from domain.calendar import SHANGHAI, Calendar, CalendarBook
from domain.recount import Change
from storage import calendar_log, recounting

SYSTEM = "SYSTEM"


@dataclass(frozen=True, slots=True)
class InForce:
    """A calendar with the change that brought it; entry 0: nothing but what is shipped."""

    calendar: Calendar
    entry: int = 0
    change: Change = Change.SHIPPED
    on: date | None = None  # the day (Asia/Shanghai) on which it came into force here


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice that counts now, with the entry that brought it (0: shipped)."""

    entry: int
    file: PublishedYear


class Calendars:
    """The calendars of one locality."""

    def __init__(self, catalog: Catalog, locality: str) -> None:
        self.catalog = catalog
        self.locality = locality
        self.files = catalog.calendar_files
        self.shipped = build_calendar(self.files, locality)
        self._known: dict[str, Calendar] = {self.shipped.version: self.shipped}

    async def in_force(self, connection: AsyncConnection, *, writing: bool = False) -> InForce:
        """What counts now; ``writing``: and goes on counting until this transaction ends."""
        if writing:
            await calendar_log.hold(connection)
        head = await calendar_log.head(connection)
        if head is None:
            return InForce(self.shipped)
        calendar = await self.of_version(connection, head.version)
        assert calendar is not None, "the log refers to versions that are kept"
        on = head.at.astimezone(SHANGHAI).date()
        return InForce(calendar, head.entry, Change(head.change), on)

    async def current(self, connection: AsyncConnection) -> Calendar:
        """The calendar itself, for whoever needs no more."""
        return (await self.in_force(connection)).calendar

    async def of_version(self, connection: AsyncConnection, version: str) -> Calendar | None:
        """A calendar that was in force here at some time; None where it was not kept."""
        known = self._known.get(version)
        if known is None:
            kept = await calendar_log.content(connection, version)
            if kept is None:
                return None
            known = self._known[version] = calendar_of(version, kept)
        return known

    async def book(self, connection: AsyncConnection) -> CalendarBook:
        """Every calendar that was in force here, with the shipped one."""
        for version, kept in (await calendar_log.contents(connection)).items():
            self._known.setdefault(version, calendar_of(version, kept))
        now = await self.in_force(connection)
        settled = not await calendar_log.unfinished(connection)
        return CalendarBook(now.calendar, dict(self._known), now.on, settled)

    async def of_office(self, connection: AsyncConnection, office: str) -> Calendar:
        """The calendar in force as one office sees it; DomainError UNKNOWN_OFFICE."""
        days = set(self.catalog.office(office).closed_days)
        for day, closed in (await calendar_log.closed_days(connection, office)).items():
            (days.add if closed else days.discard)(day)
        return (await self.in_force(connection)).calendar.with_closed_days(days)

    # ------------------------------------------------------------------ what is published

    def standing(self, entries: Sequence[Any]) -> dict[tuple[int, str], Standing]:
        """By year and region the notice that counts after all these entries of the log."""
        stacks: dict[tuple[int, str], list[Standing]] = {}
        for _, file in self.files:
            if isinstance(file, PublishedYear) and binds(file.region, self.locality):
                stacks[file.year, file.region] = [Standing(0, file)]
        for entry in entries:
            if entry.year is None:
                continue
            stack = stacks.setdefault((entry.year, entry.region), [])
            if entry.change == Change.WITHDRAWN:
                stack[:] = [one for one in stack if one.entry != entry.withdraws]
            else:
                file = CALENDAR_FILE.validate_python(entry.file)
                assert isinstance(file, PublishedYear)
                stack.append(Standing(entry.id, file))
        return {key: stack[-1] for key, stack in stacks.items() if stack}

    def combined(self, standing: dict[tuple[int, str], Standing]) -> list[tuple[str, CalendarFile]]:
        """The files of which a calendar is built: what counts, and the statutory days."""
        files: list[tuple[str, CalendarFile]] = [
            (f"{year}年" if region == NATIONAL else f"{year}年（{region}）", one.file)
            for (year, region), one in sorted(standing.items())
        ]
        return files + [one for one in self.files if not isinstance(one[1], PublishedYear)]

    async def put_in_force(
        self,
        connection: AsyncConnection,
        calendar: Calendar,
        change: Change,
        *,
        actor: str,
        at: datetime,
        **about: Any,
    ) -> int:
        """Write a change of calendar with the re-plan that it asks for; the entry's number."""
        await calendar_log.keep_version(
            connection, calendar.version, calendar_content(calendar), at
        )
        entry = await calendar_log.add_entry(
            connection,
            change=change.value,
            actor=actor,
            at=at,
            version=calendar.version,
            **about,
        )
        workflow_id = ids.replan_workflow_id(self.locality, entry, calendar.version)
        await calendar_log.open_replan(connection, entry, workflow_id, at)
        self._known[calendar.version] = calendar
        return entry

    async def announce_shipped(self, connection: AsyncConnection, at: datetime) -> int | None:
        """At a worker's start: a release that brought other files is a change like any other."""
        await calendar_log.take(connection)
        entries = await calendar_log.entries(connection)
        calendar = build_calendar(self.combined(self.standing(entries)), self.locality)
        if entries and entries[-1].version == calendar.version:
            return None
        entry = await self.put_in_force(connection, calendar, Change.SHIPPED, actor=SYSTEM, at=at)
        if not await recounting.outdated(connection, calendar.version):
            await calendar_log.change_replan(
                connection, entry, total=0, counted_at=at, finished_at=at
            )
        return entry
