"""A citizen's case from application to delivery, worked by two localities through the interface.

No page is opened: managers issue keys, integrators file and decide with them, approvers decide
signed in themselves, and a receiver that first fails is told everything that happened.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import httpx

from domain.casework import Stage as CaseStage
from domain.offices import Role
from tests.console.api_clients import V1
from tests.console.receiver import receiver
from tests.console.test_signing_in import sign_in
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.story import PATIENCE, REGULAR, Story

MANAGERS = {HOME: "HC0904", ORIGIN: "DH0904"}
SUPERVISORS = {HOME: "HC0902", ORIGIN: "DH0902"}


class Integrator:
    """The systems of one locality that call with keys, one for each desk, and its approvers."""

    def __init__(
        self, stage: Stage, manager: httpx.AsyncClient, locality: str, stack: AsyncExitStack
    ) -> None:
        self.stage, self.manager, self.locality = stage, manager, locality
        self.keys: dict[str, str] = {}
        self._stack = stack
        self._signed_in: dict[str, httpx.AsyncClient] = {}

    async def as_(self, clerk: str) -> dict[str, str]:
        """The header of a key that acts as that clerk; the manager issues it when first needed."""
        if clerk not in self.keys:
            body = {
                "name": f"样例系统 {clerk}",
                "code": clerk,
                "office": self.stage.catalog.clerk(clerk).office,
                "days": 2,
            }
            issued = await self.manager.post(f"{V1}/keys", json=body)
            assert issued.status_code == 201, issued.text
            self.keys[clerk] = issued.json()["key"]
        return {"Authorization": f"Bearer {self.keys[clerk]}"}

    async def in_person(self, clerk: str) -> httpx.AsyncClient:
        """The session of a clerk who has signed in."""
        if clerk not in self._signed_in:
            self._signed_in[clerk] = await self._stack.enter_async_context(
                signed_in(self.stage, self.locality, clerk)
            )
        return self._signed_in[clerk]

    async def call(self, clerk: str, method: str, path: str, **more: Any) -> Any:
        """What the interface answers: an approver in person, anybody else's key; fails where it
        refuses."""
        headers = more.pop("headers", {})
        if Role.APPROVER in self.stage.catalog.clerk(clerk).roles:
            caller = await self.in_person(clerk)
        else:
            caller, headers = self.manager, {**await self.as_(clerk), **headers}
        answer = await caller.request(method, f"{V1}{path}", headers=headers, **more)
        assert answer.is_success, answer.text
        return answer.json()


@asynccontextmanager
async def signed_in(stage: Stage, locality: str, number: str) -> AsyncIterator[httpx.AsyncClient]:
    url = stage.system.settings.locality(locality).console_url
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        await sign_in(client, number)
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        yield client


@asynccontextmanager
async def integrators(stage: Stage) -> AsyncIterator[dict[str, Integrator]]:
    async with AsyncExitStack() as stack:
        found = {}
        for locality, number in MANAGERS.items():
            client = await stack.enter_async_context(signed_in(stage, locality, number))
            found[locality] = Integrator(stage, client, locality, stack)
        yield found


def as_papers(application: dict[str, Any]) -> dict[str, Any]:
    """The application with its texts as scanned documents."""
    documents = [
        {
            **{name: value for name, value in one.items() if name != "text"},
            "content": base64.b64encode(b"%PDF-1.4\n" + one["text"].encode()).decode(),
        }
        for one in application["documents"]
    ]
    return {**application, "documents": documents}


async def work(story: Story, systems: dict[str, Integrator]) -> None:
    """Decide whatever task of the case is open anywhere, until it is archived."""
    while True:
        for system in systems.values():
            boss = SUPERVISORS[system.locality]
            search = {"words": story.case_no, "by": "case"}
            found = await system.call(boss, "POST", "/cases/search", json=search)
            for case_no in [one["case_no"] for one in found["items"]]:
                case = await system.call(boss, "GET", f"/cases/{case_no}")
                if case_no == story.case_no and case["stage"] == CaseStage.ARCHIVED:
                    return
                for task in case["tasks"]:
                    if task["status"] == "OPEN" and task["kind"] in REGULAR:
                        await decide(story, system, task)
        await asyncio.sleep(0.1)


async def decide(story: Story, system: Integrator, task: dict[str, Any]) -> None:
    """Read the task, take one of its ways, and repeat the call as a lost connection would."""
    clerk = story.clerk(task["office"], task["role"])
    path = f"/tasks/{task['task_id']}"
    shown = await system.call(clerk, "GET", path)
    outcome = REGULAR[task["kind"]]
    if not shown["may_decide"] or outcome not in {way["outcome"] for way in shown["ways"]}:
        return
    headers = {"Idempotency-Key": f"{task['task_id']}-{outcome}"}
    first, again = [
        await system.call(
            clerk, "POST", f"{path}/decide", json={"outcome": outcome}, headers=headers
        )
        for _ in range(2)
    ]
    assert first["command_id"] == again["command_id"]


async def test_a_case_is_worked_by_two_localities_through_the_interface_alone(
    stage: Stage,
) -> None:
    story = Story(stage)
    application = as_papers(await story.application(destination_area="city"))
    clerk = story.clerk(f"{HOME}-GA-01", "INTAKE")
    async with integrators(stage) as systems, receiver() as told:
        home = systems[HOME]
        told.answers = [500]
        hook = await home.call(
            clerk,
            "POST",
            "/webhooks",
            json={
                "url": told.url,
                "events": ["case.filed", "case.accepted", "task.decided", "case.closed"],
            },
        )
        told.secret = hook["secret"]
        form = await home.call(clerk, "GET", "/matters/HUKOU-JOB-TRANSFER")
        assert set(form["schema"]["required"]) <= set(application)
        filed = await home.call(clerk, "POST", "/applications", json=application)
        story.case_no = filed["case_no"]
        async with asyncio.timeout(4 * PATIENCE):
            await work(story, systems)
        case = await home.call(clerk, "GET", f"/cases/{story.case_no}")
        assert case["ending"] == "COMPLETED"
        leg = await story.leg_stage_is("MOVED_OUT")
        assert leg["ending"] == "COMPLETED"

        async def closed() -> bool:
            return "case.closed" in types(told.taken, story.case_no)

        await story.until(closed, "word of the end")
        await home.call(clerk, "POST", f"/webhooks/{hook['id']}/end")
    heard = types(told.taken, story.case_no)
    assert heard[:1] == ["case.filed"] and heard[-1] == "case.closed"
    assert "case.accepted" in heard and heard.count("task.decided") >= 4
    numbers = [number for number, _, _ in told.came]
    assert len(numbers) > len(set(numbers))
    assert all(story.people[0]["id_no"].encode() not in text for _, _, text in told.came)


def types(messages: list[dict[str, Any]], case_no: str) -> list[str]:
    """What was told of that case, in order."""
    return [one["type"] for one in messages if one["data"]["case_no"] == case_no]
