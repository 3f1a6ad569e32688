"""A6 基本医疗保险: the relation does not wait for its balance; both offices validate."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from activities.examiners import medical
from activities.examining import Question
from catalog.loader import load_catalog
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

MATTER = "MEDICAL-TRANSFER"
THERE: dict[str, Any] = {
    "balance_fen": 123_456,
    "months": 40,
    "first_month": "2022-11",
    "last_month": "2026-02",
}
HERE: dict[str, Any] = {
    "balance_fen": 9_900,
    "months": 5,
    "first_month": "2026-03",
    "last_month": "2026-10",
}


async def apply(
    stage: Stage,
    *,
    there: dict[str, Any] | None = None,
    here: dict[str, Any] | None = None,
    status: str = "SEALED",
) -> TransferStory:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("MEDICAL", THERE | (there or {}), at=story.origin, status=status)
    await story.entry("MEDICAL", HERE | (here or {}), at=story.home)
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT", "MEDICAL_REVIEW=PASS")
    return story


async def test_the_relation_is_delivered_before_its_balance_comes(stage: Stage) -> None:
    story = await apply(stage)
    await story.work("MEDICAL_EXAMINATION=PASS")
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work("MEDICAL_RELEASE=RELEASE", "MEDICAL_SYNC=SYNC", "DELIVERY=ELECTRONIC")
    await story.stage_is("BALANCE_FOLLOWS")
    here = await story.look("MEDICAL")
    assert here is not None and (here.data["months"], here.data["balance_fen"]) == (45, 9_900)
    await story.money_waits()
    await story.release_money()
    await story.work("MEDICAL_BALANCE=BOOK")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    here = await story.look("MEDICAL")
    assert here is not None and (here.data["months"], here.data["balance_fen"]) == (45, 133_356)


async def test_a_place_without_accounts_pays_the_balance_out(stage: Stage) -> None:
    story = await apply(stage)
    await story.work("MEDICAL_EXAMINATION=PASS", "MEDICAL_RELEASE=RELEASE", "MEDICAL_SYNC=SYNC")
    await story.work("DELIVERY=ELECTRONIC")
    await story.decide("MEDICAL_BALANCE", "PAY_OUT", reason="本地不设个人账户")
    case = await story.ends("ARCHIVED", "COMPLETED")
    assert "PAID_OUT" in [act["code"] for act in case["acts"]]
    here = await story.look("MEDICAL")
    assert here is not None and here.data["balance_fen"] == 9_900


async def test_a_balance_that_bounces_is_sent_again_after_the_relation_is_done(
    stage: Stage,
) -> None:
    story = await apply(stage)
    await story.work("MEDICAL_EXAMINATION=PASS")
    await story.money("BOUNCED", reference=f"{story.case_no}-01", times=1)
    await story.work("MEDICAL_RELEASE=RELEASE", "MEDICAL_SYNC=SYNC", "DELIVERY=ELECTRONIC")
    await story.decide("MONEY_BOUNCED", "SEND_AGAIN", reason="账户核对无误")
    await story.work("MEDICAL_BALANCE=BOOK")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")


async def test_a_resident_has_no_balance_and_waits_for_none(stage: Stage) -> None:
    story = await apply(stage, there={"scheme": "RESIDENT"}, here={"first_month": "2026-08"})
    await story.work("MEDICAL_EXAMINATION=PASS", "MEDICAL_RELEASE=RELEASE")
    task = await story.task("MEDICAL_SYNC")
    assert "GAP_MONTHS:5" in task["findings"]
    await story.work("MEDICAL_SYNC=SYNC", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    assert "3个月" in (await story.notices())["MEDICAL_WAITING"]


async def test_who_is_not_insured_here_is_refused_before_a_letter_goes(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("MEDICAL", THERE, at=story.origin, status="SEALED")
    await story.file_transfer(MATTER)
    await story.work("INTAKE_CHECK=ACCEPT")
    task = await story.task("MEDICAL_REVIEW")
    assert "NOT_INSURED_AT_DESTINATION" in task["findings"]
    await story.decide("MEDICAL_REVIEW", "REFUSE", reason="尚未在本地参保")
    await story.ends("REFUSED", "REFUSED")
    assert await story.legs() == []


@pytest.mark.parametrize(
    ("code", "record", "status"),
    [
        ("NOT_INSURED_HERE", {}, "ENDED"),
        ("IDENTITY_DIFFERS", {"name": "别的样例"}, "SEALED"),
        ("TRANSFER_OPEN", {"open_letter": "样例函1"}, "SEALED"),
        ("RETIRED", {}, "PENSIONER"),
        ("NOT_STOPPED", {}, "ACTIVE"),
        ("ARREARS", {"arrears_fen": 36_000}, "SEALED"),
        ("CLAIMS_UNSETTLED", {"unsettled_claims": 2}, "SEALED"),
    ],
)
async def test_the_origin_refuses_with_a_reason(
    stage: Stage, code: str, record: dict[str, Any], status: str
) -> None:
    story = await apply(stage, there=record, status=status)
    await story.peer_refuses("MEDICAL_EXAMINATION", code)
    there = await story.look("MEDICAL", at=story.origin)
    assert there is not None and there.status == status


def test_a_resident_who_skipped_a_year_is_told_to_wait_for_it() -> None:
    asked = Question(
        record={"scheme": "RESIDENT", "first_month": "2026-01", "last_month": "2026-10"},
        status="ACTIVE",
        application={},
        statement={"facts": {"insured_as": "RESIDENT", "paid_through": "2023-12"}},
        facts={},
        catalog=load_catalog(),
        locality="371002",
        peer="330902",
        on=date(2026, 11, 23),
        letter_no="样例",
    )
    found = medical.waiting(asked)
    assert found.codes == ("GAP_MONTHS:24", "WAITING_MONTHS:5", "MAY_PAY_BACK:no")
