"""Every joint item that ships runs from its filing to its end on the real system."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.listing_models import Audience, Mode
from catalog.loader import load_catalog
from catalog.routes import NoRoute
from catalog.scope import route
from domain.task_table import TASKS
from tests.general.story import act
from tests.general.table import clock_columns, keep
from tests.joint.story import JointStory
from tests.rehearsal.stage import HOME, ORIGIN, Stage

CATALOG = load_catalog()
#: (the place that leads, the item): what may be applied for there by somebody of the other place.
OFFERED = [
    (here, one.id)
    for here, there in ((HOME, ORIGIN), (ORIGIN, HOME))
    for one in CATALOG.items.values()
    if Mode.JOINT in one.modes
    and one.template is not None
    and not isinstance(
        route(
            CATALOG,
            one.id,
            mode=Mode.JOINT,
            locality=here,
            applicant_locality=there,
            on=date(2026, 11, 22),
        ),
        NoRoute,
    )
]


async def settle_all(story: JointStory) -> None:
    """Decide whatever is open as its regular outcome, until the case is closed."""

    async def closed_or_task() -> dict[str, object] | None:
        if (await story.case_now())["closed_at"]:
            return {"kind": ""}
        for office in story.stage.offices.values():
            for task in await office.tasks(limit=1000):
                if task["home_case_no"] == story.case_no:
                    return dict(task)
        return None

    while True:
        task = await story.until(closed_or_task, "anything to do")
        if not task["kind"]:
            return
        spec = TASKS[task["kind"]]
        outcome = spec.outcomes[0]
        locality = story.stage.catalog.home(task["office"])
        await story.answered(
            story.stage.offices[locality].decide,
            str(task["task_id"]),
            outcome.code,
            clerk=story.clerk(str(task["office"]), spec.role),
            evidence="样例依据" if outcome.needs_evidence else "",
        )


def applicant_of(here: str, item: str) -> Audience:
    """Persons and enterprises in turn, where both may apply."""
    audience = CATALOG.item(item).audience
    return audience[OFFERED.index((here, item)) % len(audience)]


def test_persons_and_enterprises_apply_in_turn() -> None:
    assert {applicant_of(*one) for one in OFFERED} == set(Audience)


@pytest.mark.parametrize(("here", "item"), OFFERED)
async def test_a_joint_item_that_ships_is_filed_and_concluded(
    stage: Stage, request: pytest.FixtureRequest, here: str, item: str
) -> None:
    story = JointStory(stage, home=here, origin=ORIGIN if here == HOME else HOME)
    applicant = applicant_of(here, item)
    if applicant is Audience.ENTERPRISE:
        await story.company()
    await story.file_item(item, mode="JOINT")
    await settle_all(story)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    decided = act(case, "ITEM_GRANTED")
    assert decided["office"] == story.competent(item, mode="JOINT")
    assert {one["state"] for one in case["parts"] if one["required"]} <= {"已办结"}
    assert any(one["kind"] == "DECISION" for one in case["clocks"])
    line = {
        "item": item,
        "name": CATALOG.item(item).name,
        "mode": "JOINT",
        "applicant": applicant.value,
        "place": here,
        "decided_by": decided["office"],
        **clock_columns(case),
        "ending": case["ending"],
    }
    keep(request.config, [line])
