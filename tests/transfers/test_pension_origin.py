"""A2 at the origin: what stands in the way, who waits for whom, three clocks, and overlaps."""

from __future__ import annotations

from datetime import timedelta

from catalog.loader import load_catalog
from domain.limits import Unit
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory
from tests.transfers.pension_stories import (
    TOTAL,
    applied,
    booked,
    examined,
    home_record,
    origin_record,
    year_row,
)


async def sent(stage: Stage, **how: object) -> TransferStory:
    """Applied and asked for; the origin's clerk is next."""
    story = await applied(stage, **how)  # type: ignore[arg-type]
    await story.work("INTAKE_CHECK=ACCEPT", "PENSION_REVIEW=PASS")
    return story


async def relation_ended(story: TransferStory) -> bool:
    entry = await story.look("PENSION", at=story.origin)
    return entry is not None and entry.status == "ENDED"


async def test_each_of_the_three_offices_has_fifteen_working_days_of_its_own(
    stage: Stage,
) -> None:
    story = await applied(stage)
    await story.work("INTAKE_CHECK=ACCEPT")
    review = await story.clock("DECISION")
    await story.work("PENSION_REVIEW=PASS")
    origin = await story.clock("RELEASE", leg=True)
    await story.work("PENSION_EXAMINATION=PASS")
    await story.money("LATE", reference=f"{story.case_no}-01")
    await story.work("PENSION_RELEASE=RELEASE")
    await story.stage_is("MATCHING")
    await story.advance(9, leg=False)
    await story.release_money()
    await story.task("PENSION_BOOKING")
    booking = await story.clock("BOOKING")
    calendar = load_catalog().calendar
    for clock in (review, origin, booking):
        assert (clock["length"], clock["unit"]) == (15, Unit.WD)
        day, left = clock["started_on"], 15
        while left:
            day = day + timedelta(days=1)
            left -= calendar.is_working(day)
        assert clock["due_on"] == day
    # The third clock starts when table and money are both here, not when the table came.
    assert booking["started_on"] > origin["started_on"]
    await booked(story)


