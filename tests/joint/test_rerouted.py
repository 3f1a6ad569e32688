"""税务局无查询管辖范围以外纳税人权限: an organ without means hands its part on."""

from __future__ import annotations

import pytest

from tests.general.story import act
from tests.joint.story import JointStory
from tests.rehearsal.stage import HOME, ORIGIN, Stage

NOTARISED, TAXES = "M0012", "税务部门核对纳税情况"


@pytest.mark.parametrize(
    ("applicant", "office"), [(ORIGIN, "330902-SS-00"), (HOME, "371002-SS-00")]
)
async def test_taxes_are_looked_up_where_the_taxpayer_is(
    stage: Stage, applicant: str, office: str
) -> None:
    story = JointStory(stage)
    await story.file_item(NOTARISED, peer_locality=None if applicant == HOME else applicant)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    if applicant == HOME:
        await story.part(TAXES, "AGREE")
    else:
        await story.there(TAXES)
    await story.work("GENERAL_REVIEW=PASS", "GENERAL_DECISION=GRANT")
    await story.work("GENERAL_MAKING=MADE", "DELIVERY=ELECTRONIC")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "PART_DONE")["office"] == office
    assert act(case, "ITEM_GRANTED")["office"] == story.competent(NOTARISED)
