"""12345 tickets: dispatched, signed for, handled, replied to, called back about."""

from __future__ import annotations

from typing import Any

import httpx

from console.service_lists import list_tickets, one_ticket
from contracts.commands import Verb
from domain.hotline_calls import news_token
from tests.rehearsal.stage import Stage
from tests.transfers.service_story import LEAD, Caller, ServiceStory, a_case

STATION, OTHER = "371002-GA-01", "371002-RS-01"


async def dispatched(stage: Stage, *verdicts: str) -> tuple[ServiceStory, Caller, str]:
    """A ticket that lies with the station: story, caller and the ticket's case."""
    story = ServiceStory(stage)
    caller = Caller(story)
    await caller.ring(*verdicts)
    number = await caller.case_no()
    await story.work_on(number, "HOTLINE_DISPATCH=DISPATCH", evidence=STATION)
    return story, caller, number


async def test_a_ticket_goes_to_its_office_and_its_reply_to_the_platform(stage: Stage) -> None:
    story = await a_case(stage)
    caller = Caller(story)
    await caller.ring("SATISFIED", about=story.case_no)
    number = await caller.case_no()
    task = await story.open_task(number, "HOTLINE_DISPATCH")
    assert task["office"] == LEAD
    assert f"ABOUT:{story.case_no}" in task["findings"]
    assert f"SUGGESTED:{STATION}" in task["findings"]
    await story.work_on(number, "HOTLINE_DISPATCH=DISPATCH", evidence=STATION)
    await story.work_on(number, "HOTLINE_SIGN=SIGN")
    await story.work_on(number, "HOTLINE_HANDLE=REPLY", reason="已联系对方加快办理")
    record = await story.closed(number)
    assert record["ending"] == "COMPLETED"
    (reply,) = await caller.replies()
    assert (reply["what"], reply["round"], reply["words"]) == ("reply", 1, "已联系对方加快办理")
    assert {one["kind"]: one["length"] for one in record["clocks"]}["HANDLING"] == 5
    shown = (await story.case())["tickets"]
    assert [one["ticket_no"] for one in shown] == [caller.ticket_no]


async def test_the_caller_stands_in_the_register_of_tickets_and_nowhere_else(
    stage: Stage,
) -> None:
    story, caller, number = await dispatched(stage, "SATISFIED")
    office = stage.offices[story.home]
    record = await office.case(number)
    handle = stage.clients[story.home].get_workflow_handle(record["workflow_id"])
    history = (await handle.fetch_history()).to_json()
    for personal in ("样例人来电", "12000000001", "样例来电"):
        assert personal not in str(record)
        assert personal not in history
    hidden = await one_ticket(office, caller.ticket_no, clerk=None)
    seen = await one_ticket(office, caller.ticket_no, clerk="HC0102", persons=True)
    assert (hidden["caller_name"], hidden["words"]) == (None, None)
    assert (seen["caller_name"], seen["caller_phone"]) == ("样例人来电", "12000000001")
    await story.work_on(number, "HOTLINE_SIGN=SIGN", "HOTLINE_HANDLE=REPLY")
    await story.closed(number)


async def test_a_wrong_office_returns_the_ticket_once_with_a_reason(stage: Stage) -> None:
    story, _, number = await dispatched(stage, "SATISFIED")
    await story.work_on(number, "HOTLINE_SIGN=NOT_OURS")
    task = await story.open_task(number, "HOTLINE_DISPATCH")
    assert f"NOT_OURS:{STATION}" in task["findings"]
    for office, code in ((STATION, "RETURNED_ONCE"), ("371002-XX-01", "UNKNOWN_OFFICE")):
        await story.work_on(number, "HOTLINE_DISPATCH=DISPATCH", evidence=office)
        task = await story.open_task(number, "HOTLINE_DISPATCH")
        assert f"NOT_DISPATCHED:{code}" in task["findings"]
    await story.work_on(number, "HOTLINE_DISPATCH=DISPATCH", evidence=OTHER)
    task = await story.work_on(number, "HOTLINE_SIGN=SIGN")
    assert task["office"] == OTHER
    await story.work_on(number, "HOTLINE_HANDLE=REPLY")
    await story.closed(number)