async def test_a_pensioner_at_the_origin_stays_there(stage: Stage) -> None:
    story = await sent(stage, origin_status="PENSIONER")
    await story.decide(
        "PENSION_OBSTACLE", "REFUSE", reason="已按月领取养老金", reason_code="PENSIONER"
    )
    await story.task("PEER_REFUSAL")
    assert "不再转移关系" in (await story.notices())["PEER_REFUSED"]
    await story.work("PEER_REFUSAL=CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert not await relation_ended(story)
    assert not await story.accounts()


async def test_the_person_pays_the_arrears_while_the_origins_limit_stands_still(
    stage: Stage,
) -> None:
    story = await sent(stage, at_origin=origin_record(arrears_months=4))
    await story.decide("PENSION_ARREARS", "WAIT", reason="已书面告知补缴", reason_code="ARREARS")
    waiting = await story.task("PENSION_WAITING")
    assert waiting["findings"] == ["WAITS_FOR:ARREARS"]
    leg = await story.leg()
    (review,) = [one for one in leg["clocks"] if one["kind"] == "SUSPENSION"]
    assert (review["length"], review["effect"]) == (60, "ESCALATE")
    assert waiting["due_on"] == review["due_on"]
    assert (await story.leg())["holder"] == "APPLICANT"
    await story.event("PEER_WAITS")
    assert "补缴欠费" in (await story.notices())["PEER_WAITS"]
    await story.entry("PENSION", origin_record(), at=story.origin)
    await story.work("PENSION_WAITING=RECHECK", "PENSION_EXAMINATION=PASS")
    await story.work("PENSION_RELEASE=RELEASE")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_a_signed_waiver_settles_arrears_and_its_months_do_not_count(stage: Stage) -> None:
    story = await sent(stage, at_origin=origin_record(arrears_months=4))
    await story.task("PENSION_ARREARS")
    await story.entry(
        "PENSION", origin_record(arrears_months=4, arrears_waived=True), at=story.origin
    )
    await story.work("PENSION_ARREARS=RECHECK")
    task = await story.task("PENSION_EXAMINATION")
    assert "MONTHS:36" in task["findings"] and "ARREARS" not in task["findings"]


async def test_arrears_that_stay_are_refused_with_what_the_person_can_do(stage: Stage) -> None:
    story = await sent(stage, at_origin=origin_record(arrears_months=4))
    await story.decide("PENSION_ARREARS", "WAIT", reason="已书面告知补缴", reason_code="ARREARS")
    await story.task("PENSION_WAITING")
    await story.decide(
        "PENSION_WAITING", "REFUSE", reason="本人逾期未处理欠费", reason_code="ARREARS"
    )
    await story.work("PEER_REFUSAL=CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert "补缴欠费" in (await story.notices())["ENDED_PEER_REFUSED"]
    assert not await relation_ended(story)


def with_lump_sum(evidence: str | None) -> dict[str, object]:
    """A lump sum for 2007 to 2009 beside the record's own three years."""
    rows = [year_row(year, 1, 12, wage=1_200_000) | {"lump_sum": "B1"} for year in (2007, 8, 9)]
    rows = [row | {"year": year} for row, year in zip(rows, (2007, 2008, 2009), strict=True)]
    record = origin_record()
    return {
        **record,
        "rows": [*record["rows"], *rows],
        "lump_sums": [{"code": "B1", "months": 36, "evidence": evidence}],
    }


async def test_a_lump_sum_without_evidence_stays_behind_and_the_rest_moves(stage: Stage) -> None:
    story = await sent(stage, at_origin=with_lump_sum(None))
    found = (await story.task("PENSION_EXAMINATION"))["findings"]
    assert "LUMP_SUM_EVIDENCE" in found and "left_out_months:36" in found
    await story.work("PENSION_EXAMINATION=PASS", "PENSION_RELEASE=RELEASE")
    await booked(story)
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_evidence_that_is_asked_for_in_writing_lets_the_lump_sum_move(stage: Stage) -> None:
    story = await sent(stage, at_origin=with_lump_sum(None))
    await story.decide(
        "PENSION_EXAMINATION", "WAIT", reason="已书面告知补证", reason_code="LUMP_SUM_EVIDENCE"
    )
    await story.event("PEER_WAITS")
    await story.entry("PENSION", with_lump_sum("COURT"), at=story.origin)
    await story.work("PENSION_WAITING=RECHECK", "PENSION_EXAMINATION=PASS")
    await story.work("PENSION_RELEASE=RELEASE")
    await booked(story)
    # Three years at 960.00 into the account and 12,000.00 x 12% = 1,440.00 each
    more = TOTAL + 3 * (96_000 + 144_000)
    await story.stands(RELATION=-more, CREDITED=more)


async def test_a_relation_that_went_elsewhere_is_told_and_not_ended_twice(stage: Stage) -> None:
    ended = origin_record(letter_no="3302002026010100000017-01")
    story = await sent(stage, at_origin=ended, origin_status="ENDED")
    await story.decide(
        "PENSION_OBSTACLE", "REFUSE", reason="关系已转出", reason_code="ALREADY_ENDED"
    )
    await story.work("PEER_REFUSAL=CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")


async def test_a_record_that_cannot_be_read_goes_nowhere(stage: Stage) -> None:
    story = await sent(stage, at_origin=origin_record(pre1998_fen=-1))
    found = (await story.task("PENSION_OBSTACLE"))["findings"]
    assert found[0] == "UNREADABLE:WRONG_FIELD"
    await story.entry("PENSION", origin_record(), at=story.origin)
    await story.work("PENSION_OBSTACLE=RECHECK")
    await story.task("PENSION_EXAMINATION")


def overlapping_home() -> dict[str, object]:
    """Insured here since 2006-07 already: six months stand in both places."""
    return home_record(
        first_insured_on="2006-07-01",
        months=14,
        balance_fen=320_000 + 48_000,
        rows=[
            year_row(2006, 7, 12, region="371002", booked=48_000),
            year_row(2026, 3, 10, region="371002", booked=320_000),
        ],
    )


async def at_the_overlap(stage: Stage) -> TransferStory:
    story = await examined(stage, at_home=overlapping_home())
    await story.work("PENSION_RELEASE=RELEASE", "PENSION_BOOKING=BOOK")
    found = (await story.task("PENSION_OVERLAP"))["findings"]
    # Here 480.00 for six months; there 1,320.00 booked at 11%, carried at 8%: 960.00 x 6/12
    assert found == [
        "OVERLAP_MONTHS:6",
        "PROPOSED_TO_KEEP:THERE",
        "REFUND_HERE:48000",
        "REFUND_THERE:48000",
    ]
    return story


async def test_months_counted_twice_are_cleared_here_and_counted_once(stage: Stage) -> None:
    story = await at_the_overlap(stage)
    await story.work("PENSION_OVERLAP=CLEAN_HERE", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    entry = await story.look("PENSION")
    assert entry is not None
    assert entry.data["months"] == 14 + 36 - 6
    assert [one["amount_fen"] for one in entry.data["refunds"]] == [48_000]
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)


async def test_the_person_may_keep_the_months_here_and_get_the_other_refund(stage: Stage) -> None:
    story = await at_the_overlap(stage)
    await story.work("PENSION_OVERLAP=CLEAN_THERE", "DELIVERY=ELECTRONIC")
    case = await story.ends("ARCHIVED", "COMPLETED")
    cleared = [act for act in case["acts"] if act["code"] == "OVERLAP_CLEARED"]
    assert len(cleared) == 1 and cleared[0]["facts"]["cleared"] == "CLEAN_THERE"
    entry = await story.look("PENSION")
    assert entry is not None and entry.data["months"] == 14 + 36 - 6
