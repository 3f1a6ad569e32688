"""好差评: rated once, a low rating is put right, an upheld appeal takes it out of the figures."""

from __future__ import annotations

from domain.ratings import Level
from tests.rehearsal.stage import Stage
from tests.transfers.service_story import LEAD, a_case


async def test_a_low_rating_is_called_back_rectified_told_and_published(stage: Stage) -> None:
    story = await a_case(stage)
    rating = await story.rate(Level.DISSATISFIED, words="等了很久")
    assert rating.rectification
    task = await story.work_on(
        rating.rectification, "RATING_CALL_BACK=REACHED", "RATING_VERIFICATION=SIMPLE"
    )
    assert task["office"] == LEAD
    task = await story.work_on(rating.rectification, "RATING_RECTIFICATION=DONE")
    assert task["office"] == f"{story.home}-GA-01"
    await story.work_on(
        rating.rectification, "RATING_FEEDBACK=INFORMED", "RATING_CONFIRMATION=PASS"
    )
    record = await story.closed(rating.rectification)
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
    assert story.case_no not in str(record)
