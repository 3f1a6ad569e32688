"""Webhooks of integrators: making one, looking at what it was told, pausing and ending it.

Called by the programming interface and the managers' page. A key has its own webhooks; a manager
sees to all of them.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

from adapters.webhooks import ForbiddenTarget, resolved
from console.errors import OfficeCode, OfficeError, not_written
from console.office import Office
from domain.webhooks import WebhookEvent, signing_secret
from storage import api_keys, webhooks

Record = dict[str, Any]
_URL_CHARS = 500
_MOST = 20
_LATEST = 50
_BY_HAND = "已手动暂停。"


class WebhookDesk:
    """The webhooks of one locality. ``private``: inner networks may be told (rehearsal)."""

    def __init__(self, office: Office, secret: bytes, *, private: bool) -> None:
        self._office = office
        self._secret = secret
        self._private = private

    async def create(
        self, url: str, events: Sequence[WebhookEvent], *, key_id: int, by: str
    ) -> tuple[str, Record]:
        """A new webhook and its secret, which is told this once. OfficeError says what is wrong."""
        now = datetime.now(UTC)
        key = await self._office.read(lambda connection: api_keys.find(connection, key_id))
        if key is None or key["revoked_at"] is not None or key["expires_at"] <= now:
            raise _wrong("key", "没有这个密钥，或者已到期、停用；请从列表中选择。")
        await self._check(url)
        if len(await self.listed(key_id)) >= _MOST:
            raise _wrong("url", f"一个密钥最多 {_MOST} 个推送地址；请先结束不用的。")
        salt = secrets.token_hex(16)
        try:
            async with self._office.database.write() as connection:
                row = await webhooks.create(
                    connection,
                    key_id=key_id,
                    url=url,
                    events=sorted({event.value for event in events}),
                    salt=salt,
                    created_by=by,
                    created_at=now,
                )
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        return signing_secret(self._secret, salt), {**row, "waiting": 0, "key_name": key["name"]}

    async def listed(self, key_id: int | None = None) -> list[Record]:
        """Webhooks that have not ended; of one key where it is named."""
        return await self._office.read(lambda connection: webhooks.listed(connection, key_id))

    async def find(self, number: int, key_id: int | None = None) -> Record:
        """One of them; OfficeError NOT_FOUND, also for one of another key."""
        known = await self.listed(key_id)
        found = next((one for one in known if one["id"] == number), None)
        if found is None:
            raise OfficeError(OfficeCode.NOT_FOUND, "没有这个推送；请从列表中选择。")
        return found

    async def messages(self, number: int, key_id: int | None = None) -> list[Record]:
        """What it was told and what waits, newest first."""
        await self.find(number, key_id)
        return await self._office.read(
            lambda connection: webhooks.latest(connection, number, _LATEST)
        )

    async def set_going(self, number: int, key_id: int | None = None, *, going: bool) -> Record:
        """Send again, at once and what waits first; or nothing until somebody says so."""
        await self.find(number, key_id)
        now = datetime.now(UTC)
        try:
            async with self._office.database.write() as connection:
                if going:
                    await webhooks.resume(connection, number, now)
                else:
                    await webhooks.pause(connection, number, _BY_HAND, now)
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        return await self.find(number, key_id)

    async def end(self, number: int, key_id: int | None = None) -> None:
        """End it for good."""
        await self.find(number, key_id)
        try:
            async with self._office.database.write() as connection:
                await webhooks.end(connection, number, datetime.now(UTC))
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error

    async def _check(self, url: str) -> None:
        if not url.isascii() or not url.isprintable() or len(url) > _URL_CHARS:
            raise _wrong("url", f"推送地址须为不超过 {_URL_CHARS} 个字符的网址。")
        try:
            await resolved(url, private=self._private)
        except ForbiddenTarget as refusal:
            raise _wrong(
                "url", f"不能推送到这个地址：{refusal.why}；请改用可用的地址。"
            ) from refusal
        except OSError as error:
            raise _wrong("url", "查不到这个地址的主机；请核对后再提交。") from error


def _wrong(field: str, words: str) -> OfficeError:
    return OfficeError(OfficeCode.WRONG_FIELD, words, fields={field: words})
