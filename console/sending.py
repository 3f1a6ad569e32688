"""Submitting a command: on file first, then sent as an update under its id.

Used by :class:`console.office.Office`. One command of a case is in flight at a time; a repeat
under the same id gets the first answer, another content under that id is refused.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError

from console.errors import OfficeCode, OfficeError, not_written, rejected
from console.looking import Looking
from contracts.commands import Command, CommandReceipt, RejectionCode
from storage import commands

#: How long a command waits for another one of the same case to be settled, in seconds.
_SLOT_SECONDS = 5.0
_SLOT_STEP = 0.05
#: What makes two commands the same; who asks again from another desk does not matter.
_SAME = (
    *("verb", "task_id", "outcome", "reason_code", "persons", "assignee", "digest"),
    *("days", "unit", "procedure", "approver", "on", "notice_days"),
)


async def submit(
    office: Looking, workflow_id: str, case_no: str, command: Command, body: dict[str, Any]
) -> CommandReceipt:
    """Store, send and settle a command; OfficeError says what the person shall do."""
    # The client is heavy to load, and looking at lists does not need it.
    from counter.outbox import CommandPending, CommandRejected, send_command

    if not command.command_id.startswith("c-"):
        raise rejected(RejectionCode.MALFORMED)
    known = await _store(office, workflow_id, case_no, command, body)
    if known is not None:
        return known
    try:
        client = await office.client()
    except OfficeError as error:
        raise _pending(command) from error
    try:
        return await send_command(client, office.database, workflow_id, command)
    except CommandRejected as error:
        raise rejected(error.code) from error
    except CommandPending as error:
        raise _pending(command) from error


async def earlier(office: Looking, command_id: str) -> CommandReceipt | None:
    """The answer to a command of that id that was settled before, if any."""
    async with office.database.read() as connection:
        row = await commands.find(connection, command_id)
    return _answer_of(row) if row is not None else None


async def _store(
    office: Looking, workflow_id: str, case_no: str, command: Command, body: dict[str, Any]
) -> CommandReceipt | None:
    """Put the command on file; an earlier answer to the same id is returned or raised."""
    deadline = asyncio.get_running_loop().time() + _SLOT_SECONDS
    while True:
        try:
            async with office.database.write() as connection:
                if await commands.put(
                    connection, workflow_id, case_no, command, body, datetime.now(UTC)
                ):
                    return None
                row = await commands.find(connection, command.command_id)
            break
        except IntegrityError:
            # Another command of this case is in flight; it is settled within milliseconds.
            if asyncio.get_running_loop().time() > deadline:
                raise OfficeError(
                    OfficeCode.BUSY, "该办件正在处理另一项操作；请稍候几秒，刷新后再提交。"
                ) from None
            await asyncio.sleep(_SLOT_STEP)
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
    if row is None:
        return None
    before = Command.model_validate(row.command)
    if any(getattr(before, name) != getattr(command, name) for name in _SAME):
        raise OfficeError(
            OfficeCode.ID_REUSED,
            f"操作编号 {command.command_id} 已用于另一项操作；请换一个编号重新提交。",
        )
    return _answer_of(row)


def _answer_of(row: Any) -> CommandReceipt | None:
    if row.status == "DONE":
        return CommandReceipt.model_validate(row.receipt)
    if row.status == "REJECTED":
        raise rejected(row.receipt["code"])
    return None


def _pending(command: Command) -> OfficeError:
    return OfficeError(
        OfficeCode.PENDING,
        f"办件系统暂时没有答复；您的操作已保存（{command.command_id}），"
        "恢复后会自动提交，请稍后查看办件，不必重复办理。",
    )
