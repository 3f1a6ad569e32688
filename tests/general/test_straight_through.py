"""秒批秒办: where every register says yes nobody is waited for; on any doubt a person is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.general.items import PROOF
from tests.general.story import ItemStory, act, acts
from tests.rehearsal.stage import Stage

YES = {"agrees": True, "evidence": "样例核验0001"}
BY_PEOPLE = (
    "GENERAL_ACCEPTANCE=ACCEPT",
    "GENERAL_REVIEW=PASS",
    "GENERAL_DECISION=GRANT",
    "GENERAL_MAKING=MADE",
    "DELIVERY=ELECTRONIC",
)


async def test_an_item_is_accepted_decided_and_delivered_in_one_go(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.shared(POPULATION={**YES, "name": story.applicant["name"]})
    await story.file_item(PROOF)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert not case["tasks"]
    assert {one["actor"] for one in case["acts"]} == {"SYSTEM"}
    granted = act(case, "ITEM_GRANTED")
    assert granted["office"] == story.competent(PROOF)
    version = stage.catalog.definition(PROOF).version
    assert granted["facts"]["rule"] == f"{PROOF}@{version}"
    assert granted["facts"]["POPULATION"] == YES["evidence"]
    assert granted["facts"]["way"] == "STRAIGHT_THROUGH"
    (certificate,) = case["certificates"]
    assert (await story.library())[certificate["number"]]["state"] == "VALID"
    assert (await story.clock("DECISION"))["stopped_on"]
    assert "GENERAL_STRAIGHT" in await story.notices()


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ({}, "NO_ANSWER"),
        ({"POPULATION": {"agrees": False}}, "NO"),
        ({"POPULATION": {"agrees": True, "name": "另一人"}}, "DIFFERS"),
    ],
)
async def test_a_register_that_does_not_say_yes_leaves_it_to_a_person(
    stage: Stage, said: dict[str, Any], finding: str
) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.shared(**said)
    await story.file_item(PROOF)
    task = await story.task("GENERAL_ACCEPTANCE")
    assert f"CHECK:POPULATION:{finding}" in task["findings"]
    assert acts(await story.case()) == ["RECEIVED"]
    await story.work(*BY_PEOPLE)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_a_register_that_is_silent_leaves_it_to_a_person(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.shared(POPULATION=YES)
    await stage.behave(f"registers/{story.home}", "down", "look")
    try:
        await story.file_item(PROOF)
        await story.task("GENERAL_ACCEPTANCE")
    finally:
        await stage.behave_well()
    await story.work(*BY_PEOPLE)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_a_paper_is_always_read_by_a_person(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.shared(POPULATION=YES)
    await story.file_item(PROOF, documents=[{"type": "IDENTITY_CARD", "text": "样例"}])
    await story.task("GENERAL_ACCEPTANCE")
    event = await story.event("STRAIGHT_THROUGH_NOT")
    assert event["facts"]["doubts"] == "PAPERS"
    await story.work(*BY_PEOPLE)
    await story.ends_item("ARCHIVED", "COMPLETED")
