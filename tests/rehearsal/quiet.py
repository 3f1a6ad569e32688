"""Waits until nothing of one case is on its way any more: no step of a workflow, no letter.

What a test asks of a case is asked of the case at rest. The stage that a leg shows is written
before its letter reaches home, and a notice after that letter; whoever looks in between sees a
true state of the case, but none that anybody could build on.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from temporalio.client import WorkflowExecutionDescription, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from tests.rehearsal.stage import Stage

#: How long a case may stay on its way before a test looks at it all the same, in seconds.
PATIENCE = 30.0
#: A step that is begun and not answered for so long waits for an outside system.
_OUTSIDE = timedelta(seconds=3)


async def at_rest(stage: Stage, home_case_no: str) -> None:
    """Return once the case, its legs and its parcels only wait: for people, for time, for outside.

    A step that failed once and is tried again waits for what is outside, too.
    """
    loop = asyncio.get_running_loop()
    deadline, pause = loop.time() + PATIENCE, 0.02
    before: dict[str, int] = {}
    while loop.time() < deadline:
        lengths, on_its_way = await _look(stage, home_case_no)
        if not on_its_way and (lengths == before or len(lengths) < 2):
            return
        if on_its_way:
            await asyncio.sleep(pause)
            pause = min(pause * 1.3, 0.2)
        before = lengths


async def _look(stage: Stage, home_case_no: str) -> tuple[dict[str, int], bool]:
    """The lengths of the histories of all that runs, and whether anything is on its way.

    Several workflows are not seen at one moment: nothing has moved between them only where a
    second look finds the same lengths.
    """
    running = [
        (locality, str(case["workflow_id"]))
        for locality, office in stage.offices.items()
        for case in await office.cases(home_case_no=home_case_no, open_only=True)
    ]
    found = await asyncio.gather(*(_described(stage, *one) for one in running))
    lengths = {one.id: one.history_length for one in found if one}
    return lengths, any(one is None or _on_its_way(one) for one in found)


async def _described(stage: Stage, locality: str, name: str) -> WorkflowExecutionDescription | None:
    """The workflow of a case on file; none where it is yet to be started."""
    try:
        return await stage.clients[locality].get_workflow_handle(name).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return None
        raise


def _on_its_way(workflow: WorkflowExecutionDescription) -> bool:
    if workflow.status is not WorkflowExecutionStatus.RUNNING:
        return False
    state = workflow.raw_description
    if state.HasField("pending_workflow_task"):
        return True
    now = datetime.now(UTC)
    for step in state.pending_activities:
        begun = step.HasField("last_started_time")
        since = step.last_started_time.ToDatetime(UTC) if begun else now
        if step.attempt <= 1 and now - since < _OUTSIDE:
            return True
    return any(letter.attempt <= 1 for letter in state.pending_nexus_operations)
