"""A third locality joins by a data file; requests that belong elsewhere, races, four eyes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from nexusrpc import HandlerError, HandlerErrorType
from nexusrpc.handler import StartOperationContext, service_handler, sync_operation
from temporalio.worker import Worker

from contracts.commands import Verb
from contracts.ids import task_queue
from contracts.letters import Letter, Receipt
from contracts.services import HukouMoveOutService
from tests.catalog.folders import LOCALITY
from tests.rehearsal.stage import HOME, ORIGIN, Stage, open_stage
from tests.rehearsal.story import Story

THIRD = "339903"


@pytest_asyncio.fixture(scope="module")
async def three(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The system with one more locality, in which one clerk handles and approves."""
    folder: Path = tmp_path_factory.mktemp("catalog")
    (folder / "localities").mkdir()
    station = f"{THIRD}-GA-01"
    both = f"clerks:\n  - {{code: YS0999, office: {station}, roles: [HANDLER, APPROVER]}}"
    text = LOCALITY.replace("clerks:", both, 1)
    (folder / "localities" / f"{THIRD}.yaml").write_text(text, encoding="utf-8")
    async with open_stage(catalog_dirs=[folder], workflow_sandbox=True) as stage:
        yield stage


async def test_a_locality_from_a_data_file_sends_and_receives_people(three: Stage) -> None:
    out = Story(three, home=HOME, origin=THIRD)
    await out.file()
    await out.play()
    back = Story(three, home=THIRD, origin=HOME)
    await back.file("HUKOU-SPOUSE")
    await back.play()
    for story in (out, back):
        case = await story.stage_is("ARCHIVED")
        assert case["ending"] == "COMPLETED"
        assert (await story.registration(at=story.home)).status == "ACTIVE"
        assert (await story.leg_stage_is("MOVED_OUT"))["case_no"].startswith(story.origin)
        await story.consistent()


async def test_who_is_registered_in_another_locality_is_asked_for_there(three: Stage) -> None:
    story = Story(three)
    application = await story.application()
    person = story.people[0]
    await three.put(
        f"/population/{THIRD}/_person",
        {**person, "station": f"{THIRD}-GA-01", "household_no": f"{THIRD}-H1"},
    )
    await story.register_says(status="MOVED_OUT", now_in=THIRD)
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    assert (await story.event("FORWARDED"))["facts"]["locality"] == THIRD
    await story.leg_stage_is("FORWARDED")
    story.origin = THIRD
    await story.play_from("PHONE_CONFIRMATION", "CANCELLATION", "LANDING", "DELIVERY")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("MOVED_OUT")
    assert (await story.registration(at=HOME)).status == "ACTIVE"
    assert await story.certificates("PERMIT") == ["USED"]
    await story.consistent()


async def test_two_localities_race_for_one_person_and_the_second_hears_of_the_first(
    three: Stage,
) -> None:
    first, second = Story(three), Story(three, home=THIRD)
    application = await first.application()
    await first.file_this(application)
    second.people = first.people
    await second.file_this({**application, "destination_station": f"{THIRD}-GA-01"})
    await asyncio.gather(first.play("PHONE_CONFIRMATION"), second.play("PHONE_CONFIRMATION"))
    stages = {
        story: (await story.leg_stage_is("CONFIRMATION", "MOVE_OUT_REFUSED"))["stage"]
        for story in (first, second)
    }
    assert sorted(stages.values()) == ["CONFIRMATION", "MOVE_OUT_REFUSED"]
    winner = next(story for story, stage in stages.items() if stage == "CONFIRMATION")
    loser = second if winner is first else first
    leg = await loser.leg()
    assert leg["reason_code"] == "OTHER_MIGRATION_OPEN"
    refused = next(act for act in leg["acts"] if act["code"] == "ORIGIN_REFUSED")
    assert refused["facts"]["other_case"] == (await winner.leg())["case_no"]
    await loser.decide("ORIGIN_REFUSAL", "CONCLUDE")
    await loser.ends("REFUSED", "ORIGIN_REFUSED")
    await winner.play_from("PHONE_CONFIRMATION", "CANCELLATION", "LANDING", "DELIVERY")
    await winner.ends("ARCHIVED", "COMPLETED")
    assert (await winner.registration(at=winner.home)).status == "ACTIVE"
    assert await winner.registration(at=loser.home) is None
    await winner.consistent()
    await loser.consistent()


async def test_who_made_the_call_cannot_cancel_even_with_both_roles(three: Stage) -> None:
    story = Story(three, origin=THIRD)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED", clerk="YS0999")
    await story.refused(story.decide("CANCELLATION", "CANCEL", clerk="YS0999"), "SAME_PERSON_TWICE")
    assert (await story.registration()).status == "ACTIVE"
    other = next(
        clerk.code
        for clerk in three.catalog.locality(THIRD).clerks
        if clerk.office == f"{THIRD}-GA-01" and "APPROVER" in clerk.roles and clerk.code != "YS0999"
    )
    await story.decide("CANCELLATION", "CANCEL", clerk=other)
    await story.task("LANDING")
    assert (await story.registration()).status == "IN_TRANSIT"
    assert ORIGIN not in (story.home, story.origin)
    await story.consistent()


@service_handler(service=HukouMoveOutService)
class ClosedDoor:
    """A counter that is set up wrongly and takes nothing."""

    @sync_operation
    async def request(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        raise HandlerError("no such door", type=HandlerErrorType.NOT_FOUND)

    @sync_operation
    async def confirm_landing(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        raise HandlerError("no such door", type=HandlerErrorType.NOT_FOUND)

    @sync_operation
    async def request_reissue(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        raise HandlerError("no such door", type=HandlerErrorType.NOT_FOUND)

    @sync_operation
    async def request_restoration(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        raise HandlerError("no such door", type=HandlerErrorType.NOT_FOUND)


async def test_a_letter_that_no_counter_takes_becomes_a_task_and_blocks_nobody_for_ever(
    three: Stage,
) -> None:
    story = Story(three, origin=THIRD)
    await story.file()
    await story.play("APPROVAL")
    await three.system.stop(f"worker-{THIRD}")
    async with Worker(
        three.clients[THIRD],
        task_queue=task_queue(THIRD),
        nexus_service_handlers=[ClosedDoor()],
    ):
        await story.decide("APPROVAL", "APPROVE")
        task = await story.task("LETTER_UNDELIVERED")
        await story.refused(story.ask(Verb.WITHDRAW, reason="不迁了"), "LETTER_UNDELIVERED")
        await story.decide("LETTER_UNDELIVERED", "SEND_AGAIN")

        async def again() -> bool:
            return bool((await story.task("LETTER_UNDELIVERED"))["task_id"] != task["task_id"])

        await story.until(again, "the second failure")
    await three.system.start(f"worker-{THIRD}")
    await story.decide("LETTER_UNDELIVERED", "SEND_AGAIN")
    await story.task("PHONE_CONFIRMATION")
    assert len(await story.legs()) == 1
    await story.ask(Verb.WITHDRAW, reason="不迁了")
    await story.ends("WITHDRAWN", "WITHDRAWN")
    await story.leg_stage_is("WITHDRAWN")
    await story.consistent()
