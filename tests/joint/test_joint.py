"""多地联办: several offices of two localities, each with its own part, and one decision."""

from __future__ import annotations

from tests.general.story import act, acts
from tests.joint.items import EXTRA, FIRE, JOINT, LAND, THERE
from tests.joint.story import JointStory
from tests.rehearsal.stage import Stage

DECIDED = ("GENERAL_REVIEW=PASS", "GENERAL_DECISION=GRANT")
DELIVERED = ("GENERAL_MAKING=MADE", "DELIVERY=ELECTRONIC")


async def a_case(stage: Stage, item: str = JOINT) -> JointStory:
    story = JointStory(stage)
    await story.file_item(item)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    return story


async def test_parts_here_and_there_end_before_the_decision_that_is_made_once(stage: Stage) -> None:
    story = await a_case(stage)
    await story.part(FIRE, "AGREE")
    assert await story.no_task("GENERAL_REVIEW")
    await story.there(THERE)
    await story.work("GENERAL_REVIEW=PASS")
    assert await story.no_task("GENERAL_DECISION")
    await story.part(LAND, "AGREE")
    decision = await story.task("GENERAL_DECISION")
    assert f"PART_AGREED:{THERE}" in decision["findings"]
    assert f"PART_ASKED:{EXTRA}" in decision["findings"]
    await story.work("GENERAL_DECISION=GRANT", *DELIVERED)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert acts(case).count("ITEM_GRANTED") == 1
    assert act(case, "ITEM_GRANTED")["office"] == story.competent(JOINT)
    done = [one for one in case["acts"] if one["code"] == "PART_DONE"]
    assert [one["office"] for one in done] == ["371002-XT-02", "330902-XT-02", "371002-XT-03"]
    assert {"PART_1", "PART_2", "PART_3", "PART_4", "DECISION"} <= {
        one["kind"] for one in case["clocks"]
    }
    await story.leg_ends(THERE, "LEG_COMPLETED")
    await story.leg_ends(EXTRA, "WITHDRAWN")
