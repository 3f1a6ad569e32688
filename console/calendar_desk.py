"""Publishing, correcting and withdrawing a locality's calendar, and closing its offices for a day.

Called by the command line. Every change is written with who, when and on which notice; the re-plan
of the open clocks follows by itself (日历重排).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio.service import RPCError

from activities.calendars import Standing
from catalog.calendar_files import (
    CALENDAR_FILE,
    NATIONAL,
    PublishedYear,
    binds,
    build_calendar,
    file_digest,
    published_problems,
)
from catalog.errors import Problem
from catalog.reading import read_text
from console.calendar_preview import Preview, preview
from console.errors import OfficeCode, OfficeError, from_domain, not_written
from console.office import Office
from console.texts import check_note
from contracts import ids
from contracts.commands import REJECTIONS, RejectionCode
from counter.calendar_round import start_replan
from domain.calendar import Calendar
from domain.errors import DomainError
from domain.offices import Role
from domain.recount import Change
from storage import calendar_log


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of calendar did, or would do (``entry`` None: a preview).

    ``repeated``: exactly this is in force already, nothing was written.
    """

    change: Change
    year: int
    notice: str
    version_from: str
    version_to: str
    preview: Preview
    entry: int | None = None
    workflow_id: str | None = None
    repeated: bool = False


def read_file(content: bytes, name: str) -> PublishedYear:
    """A notice's data file; OfficeError with every mistake by field."""
    problems: list[Problem] = []
    found = list(read_text(content, name, CALENDAR_FILE, problems))
    problems += [one for one in published_problems([(name, file) for file in found]) if one.field]
    if found and not isinstance(found[0], PublishedYear):
        problems.append(Problem(name, "kind", "不是一年的放假安排，应为 PUBLISHED"))
    # A regional file stands beside the national one, which is not in it.
    wrong = [str(one) for one in problems if one.file == name and "只有地区" not in one.text]
    if wrong:
        raise OfficeError(
            OfficeCode.WRONG_FIELD, f"放假安排不能使用：{'；'.join(wrong)}。", tuple(wrong)
        )
    file = found[0]
    assert isinstance(file, PublishedYear)
    return file


