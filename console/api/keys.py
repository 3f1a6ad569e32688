"""Keys over the programming interface: issued, listed and revoked by a manager who is signed in.

No key makes another one: whoever gets hold of a key loses it with its revocation.
"""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import Field

from console.api.calling import Calling
from console.api.once import Changing, once
from console.api.shapes import CHANGES, READS, Asked, Done, Number, Shown, Word
from console.key_desk import KeyDesk, KeyWanted
from console.web.posts import manager
from domain.permissions import Permission

router = APIRouter(tags=["密钥"])


class KeyShown(Shown):
    """A key, without itself."""

    id: int
    name: str
    code: str = Field(description="以谁的工号办理")
    office: str
    issued_by: str
    issued_at: datetime
    expires_at: datetime
    revoked_by: str | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class Keys(Shown):
    """Keys, those in force first."""

    items: list[KeyShown]


class KeyAsked(Asked):
    """A key to be issued."""

    name: Word = Field(min_length=1, description="对接系统的名称")
    code: Word = Field(min_length=1, description="以谁的工号办理")
    office: Word = Field(min_length=1, description="在哪个机构")
    days: int = Field(ge=1, le=10_000, description="有效几日")


class KeyIssued(KeyShown):
    """A new key: this is the only time it is told."""

    key: str | None = Field(description="密钥；只在签发的这一次应答中给出")


@router.get("/keys", responses={**READS}, summary="接口密钥")
async def list_keys(call: Calling) -> Keys:
    """签发过的密钥，不含密钥本身。"""
    call.need_person(Permission.MANAGE)
    return Keys.model_validate({"items": await KeyDesk(call.visit.house.office).listed()})


@router.post(
    "/keys", responses={**CHANGES}, summary="签发密钥", response_model=KeyIssued, status_code=201
)
async def issue_key(change: Changing, body: KeyAsked) -> Response:
    """以一位工作人员的岗位签发；密钥只告知一次。"""

    async def work() -> KeyIssued:
        change.call.need_person(Permission.MANAGE)
        visit = change.call.visit
        wanted = KeyWanted(body.name, body.code, body.office, body.days)
        desk = KeyDesk(visit.house.office)
        key, kept = await desk.issue(
            wanted, by=manager(visit), own=visit.person.codes, command_id=change.command_id
        )
        return KeyIssued.model_validate({**kept, "key": key})

    return await once(change, work, status=201, secret=frozenset({"key"}))


@router.post(
    "/keys/{number}/revoke", responses={**CHANGES}, summary="停用密钥", response_model=Done
)
async def revoke_key(change: Changing, number: Number) -> Response:
    """立即停用。"""

    async def work() -> Done:
        change.call.need_person(Permission.MANAGE)
        visit = change.call.visit
        await KeyDesk(visit.house.office).revoke(number, by=manager(visit))
        return Done()

    return await once(change, work)
