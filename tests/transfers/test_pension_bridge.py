"""城乡衔接: at the statutory age a resident's and an employee's pension become one."""

from __future__ import annotations

from typing import Any

from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

MATTER, RESIDENT, EMPLOYEE = "PENSION-BRIDGE", "RESIDENT_PENSION", "PENSION"
OF_AGE = "2026-08-01"
TO_ANSWER = (
    "INTAKE_CHECK=ACCEPT",
    "BRIDGE_REVIEW=PASS",
    "BRIDGE_EXAMINATION=PASS",
    "BRIDGE_RELEASE=RELEASE",
)


def resident(region: str, *years: int, **more: Any) -> dict[str, Any]:
    """A resident who paid 60,000 fen a year and was given 6,000."""
    rows = [{"year": year, "personal_fen": 60_000, "subsidy_fen": 6_000} for year in years]
    counters = {"balance_fen": 66_000 * len(years), "months": 12 * len(years)}
    return {"region": region, "status": "PAYING", "rows": rows, **counters, **more}


def employee(region: str, *spells: tuple[int, int, int]) -> dict[str, Any]:
    """An employee with 5,000 yuan a month: 40,000 fen of each month go to the account."""
    rows = [
        {
            "year": year,
            "from_month": first,
            "to_month": last,
            "monthly_base_fen": 500_000,
            "account_rate_bp": 800,
            "booked_fen": 40_000 * (last - first + 1),
        }
        for year, first, last in spells
    ]
    months = sum(last - first + 1 for _, first, last in spells)
    counters = {"balance_fen": 40_000 * months, "months": months}
    return {"region": region, "status": "PAYING", "rows": rows, **counters}


async def filed(stage: Stage, direction: str, *, age: str = OF_AGE) -> TransferStory:
    story = TransferStory(stage)
    await story.somebody(born="19660801")
    if direction == "INTO_RESIDENT":
        own, other = resident(story.home, 2022, 2023), employee(story.origin, *FIVE_YEARS)
        await story.entry(RESIDENT, own, at=story.home)
        await story.entry(EMPLOYEE, other, at=story.origin)
    else:
        await story.entry(EMPLOYEE, employee(story.home, *FIFTEEN_YEARS), at=story.home)
        await story.entry(RESIDENT, resident(story.origin, 2019, 2020), at=story.origin)
    await story.file_transfer(MATTER, {"direction": direction, "statutory_age_on": age})
    return story


FIFTEEN_YEARS = tuple((year, 1, 12) for year in range(2005 + 1, 2021))
FIVE_YEARS = ((2018, 10, 12), *((year, 1, 12) for year in range(2019, 2023)), (2023, 1, 9))


async def test_enough_years_take_the_resident_account_into_the_employee_pension(
    stage: Stage,
) -> None:
    # 2019 and 2020 were paid twice: 2 × 60,000 go back, 2 × 6,000 of subsidy move.
    story = await filed(stage, "INTO_EMPLOYEE")
    await story.work(*TO_ANSWER, "BRIDGE_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    assert "REFUND:120000" in (await story.task("BRIDGE_REFUND"))["findings"]
    await story.work("BRIDGE_REFUND=PAID")
    await story.leg_stage_is("LEG_COMPLETED")
    here, there = await story.look(EMPLOYEE), await story.look(RESIDENT, at=story.origin)
    assert here is not None and there is not None
    assert here.data["balance_fen"] == 180 * 40_000 + 12_000
    assert here.data["months"] == 180
    assert (there.status, there.data["balance_fen"]) == ("ENDED", 12_000)


async def test_too_few_years_bring_the_employee_account_and_its_months(stage: Stage) -> None:
    # 60 months × 40,000; 21 months were paid twice: 60,000 + 9/12 × 60,000 go back here.
    story = await filed(stage, "INTO_RESIDENT")
    await story.work(*TO_ANSWER, "BRIDGE_BOOKING=BOOK")
    assert "REFUND:105000" in (await story.task("BRIDGE_REFUND"))["findings"]
    await story.work("BRIDGE_REFUND=PAID", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    here, there = await story.look(RESIDENT), await story.look(EMPLOYEE, at=story.origin)
    assert here is not None and there is not None
    assert here.data["balance_fen"] == 132_000 + 2_400_000 - 105_000
    assert here.data["months"] == 24 + 60 - 21
    assert there.status == "ENDED"


async def test_two_pensions_at_once_end_the_resident_one_and_recover(stage: Stage) -> None:
    # 132,000 less 12,000 of subsidy against 150,000 drawn: 30,000 are still owed.
    story = TransferStory(stage)
    await story.somebody(born="19600801")
    drawn = resident(story.origin, 2019, 2020, basic_pension_paid_fen=150_000)
    await story.entry(EMPLOYEE, employee(story.home, *FIFTEEN_YEARS), at=story.home)
    await story.entry(RESIDENT, drawn, at=story.origin, status="PENSIONER")
    details = {"direction": "END_RESIDENT", "statutory_age_on": "2020-08-01"}
    await story.file_transfer(MATTER, details)
    await story.work(*TO_ANSWER, "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    assert "RECOVER:30000" in (await story.task("BRIDGE_RECOVERY"))["findings"]
    await story.decide("BRIDGE_RECOVERY", "INSTALMENTS", reason="本人申请分期退还")
    await story.leg_stage_is("LEG_COMPLETED")
    there = await story.look(RESIDENT, at=story.origin)
    assert there is not None and there.status == "ENDED"


async def test_before_the_statutory_age_nothing_is_connected(stage: Stage) -> None:
    story = await filed(stage, "INTO_EMPLOYEE", age="2031-08-01")
    await story.work("INTAKE_CHECK=ACCEPT")
    findings = (await story.task("BRIDGE_REVIEW"))["findings"]
    assert "NOT_YET" in findings
    await story.decide("BRIDGE_REVIEW", "REFUSE", reason="未达法定退休年龄")
    await story.ends("REFUSED", "REFUSED")


async def test_the_minimum_is_that_of_the_year_in_which_the_age_is_reached(stage: Stage) -> None:
    # 15 years are enough today; the other place would end a pension that is: it refuses.
    story = TransferStory(stage)
    await story.somebody(born="19660801")
    await story.entry(RESIDENT, resident(story.home, 2022), at=story.home)
    await story.entry(EMPLOYEE, employee(story.origin, *FIFTEEN_YEARS), at=story.origin)
    details = {"direction": "INTO_RESIDENT", "statutory_age_on": OF_AGE}
    await story.file_transfer(MATTER, details)
    await story.work("INTAKE_CHECK=ACCEPT", "BRIDGE_REVIEW=PASS")
    assert "ENOUGH_MONTHS" in (await story.task("BRIDGE_EXAMINATION"))["findings"]
    await story.decide(
        "BRIDGE_EXAMINATION", "REFUSE", reason="缴费已满最低年限", reason_code="ENOUGH_MONTHS"
    )
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    there = await story.look(EMPLOYEE, at=story.origin)
    assert there is not None and there.status == "ACTIVE"


async def test_late_money_is_waited_for_before_anything_is_booked(stage: Stage) -> None:
    story = await filed(stage, "INTO_EMPLOYEE")
    await story.work(*TO_ANSWER[:-1])
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work(TO_ANSWER[-1])
    await story.stage_is("MATCHING")
    await story.release_money()
    await story.work("BRIDGE_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
