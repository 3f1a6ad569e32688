"""Calls that change something: done once under their Idempotency-Key, answered alike ever after.

The key becomes the id of the command that the running case is sent, so that even a call whose
answer was lost with this process is not done twice. Used by every POST of `console.api`.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncConnection

from console.api.calling import Call, caller
from console.errors import OfficeCode, OfficeError
from storage import api_calls

HEADER = "Idempotency-Key"
#: Makes ids of commands from callers' keys; never to be changed.
_SPACE = uuid.UUID("6f0c1f0e-4c1d-5d52-9a7b-0d7d5b6e8a15")


class Accepted(BaseModel):
    """Kept, but the running case has not answered yet: it is sent again by itself."""

    command_id: str = Field(description="操作编号；用同一 Idempotency-Key 重复调用可得最终结果")
    detail: str = Field(description="现在的情况")


@dataclass(frozen=True, slots=True)
class Change:
    """A call that changes something, under its key."""

    call: Call
    key: str
    fingerprint: str

    @property
    def command_id(self) -> str:
        """The id of the command that this call sends; the same for every repeat."""
        return f"c-{uuid.uuid5(_SPACE, f'{self.call.caller} {self.key}')}"

    async def keep(
        self, connection: AsyncConnection, answer: dict[str, Any], status: int = 200
    ) -> None:
        """Keep the answer in the transaction of the change itself."""
        await api_calls.finish(connection, self.call.caller, self.key, status, answer)


async def change(
    request: Request,
    call: Annotated[Call, Depends(caller)],
    key: Annotated[
        str | None,
        Header(
            alias=HEADER,
            min_length=1,
            max_length=100,
            pattern=r"^[!-~]+$",
            description="同一编号、同一内容只办一次；没有给出的由系统编号并在应答中告知",
        ),
    ] = None,
) -> Change:
    """The dependency of every operation that changes something."""
    asked = f"{request.method} {request.url.path}?{request.url.query}\n".encode()
    digest = hashlib.sha256(asked + await request.body()).hexdigest()
    return Change(call, key or str(uuid.uuid4()), digest)


Changing = Annotated[Change, Depends(change)]


async def once(
    change: Change,
    work: Callable[[], Awaitable[BaseModel]],
    *,
    status: int = 200,
    secret: frozenset[str] = frozenset(),
) -> Response:
    """Do it unless it is done. ``secret``: fields that are told once and kept nowhere."""
    database, call = change.call.visit.house.office.database, change.call
    async with database.write() as connection:
        before = await api_calls.begin(
            connection, call.caller, change.key, change.fingerprint, datetime.now(UTC)
        )
    if before is not None:
        return _again(change, before)
    try:
        told = (await work()).model_dump(mode="json")
    except OfficeError as error:
        pending = error.code == OfficeCode.PENDING
        await _let_go(change, forget=not pending)
        if not pending:
            raise
        told = Accepted(command_id=change.command_id, detail=error.message).model_dump()
        return _answer(change, told, 202)
    except Exception:
        await _let_go(change, forget=True)
        raise
    kept = {name: None if name in secret else value for name, value in told.items()}
    async with database.write() as connection:
        await api_calls.answered(connection, call.caller, change.key, status, kept)
    return _answer(change, told, status)


def _again(change: Change, before: Any) -> Response:
    if before.fingerprint != change.fingerprint:
        raise OfficeError(
            OfficeCode.ID_REUSED,
            f"{HEADER} 已用于另一项内容；请换一个编号重新提交。",
        )
    if before.status is None:
        raise OfficeError(OfficeCode.BUSY, "同一编号的调用正在办理；请稍候再以同一编号查询结果。")
    return _answer(change, before.answer, before.status, again=True)


async def _let_go(change: Change, *, forget: bool) -> None:
    async with change.call.visit.house.office.database.write() as connection:
        await api_calls.let_go(connection, change.call.caller, change.key, forget=forget)


def _answer(change: Change, told: dict[str, Any], status: int, *, again: bool = False) -> Response:
    headers = {HEADER: change.key, **({"Idempotent-Replayed": "true"} if again else {})}
    return JSONResponse(told, status, headers)
