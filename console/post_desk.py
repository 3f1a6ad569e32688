"""Giving and ending desks: secondments (借调), substitutes (代理) and second desks.

Called by the managers' page. A manager decides for others, never for himself; a substitute has what
the person whom he stands in for has, and for a bounded time.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

from catalog.models import Clerk
from console.errors import OfficeCode, OfficeError, not_written
from console.office import Office
from domain.offices import Role
from domain.permissions import PostKind
from storage import posts


@dataclass(frozen=True, slots=True)
class Wanted:
    """A desk as a form asks for it; empty texts where nothing was filled in."""

    code: str
    kind: str
    office: str
    roles: tuple[str, ...]
    for_post: str
    since: str
    until: str


class PostDesk:
    """The given desks of one locality."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._clerks = office.catalog.clerks
        self._offices = {one.code for one in office.catalog.locality(office.locality).offices}

    async def listed(self) -> list[dict[str, Any]]:
        """Given desks, those in force first."""
        return await self._office.read(posts.listed)

    async def grant(
        self, wanted: Wanted, *, by: str, own: Collection[str], command_id: str, today: date
    ) -> int:
        """Give a desk; its number. OfficeError says what is missing or not allowed."""
        clerk = self._clerk(wanted.code, "工号")
        if clerk.code in own:
            raise OfficeError(OfficeCode.WRONG_FIELD, "不能给自己安排岗位；请由另一位管理员办理。")
        kind = next((one for one in PostKind if one == wanted.kind), None)
        if kind is None:
            raise OfficeError(OfficeCode.WRONG_FIELD, "请选择岗位类别：借调、代理或者本职兼任。")
        since, until = self._days(wanted, kind, today)
        office, roles, stands_for = self._seat(wanted, kind, clerk)
        await self._refuse_twice(clerk, office, roles, command_id, today)
        try:
            async with self._office.database.write() as connection:
                return await posts.grant(
                    connection,
                    account=posts.of_number(clerk.code),
                    code=clerk.code,
                    office=office,
                    roles=roles,
                    kind=kind,
                    since=since,
                    until=until,
                    for_post=stands_for,
                    by=by,
                    at=datetime.now(UTC),
                    command_id=command_id,
                )
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error

    async def _refuse_twice(
        self, clerk: Clerk, office: str, roles: Collection[Role], command_id: str, today: date
    ) -> None:
        """Another form must not give what somebody has there already; the same form may."""
        given = await self._office.read(
            lambda connection: posts.by_code(connection, clerk.code, today, besides=command_id)
        )
        own = [clerk.office == office and set(roles) <= set(clerk.roles)]
        if any([*own, *(post.office == office and set(roles) <= post.roles for post in given)]):
            raise OfficeError(
                OfficeCode.ALREADY_OPEN, "该工作人员在这个机构已有这些岗位，不必再安排。"
            )

    async def end(self, number: int, *, by: str) -> None:
        """End a desk now; one that has ended stays as it is."""
        try:
            async with self._office.database.write() as connection:
                await posts.end(connection, number, by=by, at=datetime.now(UTC))
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error

    def _seat(
        self, wanted: Wanted, kind: PostKind, clerk: Clerk
    ) -> tuple[str, Collection[Role], str | None]:
        if kind is PostKind.SUBSTITUTE:
            absent = self._clerk(wanted.for_post, "被代理人工号")
            if absent.code == clerk.code or absent.office not in self._offices:
                raise OfficeError(
                    OfficeCode.WRONG_FIELD, "被代理人须是本地区的另一位工作人员；请核对工号。"
                )
            return absent.office, absent.roles, absent.code
        if wanted.office not in self._offices:
            raise OfficeError(OfficeCode.WRONG_FIELD, "请选择本地区的机构。")
        roles = [role for role in Role if role.value in wanted.roles]
        if not roles:
            raise OfficeError(OfficeCode.WRONG_FIELD, "请至少勾选一个岗位。")
        return wanted.office, roles, None

    def _days(self, wanted: Wanted, kind: PostKind, today: date) -> tuple[date, date | None]:
        since, until = _day(wanted.since) or today, _day(wanted.until)
        if until is None and kind is PostKind.SUBSTITUTE:
            raise OfficeError(OfficeCode.WRONG_FIELD, "代理须写明截止日期；请补充后再提交。")
        if until is not None and (until < since or until < today):
            raise OfficeError(
                OfficeCode.WRONG_FIELD, "截止日期不能早于开始日期或者今天；请核对后再提交。"
            )
        return since, until

    def _clerk(self, code: str, field: str) -> Clerk:
        found = self._clerks.get(code.strip().upper())
        if found is None:
            raise OfficeError(OfficeCode.WRONG_FIELD, f"没有这个{field}；请核对后再提交。")
        return found


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise OfficeError(OfficeCode.WRONG_FIELD, "日期格式不对；请按“2026-03-01”填写。") from error
