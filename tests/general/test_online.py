"""全程网办: an item from its filing to its delivery, with everything that may come between."""

from __future__ import annotations

import pytest

from contracts.commands import Verb
from domain.general_reasons import GENERAL_TEXTS
from tests.general.items import CANCELLED, CITY, LICENCE, OWN, PAID, SERVICE
from tests.general.story import ItemStory, act, acts
from tests.rehearsal.stage import Stage

TO_THE_DECISION = (
    "GENERAL_ACCEPTANCE=ACCEPT",
    "GENERAL_REVIEW=PASS",
    "GENERAL_DECISION=GRANT",
)
TO_THE_END = (*TO_THE_DECISION, "GENERAL_MAKING=MADE", "DELIVERY=ELECTRONIC")


async def test_an_item_is_received_decided_and_delivered_online(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.work(*TO_THE_END)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    office = story.competent(LICENCE)
    assert acts(case) == [
        "RECEIVED",
        "ACCEPTED",
        "ITEM_REVIEWED",
        "ITEM_GRANTED",
        "RESULT_MADE",
        "DELIVERED",
        "ARCHIVED",
    ]
    assert {one["office"] for one in case["acts"]} == {office}
    assert act(case, "ITEM_REVIEWED")["actor"] != act(case, "ITEM_GRANTED")["actor"]
    decision = await story.clock("DECISION")
    assert (decision["length"], decision["unit"], decision["promised"]) == (20, "wd", 8)
    (certificate,) = case["certificates"]
    assert (certificate["kind"], certificate["status"]) == ("RESULT", "VALID")
    licences = await story.library()
    assert licences[certificate["number"]]["state"] == "VALID"
    assert not await story.legs()


async def test_the_reviewer_does_not_decide(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    await story.decide("GENERAL_REVIEW", "PASS")
    task = await story.task("GENERAL_DECISION")
    reviewer = act(await story.case(), "ITEM_REVIEWED")["actor"]
    office = stage.offices[story.home]
    await story.refused(office.decide(task["task_id"], "GRANT", clerk=reviewer), "MISSING_ROLE")
    await story.decide("GENERAL_DECISION", "RETURN", reason="请核对场所证明")
    again = await story.task("GENERAL_REVIEW")
    assert "RETURNED" in again["findings"]
    await story.work("GENERAL_REVIEW=PASS", *TO_THE_END[2:])
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_everything_that_is_missing_is_told_once_and_corrected(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    filed = await story.file_item(LICENCE, documents=[])
    assert len(filed.findings) == 3
    task = await story.task("GENERAL_ACCEPTANCE")
    assert "DOCUMENT_MISSING:PHOTO" in task["findings"]
    await story.decide(
        "GENERAL_ACCEPTANCE", "CORRECT", defects=["补交申请表", "补交场所证明", "补交照片"]
    )
    await story.stage_is("CORRECTION")
    assert "补交场所证明；补交照片" in (await story.notices())["CORRECTION"]
    await story.hand_in("APPLICATION_FORM", "PREMISES_PROOF", "PHOTO")
    await story.work(*TO_THE_END)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert acts(case).count("CORRECTION_NOTICE") == 1


async def test_what_is_never_corrected_lapses(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE, documents=[])
    await story.decide("GENERAL_ACCEPTANCE", "CORRECT", defects=["补交全部材料"])
    await story.stage_is("CORRECTION")
    await story.advance(days=40)
    await story.ends_item("LAPSED", "LAPSED")


async def test_five_silent_working_days_accept_from_the_day_of_receipt(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.task("GENERAL_ACCEPTANCE")
    await story.advance_past((await story.clock("INTAKE"))["due_on"])
    await story.task("GENERAL_REVIEW")
    case = await story.case()
    assert "DEEMED_ACCEPTED" in acts(case)
    assert (await story.clock("DECISION"))["started_on"] == case["received_on"]
    await story.work(*TO_THE_END[1:])
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_a_refusal_is_written_with_reason_and_remedy(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    await story.decide("GENERAL_REVIEW", "REFUSE", reason="场所不符合规定")
    task = await story.task("GENERAL_DECISION")
    assert "REVIEW:REFUSE" in task["findings"]
    await story.decide(
        "GENERAL_DECISION", "REFUSE", reason="场所不符合规定", reason_code="CONDITIONS_NOT_MET"
    )
    case = await story.ends_item("ITEM_REFUSED", "ITEM_REFUSED")
    told = (await story.notices())["ENDED_ITEM_REFUSED"]
    assert all(words in told for words in GENERAL_TEXTS["CONDITIONS_NOT_MET"])
    assert act(case, "ITEM_REFUSED")["reason"] == "场所不符合规定"
    assert not case["certificates"]


async def test_an_application_that_is_not_accepted_ends_at_once(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.decide("GENERAL_ACCEPTANCE", "NOT_ACCEPT", reason="不属于本机关职权，请向上级申请")
    case = await story.ends_item("NOT_ACCEPTED", "NOT_ACCEPTED")
    assert "ACCEPTED" not in acts(case)


async def test_until_the_decision_it_may_be_withdrawn_and_not_after(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    await story.task("GENERAL_REVIEW")
    await story.withdraw(reason="不再需要")
    await story.ends_item("WITHDRAWN", "WITHDRAWN")

    second = ItemStory(stage)
    await second.file_item(LICENCE)
    await second.work(*TO_THE_DECISION)
    await second.task("GENERAL_MAKING")
    await second.refused(second.ask(Verb.WITHDRAW, reason="不再需要"), "ALREADY_DECIDED")
    await second.work("GENERAL_MAKING=MADE", "DELIVERY=ELECTRONIC")
    await second.ends_item("ARCHIVED", "COMPLETED")


async def test_a_special_procedure_stops_the_clock_and_an_extension_lengthens_it(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT")
    task = await story.task("GENERAL_REVIEW")
    approver = story.clerk(task["office"], "APPROVER")
    await story.ask(
        Verb.SUSPEND,
        actor=approver,
        reason="需要专家评审",
        reason_code="SPECIAL_PROCEDURE",
        procedure="EXPERT_REVIEW",
        days=5,
    )
    await story.ask(Verb.RESUME, actor=approver)
    await story.ask(Verb.EXTEND, actor=approver, reason="案情复杂", days=10)
    assert {"SUSPENDED_SPECIAL", "RESUMED", "EXTENDED"} <= set(await story.notices())
    await story.work(*TO_THE_END[1:])
    await story.ends_item("ARCHIVED", "COMPLETED")


async def test_the_result_goes_by_parcel_where_the_clerk_posts_it(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    await story.work(*TO_THE_DECISION, "GENERAL_MAKING=MADE", "DELIVERY=MAILED")
    await story.decide("PARCEL_HANDOVER", "HAND_OVER")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "DELIVERED")["facts"]["parcel"]


async def test_the_result_waits_for_the_fee(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(PAID)
    await story.work(*TO_THE_DECISION)
    await story.stage_is("PAYMENT")
    assert "缴费12.50元" in (await story.notices())["GENERAL_FEE"]
    await story.decide("GENERAL_PAYMENT", "PAID", evidence="票据号 样例0001")
    await story.work("GENERAL_MAKING=MADE", "DELIVERY=PICKED_UP")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "FEE_PAID")["facts"]["amount_fen"] == "1250"


async def test_a_fee_that_is_never_paid_ends_the_case(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(PAID)
    await story.work(*TO_THE_DECISION)
    await story.stage_is("PAYMENT")
    await story.advance(days=30)
    case = await story.ends_item("TERMINATED", "UNPAID")
    assert case["reason_code"] == "FEE_UNPAID"
    assert not case["certificates"]


async def test_a_citys_power_is_decided_by_the_city_and_tracked_by_the_district(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(CITY)
    record = await story.case()
    assert record["intake_office"] == "371002-SL-01"
    task = await story.task("GENERAL_ACCEPTANCE")
    assert task["office"] == "371000-SL-01"
    await story.work(*TO_THE_END)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "ITEM_GRANTED")["office"] == "371000-SL-01"
    assert act(case, "RECEIVED")["office"] == "371002-SL-01"


async def test_a_company_serves_and_decides_nothing(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(SERVICE)
    await story.work("GENERAL_ACCEPTANCE=ACCEPT", "GENERAL_REVIEW=PASS")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "SERVED")["office"] == "371002-SL-02"
    assert not {"ITEM_GRANTED", "DELIVERED"} & set(acts(case))


async def test_an_enterprise_applies_with_its_credit_code(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.company()
    await story.file_item(LICENCE)
    await story.work(*TO_THE_END)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert case["persons"][0]["id_no"] == (story.enterprise or {})["credit_code"]
    await story.library()


async def test_a_second_application_is_refused_with_the_firsts_number(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.file_item(LICENCE)
    other = ItemStory(stage)
    other.applicant, other.people = story.applicant, story.people
    with pytest.raises(Exception, match=story.case_no):
        await other.file_item(LICENCE)
    await other.file_item(PAID)
    await story.withdraw()
    await other.withdraw()
    await story.file_item(LICENCE)
    await story.withdraw()
    await story.ends_item("WITHDRAWN", "WITHDRAWN")


async def test_what_cannot_be_applied_for_is_refused_with_a_remedy(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.refused(story.file_item(CANCELLED), "CANCELLED")
    await story.refused(story.file_item(LICENCE, mode="JOINT"), "MODE_NOT_OFFERED")
    await story.refused(story.file_item(LICENCE, mode="NONE"), "WRONG_MODE")
    await story.refused(
        story.file_item(LICENCE, mode="PROXY_INTAKE", peer_locality=None), "PEER_MISSING"
    )
    await story.refused(story.file_item(LICENCE, promised=["PHOTO"]), "DEFECTS")
    await story.refused(story.file_item(LICENCE, deferred=["PREMISES_PROOF"]), "DEFECTS")
    wrong = {**story.applicant, "id_no": "379999199001011001"}
    story.applicant = wrong
    await story.refused(story.file_item(LICENCE), "DEFECTS")


async def test_an_item_with_a_procedure_of_its_own_is_filed_as_that(stage: Stage) -> None:
    story = ItemStory(stage)
    application = await story.application("HUKOU-JOB-TRANSFER")
    await story.file_this({**application, "matter": OWN})
    case = await story.case()
    assert case["matter"] == "HUKOU-JOB-TRANSFER"
    await story.withdraw()
    await story.stage_is("WITHDRAWN")