class CalendarDesk:
    """The calendar of one locality, in the hands of its supervisors."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._calendars = office.calendars
        self._locality = office.locality

    async def publish(self, file: PublishedYear, *, clerk: str, only_show: bool = False) -> Changed:
        """Put a year's notice in force, or correct the one that is; ``only_show``: a dry run."""
        self._check_supervisor(clerk)
        if not binds(file.region, self._locality):
            raise OfficeError(
                OfficeCode.WRONG_FIELD,
                f"这份安排适用于地区 {file.region}，与地区 {self._locality} 无关；请核对 region。",
            )

        def change(standing: dict[tuple[int, str], Standing]) -> tuple[Change, dict[str, Any]]:
            key = file.year, file.region
            known = standing.get(key)
            standing[key] = Standing(-1, file)
            about = {
                "notice": file.notice,
                "published_on": file.published_on,
                "file": file.model_dump(mode="json", by_alias=True),
                "file_digest": file_digest(file),
            }
            return Change.CORRECTED if known else Change.PUBLISHED, about

        return await self._change((file.year, file.region), file.notice, change, clerk, only_show)

    async def withdraw(
        self, what: str, *, clerk: str, reason: str, region: str = NATIONAL, only_show: bool = False
    ) -> Changed:
        """Take back a year's notice, named by its year or by the version that it brought.

        What counted before it counts again: an earlier notice of that year, or none.
        """
        self._check_supervisor(clerk)
        check_note("撤回原因", reason)
        key, known = await self._office.read(
            lambda connection: self._find(connection, what.strip(), region)
        )

        def change(standing: dict[tuple[int, str], Standing]) -> tuple[Change, dict[str, Any]]:
            if standing.get(key) != known:
                raise self._nothing(what)
            return Change.WITHDRAWN, {
                "notice": known.file.notice,
                "withdraws": known.entry,
                "reason": reason,
            }

        return await self._change(key, known.file.notice, change, clerk, only_show)

    async def close(
        self,
        office: str,
        days: Sequence[date],
        *,
        clerk: str,
        reason: str,
        evidence: str,
        closed: bool = True,
    ) -> None:
        """An office does not receive on these days (``closed`` False: it does after all).

        It moves the day on which a filing counts as received, and no limit (行政许可法第八十二条).
        """
        own = self._office.visible_offices(office=office)
        known = self._office.catalog.clerk(clerk) if self._office.visible_offices(clerk) else None
        heads = known is not None and known.office in own and Role.APPROVER in known.roles
        if not heads:
            self._check_supervisor(clerk)
        check_note("事由", reason)
        check_note("依据文书", evidence)
        try:
            async with self._office.database.write() as connection:
                await calendar_log.close_days(
                    connection,
                    office,
                    sorted(set(days)),
                    closed=closed,
                    reason=reason,
                    evidence=evidence,
                    actor=clerk,
                    at=datetime.now(UTC),
                )
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error

    # ------------------------------------------------------------------ one change

    async def _change(
        self,
        key: tuple[int, str],
        notice: str,
        change: Any,
        clerk: str,
        only_show: bool,
    ) -> Changed:
        try:
            async with self._office.database.write() as connection:
                if not only_show:
                    await calendar_log.take(connection)
                done = await self._write(connection, key, notice, change, clerk, only_show)
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        if done.workflow_id is not None:
            try:
                client = await self._office.client()
                await start_replan(client, self._locality, done.workflow_id)
            except (OfficeError, RPCError):
                pass  # the worker's round starts what is on file
        return done

    async def _write(
        self,
        connection: AsyncConnection,
        key: tuple[int, str],
        notice: str,
        change: Any,
        clerk: str,
        only_show: bool,
    ) -> Changed:
        now = datetime.now(UTC)
        before = (await self._calendars.in_force(connection)).calendar
        entries = await calendar_log.entries(connection)
        standing = self._calendars.standing(entries)
        kind, about = change(standing)
        if kind is Change.WITHDRAWN:
            standing = self._calendars.standing([*entries, _Withdrawal(key, about["withdraws"])])
        calendar = self._checked(standing)
        shown = await preview(connection, calendar, kind, now, self._office.catalog)
        done = Changed(kind, key[0], notice, before.version, calendar.version, shown)
        if calendar.version == before.version:
            return Changed(
                kind, key[0], notice, before.version, calendar.version, shown, repeated=True
            )
        if only_show:
            return done
        if not entries:
            # What was in force until now must stay explainable.
            await self._calendars.announce_shipped(connection, now)
        entry = await self._calendars.put_in_force(
            connection, calendar, kind, actor=clerk, at=now, year=key[0], region=key[1], **about
        )
        return Changed(
            kind,
            key[0],
            notice,
            before.version,
            calendar.version,
            shown,
            entry,
            ids.replan_workflow_id(self._locality, entry, calendar.version),
        )

    def _checked(self, standing: dict[tuple[int, str], Standing]) -> Calendar:
        files = self._calendars.combined(standing)
        wrong = [str(one) for one in published_problems(files)]
        if wrong:
            raise OfficeError(
                OfficeCode.WRONG_FIELD,
                f"这样各年的安排接不上：{'；'.join(wrong)}；请先处理后再试。",
                tuple(wrong),
            )
        return build_calendar(files, self._locality)

    async def _find(
        self, connection: AsyncConnection, what: str, region: str
    ) -> tuple[tuple[int, str], Standing]:
        entries = await calendar_log.entries(connection)
        for key, one in self._calendars.standing(entries).items():
            brought = next((entry.version for entry in entries if entry.id == one.entry), None)
            if what == brought or (what, region) == (str(key[0]), key[1]):
                return key, one
        raise self._nothing(what)

    @staticmethod
    def _nothing(what: str) -> OfficeError:
        return OfficeError(
            OfficeCode.NOT_FOUND,
            f"没有正在使用的放假安排 {what[:40]}；请核对年份和版本。",
        )

    def _check_supervisor(self, clerk: str) -> None:
        try:
            self._office.visible_offices(clerk)
            roles = self._office.catalog.clerk(clerk).roles
        except DomainError as error:
            raise from_domain(error) from error
        if Role.SUPERVISOR not in roles:
            code = RejectionCode.MISSING_ROLE
            raise OfficeError(code, f"{REJECTIONS[code]}历法由本地区的督办员管理。")


@dataclass(frozen=True, slots=True)
class _Withdrawal:
    """A line that is not on the log yet."""

    key: tuple[int, str]
    withdraws: int
    change: Change = Change.WITHDRAWN

    @property
    def year(self) -> int:
        return self.key[0]

    @property
    def region(self) -> str:
        return self.key[1]
