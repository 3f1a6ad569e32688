"""Life goes on while a case runs: deaths, corrected identities, second applications."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.commands import Verb
from domain.identity import with_check_digit
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story


def renamed(story: Story, person: int = 1) -> dict[str, str]:
    return {"name": "样例更名人", "id_no": story.people[person - 1]["id_no"]}


@pytest.mark.parametrize("before", ["REVIEW", "PHONE_CONFIRMATION"])
async def test_the_main_person_dies_before_the_cancellation_and_the_case_ends(
    stage: Stage, before: str
) -> None:
    story = Story(stage)
    await story.file(followers=1)
    await story.play(before)
    await story.task(before)
    await story.refused(story.ask(Verb.REPORT_DEATH), "UNKNOWN_PERSON")
    await story.ask(Verb.REPORT_DEATH, persons=(1,), reason="死亡证明")
    await story.ends("TERMINATED", "DECEASED")
    assert await story.statuses() == ["DECEASED", "ENDED"]
    assert (await story.registration(2)).status == "ACTIVE"
    if before != "REVIEW":
        await story.leg_stage_is("WITHDRAWN")
        assert await story.certificates("PERMIT") == ["VOID"]
    await story.consistent()


@pytest.mark.parametrize("before", ["REVIEW", "PHONE_CONFIRMATION", "CANCELLATION"])
async def test_a_follower_dies_and_the_others_go_on(stage: Stage, before: str) -> None:
    story = Story(stage)
    await story.file(followers=1)
    await story.play(before)
    await story.task(before)
    await story.ask(Verb.REPORT_DEATH, persons=(2,), reason="死亡证明")
    await story.refused(story.ask(Verb.REPORT_DEATH, persons=(2,)), "UNKNOWN_PERSON")
    order = ("REVIEW", "APPROVAL", "PHONE_CONFIRMATION", "CANCELLATION", "LANDING", "DELIVERY")
    await story.play_from(*order[order.index(before) :])
    await story.ends("ARCHIVED", "COMPLETED")
    leg = await story.leg_stage_is("MOVED_OUT")
    assert await story.statuses() == ["LANDED", "DECEASED"]
    assert [c["person"] for c in leg["certificates"]] == [1]
    assert (await story.registration(2)).status == "ACTIVE"  # 死亡注销 is another matter
    await story.consistent()


async def test_a_death_in_transit_ends_the_registration_at_the_origin(stage: Stage) -> None:
    story = Story(stage)
    await story.file(followers=1)
    await story.play("LANDING")
    await story.task("LANDING")
    await story.ask(Verb.REPORT_DEATH, persons=(1,), reason="死亡证明")
    await story.refused(story.decide("LANDING", "LAND", persons=(1,)), "UNKNOWN_PERSON")
    await story.decide("LANDING", "LAND")
    task = await story.task("RESTORATION")
    assert "REASON:DECEASED" in task["findings"]
    await story.decide("RESTORATION", "RESTORE")
    await story.decide("DELIVERY", "PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("MOVED_OUT")
    assert await story.statuses() == ["DECEASED", "LANDED"]
    assert (await story.registration(1)).status == "DECEASED"
    await story.consistent()


async def test_a_death_in_transit_of_the_only_person_terminates_the_case(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("LANDING")
    await story.task("LANDING")
    await story.ask(Verb.REPORT_DEATH, persons=(1,), reason="死亡证明")
    await story.decide("RESTORATION", "RESTORE")
    await story.ends("TERMINATED", "DECEASED")
    await story.leg_stage_is("TERMINATED")
    assert (await story.registration(1)).status == "DECEASED"
    await story.consistent()


async def test_an_identity_is_corrected_before_the_request_and_the_case_keeps_its_number(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    await story.refused(story.ask(Verb.CORRECT_IDENTITY, persons=(1,), reason="x"), "WRONG_FIELD")
    wrong = {"name": "样例更名人", "id_no": "339999199001011230"}
    await story.refused(
        story.ask(Verb.CORRECT_IDENTITY, persons=(1,), identity=wrong), "WRONG_CHECK_DIGIT"
    )
    await story.ask(Verb.CORRECT_IDENTITY, persons=(1,), identity=renamed(story), reason="更名")
    await story.register_says(name="样例更名人")
    await story.play_from("REVIEW", "APPROVAL", "PHONE_CONFIRMATION", "CANCELLATION", "LANDING")
    case = await story.stage_is("DELIVERY")
    assert case["case_no"] == story.case_no and case["persons"][0]["name"] == "样例更名人"
    assert (await story.registration(at=story.home)).name == "样例更名人"
    assert await story.former_names() == ["样例人" + story.people[0]["address"][3:-1]]
    await story.consistent()


@pytest.mark.parametrize("before", ["DISCREPANCY", "PHONE_CONFIRMATION", "CANCELLATION"])
async def test_an_identity_corrected_while_the_origin_processes_is_compared_again(
    stage: Stage, before: str
) -> None:
    story = Story(stage)
    application = await story.application()
    former: dict[str, Any] = dict(story.people[0])
    if before == "DISCREPANCY":
        await story.register_says(name="样例更名人")
    await story.file_this(application)
    await story.play("PHONE_CONFIRMATION")
    if before == "CANCELLATION":
        await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    task = await story.task(before)
    if before != "DISCREPANCY":
        await story.register_says(name="样例更名人")
    await story.ask(Verb.CORRECT_IDENTITY, persons=(1,), identity=renamed(story), reason="更名")
    await story.event("PAPERS_UPDATED", leg=True)
    again = await story.task("PHONE_CONFIRMATION")
    assert again["task_id"] != task["task_id"]
    await story.play_from("PHONE_CONFIRMATION", "CANCELLATION", "LANDING")
    await story.leg_stage_is("MOVED_OUT")
    assert (await story.leg())["persons"][0]["name"] == "样例更名人"
    assert await story.former_names(leg=True) == [former["name"]]
    assert (await story.registration(at=story.home)).name == "样例更名人"
    await story.consistent()


async def test_a_corrected_number_that_has_another_open_case_is_refused(stage: Stage) -> None:
    first, second = Story(stage), Story(stage)
    await first.file()
    await second.file()
    taken = {"name": "样例更名人", "id_no": first.people[0]["id_no"]}
    await second.refused(
        second.ask(Verb.CORRECT_IDENTITY, persons=(1,), identity=taken), "ALREADY_OPEN"
    )
    free = with_check_digit("33999919900101999")
    await second.ask(
        Verb.CORRECT_IDENTITY, persons=(1,), identity={"name": "样例更名人", "id_no": free}
    )
    assert (await second.case())["persons"][0]["id_no"] == free
    await first.consistent()
    await second.consistent()


async def test_a_second_application_is_refused_with_the_number_of_the_first(stage: Stage) -> None:
    story = Story(stage)
    application = await story.application(followers=1)
    await story.file_this(application)
    alone = {**application, "migrants": [{**application["migrants"][1], "relation": "本人"}]}
    with pytest.raises(Exception, match=story.case_no):
        await stage.filing_desk().file_data(alone, folder=story.here)
    await story.consistent()
