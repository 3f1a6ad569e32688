"""Asks a running case something, as an update under its own key.

Used by the outbox for commands and by the counter for letters.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any, TypeVar

from temporalio.client import WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

T = TypeVar("T")
#: The first wait before asking again, in seconds; each further one is twice as long.
_FIRST_WAIT = 0.05


async def ask(
    handle: WorkflowHandle[Any, Any],
    name: str,
    question: Any,
    *,
    key: str,
    answer: type[T],
    seconds: float,
) -> T:
    """The case's answer; a repeat under the same key has no second effect.

    A case that was about to end while news came in has its workflow task refused by the server
    (UnhandledCommand), and what that task was to answer is given back as a failed precondition.
    The next task follows at once, so the question is put again, within ``seconds`` altogether.

    Raises WorkflowUpdateFailedError, RPCError and WorkflowUpdateRPCTimeoutOrCancelledError.
    """
    clock, wait = asyncio.get_running_loop().time, _FIRST_WAIT
    ends = clock() + seconds
    while True:
        try:
            given: T = await handle.execute_update(
                name,
                question,
                id=key,
                result_type=answer,
                rpc_timeout=timedelta(seconds=max(ends - clock(), _FIRST_WAIT)),
            )
        except RPCError as error:
            passing = error.status is RPCStatusCode.FAILED_PRECONDITION
            if not passing or clock() + wait >= ends:
                raise
            await asyncio.sleep(wait)
            wait *= 2
        else:
            return given
