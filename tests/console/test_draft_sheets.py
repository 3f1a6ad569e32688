"""A draft in two windows, a draft that was filed meanwhile, and its papers before it is filed."""

from __future__ import annotations

import re
from typing import Any

import httpx
from sqlalchemy import select

from storage.database import Database
from storage.desk_tables import DraftRow
from tests.console.test_intake_pages import PDF, begun, spouse
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.storage.builders import identity

BY_ITSELF = {"HX-Request": "true"}


def sheet(page: httpx.Response, **typed: str) -> dict[str, Any]:
    """What the form of this page sends, with what somebody types into it."""
    hidden = dict(re.findall(r'name="(page|seen)" value="([^"]+)"', page.text))
    return {"csrftoken": token_of(page), **hidden, **typed}


async def kept(database: Database, address: str) -> str:
    """The applicant's name that stands in the draft."""
    async with database.read() as connection:
        found = await connection.execute(
            select(DraftRow.content).where(DraftRow.id == address.rpartition("/")[2])
        )
        return str(found.scalar_one()["fields"].get("applicant.name", ""))


async def test_of_two_windows_on_one_draft_neither_is_overwritten_unsaid(
    database: Database,
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        first, second = await client.get(address), await client.get(address)
        one = sheet(first, **{"applicant.name": "样例甲"})
        other = sheet(second, **{"applicant.name": "样例乙"})
        await client.post(f"{address}/save", data=one, headers=BY_ITSELF)
        told = await client.post(f"{address}/save", data=other, headers=BY_ITSELF)
        assert "另一个窗口有更新" in told.text and "草稿已保存" not in told.text
        for act in ("save", "check", "file"):
            page = await client.post(f"{address}/{act}", data=other)
            assert page.status_code == 409 and "还没有保存" in page.text
            assert 'value="样例乙"' in page.text and sheet(page) == sheet(second)
        assert await kept(database, address) == "样例甲"
        again = await client.post(f"{address}/save", data={**other, "anyway": "1"})
        assert again.status_code == 200 and await kept(database, address) == "样例乙"
        late = await client.post(f"{address}/save", data=one, headers=BY_ITSELF)
        assert "另一个窗口有更新" in late.text


async def test_one_window_saves_as_often_as_it_likes(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        page = await client.get(address)
        for name in ("样例甲", "样例乙", "样例丙"):
            form = sheet(page, **{"applicant.name": name})
            saved = await client.post(f"{address}/save", data=form, headers=BY_ITSELF)
            assert "草稿已保存" in saved.text
        assert await kept(database, address) == "样例丙"


async def test_a_draft_that_was_filed_meanwhile_leads_to_its_receipt(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        page = await client.get(address)
        form = {**sheet(page), **spouse(token_of(page), identity())}
        await client.post(f"{address}/file", data=form)
        by_itself = await client.post(f"{address}/save", data=form, headers=BY_ITSELF)
        assert "已收件" in by_itself.text and f'href="{address}/receipt"' in by_itself.text
        assert "草稿已保存" not in by_itself.text
        for act in ("save", "check", "file"):
            answer = await client.post(f"{address}/{act}", data=form)
            assert answer.headers["location"] == f"{address}/receipt"


async def test_a_paper_of_a_draft_is_looked_at_by_its_owner_alone(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        page = await client.post(
            f"{address}/save",
            data={
                "csrftoken": token_of(await client.get(address)),
                "slot": "SETTLEMENT_APPLICATION:0",
            },
            files={"file": ("样例申请.pdf", PDF, "application/pdf")},
        )
        (paper,) = re.findall(rf'href="({address}/papers/[0-9a-f]+)"', page.text)
        seen = await client.get(paper)
        assert seen.content == PDF and seen.headers["content-type"] == "application/pdf"
        assert seen.headers["content-disposition"].startswith("inline")
        assert (await client.get(f"{address}/papers/{'0' * 64}")).status_code == 404
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0201")
        assert (await client.get(paper)).status_code == 404


async def test_a_draft_is_thrown_away_only_at_the_second_button(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        page = await client.get(await begun(client, "HUKOU-SPOUSE"))
    assert page.text.count("/drop") == 1
    folded = page.text.split('<details id="drop">')[1].split("</details>")[0]
    assert "/drop" in folded and "不能恢复" in folded