async def test_who_neither_signs_nor_returns_in_two_days_has_signed(stage: Stage) -> None:
    story, _, number = await dispatched(stage, "SATISFIED")
    await story.open_task(number, "HOTLINE_SIGN")
    await story.pass_limit(number, "SIGNING")
    task = await story.open_task(number, "HOTLINE_HANDLE")
    assert task["office"] == STATION
    await story.work_on(number, "HOTLINE_HANDLE=REPLY")
    record = await story.closed(number)
    assert "SIGNED_BY_SILENCE" in [one["code"] for one in record["events"]]


async def test_an_unsatisfied_caller_gets_a_second_handling_and_no_third(stage: Stage) -> None:
    story, caller, number = await dispatched(stage, "UNSATISFIED", "UNSATISFIED")
    await story.work_on(number, "HOTLINE_SIGN=SIGN", "HOTLINE_HANDLE=REPLY")
    task = await story.open_task(number, "HOTLINE_HANDLE")
    assert {"ROUND:2", "UNSATISFIED"} <= set(task["findings"])
    await story.work_on(number, "HOTLINE_HANDLE=REPLY", reason="再次办理的结果")
    record = await story.closed(number)
    assert [one["round"] for one in await caller.replies()] == [1, 2]
    called = [one for one in record["acts"] if one["code"] == "TICKET_CALLED_BACK"]
    assert [one["facts"]["verdict"] for one in called] == ["UNSATISFIED", "UNSATISFIED"]


async def test_a_ticket_that_comes_twice_and_both_ways_is_one(stage: Stage) -> None:
    story = ServiceStory(stage)
    caller = Caller(story)
    await stage.put("/hotline/_callbacks", {"mode": "TWICE"})
    try:
        await caller.ring("SATISFIED")
        await caller.ring("SATISFIED")
        number = await caller.case_no()
        await story.work_on(number, "HOTLINE_DISPATCH=DISPATCH", evidence=STATION)
        await story.work_on(number, "HOTLINE_SIGN=SIGN", "HOTLINE_HANDLE=REPLY")
        await story.closed(number)
    finally:
        await stage.put("/hotline/_callbacks", {"mode": "NORMAL"})
    assert len(await caller.rows()) == 1
    assert len(await caller.replies()) == 1


async def test_a_reply_whose_receipt_is_lost_is_taken_once(stage: Stage) -> None:
    story, caller, number = await dispatched(stage, "SATISFIED")
    await stage.behave("hotline", "lost_answer", "reply", times=2)
    try:
        await story.work_on(number, "HOTLINE_SIGN=SIGN", "HOTLINE_HANDLE=REPLY")
        await story.closed(number)
    finally:
        await stage.behave_well()
    assert len(await caller.replies()) == 1


async def test_where_the_platform_never_calls_back_the_lead_office_does(stage: Stage) -> None:
    story, caller, number = await dispatched(stage)
    await story.work_on(number, "HOTLINE_SIGN=SIGN", "HOTLINE_HANDLE=REPLY")
    await caller.replied()
    await story.stage_of(number, "REPLIED")
    await story.pass_limit(number, "VERDICT")
    task = await story.open_task(number, "HOTLINE_CALL_BACK")
    assert task["office"] == LEAD
    await story.work_on(number, "HOTLINE_CALL_BACK=SATISFIED")
    await story.closed(number)


async def test_a_call_back_that_comes_late_still_decides_and_spares_our_own(stage: Stage) -> None:
    story, caller, number = await dispatched(stage)
    await story.work_on(number, "HOTLINE_SIGN=SIGN", "HOTLINE_HANDLE=REPLY")
    await caller.replied()
    await story.stage_of(number, "REPLIED")
    await story.pass_days(number, 11)
    await story.open_task(number, "HOTLINE_CALL_BACK")
    late = {"ticket_no": caller.ticket_no, "verdict": "UNSATISFIED"}
    await stage.put("/hotline/_call_back", {**late, "round": 2})
    await story.noted(number, "VERDICT_NOT_EXPECTED")
    await stage.put("/hotline/_call_back", {**late, "round": 1})
    task = await story.open_task(number, "HOTLINE_HANDLE")
    assert {"ROUND:2", "UNSATISFIED"} <= set(task["findings"])
    record = await stage.offices[story.home].case(number)
    assert {one["kind"]: one["status"] for one in record["tasks"]}[
        "HOTLINE_CALL_BACK"
    ] == "SUPERSEDED"
    (called,) = [one for one in record["acts"] if one["code"] == "TICKET_CALLED_BACK"]
    assert called["facts"]["verdict"] == "UNSATISFIED"
    assert called["actor"] == "SYSTEM"
    await story.work_on(number, "HOTLINE_HANDLE=REPLY")
    await stage.put("/hotline/_call_back", {**late, "round": 2, "verdict": "SATISFIED"})
    await story.closed(number)


