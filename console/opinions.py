"""会签, 或签 and 委派: whose opinion a task waits for, and whose decision its check cannot be.

Asked by `console.office` for everybody who decides, and by the task page, which tells it
beforehand.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from console.errors import OfficeCode, OfficeError
from console.looking import Looking
from domain.signing import Asked, waited_for
from domain.tasks import TaskSpec
from storage import commands, desk_notes


def deciders_before(spec: TaskSpec, case: dict[str, Any]) -> set[str]:
    """Who may not decide such a task, for having decided a step that it is the check of."""
    return {
        done["decided_by"]
        for done in case["tasks"]
        if done["kind"] in spec.not_by_deciders_of and done["decided_by"]
    }


def waiting_on(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """The staff numbers whose answer the task still needs, of what was asked on it."""
    return waited_for([Asked(one["signer"], one["mode"], one["answer"]) for one in rows])


async def refuse_awaited(office: Looking, task_id: str, command_id: str | None) -> None:
    """OfficeError OPINIONS_AWAITED while an answer is waited for.

    A decision that is on file already is only repeated: what was asked since does not stop it.
    """

    async def ask(connection: AsyncConnection) -> tuple[str, ...]:
        if command_id is not None and await commands.find(connection, command_id) is not None:
            return ()
        return waiting_on(await desk_notes.signatures(connection, task_id))

    waiting = await office.read(ask)
    if waiting:
        raise OfficeError(
            OfficeCode.OPINIONS_AWAITED,
            f"还等待 {'、'.join(waiting)} 答复意见，暂不能办结；"
            "请待答复，或者由征求人、分派人撤回征求后再办。",
        )
