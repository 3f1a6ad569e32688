"""kill -9 of any process while cases are in flight: nothing is lost and nothing is done twice."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from console.errors import OfficeError
from domain.task_table import TASKS
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import REGULAR, Story

#: Answers after which the same command is simply sent again under its id.
TRY_AGAIN = {"PENDING", "BUSY", "UNAVAILABLE"}
PATIENCE = 300.0


async def work(story: Story) -> None:
    """Clerks who keep at it: each task has one command id, repeated until it is answered."""
    deadline = asyncio.get_running_loop().time() + PATIENCE
    while True:
        try:
            if (await story.case())["closed_at"]:
                return
            for office in story.stage.offices.values():
                for task in await office.tasks(limit=1000):
                    if task["home_case_no"] == story.case_no:
                        await decide(story, office, task)
        except OfficeError as error:
            assert error.code in TRY_AGAIN, error.message
        assert asyncio.get_running_loop().time() < deadline, await story.case()
        await asyncio.sleep(0.05)


async def decide(story: Story, office: Any, task: dict[str, Any]) -> None:
    clerk = story.clerk(task["office"], TASKS[task["kind"]].role)
    try:
        await office.decide(
            task["task_id"],
            REGULAR[task["kind"]],
            clerk=clerk,
            command_id=f"c-{task['task_id']}",
        )
    except OfficeError as error:
        # TASK_NOT_OPEN: the list was a moment older than the case.
        assert error.code in {*TRY_AGAIN, "TASK_NOT_OPEN"}, error.message


@pytest.mark.parametrize(
    ("victims", "seed"),
    [
        (("worker-371002", "worker-330902"), 1),
        (("temporal", "worker-371002"), 2),
        (("postgres", "simulators", "console-371002"), 3),
    ],
    ids=["workers", "temporal-server", "database-and-outside"],
)
async def test_killed_processes_lose_nothing_and_repeat_nothing(
    stage: Stage, victims: tuple[str, ...], seed: int
) -> None:
    chance = random.Random(seed)
    stories = [Story(stage) for _ in range(4)]
    for story in stories:
        await story.file("HUKOU-JOB-TRANSFER", followers=1)
    clerks = asyncio.gather(*(work(story) for story in stories))
    for _ in range(2):
        for victim in victims:
            await asyncio.sleep(chance.uniform(0.1, 0.8))
            await stage.system.kill(victim)
            await asyncio.sleep(chance.uniform(0.0, 0.5))
            await stage.system.start(victim)
    await clerks

    for story in stories:
        await story.leg_stage_is("MOVED_OUT")
        case = await story.case()
        assert case["ending"] == "COMPLETED"
        acts = Counter((act["code"], act["person"]) for act in case["acts"])
        assert set(acts.values()) == {1}, acts
        for person in (1, 2):
            assert (await story.registration(person, at=story.home)).status == "ACTIVE"
            assert (await story.registration(person)).status == "MOVED_OUT"
        await story.consistent()
    done = (await stage.simulators.get("/_acts")).json()
    keys = Counter((act["system"], act["key"]) for act in done)
    assert max(keys.values()) == 1
