"""Keys of integrators: a manager gives one, under somebody's post and for a bounded time.

Called by the managers' page and the programming interface. The key is told once; the register keeps
its digest.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError

from console.errors import OfficeCode, OfficeError, not_written
from console.office import Office
from console.texts import check_texts
from domain.calendar import SHANGHAI
from storage import api_keys, posts

_NAME_CHARS = 60
#: What a key begins with, so that a leaked one is recognised.
_MARK = "tbk_"


@dataclass(frozen=True, slots=True)
class KeyWanted:
    """A key as a form asks for it; ``days`` is how long it holds."""

    name: str
    code: str
    office: str
    days: int


class KeyDesk:
    """The keys of one locality."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def listed(self) -> list[dict[str, Any]]:
        """Every key without itself, those in force first."""
        return await self._office.read(api_keys.listed)

    async def issue(
        self, wanted: KeyWanted, *, by: str, own: frozenset[str], command_id: str
    ) -> tuple[str, dict[str, Any]]:
        """A new key, and how it is listed. OfficeError says what is missing or not allowed."""
        now = datetime.now(UTC)
        today = now.astimezone(SHANGHAI).date()
        name = wanted.name.strip()
        if not name or len(name) > _NAME_CHARS:
            raise _wrong("name", f"请写明对接系统的名称，不超过 {_NAME_CHARS} 个字。")
        check_texts({"name": name}, _NAME_CHARS)
        if wanted.code in own:
            raise _wrong("code", "不能以自己的工号签发密钥；请由另一位管理员办理。")
        if not await self._sits(wanted.code, wanted.office):
            raise _wrong("code", "该工号在这个机构没有岗位；请核对工号和机构。")
        policy = self._office.catalog.policy("api.key_max_days", self._office.locality, on=today)
        if not 1 <= wanted.days <= policy.as_number():
            raise _wrong("days", f"有效期须在 1 至 {policy.as_number()} 日之间。")
        key = _MARK + secrets.token_urlsafe(32)
        try:
            async with self._office.database.write() as connection:
                kept = await api_keys.issue(
                    connection,
                    key,
                    name=name,
                    code=wanted.code,
                    office=wanted.office,
                    by=by,
                    at=now,
                    expires_at=now + timedelta(days=wanted.days),
                    command_id=command_id,
                )
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        if kept is None:
            raise OfficeError(
                OfficeCode.ID_REUSED,
                "这份申请已经签发过密钥，密钥只显示一次；没有记下的，请停用后重新签发。",
            )
        return key, kept

    async def revoke(self, number: int, *, by: str) -> None:
        """End a key now; one that has ended stays as it is. OfficeError NOT_FOUND."""
        if await self._office.read(lambda connection: api_keys.find(connection, number)) is None:
            raise OfficeError(OfficeCode.NOT_FOUND, "没有这个密钥；请从列表中选择。")
        try:
            async with self._office.database.write() as connection:
                await api_keys.revoke(connection, number, by=by, at=datetime.now(UTC))
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error

    async def _sits(self, code: str, office: str) -> bool:
        here = {one.code for one in self._office.catalog.locality(self._office.locality).offices}
        if office not in here:
            return False
        known = self._office.catalog.clerks.get(code)
        if known is not None and known.office == office:
            return True
        today = datetime.now(SHANGHAI).date()
        given = await self._office.read(lambda connection: posts.by_code(connection, code, today))
        return any(post.office == office for post in given)


def _wrong(field: str, words: str) -> OfficeError:
    return OfficeError(OfficeCode.WRONG_FIELD, words, fields={field: words})
