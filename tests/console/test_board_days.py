"""Whose days were used, by office, matter and month: they add up to the calendar, visibly."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook

from domain.calendar import SHANGHAI
from storage.database import Database
from tests.console.api_clients import V1, integrator, is_problem, signed_in
from tests.console.lists import case_with_task
from tests.console.test_signing_in import browser, sign_in

HANDLER, SUPERVISOR = "HC0102", "HC0902"
WAYS = ("office", "matter", "month")


def period() -> tuple[str, str]:
    """Longer than any case of these tests: its days are counted whole."""
    today = datetime.now(SHANGHAI).date()
    return (today - timedelta(days=400)).isoformat(), today.isoformat()


@pytest.mark.parametrize("by", WAYS)
async def test_the_days_of_every_split_add_up_to_the_calendar(database: Database, by: str) -> None:
    await case_with_task(database, days=-3)
    first, last = period()
    asked = {"by": by, "from": first, "to": last}
    async with signed_in(database, SUPERVISOR) as client:
        told = (await client.get(f"{V1}/board/days", params=asked)).json()
        assert (told["by"], told["from_day"], told["to_day"]) == (by, first, last)
        for kind in ("working", "calendar"):
            assert sum(one[kind] for one in told["used"]) == told[kind] == told[f"expected_{kind}"]
        assert told["adds_up"] is True
        page = await client.get("/board/days", params=asked)
        assert "合计与日历相符" in page.text and "日历应有" in page.text
        assert page.text.count(f">{told['calendar']}</td>") >= 2, "the total and the calendar's own"


@pytest.mark.parametrize("address", ["/board/days.xlsx", f"{V1}/board/days/export"])
async def test_the_sheet_ends_with_the_total_and_the_calendar(
    database: Database, address: str
) -> None:
    await case_with_task(database, days=-3)
    first, last = period()
    async with signed_in(database, SUPERVISOR) as client:
        asked = {"by": "matter", "from": first, "to": last}
        book = load_workbook(io.BytesIO((await client.get(address, params=asked)).content))
        told = (await client.get(f"{V1}/board/days", params=asked)).json()
    rows = [[cell.value for cell in row] for row in book["责任划分"].iter_rows()]
    assert rows[0] == ["由谁占用", "事项", "工作日", "自然日"]
    shown = {row[0]: row[2:] for row in rows if row[0] in ("合计", "日历应有")}
    assert shown["合计"] == shown["日历应有"] == [told["working"], told["calendar"]]


async def test_a_split_by_month_ends_each_month_at_its_end(database: Database) -> None:
    await case_with_task(database, days=-3)
    first, last = period()
    async with signed_in(database, SUPERVISOR) as client:
        asked = {"by": "month", "from": first, "to": last}
        used = (await client.get(f"{V1}/board/days", params=asked)).json()["used"]
    assert all(first[:7] <= one["code"] <= last[:7] for one in used)


@pytest.mark.parametrize(
    "query", ["by=none", "from=yesterday", "from=2999-01-01&to=2999-01-02", "from=2026-13-01"]
)
async def test_what_cannot_be_counted_is_refused_in_a_sentence(
    database: Database, query: str
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, SUPERVISOR)
        for address in ("/board/days", "/board/days.xlsx"):
            answer = await client.get(f"{address}?{query}")
            assert answer.status_code == 409 and 'role="alert"' in answer.text


async def test_whose_days_is_for_supervisors(database: Database) -> None:
    async with integrator(database, HANDLER) as client:
        for address in (f"{V1}/board/days", f"{V1}/board/days/export"):
            is_problem(await client.get(address), 403, "FORBIDDEN")
