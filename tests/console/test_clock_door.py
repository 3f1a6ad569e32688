"""The house's programs read a case's limits day by day, as they stand or as they stood."""

from __future__ import annotations

import httpx

from console.app import build_app
from storage.database import Database
from tests.console.offices import office
from tests.storage.builders import NOW, open_case, record, step
from tests.storage.test_recounting import FIVE


def console(database: Database, caller: str = "127.0.0.1") -> httpx.AsyncClient:
    secret = b"only-for-tests"
    app = build_app(
        office(database),
        grant_secret=secret,
        slip_secret=secret,
        codec=None,
        ui_url=None,
    )
    transport = httpx.ASGITransport(app=app, client=(caller, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://console")


async def test_a_limit_is_explained_with_its_log_and_as_of_any_time(database: Database) -> None:
    filing = await open_case(database)
    await record(database, step(filing, 1, clocks_started=[FIVE]))
    path = f"/cases/{filing.case_no}/clocks"
    async with console(database) as http:
        (clock,) = (await http.get(path)).json()["clocks"]
        assert clock["derived_due_on"] == clock["due_on"] == "2027-01-06"
        assert clock["provisional"] and not clock["calendar_missing"]
        assert [day["number"] for day in clock["days"] if day["counted"]] == [1, 2, 3, 4, 5]
        (line,) = clock["log"]
        again = (await http.get(path, params={"line": line["id"]})).json()["clocks"]
        assert [one["days"] for one in again] == [clock["days"]]
        before = {"as_of": NOW.replace(year=2020).isoformat()}
        assert (await http.get(path, params=before)).json()["clocks"] == []
        assert (await http.get(path, params={"as_of": "gestern"})).status_code == 400
        assert (await http.get("/cases/9/clocks")).status_code == 404
    async with console(database, "192.0.2.1") as http:
        assert (await http.get(path)).status_code == 403
