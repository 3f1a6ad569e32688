"""The issued bulletins in the browser: for supervisors, in every format, and for nobody else."""

from __future__ import annotations

from datetime import date

import httpx
import pytest

from bulletins.printing import MEDIA_TYPES
from console.app import build_app
from domain.bulletins import digest_of
from storage import bulletins
from storage.bulletins import Issued
from storage.database import Database
from tests.bulletins import sample
from tests.bulletins.world import at
from tests.console.offices import office

NUMBER = "月报〔2026〕371002-9001"
PATH = f"/supervision/bulletins/{NUMBER}"


async def issued(database: Database) -> None:
    """One bulletin on file, however many tests ask for it."""
    async with database.write() as connection:
        if await bulletins.by_number(connection, NUMBER) is None:
            text = sample.text()
            await bulletins.keep(
                connection,
                Issued(
                    number=NUMBER,
                    kind="MONTHLY",
                    first_day=date(2001, 11, 1),
                    last_day=date(2001, 11, 30),
                    as_of=at("11-30"),
                    cut=1,
                    digest=digest_of(text),
                    content=text,
                    issued_at=at("11-30"),
                ),
            )


def console(
    database: Database, *, token: str | None = None, host: str = "127.0.0.1"
) -> httpx.AsyncClient:
    app = build_app(
        office(database),
        grant_secret=b"only-for-tests",
        slip_secret=b"only-for-tests",
        codec=None,
        ui_url=None,
        supervisor_token=token,
    )
    transport = httpx.ASGITransport(app=app, client=(host, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://console")


async def test_the_list_leads_to_each_bulletin(database: Database) -> None:
    await issued(database)
    async with console(database) as http:
        page = (await http.get("/supervision/bulletins")).text
        assert NUMBER in page
        assert "月通报" in page
        assert "威海市环翠区" in (await http.get(f"{PATH}.html")).text


@pytest.mark.parametrize("format_", sorted(MEDIA_TYPES))
async def test_a_bulletin_is_there_in_every_format(database: Database, format_: str) -> None:
    await issued(database)
    async with console(database) as http:
        answer = await http.get(f"{PATH}.{format_}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(MEDIA_TYPES[format_].split(";")[0])
    assert answer.content
    assert ("attachment" in answer.headers.get("content-disposition", "")) == (format_ != "html")


@pytest.mark.parametrize("name", ["月报〔2026〕371002-0000.html", f"{NUMBER}.exe", NUMBER])
async def test_what_does_not_exist_is_said_in_a_sentence(database: Database, name: str) -> None:
    await issued(database)
    async with console(database) as http:
        answer = await http.get(f"/supervision/bulletins/{name}")
    assert answer.status_code == 404
    assert answer.json()["message"].endswith("。")


@pytest.mark.parametrize("path", ["/supervision/bulletins", f"{PATH}.html"])
async def test_other_machines_need_the_supervisors_token(database: Database, path: str) -> None:
    await issued(database)
    async with console(database, host="192.0.2.7") as http:
        assert (await http.get(path)).status_code == 403
    right = {"Authorization": "Bearer supervisors"}
    async with console(database, token="supervisors", host="192.0.2.7") as http:
        assert (await http.get(path)).status_code == 403
        assert (await http.get(path, headers={"Authorization": "Bearer others"})).status_code == 403
        assert (await http.get(path, headers=right)).status_code == 200
