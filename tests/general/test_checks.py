"""免提交 where a person accepts: what the shared data answered lies before whoever does."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from activities.shared_checks import RECORD
from console.wording.findings import known_words
from contracts.commands import Verb
from storage.case_tables import DataAccess
from storage.records import latest_record
from tests.general.items import AT_HALL, LICENCE
from tests.general.story import ItemStory, acts
from tests.rehearsal.stage import Stage

YES = {"agrees": True, "evidence": "样例核验0002"}
TO_THE_END = (
    "GENERAL_REVIEW=PASS",
    "GENERAL_DECISION=GRANT",
    "GENERAL_MAKING=MADE",
    "DELIVERY=ELECTRONIC",
)


async def asked(stage: Stage, case_no: str) -> list[str]:
    """What the access log says that was asked about a case, in its order."""
    office = stage.offices[case_no[:6]]
    async with office.database.read() as connection:
        rows = await connection.execute(
            select(DataAccess.what).where(DataAccess.case_no == case_no).order_by(DataAccess.id)
        )
        return [row.what for row in rows if row.what.startswith("share.")]


@pytest.mark.parametrize(
    ("said", "answer", "words"),
    [
        ({"POPULATION": YES}, "YES", "核验一致"),
        ({"POPULATION": {"agrees": False}}, "NO", "不符合"),
        ({"POPULATION": {**YES, "name": "另一人"}}, "DIFFERS", "登记的姓名或者名称不同"),
        ({}, "NO_ANSWER", "没有答复"),
    ],
)
async def test_whoever_accepts_reads_what_the_shared_data_say(
    stage: Stage, said: dict[str, Any], answer: str, words: str
) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.shared(**said)
    await story.file_item(LICENCE)
    task = await story.task("GENERAL_ACCEPTANCE")
    (finding,) = [one for one in task["findings"] if one.startswith("CHECK:")]
    assert finding == f"CHECK:POPULATION:{answer}"
    assert words in str(known_words(finding, stage.catalog, task["family"]))
    assert await asked(stage, story.case_no) == ["share.POPULATION"]
    await story.work("GENERAL_ACCEPTANCE=ACCEPT", *TO_THE_END)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_what_the_data_deny_is_asked_on_paper_in_the_one_notice_and_looked_up_again(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.shared(POPULATION={"agrees": False})
    await story.file_item(LICENCE)
    former = await story.task("GENERAL_ACCEPTANCE")
    assert "CHECK:POPULATION:NO" in former["findings"]
    await story.decide("GENERAL_ACCEPTANCE", "CORRECT", defects=["补交户籍证明"])
    await story.stage_is("CORRECTION")
    await story.shared(POPULATION=YES)
    await story.hand_in("APPLICATION_FORM")
    task = await story.another_task("GENERAL_ACCEPTANCE", former)
    assert "CHECK:POPULATION:YES" in task["findings"]
    await story.work("GENERAL_ACCEPTANCE=ACCEPT", *TO_THE_END)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert acts(case).count("CORRECTION_NOTICE") == 1


async def test_a_register_that_is_down_ends_no_intake(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    try:
        await stage.behave(f"registers/{story.home}", "down", "look")
        await story.file_item(LICENCE)
        task = await story.task("GENERAL_ACCEPTANCE")
        assert "CHECK:POPULATION:NO_ANSWER" in task["findings"]
    finally:
        await stage.behave_well()
    await story.work("GENERAL_ACCEPTANCE=ACCEPT", *TO_THE_END)
    await story.ends_item("ARCHIVED", "COMPLETED")


@pytest.mark.parametrize("company", [False, True])
async def test_at_the_own_window_persons_and_enterprises_are_looked_up_alike(
    stage: Stage, company: bool
) -> None:
    story = ItemStory(stage)
    await (story.company() if company else story.somebody())
    await story.shared(POPULATION={**YES, "name": story.applicant["name"]})
    await story.file_item(LICENCE, mode="WINDOW", peer_locality=None)
    task = await story.task("GENERAL_ACCEPTANCE")
    assert "CHECK:POPULATION:YES" in task["findings"]
    await story.work("GENERAL_ACCEPTANCE=ACCEPT", *TO_THE_END)
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_where_a_definition_names_no_source_nothing_is_looked_up(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.file_item(AT_HALL, mode="PROXY_INTAKE")
    await story.work("PROXY_COLLECTION=COLLECT")
    task = await story.task("PROXY_ACCEPTANCE")
    assert not [one for one in task["findings"] if one.startswith("CHECK:")]
    leg = await story.leg()
    assert await asked(stage, leg["case_no"]) == []
    async with stage.offices[story.origin].database.read() as connection:
        assert await latest_record(connection, leg["case_no"], RECORD) is None


async def test_an_application_is_taken_back_while_the_registers_are_asked(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()

    async def asking() -> bool:
        """Or it is too late already to see it ask."""
        handle = stage.clients[story.home].get_workflow_handle(
            (await story.case_now())["workflow_id"]
        )
        steps = (await handle.describe()).raw_description.pending_activities
        asks = any(one.activity_type.name == "数据共享核验" for one in steps)
        return asks or not await story.no_task("GENERAL_ACCEPTANCE")

    try:
        await stage.behave(f"registers/{story.home}", "down", "look")
        await story.file_item(LICENCE)
        await story.until(asking, "the question to the registers")
        await story.ask(Verb.WITHDRAW)
    finally:
        await stage.behave_well()
    await story.ends_item("WITHDRAWN", "WITHDRAWN")


async def test_a_collected_item_is_looked_up_where_it_is_decided(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.shared(at=story.home, POPULATION={"agrees": False})
    await story.shared(at=story.origin, POPULATION=YES)
    await story.file_item(LICENCE, mode="PROXY_INTAKE")
    await story.work("PROXY_COLLECTION=COLLECT")
    task = await story.task("PROXY_ACCEPTANCE")
    assert "CHECK:POPULATION:YES" in task["findings"]
    assert await asked(stage, story.case_no) == [], "the window decides nothing"
    leg = await story.leg()
    assert await asked(stage, leg["case_no"]) == ["share.POPULATION"]
    await story.work(
        "PROXY_ACCEPTANCE=ACCEPT",
        "PROXY_REVIEW=PASS",
        "PROXY_DECISION=GRANT",
        "PROXY_MAKING=MADE",
        "PROXY_HAND_OVER=HANDED_OVER",
    )
    await story.ends_item("ARCHIVED", "COMPLETED")
