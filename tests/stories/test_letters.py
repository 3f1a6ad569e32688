"""函件: every letter is acknowledged once; repeats, late and foreign ones have no second effect."""

from __future__ import annotations

import asyncio

from contracts.commands import Verb
from contracts.letters import Answer, LetterVerb, ReceiptCode, ReceiptStatus
from tests.rehearsal.letters import another, at_counter, by_nexus, chain_holds, sent, tamper
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story

REQUEST = LetterVerb.MOVE_OUT_REQUEST


async def test_a_letter_sent_again_finds_its_first_receipt_and_has_no_second_effect(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.task("PHONE_CONFIRMATION")
    request = await sent(story, REQUEST)
    first = await at_counter(stage, request)
    receipts = await by_nexus(stage, request, times=5)
    assert {receipt.chain for receipt in receipts} == {first.chain}
    assert len(await story.legs()) == 1 and first.case_no == (await story.leg())["case_no"]

    changed = request.model_copy(update={"persons": (1, 2)})
    for answer in (await at_counter(stage, changed), *await by_nexus(stage, changed)):
        assert (answer.status, answer.code) == (ReceiptStatus.REFUSED, ReceiptCode.NUMBER_REUSED)
        assert answer.verifies()
    stranger = request.model_copy(update={"number": f"{request.number}9", "to_locality": "371002"})
    misled = stranger.model_copy(update={"to_locality": story.origin, "from_locality": "310101"})
    assert (await at_counter(stage, misled)).code is ReceiptCode.WRONG_ADDRESS
    await chain_holds(stage, story)
    await story.decide("PHONE_CONFIRMATION", "DENIED", reason="本人不同意")
    await story.leg_stage_is("MOVE_OUT_REFUSED")
    again = await at_counter(stage, request)
    assert again.chain == first.chain and len(await story.legs()) == 1


async def test_the_same_new_letter_twenty_times_at_once_is_one_letter(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.task("PHONE_CONFIRMATION")
    remind = await another(story, LetterVerb.REMIND, reason_code="OVERDUE")
    receipts = await asyncio.gather(*(at_counter(stage, remind) for _ in range(20)))
    assert len({receipt.chain for receipt in receipts}) == 1
    others = [await another(story, LetterVerb.CLARIFY) for _ in range(5)]
    assert len({(await at_counter(stage, one)).chain for one in others}) == 5
    more = [await another(story, LetterVerb.REMIND) for _ in range(5)]
    await asyncio.gather(*(at_counter(stage, one) for one in more))
    assert await chain_holds(stage, story) >= 12

    async def noted() -> bool:
        events = [event["code"] for event in (await story.leg())["events"]]
        return (events.count("REMIND"), events.count("CLARIFY")) == (6, 5)

    await story.until(noted, "six reminders and five questions in the trail")


async def test_letters_of_an_unknown_case_and_verbs_at_the_wrong_time_are_typed_refusals(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.task("PHONE_CONFIRMATION")
    unknown = await another(
        story,
        LetterVerb.MOVE_OUT_ANSWER,
        leg=True,
        home_case_no="371002202601010000001X",
        peer_case_no="371002202601010000001X",
        answer=Answer.GRANTED,
    )
    assert (await at_counter(stage, unknown)).code is ReceiptCode.UNKNOWN_CASE
    for verb in (
        LetterVerb.REOPEN,
        LetterVerb.LANDING_CONFIRMED,
        LetterVerb.REISSUE_REQUEST,
        LetterVerb.RESTORE_REQUEST,
        LetterVerb.REJECT_DOCUMENT,
        LetterVerb.FORWARD,
    ):
        receipt = await at_counter(stage, await another(story, verb))
        assert receipt.code is ReceiptCode.NOT_EXPECTED, verb
    wrong_permit = await another(story, LetterVerb.INVALIDATE_DOCUMENT, permit_no="样例别证")
    assert (await at_counter(stage, wrong_permit)).code is ReceiptCode.UNKNOWN_CERTIFICATE
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    await story.decide("CANCELLATION", "CANCEL")
    await story.task("LANDING")
    for verb in (
        LetterVerb.WITHDRAW,
        LetterVerb.INVALIDATE_DOCUMENT,
        LetterVerb.UPDATE_DOCUMENT,
    ):
        receipt = await at_counter(stage, await another(story, verb))
        assert receipt.code is ReceiptCode.ALREADY_CANCELLED, verb
    certificate = (await sent(story, LetterVerb.MOVE_OUT_ANSWER, leg=True)).certificates[0]
    for verb, code in (
        (LetterVerb.REISSUE_REQUEST, ReceiptCode.MISSING_PROOF),
        (LetterVerb.RESTORE_REQUEST, ReceiptCode.MISSING_PROOF),
    ):
        letter = await another(story, verb, certificates=(certificate,))
        assert (await at_counter(stage, letter)).code is code
    foreign = certificate.model_copy(update={"number": "样例别证"})
    landed = await another(story, LetterVerb.LANDING_CONFIRMED, certificates=(foreign,))
    assert (await at_counter(stage, landed)).code is ReceiptCode.UNKNOWN_CERTIFICATE
    await story.decide("LANDING", "LAND")
    await story.decide("DELIVERY", "PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("MOVED_OUT")
    for leg in (False, True):
        for verb in (LetterVerb.REOPEN, LetterVerb.REMIND):
            receipt = await at_counter(stage, await another(story, verb, leg=leg))
            assert receipt.code is ReceiptCode.CASE_CLOSED
    await chain_holds(stage, story)


async def test_an_answer_that_comes_twice_under_two_numbers_is_taken_once(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.task("PHONE_CONFIRMATION")
    refusals = [
        await another(
            story,
            LetterVerb.MOVE_OUT_ANSWER,
            leg=True,
            answer=Answer.REFUSED,
            reason_code="DENIED_BY_PERSON",
        )
        for _ in range(3)
    ]
    receipts = await asyncio.gather(*(at_counter(stage, one) for one in refusals))
    assert ReceiptStatus.ACCEPTED in {receipt.status for receipt in receipts}
    await story.task("ORIGIN_REFUSAL")
    acts = [act["code"] for act in (await story.case())["acts"]]
    assert acts.count("ORIGIN_REFUSED") == 1
    late = await another(story, LetterVerb.MOVE_OUT_ANSWER, leg=True, answer=Answer.GRANTED)
    assert (await at_counter(stage, late)).code is ReceiptCode.NOT_EXPECTED
    await chain_holds(stage, story)


async def test_an_answer_after_the_withdrawal_finds_a_closed_case(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.play("PHONE_CONFIRMATION")
    await story.task("PHONE_CONFIRMATION")
    answer = await another(story, LetterVerb.MOVE_OUT_ANSWER, leg=True, answer=Answer.GRANTED)
    await story.ask(Verb.WITHDRAW, reason="不迁了")
    await story.ends("WITHDRAWN", "WITHDRAWN")
    receipt = await at_counter(stage, answer)
    assert receipt.code is ReceiptCode.CASE_CLOSED and receipt.verifies()
    await story.leg_stage_is("WITHDRAWN")
    assert (await story.registration()).status == "ACTIVE"


async def test_papers_that_were_tampered_with_are_sent_back_and_refused_when_they_come_again(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    paper = next(d for d in (await story.case())["documents"] if d["type"] == "TRANSFER_ORDER")
    true = await tamper(stage, story.home, paper["digest"], "样例改动".encode())
    await story.decide("REVIEW", "PASS")
    await story.decide("APPROVAL", "APPROVE")
    assert (await story.leg_stage_is("MOVE_OUT_REFUSED"))["reason_code"] == "DOCUMENTS_UNUSABLE"
    verbs = [letter["verb"] for letter in (await story.leg())["letters"]]
    assert verbs.count("REJECT_DOCUMENT") == verbs.count("UPDATE_DOCUMENT") == 1
    await story.task("ORIGIN_REFUSAL")
    await tamper(stage, story.home, paper["digest"], true)
    await story.decide("ORIGIN_REFUSAL", "ASK_AGAIN", reason="文书已恢复")
    await story.decide("PHONE_CONFIRMATION", "CONFIRMED")
    assert paper["digest"] in [item["digest"] for item in (await story.leg())["documents"]]
    await story.decide("CANCELLATION", "CANCEL")
    await story.task("LANDING")
    await chain_holds(stage, story)


async def test_a_document_that_differs_on_the_way_comes_whole_the_second_time(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    paper = next(d for d in (await story.case())["documents"] if d["type"] == "TRANSFER_ORDER")
    true = await tamper(stage, story.home, paper["digest"], "样例改动".encode())
    await story.play_from("REVIEW", "APPROVAL")

    async def rejected() -> bool:
        verbs = [x["verb"] for x in (await story.case())["letters"]]
        return "REJECT_DOCUMENT" in verbs

    await story.until(rejected, "the rejection")
    await tamper(stage, story.home, paper["digest"], true)
    leg = await story.leg_stage_is("CONFIRMATION", "MOVE_OUT_REFUSED")
    assert [d["type"] for d in leg["documents"]].count("MOVE_OUT_REQUEST") <= 1
    await chain_holds(stage, story)