async def test_a_withdrawn_ticket_ends_at_once(stage: Stage) -> None:
    story, caller, number = await dispatched(stage)
    await story.open_task(number, "HOTLINE_SIGN")
    await stage.put("/hotline/_withdrawal", {"ticket_no": caller.ticket_no})
    record = await story.closed(number)
    assert record["ending"] == "WITHDRAWN"
    assert await caller.replies() == []


async def test_what_is_not_this_places_goes_back_to_the_platform(stage: Stage) -> None:
    story = ServiceStory(stage)
    caller = Caller(story)
    await caller.ring()
    number = await caller.case_no()
    await story.work_on(number, "HOTLINE_DISPATCH=RETURN", reason="属邻市职责")
    record = await story.closed(number)
    assert record["ending"] == "FORWARDED"
    (sent,) = await caller.replied()
    assert (sent["what"], sent["words"]) == ("send_back", "属邻市职责")


async def test_an_extension_is_approved_once_within_its_cap_and_told_to_the_platform(
    stage: Stage,
) -> None:
    story, caller, number = await dispatched(stage, "SATISFIED")
    await story.work_on(number, "HOTLINE_SIGN=SIGN")
    await story.open_task(number, "HOTLINE_HANDLE")
    office = stage.offices[story.home]

    async def extend(days: int) -> Any:
        return await story.answered(
            office.ask, number, Verb.EXTEND, actor="HC0103", days=days, reason="须核实两地记录"
        )

    await story.refused(extend(11), "OVER_CAP")
    await extend(10)
    await story.refused(extend(1), "OVER_CAP")
    (told,) = await caller.replied()
    assert (told["what"], told["days"]) == ("extend", 10)
    await story.work_on(number, "HOTLINE_HANDLE=REPLY")
    await story.closed(number)


async def test_an_extension_is_told_with_the_round_of_its_reply_after_a_return(
    stage: Stage,
) -> None:
    story, caller, number = await dispatched(stage, "UNSATISFIED", "SATISFIED")
    await story.work_on(number, "HOTLINE_SIGN=NOT_OURS")
    await story.work_on(number, "HOTLINE_DISPATCH=DISPATCH", evidence=OTHER)
    await story.work_on(number, "HOTLINE_SIGN=SIGN")
    await story.open_task(number, "HOTLINE_HANDLE")
    office = stage.offices[story.home]

    async def extend(days: int) -> None:
        await story.answered(
            office.ask, number, Verb.EXTEND, actor="HC1103", days=days, reason="须核实两地记录"
        )

    await extend(3)
    (told,) = await caller.replied()
    assert (told["what"], told["round"], told["days"]) == ("extend", 1, 3)
    await story.work_on(number, "HOTLINE_HANDLE=REPLY")
    task = await story.open_task(number, "HOTLINE_HANDLE")
    assert "ROUND:2" in task["findings"]
    await extend(2)
    await caller.replied(3)
    await story.work_on(number, "HOTLINE_HANDLE=REPLY")
    await story.closed(number)
    said = [(one["what"], one["round"]) for one in await caller.replies()]
    assert said == [("extend", 1), ("reply", 1), ("extend", 2), ("reply", 2)]


async def test_the_door_takes_news_only_at_its_own_address(stage: Stage) -> None:
    own = stage.system.settings.locality("371002")
    token = news_token(own.grant_secret.get_secret_value().encode(), own.code)
    withdrawal = {"number": 10**9, "ticket_no": "样例单没有", "kind": "WITHDRAWN"}
    async with httpx.AsyncClient(base_url=own.console_url, timeout=10) as http:
        for address, body, status in (
            ("wrong", withdrawal, 403),
            (token, withdrawal, 404),
            (token, {"number": 0}, 400),
        ):
            answer = await http.post(f"/hotline/events/{address}", json=body)
            assert answer.status_code == status, answer.text
    listed = await list_tickets(stage.offices["371002"], clerk="HC0902", limit=2000)
    assert all(one["ticket_no"] != "样例单没有" for one in listed)
