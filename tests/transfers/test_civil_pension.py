"""A4 机关事业单位养老保险 and 职业年金: one application, two transfers that end apart; 互转."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.case_tables import Case
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

CIVIL: dict[str, Any] = {
    name: value
    for name, value in json.loads(Path("examples/compute/civil-pension.json").read_text()).items()
    if name != "request"
}
#: 144,000 + 500 + 672,000 + 20,000 in the account; 12% of 10,200,000 in wages since the reform.
ACCOUNT_FEN, POOLED_FEN = 836_500, 1_224_000
ANNUITY: dict[str, Any] = {
    "rows": json.loads(Path("examples/compute/annuity.json").read_text())["rows"],
    "unfunded_fen": 672_000,
}
#: 816,000 of the unit, 408,000 of the person, 9,500 of interest.
ANNUITY_FEN = 1_233_500
EMPLOYEE = json.loads(Path("examples/compute/pension.json").read_text())

TO_ANSWER = (
    "INTAKE_CHECK=ACCEPT",
    "CIVIL_REVIEW=PASS",
    "CIVIL_EXAMINATION=PASS",
    "CIVIL_RELEASE=RELEASE",
)
TO_BOOK = (*TO_ANSWER, "CIVIL_BOOKING=BOOK")
ANNUITY_TO_END = (
    "INTAKE_CHECK=ACCEPT",
    "ANNUITY_REVIEW=PASS",
    "ANNUITY_FUNDING=FUNDED",
    "ANNUITY_EXAMINATION=PASS",
    "ANNUITY_RELEASE=RELEASE",
    "ANNUITY_BOOKING=BOOK",
    "DELIVERY=ELECTRONIC",
)


async def filed(stage: Stage, direction: str, record: dict[str, Any], **details: Any) -> Any:
    """A pension's case; the origin holds ``record`` and an annuity, the home nothing."""
    story = TransferStory(stage)
    await story.somebody()
    kind = "PENSION" if direction == "ENTERPRISE_TO_CIVIL" else "CIVIL_PENSION"
    await story.entry(kind, record, at=story.origin)
    await story.entry("ANNUITY", ANNUITY, at=story.origin)
    await story.file_transfer("CIVIL-PENSION-TRANSFER", {"direction": direction, **details})
    return story


async def annuity_of(story: TransferStory) -> TransferStory:
    """The annuity's own case, which the same application started."""
    other = TransferStory(story.stage)
    other.applicant, other.people = story.applicant, story.people
    other.case_no = str((await pinned(story))["companion"])
    return other


async def pinned(story: TransferStory) -> dict[str, Any]:
    """What the case was filed with."""
    async with story.stage.offices[story.home].database.read() as connection:
        filing = (
            await connection.execute(select(Case.filing).where(Case.case_no == story.case_no))
        ).scalar_one()
    return dict(filing["facts"])


