"""What a person can see at an office of one locality: worklists, cases, limits.

The half of :class:`console.office.Office` that changes nothing. `visible_offices` decides what may
be seen; every list, search and detail goes through it.
"""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable, Collection
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.calendars import Calendars
from activities.definitions import Definitions
from catalog.catalog import Catalog
from console.bundles import bundle
from console.errors import OfficeCode, OfficeError, database_down, from_domain
from console.explaining import explain
from contracts.commands import RejectionCode
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.offices import Role
from domain.permissions import Permission, Post, offices_for
from domain.task_table import TASKS
from domain.tasks import outcomes_now
from storage import views
from storage.database import Database
from storage.hotline_views import tickets_about
from storage.movements import movements

if TYPE_CHECKING:
    # Looking at lists needs no server; the client is heavy to load.
    from temporalio.client import Client

T = TypeVar("T")
Record = dict[str, Any]
Connect = Callable[[], Awaitable["Client"]]


class Looking:
    """The lists and details of one locality's offices."""

    def __init__(
        self, database: Database, connect: Connect, catalog: Catalog, locality: str
    ) -> None:
        self.database = database
        self.catalog = catalog
        self.locality = locality
        self.calendars = Calendars(catalog, locality)
        self.definitions = Definitions(catalog, locality)
        self._connect = connect
        self._connected: list[Client] = []  # one for this office and all that act under it
        self.post: Post | None = None
        self.via: str | None = None

    def under(self, post: Post, via: str | None = None) -> Self:
        """The same office for somebody who acts under a post: a secondment, a stand-in, or the own.

        What is done with the staff number of that post then counts with the post's office and
        roles instead of the catalogue's. ``via``: the key that acts in the person's stead.
        """
        acting = copy.copy(self)
        acting.post, acting.via = post, via
        return acting

    def seat(self, clerk: str) -> tuple[str, frozenset[Role]]:
        """Office and roles under which a staff number acts here; OfficeError for an unknown one."""
        if self.post is not None and self.post.code == clerk:
            return self.post.office, self.post.roles
        try:
            known = self.catalog.clerk(clerk)
        except DomainError as error:
            raise from_domain(error) from error
        return known.office, frozenset(known.roles)

    async def client(self) -> Client:
        """The Temporal client, connected when first needed: reading lists needs no server."""
        if not self._connected:
            try:
                self._connected.append(await self._connect())
            except (OSError, RuntimeError) as error:
                raise OfficeError(
                    OfficeCode.UNAVAILABLE,
                    "连不上 Temporal 服务；已保存的内容不会丢失，请确认服务已启动后重试。",
                ) from error
        return self._connected[0]

    def visible_offices(self, clerk: str | None = None, office: str | None = None) -> list[str]:
        """What may be seen: a clerk's office, a supervisor's whole locality, or one named office.

        Every list, search and detail goes through here.
        """
        own = [item.code for item in self.catalog.locality(self.locality).offices]
        try:
            if office is not None:
                self.catalog.office(office)
                if office not in own:
                    raise OfficeError(
                        RejectionCode.FOREIGN_OFFICE,
                        f"机构 {office} 不属于地区 {self.locality}；请改用该机构所在地区。",
                    )
            if clerk is None:
                return [office] if office else own
            seat, roles = self.seat(clerk)
        except DomainError as error:
            raise from_domain(error) from error
        if seat not in own:
            raise OfficeError(
                RejectionCode.FOREIGN_OFFICE,
                f"工作人员 {clerk} 不在地区 {self.locality} 任职；请改用其所在地区。",
            )
        if offices_for([Post(clerk, seat, roles)], Permission.READ, own) == set(own):
            return [office] if office else own
        if office is not None and office != seat:
            raise OfficeError(
                RejectionCode.FOREIGN_OFFICE,
                f"工作人员 {clerk} 不属于机构 {office}，不能查看其待办。",
            )
        return [seat]

    async def tasks(
        self,
        *,
        clerk: str | None = None,
        office: str | None = None,
        mine: bool = False,
        home_case_no: str | None = None,
        limit: int = 100,
    ) -> list[Record]:
        """The worklist, or what of it belongs to one joint case, most urgent first."""
        offices = self.visible_offices(clerk, office)
        return await self.read(
            lambda connection: views.worklist(
                connection,
                offices,
                assignee=clerk if mine else None,
                home_case_no=home_case_no,
                limit=limit,
            )
        )

    async def task(self, task_id: str, *, clerk: str | None = None) -> Record:
        """One task with what it may be decided as."""
        offices = self.visible_offices(clerk)
        found = await self.read(lambda connection: views.task(connection, task_id, offices))
        if found is None:
            raise OfficeError(
                OfficeCode.NOT_FOUND,
                f"没有待办 {task_id}，或您的机构无权查看；请到待办列表核对。",
            )
        spec = TASKS[found["kind"]]
        decided = await self.read(
            lambda connection: views.decided_kinds(connection, found["case_no"])
        )
        found["outcomes"] = [asdict(outcome) for outcome in outcomes_now(spec, decided)]
        found["basis"] = spec.basis
        return found

    async def cases(
        self,
        *,
        clerk: str | None = None,
        open_only: bool = False,
        family: str | None = None,
        home_case_no: str | None = None,
        limit: int = 100,
    ) -> list[Record]:
        """Cases of the locality that this person may see, newest first; of one joint case where
        it is named.
        """
        offices = self.visible_offices(clerk)
        return await self.read(
            lambda connection: views.cases(
                connection,
                offices,
                open_only=open_only,
                family=family,
                home_case_no=home_case_no,
                limit=limit,
            )
        )

    async def case(self, case_no: str, *, clerk: str | None = None) -> Record:
        """One case with everything on file."""
        return await self.case_seen_by(case_no, self.visible_offices(clerk))

    async def case_seen_by(self, case_no: str, offices: Collection[str]) -> Record:
        """The same for people who may see these offices' cases; OfficeError NOT_FOUND."""
        found = await self.read(lambda connection: views.case(connection, case_no, offices))
        if found is None:
            raise OfficeError(
                OfficeCode.NOT_FOUND,
                f"没有办件 {case_no}，或您的机构无权查看；请核对办件编号。",
            )
        found["tickets"] = await self.read(lambda connection: tickets_about(connection, case_no))
        found |= await self.read(lambda connection: bundle(connection, case_no))
        return {**found, **await self.read(lambda connection: movements(connection, case_no))}

    async def clocks(
        self,
        case_no: str,
        *,
        clerk: str | None = None,
        as_of: datetime | None = None,
        line: int | None = None,
    ) -> list[Record]:
        """Every limit of a case with its derivation, day by day, as it stands.

        ``as_of`` or ``line`` (a number of the clock log): as it was said then, with the calendar
        of then.
        """
        record = await self.case(case_no, clerk=clerk)
        return await self.read(
            lambda connection: explain(
                connection,
                self.calendars,
                case_no,
                record["clocks"],
                office=record["competent_office"],
                now=datetime.now(SHANGHAI),
                as_of=as_of,
                line=line,
            )
        )

    async def read(self, question: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Ask the database something; OfficeError where it does not answer."""
        try:
            return await self._look(question)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise database_down() from error
        # The pool held a connection of before a restart; it has been emptied, so ask once more.
        try:
            return await self._look(question)
        except (DBAPIError, OSError) as error:
            raise database_down() from error

    async def _look(self, question: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        try:
            async with self.database.read() as connection:
                return await question(connection)
        except OSError as error:
            raise database_down() from error
