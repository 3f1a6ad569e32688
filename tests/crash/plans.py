"""What the chaos test plays: one line per matter, how it is filed and what its clerks decide.

A new matter adds one line to :data:`PLANS`; tasks that a plan does not name must not come up.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.task_table import TASKS
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import REGULAR, Story
from tests.rehearsal.transfer import TransferStory
from tests.transfers import test_housing_fund as fund
from tests.transfers import test_medical as medical
from tests.transfers import test_personnel_file as personnel_file
from tests.transfers import test_proxy_intake as proxy_intake
from tests.transfers import test_unemployment as unemployment
from tests.transfers.test_disability_card import CardStory
from tests.transfers.test_vehicle import VehicleStory

_PENSION = json.loads(Path("examples/compute/pension.json").read_text())


@dataclass(frozen=True, slots=True)
class Plan:
    """``file`` puts one case on file; ``outcomes`` says how each kind of task is decided.

    ``leg`` is the stage in which the other locality's part ends; ``copies`` the share of the mix.
    """

    name: str
    file: Callable[[Stage], Awaitable[Story]]
    outcomes: Mapping[str, str]
    leg: str
    copies: int
    reason: str = ""


async def _hukou(stage: Stage) -> Story:
    story = Story(stage)
    await story.file("HUKOU-JOB-TRANSFER", followers=1)
    return story


async def _parents(stage: Stage) -> Story:
    story = Story(stage)
    await story.file("HUKOU-PARENTS")
    return story


async def _pension(stage: Stage) -> Story:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("PENSION", _PENSION, at=story.origin)
    await story.entry("PENSION", _PENSION, at=story.home)
    await story.file_transfer("PENSION-TRANSFER")
    return story


async def _bouncing_pension(stage: Stage) -> Story:
    story = await _pension(stage)
    assert isinstance(story, TransferStory)
    await story.money("BOUNCED", reference=f"{story.case_no}-01")
    return story


_PENSION_WORK = {
    "INTAKE_CHECK": "ACCEPT",
    "PENSION_REVIEW": "PASS",
    "PENSION_EXAMINATION": "PASS",
    "PENSION_RELEASE": "RELEASE",
    "MONEY_BOUNCED": "SEND_AGAIN",
    "PENSION_BOOKING": "BOOK",
    "DELIVERY": "ELECTRONIC",
}


async def _fund(stage: Stage) -> Story:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("HOUSING_FUND", fund.SEALED, at=story.origin, status="SEALED")
    await story.entry("HOUSING_FUND", fund.HERE, at=story.home)
    await story.file_transfer(fund.MATTER)
    return story


async def _medical(stage: Stage) -> Story:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("MEDICAL", medical.THERE, at=story.origin, status="SEALED")
    await story.entry("MEDICAL", medical.HERE, at=story.home)
    await story.file_transfer(medical.MATTER)
    return story


async def _unemployed(stage: Stage) -> Story:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("UNEMPLOYMENT", unemployment.DRAWING, at=story.origin, status="SEALED")
    await story.file_transfer(unemployment.MATTER, {"scene": "WITH_BENEFIT"})
    return story


async def _file(stage: Stage) -> Story:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("PERSONNEL_FILE", personnel_file.FILE, at=story.origin, status="HELD")
    await story.file_transfer("PERSONNEL-FILE", {"receiver": "AGENCY"})
    return story


async def _car(stage: Stage) -> Story:
    story = VehicleStory(stage)
    await story.sold()
    return story


async def _card(stage: Stage) -> Story:
    story = CardStory(stage)
    await story.applied()
    return story


async def _endorsement(stage: Stage) -> Story:
    return await proxy_intake.collected(stage)


#: What a case that meets no trouble needs: the first outcome of each task is the regular one.
_FIRST = {kind: spec.outcomes[0].code for kind, spec in TASKS.items()} | {"DELIVERY": "ELECTRONIC"}
_BY_MAIL = _FIRST | {"FILE_RELEASE": "RELEASE_EMS"}

PLANS: tuple[Plan, ...] = (
    Plan("hukou", _hukou, REGULAR, "MOVED_OUT", 8),
    Plan("parents", _parents, REGULAR, "MOVED_OUT", 4),
    Plan("pension", _pension, _PENSION_WORK, "LEG_COMPLETED", 8),
    Plan("bouncing", _bouncing_pension, _PENSION_WORK, "LEG_COMPLETED", 4, "账户核对无误"),
    Plan("fund", _fund, _FIRST, "LEG_COMPLETED", 5),
    Plan("medical", _medical, _FIRST, "LEG_COMPLETED", 4),
    Plan("unemployed", _unemployed, _FIRST, "LEG_COMPLETED", 4),
    Plan("file", _file, _BY_MAIL, "LEG_COMPLETED", 4),
    Plan("car", _car, _FIRST, "LEG_COMPLETED", 3),
    Plan("card", _card, _FIRST, "LEG_COMPLETED", 3),
    Plan("endorsement", _endorsement, _FIRST, "LEG_COMPLETED", 3),
)
