"""The office that a rung addresses hears of it, finds it, answers it and has its paper."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from typing import Any

import httpx
import pytest
import pytest_asyncio

from activities.patrolling import Patrol
from domain.calendar import SHANGHAI
from storage.database import Database
from tests.console.api_clients import V1, is_problem, signed_in
from tests.console.test_board_pages import form
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.slips.reading import text_of
from tests.storage.builders import CATALOG
from tests.storage.test_supervision import Story, after

HANDLER, SUPERVISOR, STRANGER, AUDITOR = "HC0102", "HC0902", "HC0202", "HC0905"
STATION, OTHER = "371002-GA-01", "371002-GA-02"


async def patrolled(database: Database, day: date) -> None:
    at = datetime.combine(day, time(10), SHANGHAI).astimezone(UTC)
    await Patrol(database, CATALOG, "371002", at).run(lambda: None)


@pytest_asyncio.fixture
async def story(database: Database) -> Story:
    """A case whose task has climbed to 督办单: nobody answered the rung before."""
    story = Story(database)
    await story.begin()
    for days in (2, 4):
        await patrolled(database, after(days))
    return story


@pytest_asyncio.fixture
async def client(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(database, seeded_accounts=True) as client:
        yield client


async def order_of(story: Story) -> dict[str, Any]:
    order = (await story.rungs())[-1]
    assert order["rung"] == "SUPERVISION_ORDER"
    return order


async def test_the_case_leads_its_office_to_each_open_rung(
    client: httpx.AsyncClient, story: Story
) -> None:
    await sign_in(client, HANDLER)
    page = await client.get(f"/cases/{story.filing.case_no}")
    rungs = await story.rungs()
    assert len(rungs) == 4
    for one in rungs:
        link = f"/board/rungs/{one['number']}"
        assert f'href="{link}"' in page.text
        assert (await client.get(link)).status_code == 200
    assert 'href="/board?case_no=' not in page.text


async def test_only_supervisors_are_sent_back_to_the_board(
    client: httpx.AsyncClient, story: Story
) -> None:
    path = f"/board/rungs/{(await order_of(story))['number']}"
    await sign_in(client, HANDLER)
    page = await client.get(path)
    assert "返回看板" not in page.text and 'href="/board/rungs"' in page.text
    await sign_in(client, SUPERVISOR)
    assert "返回看板" in (await client.get(path)).text


async def test_what_waits_for_an_answer_is_counted_at_the_worklist(
    client: httpx.AsyncClient, story: Story
) -> None:
    def number(page: httpx.Response) -> int:
        tab = page.text.split('id="tab-rungs"')[1].split("</a>")[0]
        return int(tab.rpartition('">')[2].partition("<")[0])

    await sign_in(client, HANDLER)
    before = await client.get("/worklist")
    path = f"/board/rungs/{(await order_of(story))['number']}"
    given = {**await form(client, path), "text": "样例说明"}
    assert (await client.post(f"{path}/reply", data=given)).status_code == 303
    after_answer = await client.get("/worklist/counts")
    assert number(after_answer) == number(before) - 1
    assert 'class="count hot"' in before.text.split('id="tab-rungs"')[1].split("</a>")[0]


async def test_the_list_is_filtered_by_office_level_and_case(
    client: httpx.AsyncClient, story: Story
) -> None:
    case_no, order = story.filing.case_no, await order_of(story)
    await sign_in(client, SUPERVISOR)
    own = await client.get(f"/board/rungs?office={STATION}&rung=SUPERVISION_ORDER")
    assert order["number"] in own.text
    other = await client.get(f"/board/rungs?office={OTHER}&case_no={case_no}")
    assert "没有这样的督办件。" in other.text
    waiting = await client.get(f"/board/rungs?state=awaiting&case_no={case_no}")
    numbers = [one["number"] for one in await story.rungs() if one["due_on"]]
    assert [one["number"] in waiting.text for one in await story.rungs()] == [
        one["number"] in numbers for one in await story.rungs()
    ]
    assert order["number"] in (await client.get("/board/rungs?case_no=%00&after=%00")).text
    for wrong in ("state=none", "rung=none"):
        assert (await client.get(f"/board/rungs?{wrong}")).status_code == 409
    await sign_in(client, STRANGER)
    assert (await client.get(f"/board/rungs?office={STATION}")).status_code == 403
    assert case_no not in (await client.get("/board/rungs?state=all")).text


async def test_an_office_s_rungs_are_found_behind_those_of_others(
    database: Database, story: Story
) -> None:
    case_no = story.filing.case_no
    async with signed_in(database, SUPERVISOR) as client:
        seen: list[str] = []
        asked: dict[str, Any] = {"case_no": case_no, "limit": 3, "office": STATION}
        while True:
            page = (await client.get(f"{V1}/rungs", params=asked)).json()
            assert page["total"] == 4
            seen += [one["number"] for one in page["items"]]
            if page["next"] is None:
                break
            asked["after"] = page["next"]
        assert seen == [one["number"] for one in reversed(await story.rungs())]
        level = {"case_no": case_no, "rung": "URGE"}
        (urge,) = (await client.get(f"{V1}/rungs", params=level)).json()["items"]
        assert urge["rung"] == "URGE" and urge["open"] is True
    async with signed_in(database, STRANGER) as client:
        assert (await client.get(f"{V1}/rungs?case_no={case_no}")).json()["total"] == 0
        is_problem(await client.get(f"{V1}/rungs?office={STATION}"), 403, "FORBIDDEN")
        is_problem(await client.get(f"{V1}/rungs?rung=none"), 422, "WRONG_INPUT")


async def test_a_checked_answer_ends_nothing_and_the_work_does(
    client: httpx.AsyncClient, database: Database, story: Story
) -> None:
    order = await order_of(story)
    path = f"/board/rungs/{order['number']}"
    await sign_in(client, HANDLER)
    given = {**await form(client, path), "text": "样例说明"}
    await client.post(f"{path}/reply", data=given)
    await sign_in(client, SUPERVISOR)
    page = await client.get(path)
    assert "核验答复" in page.text and "下一级到期照常发出" in page.text
    given = {**await form(client, path), "text": "同意"}
    await client.post(f"{path}/close", data=given)
    (checked,) = [one for one in await story.rungs() if one["number"] == order["number"]]
    assert (checked["state"], checked["open"]) == ("CHECKED", True)
    await patrolled(database, after(10))
    assert (await story.rungs())[-1]["rung"] == "RECTIFY_BY"
    await story.close(after(10))
    await patrolled(database, after(10))
    assert not any(one["open"] for one in await story.rungs())
    page = await client.get(f"/board/rungs/{(await story.rungs())[-1]['number']}")
    assert "待办已办结，督办不再升级" in page.text


@pytest.mark.parametrize("clerk", [HANDLER, SUPERVISOR])
async def test_the_paper_of_a_rung_is_issued_on_its_page(
    client: httpx.AsyncClient, story: Story, clerk: str
) -> None:
    order = await order_of(story)
    path = f"/board/rungs/{order['number']}"
    await sign_in(client, clerk)
    page = await client.get(path)
    assert "出具文书" in page.text
    given = {"csrftoken": token_of(page)}
    paper = await client.post(f"{path}/slip", data=given)
    assert paper.headers["content-type"] == "application/pdf"
    assert order["number"] in text_of(paper.content)
    assert (await client.post(f"{path}/slip", data=given)).content == paper.content


async def test_a_rung_without_a_paper_offers_none(client: httpx.AsyncClient, story: Story) -> None:
    urge = (await story.rungs())[2]
    await sign_in(client, HANDLER)
    page = await client.get(f"/board/rungs/{urge['number']}")
    assert "出具文书" not in page.text
    given = {"csrftoken": token_of(page)}
    refused = await client.post(f"/board/rungs/{urge['number']}/slip", data=given)
    assert refused.status_code == 409 and "没有文书" in refused.text
    await sign_in(client, AUDITOR)
    order = await order_of(story)
    assert "出具文书" not in (await client.get(f"/board/rungs/{order['number']}")).text


async def test_the_paper_of_a_rung_is_issued_and_handed_out_over_the_interface(
    database: Database, story: Story
) -> None:
    order = await order_of(story)
    address = f"{V1}/rungs/{order['number']}/slip"
    async with signed_in(database, SUPERVISOR) as client:
        is_problem(await client.get(address), 409, "NOT_NOW")
        made = await client.post(address, json={})
        assert made.status_code == 201 and made.json()["number"].startswith("督〔")
        again = await client.post(address, json={})
        assert again.json() == {**made.json(), "again": True}
        paper = await client.get(address)
        assert order["number"] in text_of(paper.content)
    async with signed_in(database, STRANGER) as client:
        is_problem(await client.post(address, json={}), 404, "NOT_FOUND")
