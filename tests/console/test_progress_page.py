"""The applicant's page: two secrets open one case, wrong ones say nothing, tries are limited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select, update

from console.office import Office
from contracts.cases import HukouFiling
from contracts.commands import Verb
from contracts.transitions import ActRecorded
from domain.numbered_papers import FOR_GOOD
from storage.case_tables import Case, Person
from storage.database import Database
from storage.paper_tables import Certificate
from tests.console.test_case_page import case
from tests.console.test_signing_in import browser, token_of
from tests.storage.builders import NOW, record, step

PHONE = "12000000000"
Takes = Callable[[frozenset[Verb] | None], None]


@pytest.fixture
def takes(monkeypatch: pytest.MonkeyPatch) -> Takes:
    """Let the running case take these; None: it does not answer."""

    def so(verbs: frozenset[Verb] | None) -> None:
        async def now(office: Office, workflow_id: str) -> frozenset[Verb] | None:
            return verbs

        monkeypatch.setattr(Office, "asked_now", now)

    return so


async def proof(database: Database, filing: HukouFiling) -> dict[str, str]:
    async with database.read() as connection:
        id_no = (
            await connection.execute(
                select(Person.id_no).where(Person.case_no == filing.case_no, Person.number == 1)
            )
        ).scalar_one()
    return {"case_no": filing.case_no, "phone": PHONE, "id_tail": id_no[-6:]}


async def ask(client: httpx.AsyncClient, given: dict[str, str]) -> httpx.Response:
    page = await client.get("/progress")
    return await client.post("/progress", data={**given, "csrftoken": token_of(page)})


async def test_number_and_secret_show_progress_and_no_name(database: Database) -> None:
    filing = await case(database)
    given = await proof(database, filing)
    async with browser(database) as client:
        opened = await ask(client, given)
        assert (opened.status_code, opened.headers["location"]) == (303, "/progress")
        page = await client.get("/progress")
    assert "审核中" in page.text and "鲸园派出所" in page.text
    for personal in ("样例1", given["id_tail"], PHONE, "HC0101", "样例街"):
        assert personal not in page.text
    assert 'data-size="large"' in page.text and "/worklist" not in page.text


async def test_a_wrong_secret_says_the_same_whether_or_not_there_is_a_case(
    database: Database,
) -> None:
    filing = await case(database)
    given = await proof(database, filing)
    wrong: list[dict[str, Any]] = [
        {**given, "id_tail": "000000"},
        {**given, "phone": "12000000001"},
        {**given, "case_no": "3710022026112399999999"},
        {"case_no": filing.case_no, "secret": "AAAA-BBBB-CCCC"},
        {"case_no": filing.case_no, "secret": "?", "phone": PHONE},
    ]
    async with browser(database) as client:
        answers = [await ask(client, one) for one in wrong]
        assert {answer.status_code for answer in answers} == {403}
        texts = {answer.text.split('id="error">')[1].split("</p>")[0] for answer in answers}
        assert len(texts) == 1
        assert "查询" in (await client.get("/progress")).text


async def test_one_case_is_not_opened_by_trying_from_wherever(database: Database) -> None:
    filing = await case(database)
    given = await proof(database, filing)
    async with browser(database) as client:
        for _ in range(10):
            assert (await ask(client, {**given, "id_tail": "000000"})).status_code == 403
        refused = await ask(client, given)
        assert refused.status_code == 429 and "一小时后" in refused.text


async def test_who_leaves_or_never_proved_sees_and_does_nothing(database: Database) -> None:
    filing = await case(database)
    given = await proof(database, filing)
    async with browser(database) as client:
        page = await client.get("/progress")
        for path in ("withdraw", "supplement", "hearing", "rate"):
            form = {"csrftoken": token_of(page), "command_id": "c-x", "level": "BASIC"}
            answer = await client.post(f"/progress/{path}", data=form)
            assert answer.status_code == 403 and filing.case_no not in answer.text
        await ask(client, given)
        page = await client.get("/progress")
        await client.post("/progress/leave", data={"csrftoken": token_of(page)})
        assert filing.case_no not in (await client.get("/progress")).text


async def test_a_proof_gives_no_way_into_the_pages_of_the_staff(database: Database) -> None:
    filing = await case(database)
    async with browser(database, seeded_accounts=True) as client:
        await ask(client, await proof(database, filing))
        page = await client.get(f"/cases/{filing.case_no}")
        assert page.status_code == 303 and page.headers["location"].startswith("/sign-in")


async def test_who_gives_no_proof_is_asked_for_one_and_keeps_the_number(database: Database) -> None:
    filing = await case(database)
    empty: dict[str, str] = {"case_no": filing.case_no}
    async with browser(database) as client:
        for given in (empty, {**empty, "phone": PHONE}, {**empty, "secret": " "}):
            answer = await ask(client, given)
            assert answer.status_code == 422 and "请填写收件凭证上的验证码" in answer.text
            assert f'value="{filing.case_no}"' in answer.text


async def test_a_withdrawal_must_be_meant(database: Database, takes: Takes) -> None:
    takes(frozenset({Verb.WITHDRAW}))
    filing = await case(database)
    async with browser(database) as client:
        await ask(client, await proof(database, filing))
        page = await client.get("/progress")
        command = page.text.split('name="command_id" value="')[1].split('"')[0]
        form = {"csrftoken": token_of(page), "command_id": command}
        answer = await client.post("/progress/withdraw", data=form)
        assert answer.status_code == 409 and "勾选确认" in answer.text


@pytest.mark.parametrize(
    ("allowed", "act", "says"),
    [
        (None, "", "暂时没有答复"),
        (frozenset(), "", "在当前环节不能撤回"),
        (frozenset({Verb.WITHDRAW}), "ITEM_GRANTED", "决定"),
    ],
)
async def test_a_case_that_cannot_be_withdrawn_says_why_instead_of_a_button(
    database: Database, takes: Takes, allowed: frozenset[Verb] | None, act: str, says: str
) -> None:
    takes(allowed)
    filing = await case(database)
    if act:
        granted = ActRecorded(
            key=act,
            code=act,
            office="371002-GA-01",
            actor="HC0103",
            basis="样例依据",
            effective_on=NOW.date(),
        )
        await record(database, step(filing, 2, stage="MAKING", acts=(granted,)))
    async with browser(database) as client:
        await ask(client, await proof(database, filing))
        page = (await client.get("/progress")).text
    told = page.split("<summary>撤回申请")[1].split("</details>")[0]
    assert says in told and "<button" not in told


async def test_a_finished_case_tells_the_number_of_its_result_and_where_it_stands(
    database: Database,
) -> None:
    filing = await case(database)
    delivered = ActRecorded(
        key="DELIVERED",
        code="DELIVERED",
        office="371002-GA-01",
        actor="SYSTEM",
        basis="样例依据",
        effective_on=NOW.date(),
        facts={"way": "ELECTRONIC"},
    )
    await record(database, step(filing, 2, stage="DELIVERY", acts=(delivered,)))
    async with database.write() as connection:
        for number, status in (("样例结果1", "VALID"), ("样例结果0", "VOID")):
            await connection.execute(
                insert(Certificate).values(
                    number=f"{number}-{filing.case_no}",
                    case_no=filing.case_no,
                    key=f"RESULT-{number}",
                    kind="RESULT",
                    issuer="371002",
                    office="371002-GA-01",
                    person=1,
                    status=status,
                    issued_on=NOW.date(),
                    valid_until=FOR_GOOD,
                    made_in=2,
                    changed_at=NOW,
                )
            )
    given = await proof(database, filing)
    async with browser(database) as client:
        await ask(client, given)
        assert "样例结果1" not in (await client.get("/progress")).text
        async with database.write() as connection:
            await connection.execute(
                update(Case)
                .where(Case.case_no == filing.case_no)
                .values(closed_at=NOW, ending="COMPLETED")
            )
        page = (await client.get("/progress")).text
    assert f"样例结果1-{filing.case_no}" in page and "样例结果0" not in page
    assert "电子证照库" in page and "长期" in page and "窗口领取" in page
    assert "样例1<" not in page and given["id_tail"] not in page


@pytest.mark.parametrize(
    ("content", "says"), [(b"MZ not a paper", "不是可以接收的材料"), (b"", "请至少选择一份材料")]
)
async def test_what_is_no_paper_is_not_taken(database: Database, content: bytes, says: str) -> None:
    filing = await case(database)
    async with database.write() as connection:
        await connection.execute(
            update(Case).where(Case.case_no == filing.case_no).values(stage="CORRECTION")
        )
    async with browser(database) as client:
        await ask(client, await proof(database, filing))
        page = await client.get("/progress")
        assert "补交材料" in page.text
        command = page.text.split('name="command_id" value="')[1].split('"')[0]
        answer = await client.post(
            "/progress/supplement",
            data={"csrftoken": token_of(page), "command_id": command, "slot": "TRANSFER_ORDER:0"},
            files={"file": ("a.pdf" if content else "", content, "application/pdf")},
        )
        assert answer.status_code == 409 and says in answer.text
