"""准迁证 and 迁移证 in trouble: expired, lost, reissued; landing without them, restoration."""

from __future__ import annotations

from datetime import timedelta

import pytest

from contracts.commands import Verb
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story


@pytest.mark.parametrize("outcome", ["ISSUE_AGAIN", "CONCLUDE"])
async def test_a_permit_that_expires_is_void_only_after_the_origin_says_it_did_not_cancel(
    stage: Stage, outcome: str
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.task("PHONE_CONFIRMATION")
    await story.advance_past((await story.clock("PERMIT"))["due_on"])
    await story.decide("PERMIT_EXPIRED", outcome, reason="迁出地未及时办理")
    case = await story.case()
    asked = next(x for x in case["letters"] if x["verb"] == "INVALIDATE_DOCUMENT")
    voided = next(act for act in case["acts"] if act["code"] == "PERMIT_VOIDED")
    assert asked["receipt"]["status"] == "ACCEPTED" and asked["recorded_at"] <= voided["at"]
    if outcome == "CONCLUDE":
        await story.ends("TERMINATED", "PERMIT_EXPIRED")
        assert await story.certificates("PERMIT") == ["VOID"]
        assert "ENDED_PERMIT_EXPIRED" in await story.notices()
        assert (await story.leg_stage_is("WITHDRAWN"))["reason_code"] == "PERMIT_EXPIRED"
    else:
        await story.until(story.two_legs, "the second leg")
        await story.advance(41, home=False)  # the new leg's clock begins today, the case's does not
        for kind, decision in (("PHONE_CONFIRMATION", "CONFIRMED"), ("CANCELLATION", "CANCEL")):
            await story.decide(kind, decision)
        await story.decide("LANDING", "LAND")
        assert await story.certificates("PERMIT") == ["VOID", "USED"]
    await story.consistent()


async def test_a_permit_that_is_expired_when_the_approver_decides_is_refused_and_issued_anew(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("CANCELLATION")
    await story.task("CANCELLATION")
    await story.advance(41, home=False)
    await story.decide("CANCELLATION", "CANCEL")
    leg = await story.leg_stage_is("MOVE_OUT_REFUSED")
    assert leg["reason_code"] == "PERMIT_INVALID" and not leg["certificates"]
    assert (await story.registration()).status == "ACTIVE"
    assert "REFUSED:PERMIT_INVALID" in (await story.task("ORIGIN_REFUSAL"))["findings"]
    await story.decide("ORIGIN_REFUSAL", "ASK_AGAIN", reason="重新签发")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.decide("CANCELLATION", "CANCEL")
    await story.task("LANDING")
    assert await story.certificates("PERMIT") == ["VOID", "USED"]
    await story.consistent()


async def test_an_expired_certificate_cannot_land_and_is_reissued_on_the_proof(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("LANDING")
    await story.refused(
        story.decide("LANDING", "REISSUE", reason_code="EXPIRED"), "CERTIFICATE_STILL_VALID"
    )
    await story.refused(
        story.decide("LANDING", "LAND_DIRECTLY", reason="台风", evidence="证明"),
        "CERTIFICATE_STILL_VALID",
    )
    old = (await story.clock("CERTIFICATE"))["due_on"]
    await story.advance_past(old)
    await story.event("OVERDUE")
    await story.event("OVERDUE", leg=True)
    await story.refused(story.decide("LANDING", "LAND"), "CERTIFICATE_EXPIRED")
    await story.decide("LANDING", "REISSUE", reason_code="EXPIRED")
    assert (await story.stage_is("REISSUING"))["holder"] == "THEIRS"
    assert await story.no_task("LANDING")
    await story.decide("REISSUE", "REISSUE")
    await story.task("LANDING")
    assert await story.certificates("MIGRATION") == ["VOID", "VALID"]
    assert await story.certificates("MIGRATION", leg=True) == ["VOID", "VALID"]
    new = (await story.clock("CERTIFICATE"))["due_on"]
    assert new > old + timedelta(days=20)
    await story.decide("LANDING", "LAND")
    await story.decide("DELIVERY", "ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("MOVED_OUT")
    assert await story.certificates("MIGRATION", leg=True) == ["VOID", "USED"]
    await story.consistent()


async def test_a_lost_certificate_is_reissued_or_the_origin_refuses_and_the_old_one_lands(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("LANDING")
    await story.decide("LANDING", "REISSUE", reason_code="LOST")
    await story.stage_is("REISSUING")
    await story.refused(story.ask(Verb.REPORT_DEATH, persons=(1,)), "NOT_NOW")
    await story.decide("REISSUE", "REFUSE", reason="原证已由本人领回")
    await story.event("ORIGIN_DECLINED")
    assert "REISSUE_REFUSED" in await story.notices()
    await story.decide("LANDING", "LAND")
    await story.leg_stage_is("MOVED_OUT")
    assert await story.certificates("MIGRATION") == ["USED"]
    await story.consistent()


async def test_force_majeure_lets_a_person_land_on_an_expired_certificate(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("LANDING")
    await story.advance_past((await story.clock("CERTIFICATE"))["due_on"])
    await story.event("OVERDUE")
    await story.decide("LANDING", "LAND_DIRECTLY", reason="台风停航", evidence="海事局通告")
    await story.decide("DELIVERY", "PICKED_UP")
    case = await story.ends("ARCHIVED", "COMPLETED")
    landed = next(act for act in case["acts"] if act["code"] == "LANDED")
    assert landed["facts"]["evidence"] == "海事局通告"
    await story.consistent()


async def test_landing_that_is_impossible_restores_the_registration_at_the_origin(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("LANDING")
    task = await story.task("LANDING")
    assert (await story.registration()).status == "IN_TRANSIT"
    await story.decide("LANDING", "IMPOSSIBLE", reason="接收单位撤销")
    await story.stage_is("RESTORING")
    land = stage.offices[story.home].decide(
        task["task_id"], "LAND", clerk=story.clerk(task["office"], "HANDLER")
    )
    await story.refused(land, "TASK_NOT_OPEN")
    await story.advance_past((await story.clock("PEER"))["due_on"])
    await story.event("REMIND", leg=True)
    await story.decide("RESTORATION", "RESTORE")
    await story.ends("RESTORED", "RESTORED")
    leg = await story.leg_stage_is("RESTORED")
    assert next(a for a in leg["acts"] if a["code"] == "RESTORED")["facts"]["proof"]
    assert (await story.registration()).status == "ACTIVE"
    assert await story.registration(at=story.home) is None
    assert await story.certificates("MIGRATION", leg=True) == ["VOID"]
    await story.consistent()
