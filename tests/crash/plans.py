"""What the chaos test plays: one line per matter, how it is filed and what its clerks decide.

A new matter adds one line to :data:`PLANS`; tasks that a plan does not name must not come up.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.rehearsal.stage import Stage
from tests.rehearsal.story import REGULAR, Story
from tests.rehearsal.transfer import TransferStory

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

PLANS: tuple[Plan, ...] = (
    Plan("hukou", _hukou, REGULAR, "MOVED_OUT", 16),
    Plan("parents", _parents, REGULAR, "MOVED_OUT", 8),
    Plan("pension", _pension, _PENSION_WORK, "LEG_COMPLETED", 20),
    Plan("bouncing", _bouncing_pension, _PENSION_WORK, "LEG_COMPLETED", 6, "账户核对无误"),
)
