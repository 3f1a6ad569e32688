"""A question to a case that is about to end, on a real server."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from connection import connect
from counter.updates import ask
from embedded.system import System
from tests.platform.builders import HOME

QUEUE = "updates"


class Disturber:
    """News for the case, just while it answers and ends; once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.asked: Counter[str] = Counter()

    @activity.defn(name="打扰")
    async def disturb(self) -> None:
        number = activity.info().workflow_id
        assert number is not None
        self.asked[number] += 1
        if self.asked[number] == 1:
            await self._client.get_workflow_handle(number).signal("告知", "news")


@workflow.defn(name="将要办结")
class Ending:
    """Ends with its answer, in one workflow task."""

    def __init__(self) -> None:
        self._asked = self._answered = False

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: self._asked)
        await workflow.execute_local_activity("打扰", start_to_close_timeout=timedelta(seconds=5))
        self._answered = True

    @workflow.signal(name="告知")
    def told(self, news: str) -> None:
        """It is on the history; nothing follows."""

    @workflow.update(name="办理")
    async def decide(self, question: str) -> str:
        self._asked = True
        await workflow.wait_condition(lambda: self._answered)
        return question


async def test_a_case_that_ends_while_news_come_in_answers_all_the_same(servers: System) -> None:
    client = await connect(servers.settings.locality(HOME))
    disturber = Disturber(client)
    async with Worker(
        client,
        task_queue=QUEUE,
        workflows=[Ending],
        activities=[disturber.disturb],
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        # What the server says to who asks only once: the reason for asking again.
        once = await client.start_workflow("将要办结", id="once", task_queue=QUEUE)
        with pytest.raises(RPCError) as refused:
            await once.execute_update("办理", "c-1", id="c-1")
        assert refused.value.status is RPCStatusCode.FAILED_PRECONDITION
        await once.terminate()

        handle = await client.start_workflow("将要办结", id="again", task_queue=QUEUE)
        told = await ask(handle, "办理", "c-2", key="c-2", answer=str, seconds=10)
        await handle.result()
    assert told == "c-2"
    assert disturber.asked["again"] == 2
