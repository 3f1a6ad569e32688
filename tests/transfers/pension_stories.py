"""What the stories of A2 share: the records at both places, and the way through a regular case."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

ORIGIN_RECORD = json.loads(Path("examples/compute/pension.json").read_text())
#: What that record sends, by hand: before 1998 1,000.00; 2004 (1,560.00 + 31.20) x 11/13 =
#: 1,346.40; 2005 raised to 11%: 1,320.00, interest 26.40 x 1,346.40/1,591.20 ... = 1,331.11; 2006
#: 1,320.00 x 8/11 = 960.00; pooled 36,000.00 x 12% = 4,320.00.
TOTAL = 895_751
MATTER = "PENSION-TRANSFER"


def home_record(**changes: Any) -> dict[str, Any]:
    """Insured at the destination since March 2026 and paying."""
    return {
        "region": "371002",
        "account_kind": "GENERAL",
        "status": "PAYING",
        "first_insured_on": "2026-03-01",
        "account_opened_on": "2026-03-01",
        "months": 8,
        "balance_fen": 320_000,
        "rows": [year_row(2026, 3, 10, region="371002", booked=320_000)],
        **changes,
    }


def origin_record(**changes: Any) -> dict[str, Any]:
    """Three and more years at the origin, general account."""
    return {**copy.deepcopy(ORIGIN_RECORD), **changes}


def year_row(
    year: int, first: int, last: int, *, region: str = "330902", booked: int = 96_000, wage: int = 0
) -> dict[str, Any]:
    """A row of the 信息表(二) at the lawful 8%; ``booked`` fen for its months, no interest."""
    months = last - first + 1
    base = (wage or booked * 100 // 8) // months
    return {
        "region": region,
        "year": year,
        "from_month": first,
        "to_month": last,
        "monthly_base_fen": base,
        "account_rate_bp": 800,
        "booked_fen": booked,
        "balance_fen": None,
    }


async def applied(
    stage: Stage,
    *,
    born: str = "19900101",
    details: dict[str, Any] | None = None,
    at_origin: dict[str, Any] | None = None,
    at_home: dict[str, Any] | None = None,
    origin_status: str = "ACTIVE",
    home_status: str = "ACTIVE",
) -> TransferStory:
    """Somebody insured at both places has applied; nothing is decided yet."""
    story = TransferStory(stage)
    await story.somebody(born=born)
    await story.entry(
        "PENSION", at_origin or origin_record(), at=story.origin, status=origin_status
    )
    await story.entry("PENSION", at_home or home_record(), at=story.home, status=home_status)
    await story.file_transfer(MATTER, details)
    return story


async def examined(stage: Stage, **how: Any) -> TransferStory:
    """As `applied`, up to the approver at the origin."""
    story = await applied(stage, **how)
    await story.work("INTAKE_CHECK=ACCEPT", "PENSION_REVIEW=PASS", "PENSION_EXAMINATION=PASS")
    return story


async def booked(story: TransferStory) -> dict[str, Any]:
    """From the booking task to the end of both sides."""
    await story.work("PENSION_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
    case = await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    return case
