"""A2, who may transfer: each outcome of the decision order, as the destination's cases live it."""

from __future__ import annotations

from typing import Any

from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory
from tests.transfers.pension_stories import (
    MATTER,
    TOTAL,
    applied,
    booked,
    home_record,
    origin_record,
    year_row,
)


async def findings(story: TransferStory, kind: str) -> tuple[str, ...]:
    return tuple((await story.task(kind))["findings"])


async def origin_is_untouched(story: TransferStory, status: str = "ACTIVE") -> None:
    entry = await story.look("PENSION", at=story.origin)
    assert entry is not None and entry.status == status
    assert not await story.legs()


async def test_the_reviewer_sees_what_each_rule_answered(stage: Stage) -> None:
    story = await applied(stage)
    await story.work("INTAKE_CHECK=ACCEPT")
    assert await findings(story, "PENSION_REVIEW") == (
        "WHO:TAKE",
        "DRAWING:no",
        "HUKOU_PROVINCE:no",
        "MOVED_BY_ORDER:no",
        "SAME_PROVINCE:no",
        "OVER_AGE:no",
        "OTHERWISE:yes",
        "HUKOU:ASSUMED",
    )
    await story.decide("PENSION_REVIEW", "REFUSE", reason="本人改变主意，书面说明")
    await story.ends("REFUSED", "REFUSED")
    await origin_is_untouched(story)


async def test_somebody_over_the_age_gets_a_temporary_account_and_keeps_the_old_relation(
    stage: Stage,
) -> None:
    story = await applied(stage, born="19700101")
    await story.work("INTAKE_CHECK=ACCEPT")
    assert "OVER_AGE:yes" in await findings(story, "PENSION_TEMPORARY")
    await story.work("PENSION_TEMPORARY=OPEN_TEMPORARY")
    await story.ends("TEMPORARY_OPENED", "TEMPORARY_ACCOUNT")
    entry = await story.look("PENSION")
    assert entry is not None and entry.status == "TEMPORARY"
    assert entry.data["balance_fen"] == 320_000
    await origin_is_untouched(story)
    assert "临时基本养老保险缴费账户" in (await story.notices())["ENDED_TEMPORARY_ACCOUNT"]


async def test_an_order_of_transfer_takes_somebody_over_the_age(stage: Stage) -> None:
    story = await applied(stage, born="19700101", details={"moved_by_order": "是"})
    await story.work("INTAKE_CHECK=ACCEPT")
    assert "MOVED_BY_ORDER:yes" in await findings(story, "PENSION_REVIEW")


async def test_the_hukou_register_speaks_before_the_application(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody(born="19700101", at=story.home)
    await story.entry("PENSION", origin_record(), at=story.origin)
    await story.entry("PENSION", home_record(), at=story.home)
    await story.file_transfer(MATTER, {"hukou_region": "330902"})
    await story.work("INTAKE_CHECK=ACCEPT")
    found = await findings(story, "PENSION_REVIEW")
    assert found[-1] == "HUKOU:REGISTER" and "HUKOU_PROVINCE:yes" in found


async def test_a_declared_hukou_of_the_same_province_counts_for_the_reviewer(stage: Stage) -> None:
    story = await applied(stage, born="19700101", details={"hukou_region": "370102"})
    await story.work("INTAKE_CHECK=ACCEPT")
    found = await findings(story, "PENSION_REVIEW")
    assert found[-1] == "HUKOU:DECLARED" and "HUKOU_PROVINCE:yes" in found


async def test_a_pensioner_is_refused_with_reason_and_remedy(stage: Stage) -> None:
    story = await applied(stage, home_status="PENSIONER")
    await story.work("INTAKE_CHECK=ACCEPT")
    assert await findings(story, "PENSION_NOT_TAKEN") == ("WHO:NEVER", "PENSIONER")
    await story.decide(
        "PENSION_NOT_TAKEN", "REFUSE", reason="已领取养老金", reason_code="PENSIONER"
    )
    await story.ends("REFUSED", "REFUSED")
    await origin_is_untouched(story)
    assert "不再转移关系" in (await story.notices())["ENDED_REFUSED"]


async def test_somebody_who_is_not_insured_here_yet_may_be_looked_up_again(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody(born="19900101")
    await story.entry("PENSION", origin_record(), at=story.origin)
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT")
    assert await findings(story, "PENSION_NOT_TAKEN") == ("WHO:NEVER", "NOT_INSURED_HERE")
    await story.entry("PENSION", home_record(), at=story.home)
    await story.work("PENSION_NOT_TAKEN=RECHECK", "PENSION_REVIEW=PASS", "PENSION_EXAMINATION=PASS")
    await story.work("PENSION_RELEASE=RELEASE")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


def temporary_record() -> dict[str, Any]:
    """Two years on a temporary account: all that unit and person paid, with interest."""
    rows = [
        year_row(2024, 1, 12, booked=1_440_000, wage=6_000_000)
        | {"booked_personal_fen": 480_000, "interest_fen": 28_800, "interest_personal_fen": 9_600},
        year_row(2025, 1, 12, booked=1_500_000, wage=6_250_000) | {"booked_personal_fen": 500_000},
    ]
    return {"region": "330902", "first_insured_on": "2024-01-01", "rows": rows, "months": 24}


async def test_a_temporary_account_stays_sealed_when_the_person_moves_on(stage: Stage) -> None:
    story = await applied(stage, at_origin=temporary_record(), origin_status="TEMPORARY")
    await story.work("INTAKE_CHECK=ACCEPT", "PENSION_REVIEW=PASS")
    assert await findings(story, "PENSION_OBSTACLE") == (
        "SEALED_TEMPORARY",
        "TOTAL:0",
        "MONTHS:0",
        "effect:REFUSE",
    )
    await story.decide(
        "PENSION_OBSTACLE", "REFUSE", reason="临时账户封存", reason_code="SEALED_TEMPORARY"
    )
    await story.work("PEER_REFUSAL=CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    entry = await story.look("PENSION", at=story.origin)
    assert entry is not None and entry.status == "TEMPORARY"


async def test_the_benefit_place_collects_a_sealed_temporary_account_whole(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody(born="19640101")
    await story.entry("PENSION", temporary_record(), at=story.origin, status="TEMPORARY")
    await story.file_transfer(MATTER, {"purpose": "COLLECTION"})
    await story.work("INTAKE_CHECK=ACCEPT", "PENSION_REVIEW=PASS")
    found = await findings(story, "PENSION_EXAMINATION")
    # 14,400.00 + 15,000.00 paid by unit and person, 288.00 interest
    assert "TOTAL:2968800" in found and "temporary:yes" in found
    await story.work("PENSION_EXAMINATION=PASS", "PENSION_RELEASE=RELEASE")
    await booked(story)
    await story.stands(RELATION=-2_968_800, CREDITED=2_968_800)
    entry = await story.look("PENSION")
    assert entry is not None and entry.status == "ACTIVE"
    assert entry.data["balance_fen"] == 480_000 + 500_000 + 9_600
    assert entry.data["months"] == 24