async def test_pension_and_annuity_move_apart_and_end_together(stage: Stage) -> None:
    story = await filed(stage, "CIVIL_TO_CIVIL", CIVIL, new_unit_has_plan="是")
    annuity = await annuity_of(story)
    await story.work(*TO_BOOK)
    await story.stage_is("WAITING")
    await annuity.work(*ANNUITY_TO_END)
    await annuity.ends("ARCHIVED", "COMPLETED")
    await story.work("DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    civil, money = await story.look("CIVIL_PENSION"), await story.look("ANNUITY")
    assert civil is not None and money is not None
    assert civil.data["balance_fen"] == ACCOUNT_FEN
    assert civil.data["credits"][0]["amount_fen"] == ACCOUNT_FEN + POOLED_FEN
    assert money.data["balance_fen"] == ANNUITY_FEN
    old = await story.look("ANNUITY", at=story.origin)
    assert old is not None and (old.status, old.data["funded_fen"]) == ("ENDED", 672_000)


async def test_an_annuity_is_moved_by_an_application_of_its_own(stage: Stage) -> None:
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("ANNUITY", ANNUITY, at=story.origin)
    await story.file_transfer("ANNUITY-TRANSFER", {"new_unit_has_plan": "是"})
    await story.work(*ANNUITY_TO_END)
    await story.ends("ARCHIVED", "COMPLETED")
    money, old = await story.look("ANNUITY"), await story.look("ANNUITY", at=story.origin)
    assert money is not None and old is not None
    assert (money.data["balance_fen"], old.status) == (ANNUITY_FEN, "ENDED")


async def test_an_annuity_that_cannot_be_funded_stays_and_the_pension_moves(stage: Stage) -> None:
    story = await filed(stage, "CIVIL_TO_CIVIL", CIVIL, new_unit_has_plan="是")
    annuity = await annuity_of(story)
    await annuity.work("INTAKE_CHECK=ACCEPT", "ANNUITY_REVIEW=PASS")
    await annuity.decide(
        "ANNUITY_FUNDING", "REFUSE", reason="财政尚未安排", reason_code="UNIT_PART_NOT_FUNDED"
    )
    await annuity.decide("PEER_REFUSAL", "CONCLUDE")
    await annuity.ends("PEER_REFUSED_END", "PEER_REFUSED")
    await story.work(*TO_BOOK, "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    stays = await story.look("ANNUITY", at=story.origin)
    assert stays is not None and (stays.status, stays.data["unfunded_fen"]) == ("ACTIVE", 672_000)


async def test_a_refused_pension_leaves_the_annuity_on_its_way(stage: Stage) -> None:
    record = {**CIVIL, "arrears_months": 3}
    story = await filed(stage, "CIVIL_TO_CIVIL", record, new_unit_has_plan="是")
    annuity = await annuity_of(story)
    await story.work(*TO_ANSWER[:2])
    await story.decide("CIVIL_EXAMINATION", "REFUSE", reason="欠费三个月", reason_code="ARREARS")
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    await annuity.work(*ANNUITY_TO_END)
    await annuity.ends("ARCHIVED", "COMPLETED")


async def test_without_a_plan_the_annuity_stays_with_its_manager(stage: Stage) -> None:
    story = await filed(stage, "CIVIL_TO_CIVIL", CIVIL, new_unit_has_plan="否")
    assert "companion" not in await pinned(story)
    await story.work(*TO_BOOK, "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    stays = await story.look("ANNUITY", at=story.origin)
    assert stays is not None and stays.status == "ACTIVE"


async def test_inside_one_pool_the_relation_moves_without_money(stage: Stage) -> None:
    story = await filed(stage, "CIVIL_TO_CIVIL", {**CIVIL, "pool": "371000"})
    await story.work(*TO_BOOK, "DELIVERY=ELECTRONIC")
    case = await story.ends("ARCHIVED", "COMPLETED")
    booked = [act for act in case["acts"] if act["code"] == "BOOKED"]
    assert [act["facts"]["total_fen"] for act in booked] == ["0"]
    assert [act["facts"]["months"] for act in booked] == ["15"]
    leg = await story.leg()
    assert not [act for act in leg["acts"] if act["code"] == "REMITTED"]


async def test_who_resigned_goes_to_the_enterprise_agency_of_the_hukou_place(stage: Stage) -> None:
    record = {**CIVIL, "leaving": "RESIGNED", "hukou_region": "371002"}
    story = await filed(stage, "CIVIL_TO_ENTERPRISE", record)
    await story.work(*TO_BOOK, "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    taken = await story.look("PENSION")
    assert taken is not None and taken.data["balance_fen"] == ACCOUNT_FEN


async def test_who_was_dismissed_goes_to_no_other_scheme(stage: Stage) -> None:
    record = {**CIVIL, "leaving": "DISMISSED", "hukou_region": "371002"}
    story = await filed(stage, "CIVIL_TO_CIVIL", record)
    await story.work(*TO_ANSWER)
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    case = await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert case["reason_code"] == "WRONG_DESTINATION"
    assert "户籍地企业养老保险" in (await story.notices())["PEER_REFUSED"]


async def test_from_an_enterprise_the_sums_are_those_of_employees(stage: Stage) -> None:
    story = await filed(stage, "ENTERPRISE_TO_CIVIL", EMPLOYEE)
    await story.work(*TO_BOOK, "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    ended, taken = await story.look("PENSION", at=story.origin), await story.look("CIVIL_PENSION")
    assert ended is not None and ended.status == "ENDED"
    assert taken is not None and taken.data["balance_fen"] > 0


async def test_a_short_transfer_waits_for_the_rest(stage: Stage) -> None:
    story = await filed(stage, "CIVIL_TO_ENTERPRISE", CIVIL)
    await story.work(*TO_ANSWER[:-1])
    await story.money("PARTIAL", reference=f"{story.case_no}-01", first_fen=1_000_000, wait=True)
    await story.work(TO_ANSWER[-1])
    await story.stage_is("MATCHING")
    await story.release_money()
    await story.work("CIVIL_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
