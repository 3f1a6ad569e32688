"""好差评: rated once, a low rating is put right, an upheld appeal takes it out of the figures."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from activities.rating_filing import Offered
from console.service_lists import list_ratings, one_rating
from console.slip_desk import SlipDesk, chosen
from domain.ratings import Channel, Ground, Level
from storage import ratings
from tests.rehearsal.stage import Stage
from tests.transfers.service_story import LEAD, ServiceStory, a_case

STATION = "371002-GA-01"
CALLED = ("RATING_CALL_BACK=REACHED", "RATING_VERIFICATION=SIMPLE")
FINISHED = ("RATING_RECTIFICATION=DONE", "RATING_FEEDBACK=INFORMED", "RATING_CONFIRMATION=PASS")


async def low(stage: Stage) -> tuple[ServiceStory, str, str]:
    """A case whose applicant was not satisfied: story, rating and its 差评整改."""
    story = await a_case(stage)
    rating = await story.rate(Level.DISSATISFIED, words="等了很久")
    assert rating.rectification is not None
    return story, rating.rating_no, rating.rectification


async def test_a_low_rating_is_called_back_rectified_told_and_published(stage: Stage) -> None:
    story, _, follow_up = await low(stage)
    before = await story.figures(STATION)
    task = await story.work_on(follow_up, *CALLED)
    assert task["office"] == LEAD
    task = await story.work_on(follow_up, "RATING_RECTIFICATION=DONE")
    assert task["office"] == STATION
    await story.work_on(follow_up, "RATING_FEEDBACK=INFORMED", "RATING_CONFIRMATION=PASS")
    record = await story.closed(follow_up)
    assert record["ending"] == "COMPLETED"
    assert [act["code"] for act in record["acts"]] == [
        "RATER_CALLED",
        "RATING_VERIFIED",
        "RECTIFIED",
        "RATER_INFORMED",
        "RECTIFICATION_CONFIRMED",
        "RATING_PUBLISHED",
        "ARCHIVED",
    ]
    assert [one["template"] for one in record["notices"]] == ["RATING_HANDLED"]
    assert {one["kind"]: one["length"] for one in record["clocks"]}["RECTIFICATION"] == 5
    after = await story.figures(STATION)
    assert after.rectified_in_time == before.rectified_in_time + 1
    assert after.called_back_in_time == before.called_back_in_time + 1


async def test_neither_the_follow_up_nor_the_list_tells_the_rated_office_who_rated(
    stage: Stage,
) -> None:
    story, rating_no, follow_up = await low(stage)
    await story.work_on(follow_up, *CALLED)
    record = await stage.offices[story.home].case(follow_up)
    assert story.case_no not in str(record)
    assert story.people[0]["name"] not in str(record)
    office = stage.offices[story.home]
    for clerk, seen in (("HC0102", None), (None, None), ("HC0902", story.case_no)):
        shown = await one_rating(office, story.desk, rating_no, clerk=clerk)
        assert shown["case_no"] == seen
        assert (shown["words"] is None) == (seen is None)


async def test_what_is_not_put_right_goes_back_to_the_office(stage: Stage) -> None:
    story, _, follow_up = await low(stage)
    await story.work_on(follow_up, "RATING_CALL_BACK=NOT_REACHED", "RATING_VERIFICATION=COMPLEX")
    await story.work_on(follow_up, *FINISHED[:2], "RATING_CONFIRMATION=AGAIN")
    task = await story.open_task(follow_up, "RATING_RECTIFICATION")
    assert "SENT_BACK" in task["findings"]
    await story.work_on(follow_up, "RATING_RECTIFICATION=DONE", "RATING_FEEDBACK=BY_MESSAGE")
    await story.work_on(follow_up, "RATING_CONFIRMATION=PASS")
    record = await story.closed(follow_up)
    lengths = [one["length"] for one in record["clocks"] if one["kind"] == "RECTIFICATION"]
    assert lengths == [15, 15]


async def test_an_unfounded_low_rating_is_answered_and_still_counts(stage: Stage) -> None:
    story, _, follow_up = await low(stage)
    await story.work_on(follow_up, "RATING_CALL_BACK=REACHED", "RATING_VERIFICATION=UNFOUNDED")
    await story.work_on(follow_up, "RATING_FEEDBACK=INFORMED")
    await story.closed(follow_up)
    office = stage.offices[story.home]
    results = await office.read(ratings.published)
    assert "UNFOUNDED" in {one.finding for one in results}
    assert (await story.figures(STATION)).low >= 1


async def test_a_late_call_back_is_shown_as_overdue_and_does_not_end_the_case(
    stage: Stage,
) -> None:
    story, _, follow_up = await low(stage)
    await story.open_task(follow_up, "RATING_CALL_BACK")
    await story.pass_limit(follow_up, "CONTACT")

    async def overdue() -> bool:
        return bool((await stage.offices[story.home].case(follow_up))["overdue"])

    await story.until(overdue, "the overdue call-back")
    await story.work_on(follow_up, *CALLED, *FINISHED)
    await story.closed(follow_up)


async def test_an_upheld_appeal_ends_the_follow_up_and_leaves_the_figures(stage: Stage) -> None:
    story, rating_no, follow_up = await low(stage)
    await story.open_task(follow_up, "RATING_CALL_BACK")
    before = await story.figures(STATION)
    number = await story.desk.appeal(rating_no, Ground.MALICIOUS, "样例理由", clerk="HC0102")
    task = await story.work_on(number, "RATING_APPEAL_REVIEW=UPHOLD")
    assert task["office"] == LEAD
    await story.closed(number)
    record = await story.closed(follow_up)
    assert (record["stage"], record["ending"]) == ("WITHDRAWN", "WITHDRAWN")
    after = await story.figures(STATION)
    assert (after.low, after.total_given) == (before.low - 1, before.total_given - 1)
    (shown,) = [
        one
        for one in await list_ratings(
            stage.offices[story.home], story.desk, clerk="HC0902", low=True, limit=2000
        )
        if one["rating_no"] == rating_no
    ]
    assert shown["excluded"]


async def test_a_rejected_appeal_changes_nothing_and_is_not_made_twice(stage: Stage) -> None:
    story, rating_no, follow_up = await low(stage)
    number = await story.desk.appeal(rating_no, Ground.MISTAKEN, "样例理由", clerk="HC0102")
    await story.work_on(number, "RATING_APPEAL_REVIEW=REJECT")
    await story.closed(number)
    appeal = story.desk.appeal
    await story.refused(
        appeal(rating_no, Ground.MISTAKEN, "再来", clerk="HC0102"), "ALREADY_APPEALED"
    )
    await story.refused(
        appeal(rating_no, Ground.MISTAKEN, "他人", clerk="HC0202"), "FOREIGN_OFFICE"
    )
    await story.refused(appeal(rating_no, Ground.MISTAKEN, "无凭据"), "NOT_THE_APPLICANT")
    await story.refused(appeal("371002-PJ-2026999999", Ground.MISTAKEN, "x"), "UNKNOWN_RATING")
    await story.work_on(follow_up, *CALLED, *FINISHED)
    await story.closed(follow_up)


async def test_a_person_takes_a_mistaken_rating_back_by_appeal(stage: Stage) -> None:
    story, rating_no, follow_up = await low(stage)
    number = await story.desk.appeal(rating_no, Ground.MISTAKEN, "点错了", **story.proof)
    await story.work_on(number, "RATING_APPEAL_REVIEW=UPHOLD")
    await story.closed(follow_up)


async def test_ratings_of_nothing_of_nobody_and_too_soon_are_refused(stage: Stage) -> None:
    story = await a_case(stage)
    offered = Offered(case_no=story.case_no, level=Level.SATISFIED, channel=Channel.WINDOW)
    await story.refused(story.desk.rate(offered), "NOT_THE_APPLICANT")
    wrong = {**story.proof, "id_tail": "000000"}
    await story.refused(story.desk.rate(offered, **wrong), "NOT_THE_APPLICANT")
    await story.refused(
        story.desk.rate(offered, **story.proof, clerk="HC0102"), "OFFICE_MAY_NOT_RATE"
    )
    await story.refused(story.rate(Level.SATISFIED, Channel.WEB), "NOT_REACHED")
    nobody = Offered(case_no="3710022026112299999999", level=Level.BASIC, channel=Channel.WINDOW)
    await story.refused(story.desk.rate(nobody, **story.proof), "NOT_RATABLE")
    rating = await story.rate(Level.VERY_SATISFIED)
    assert (rating.occasion, rating.office, rating.rectification) == ("FILING", STATION, None)
    await story.refused(story.rate(Level.DISSATISFIED), "ALREADY_RATED")
    appeal = story.desk.appeal(rating.rating_no, Ground.MISTAKEN, "x", clerk="HC0102")
    await story.refused(appeal, "NOT_APPEALABLE")


async def test_each_visit_and_the_whole_matter_are_rated_once(stage: Stage) -> None:
    story = await a_case(stage)
    await story.rate(Level.SATISFIED)
    await story.end()
    collected = await story.rate(Level.VERY_SATISFIED, Channel.TERMINAL)
    whole = await story.rate(Level.BASIC, Channel.MOBILE)
    assert (collected.occasion, whole.occasion) == ("DELIVERY", "CASE")
    await story.refused(story.rate(Level.SATISFIED, Channel.WEB), "ALREADY_RATED")


async def test_a_rating_can_be_neither_changed_nor_removed(stage: Stage) -> None:
    story = await a_case(stage)
    rating = await story.rate(Level.SATISFIED)
    database = stage.offices[story.home].database
    for statement in (
        "UPDATE ratings SET level = 'BASIC' WHERE rating_no = :no",
        "DELETE FROM ratings WHERE rating_no = :no",
    ):
        with pytest.raises(DBAPIError, match="append-only"):
            async with database.write() as connection:
                await connection.execute(text(statement), {"no": rating.rating_no})


async def test_the_code_on_a_slip_proves_the_applicant_and_only_of_its_own_case(
    stage: Stage,
) -> None:
    story, other = await a_case(stage), await a_case(stage)
    own = stage.system.settings.locality(story.home)
    slips = SlipDesk(
        stage.offices[story.home],
        secret=own.slip_secret.get_secret_value().encode(),
        check_at=own.console_url,
    )
    offers = await slips.offers(story.case_no, clerk="HC0101")
    issued = await slips.issue(story.case_no, chosen(offers, "INTAKE", None), clerk="HC0101")
    console = f"{own.console_url}/ratings"
    form = {"level": "SATISFIED", "channel": "QR_CODE", "secret": issued.verification_code}
    async with httpx.AsyncClient(timeout=10) as http:
        foreign = await http.post(console, json={**form, "case_no": other.case_no})
        assert (foreign.status_code, foreign.json()["code"]) == (403, "NOT_THE_APPLICANT")
        taken = await http.post(console, json={**form, "case_no": story.case_no})
        assert taken.status_code == 201, taken.text
        again = await http.post(console, json={**form, "case_no": story.case_no})
        assert (again.status_code, again.json()["code"]) == (409, "ALREADY_RATED")
        unreadable = await http.post(console, json={**form, "case_no": "x", "level": "5"})
        assert unreadable.status_code == 400
        assert isinstance((await http.get(console)).json(), list)


class Platform:
    """The 好差评 platform as a test speaks to it."""

    def __init__(self, story: ServiceStory) -> None:
        self.story, self.stage = story, story.stage

    async def give(self, number: str, stars: int, case_no: str, **more: object) -> None:
        await self.stage.put(
            "/evaluation/_evaluation",
            {
                "locality": self.story.home,
                "evaluation_no": number,
                "case_no": case_no,
                "satisfaction": stars,
                "pf": "4",
                "given_at": "2026-11-22T09:00:00+08:00",
                **more,
            },
        )

    async def kept(self, what: str, name: str, value: str) -> dict[str, object]:
        async def look() -> dict[str, object] | None:
            kept = (await self.stage.simulators.get("/evaluation/_kept")).json()
            return next(
                (one for one in kept if (one["what"], one.get(name)) == (what, value)), None
            )

        found: dict[str, object] = await self.story.until(look, f"{what} {value}")
        return found


async def test_five_stars_of_the_platform_are_the_best_and_a_repeat_is_one_rating(
    stage: Stage,
) -> None:
    story, other = await a_case(stage), await a_case(stage)
    platform = Platform(story)
    await platform.give(f"P1-{story.case_no}", 5, story.case_no)
    await platform.give(f"P1-{story.case_no}", 5, story.case_no)
    await platform.give(f"P2-{story.case_no}", 1, story.case_no)
    await platform.give(f"P3-{other.case_no}", 1, other.case_no)
    await platform.give(f"P4-{other.case_no}", 7, other.case_no)
    await platform.give(f"P5-{other.case_no}", 4, other.case_no, pf="1")
    expected = {
        f"P1-{story.case_no}": "TAKEN",
        f"P2-{story.case_no}": "ALREADY_RATED",
        f"P3-{other.case_no}": "TAKEN",
        f"P4-{other.case_no}": "UNKNOWN_LEVEL",
        f"P5-{other.case_no}": "NOT_REACHED",
    }
    for number, outcome in expected.items():
        answer = await platform.kept("answer", "evaluation_no", number)
        assert answer["outcome"] == outcome
    rows = await list_ratings(stage.offices[story.home], story.desk, clerk="HC0902", limit=2000)
    levels = {one["case_no"]: one["level"] for one in rows}
    assert levels[story.case_no] == "VERY_SATISFIED"
    assert levels[other.case_no] == "VERY_DISSATISFIED"


async def test_our_ratings_are_reported_in_stars_even_after_an_outage(stage: Stage) -> None:
    story = await a_case(stage)
    await stage.behave("evaluation", "lost_answer", "report", times=2)
    try:
        rating = await story.rate(Level.SATISFIED)
        told = await Platform(story).kept("report", "rating_no", rating.rating_no)
    finally:
        await stage.behave_well()
    assert (told["satisfaction"], told["pf"]) == (4, "4")
