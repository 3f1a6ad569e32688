"""A hearing by forms: who is offered what, what each form needs, what comes back at its field."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from console.office import Office
from contracts.cases import HukouFiling
from contracts.commands import Command, Verb
from contracts.transitions import ActRecorded, ClockStarted, EventNoted
from storage import commands
from storage.database import Database
from tests.console.api_clients import V1, integrator, is_problem, signed_in
from tests.console.test_case_page import case
from tests.console.test_progress_page import ask as prove
from tests.console.test_progress_page import proof
from tests.console.test_signing_in import CATALOG, browser, sign_in, token_of
from tests.console.test_task_pages import command_of, opened
from tests.slips.reading import text_of
from tests.storage.builders import NOW, TODAY, record, step
from tests.storage.test_supervision import LIMIT

HEARING = frozenset(verb for verb in Verb if verb.value.startswith("HEARING_"))
PARTY = frozenset({Verb.HEARING_ASK, Verb.HEARING_WAIVE})
HANDLER, APPROVER = "HC0102", "HC0103"
Takes = Callable[[frozenset[Verb]], None]


@pytest.fixture
def takes(monkeypatch: pytest.MonkeyPatch) -> Takes:
    """Let the running case take these."""

    def so(verbs: frozenset[Verb]) -> None:
        async def now(office: Office, workflow_id: str) -> frozenset[Verb]:
            return verbs

        monkeypatch.setattr(Office, "asked_now", now)

    return so


def next_working(day: date) -> date:
    return CATALOG.calendar.next_working(day)


@pytest.mark.parametrize(
    ("number", "offered"),
    [(HANDLER, PARTY), (APPROVER, HEARING), ("HC0902", frozenset[Verb]())],
)
async def test_each_step_is_offered_where_case_and_post_allow_it_and_says_what_it_does(
    database: Database, takes: Takes, number: str, offered: frozenset[Verb]
) -> None:
    takes(HEARING)
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, number)
        page = (await client.get(f"/cases/{one.case_no}/acts")).text
        assert {verb for verb in HEARING if f'id="act-{verb.value}"' in page} == offered
        assert page.count("行政许可法第四十") == len(offered)
        takes(frozenset({Verb.HEARING_HELD}))
        page = (await client.get(f"/cases/{one.case_no}/acts")).text
        shown = {verb for verb in HEARING if f'id="act-{verb.value}"' in page}
        assert shown == offered & {Verb.HEARING_HELD}


async def test_a_step_that_belongs_to_the_approver_is_refused_to_others(
    database: Database, takes: Takes
) -> None:
    takes(HEARING)
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, HANDLER)
        page = await client.get(f"/cases/{one.case_no}/acts")
        form = {"csrftoken": token_of(page), "command_id": command_of(page.text), "reason": "样例"}
        for verb in HEARING - PARTY:
            sent = await client.post(f"/cases/{one.case_no}/acts/{verb.value}", data=form)
            assert sent.status_code == 403


def dated(on: date | str, **changes: str) -> dict[str, str]:
    form = {"on": str(on), "place": "样例会议室，9时30分", "chair": "HC0902", "reason": "依申请"}
    return {**form, "days": "15", **changes}


SATURDAY = TODAY + timedelta(days=(5 - TODAY.weekday()) % 7 + 28)


@pytest.mark.parametrize(
    ("verb", "form", "status", "field"),
    [
        ("HEARING_TELL", {}, 422, "reason"),
        ("HEARING_HELD", {"reason": " "}, 422, "reason"),
        ("HEARING_SET", dated("2026-02-30"), 422, "on"),
        ("HEARING_SET", dated(TODAY, place=""), 422, "place"),
        ("HEARING_SET", dated(TODAY, chair=""), 422, "chair"),
        ("HEARING_ANNOUNCE", dated(TODAY, days="0"), 422, "days"),
        ("HEARING_ANNOUNCE", dated(TODAY, days="many"), 422, "days"),
        ("HEARING_SET", dated(TODAY - timedelta(days=400)), 409, "on"),
        ("HEARING_ANNOUNCE", dated(next_working(SATURDAY), chair="DH0102"), 409, "chair"),
        ("HEARING_ANNOUNCE", dated(next_working(SATURDAY), chair="nobody"), 409, "chair"),
    ],
)
async def test_what_is_missing_or_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    database: Database, takes: Takes, verb: str, form: dict[str, str], status: int, field: str
) -> None:
    takes(HEARING)
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, APPROVER)
        address = f"/cases/{one.case_no}/acts"
        page = await client.get(address)
        sent = await client.post(
            f"{address}/{verb}",
            data={"csrftoken": token_of(page), "command_id": command_of(page.text), **form},
        )
        assert sent.status_code == status, sent.text
        assert f'id="{verb}-{field}-error"' in sent.text
        assert form.get("place", "") in sent.text
        # Tokens and numbers may hold two hyphens; a page that shows them to people may not.
        assert "--" not in re.sub(r'type="hidden"[^>]*>', "", sent.text.split("<main")[1])


async def test_a_right_form_is_kept_under_its_number_while_the_case_does_not_answer(
    database: Database, takes: Takes
) -> None:
    takes(HEARING)
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, APPROVER)
        address = f"/cases/{one.case_no}/acts"
        page = await client.get(address)
        form = {"csrftoken": token_of(page), "command_id": command_of(page.text)}
        announced = {**form, **dated(next_working(SATURDAY))}
        for _ in range(2):
            kept = await client.post(f"{address}/HEARING_ANNOUNCE", data=announced)
            assert kept.status_code == 202 and "已保存" in kept.text


async def test_the_interface_asks_the_same_of_its_callers(database: Database) -> None:
    one = await opened(database)
    address = f"{V1}/cases/{one.case_no}/acts"
    async with integrator(database, HANDLER) as client:
        is_problem(await client.post(f"{address}/HEARING_TELL", json={}), 403, "FORBIDDEN")
    async with signed_in(database, APPROVER) as client:
        wrong = await client.post(f"{address}/HEARING_SET", json={"reason": "样例"})
        found = is_problem(wrong, 422, "WRONG_FIELD")
        assert {one["pointer"] for one in found["errors"]} == {"/on", "/place", "/chair"}
        body: dict[str, Any] = {**dated(next_working(SATURDAY), chair="DH0102"), "days": 15}
        far = await client.post(f"{address}/HEARING_ANNOUNCE", json=body)
        found = is_problem(far, 409, "FOREIGN_OFFICE")
        assert [one["pointer"] for one in found["errors"]] == ["/chair"]
        told = await client.post(f"{address}/HEARING_TELL", json={"reason": "涉及他人重大利益"})
        assert told.status_code == 202 and told.json()["command_id"]


async def test_the_applicant_is_offered_a_hearing_only_while_one_can_be_asked_for(
    database: Database, takes: Takes
) -> None:
    takes(PARTY)
    filing = await case(database)
    async with browser(database) as client:
        await prove(client, await proof(database, filing))
        assert "/progress/hearing" not in (await client.get("/progress")).text
        asking = ClockStarted(kind="HEARING_ASK", limit=LIMIT, started_on=TODAY)
        await record(database, step(filing, 2, stage="REVIEW", clocks_started=(asking,)))
        page = await client.get("/progress")
        assert page.text.count('action="/progress/hearing"') == 2
        command = page.text.split('name="command_id" value="')[1].split('"')[0]
        form = {"csrftoken": token_of(page), "command_id": command}
        for do, says in (("HEARING_WAIVE", "勾选确认"), ("HEARING_HELD", "请选择申请听证")):
            refused = await client.post("/progress/hearing", data={**form, "do": do})
            assert refused.status_code == 409 and says in refused.text
        sent = await client.post("/progress/hearing", data={**form, "do": "HEARING_ASK"})
        assert sent.status_code == 409 and "已保存" in sent.text
        takes(frozenset({Verb.HEARING_WAIVE}))
        page = await client.get("/progress")
        assert page.text.count('action="/progress/hearing"') == 1 and "正在组织听证" in page.text


async def dated_step(database: Database, filing: HukouFiling, sequence: int, **told: str) -> None:
    """A step that set a hearing: the act has the day, the command the place."""
    command_id = f"c-{uuid.uuid4()}"
    command = Command(
        command_id=command_id, verb=Verb.HEARING_SET, actor=APPROVER, office="371002-GA-01"
    )
    body = {"place": told["place"], "reason": "依申请举行听证"}
    async with database.write() as connection:
        assert await commands.put(connection, "w", filing.case_no, command, body, NOW)
        await commands.settle(connection, command_id, "DONE", {}, NOW)
    act = hearing_act("HEARING_NOTICED", sequence, day=told["day"], chair="HC0902")
    await record(
        database, step(filing, sequence, stage="REVIEW", causes=(command_id,), acts=(act,))
    )


def hearing_act(code: str, sequence: int, **facts: str) -> ActRecorded:
    return ActRecorded(
        key=f"{code}:0:{sequence}",
        code=code,
        office="371002-GA-01",
        actor=APPROVER,
        basis="样例依据",
        facts=facts,
    )


async def test_the_applicant_reads_day_and_place_as_told_last_until_it_is_over(
    database: Database, takes: Takes
) -> None:
    takes(frozenset())
    filing = await case(database)
    async with browser(database) as client:
        await prove(client, await proof(database, filing))
        assert "听证已定于" not in (await client.get("/progress")).text
        await dated_step(database, filing, 2, day="2026-12-15", place="样例楼一会议室")
        page = (await client.get("/progress")).text
        assert "听证已定于：<strong>2026-12-15</strong>" in page and "样例楼一会议室" in page
        assert "HC0902" not in page and "依申请" not in page
        await dated_step(database, filing, 3, day="2026-12-22", place="样例楼二会议室")
        page = (await client.get("/progress")).text
        assert "2026-12-22" in page and "样例楼二会议室" in page and "一会议室" not in page
        over = hearing_act("HEARING_HELD", 4, day="2026-12-22", chair="HC0902")
        await record(database, step(filing, 4, stage="REVIEW", acts=(over,)))
        assert "听证已定于" not in (await client.get("/progress")).text


async def test_a_hearing_that_was_waived_is_not_announced_to_the_applicant(
    database: Database, takes: Takes
) -> None:
    takes(frozenset())
    filing = await case(database)
    await dated_step(database, filing, 2, day="2026-12-15", place="样例楼一会议室")
    waived = EventNoted(code="HEARING_WAIVED")
    await record(database, step(filing, 3, stage="REVIEW", events=(waived,)))
    async with browser(database) as client:
        await prove(client, await proof(database, filing))
        assert "样例楼一会议室" not in (await client.get("/progress")).text


async def test_the_paper_of_a_hearing_has_its_place_from_the_register(database: Database) -> None:
    filing = await case(database)
    await dated_step(database, filing, 2, day="2026-12-15", place="样例楼一会议室")
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, HANDLER)
        offered = await client.get(f"/cases/{filing.case_no}/slips")
        assert offered.status_code == 200 and "听证通知书" in offered.text
        form = {"csrftoken": token_of(offered), "kind": "HEARING_NOTICE"}
        paper = await client.post(f"/cases/{filing.case_no}/slips", data=form)
    assert "样例楼一会议室" in text_of(paper.content)
