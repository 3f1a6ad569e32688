"""What a locality does by the clock: every Schedule fires on the running system and ends."""

from __future__ import annotations

import pytest
from temporalio.client import ScheduleActionExecutionStartWorkflow, WorkflowExecutionStatus

from counter.schedules import ROUTINES, Routine, create_schedules, schedule_id
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.story import Story


@pytest.mark.parametrize("locality", [HOME, ORIGIN])
@pytest.mark.parametrize("routine", ROUTINES, ids=lambda one: one.workflow)
async def test_a_routine_that_is_triggered_runs_to_its_end_and_is_seen_to(
    stage: Stage, routine: Routine, locality: str
) -> None:
    client = stage.clients[locality]
    await create_schedules(client, locality)
    handle = client.get_schedule_handle(schedule_id(routine.workflow, locality))

    async def runs() -> list[str]:
        """The workflows that the server itself says it started for this Schedule."""
        actions = [one.action for one in (await handle.describe()).info.recent_actions]
        return [
            one.workflow_id
            for one in actions
            if isinstance(one, ScheduleActionExecutionStartWorkflow)
        ]

    known = await runs()
    await handle.trigger()

    async def ran() -> str | None:
        return next((one for one in await runs() if one not in known), None)

    workflow_id = await Story(stage).until(ran, f"a run of {routine.workflow}")
    run = client.get_workflow_handle(workflow_id)
    await run.result()
    described = await run.describe()
    assert described.status is WorkflowExecutionStatus.COMPLETED
    assert described.workflow_type == routine.workflow
    assert await described.static_summary() == routine.summary
