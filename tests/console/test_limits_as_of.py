"""A limit as it was explained at an earlier time, over the interface and on its page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from storage.database import Database
from tests.console.api_clients import V1, is_problem, signed_in
from tests.console.test_signing_in import browser, sign_in
from tests.storage.builders import TODAY
from tests.storage.test_supervision import DUE, Story

HANDLER = "HC0102"


@pytest_asyncio.fixture
async def story(database: Database) -> Story:
    """A limit that was extended by ten working days."""
    story = Story(database)
    await story.begin()
    await story.clock("EXTEND", TODAY, length=10)
    return story


async def test_the_line_before_an_extension_gives_the_date_of_then(
    database: Database, story: Story
) -> None:
    address = f"{V1}/cases/{story.filing.case_no}/clocks"
    async with signed_in(database, HANDLER) as client:
        (now,) = (await client.get(address)).json()["items"]
        started, extended = now["log"]
        asked = {"line": started["id"]}
        (then,) = (await client.get(address, params=asked)).json()["items"]
        (after,) = (await client.get(address, params={"line": extended["id"]})).json()["items"]
    assert then["derived_due_on"] == then["due_on"] == DUE.isoformat() < now["due_on"]
    assert [line["id"] for line in then["log"]] == [started["id"]]
    assert after["derived_due_on"] == now["derived_due_on"]


async def test_before_it_began_there_is_no_limit_and_the_future_is_not_known(
    database: Database, story: Story
) -> None:
    address = f"{V1}/cases/{story.filing.case_no}/clocks"
    async with signed_in(database, HANDLER) as client:
        (now,) = (await client.get(address)).json()["items"]
        began = datetime.fromisoformat(now["log"][0]["at"])
        before = (began - timedelta(days=1)).isoformat()
        assert (await client.get(address, params={"as_of": before})).json()["items"] == []
        later = (datetime.now(UTC) + timedelta(days=3000)).isoformat()
        (known,) = (await client.get(address, params={"as_of": later})).json()["items"]
        assert known["due_on"] == now["due_on"]
        for wrong in ({"as_of": "yesterday"}, {"line": "0"}):
            is_problem(await client.get(address, params=wrong), 422, "WRONG_INPUT")


@pytest.mark.parametrize(
    ("as_of", "says"), [("2026-01-01T09:30", "那时还没有这个时限"), ("", "变动记录")]
)
async def test_the_page_of_a_limit_asks_for_the_time(
    database: Database, story: Story, as_of: str, says: str
) -> None:
    path = f"/cases/{story.filing.case_no}/limits/DECISION/1"
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, HANDLER)
        page = await client.get(path, params={"as_of": as_of})
        assert says in page.text and f'value="{as_of}"' in page.text
        wrong = await client.get(path, params={"as_of": "yesterday"})
        assert wrong.status_code == 409 and "时刻请写成" in wrong.text
