"""The public catalogue: found by anybody, item by item a guide, the same as page and as data."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from activities.definitions import Definitions
from catalog.listing_models import Mode
from console.app import build_app
from console.catalogue_view import CatalogueView, read_query
from console.definition_desk import DefinitionDesk
from console.office import Office
from storage.database import Database
from tests.catalog.small import HERE, item, listing, power, small
from tests.console.offices import no_server
from tests.console.test_definition_desk import CATALOG, LEAD, draft

SMALL = small(
    item(
        "M0001",
        name="营业执照补领",
        aliases=["补办执照"],
        modes=["FULLY_ONLINE", "PROXY_INTAKE"],
        audience=["PERSON", "ENTERPRISE"],
    ),
    item("M0002", name="食品经营许可<变更>", powers=[power(kind="CITY", level="3")]),
    item("M0003", name="样例证书遗失", powers=[power(kind="CANCELLED", note="该事项已取消")]),
    item("M0004", name="只在外地的事项"),
    *(item(f"M01{number:02}", name=f"第{number}种备案") for number in range(30)),
    listings=(
        listing("TEST-LIST", "M0001", "M0002", "M0003", *(f"M01{one:02}" for one in range(30))),
        listing("TEST-FAR", "M0004", locality="330900"),
    ),
)


def console(database: Database, catalog: Any = SMALL, host: str = "192.0.2.7") -> httpx.AsyncClient:
    app = build_app(
        Office(database, no_server, catalog, HERE),
        grant_secret=b"only-for-tests",
        slip_secret=b"only-for-tests",
        codec=None,
        ui_url=None,
    )
    transport = httpx.ASGITransport(app=app, client=(host, 1))
    return httpx.AsyncClient(transport=transport, base_url="http://console")


async def listed(database: Database, **asked: str) -> Any:
    async with console(database) as http:
        answer = await http.get("/api/catalogue", params=asked)
    assert answer.status_code == 200
    return answer.json()


def ids(found: Any) -> list[str]:
    return [one["id"] for one in found["items"]]


async def test_anybody_may_read_the_list_page_by_page(database: Database) -> None:
    first = await listed(database)
    last = await listed(database, page="2")
    assert (first["total"], first["pages"], len(first["items"])) == (33, 2, 20)
    assert len(last["items"]) == 13
    assert not set(ids(first)) & set(ids(last))
    assert "M0004" not in {*ids(first), *ids(last)}
    everything = await listed(database, size="100")
    assert set(ids(everything)) == {*ids(first), *ids(last)}


@pytest.mark.parametrize("words", ["补领", "YYZZ", "yyzzbl", "buban", "m0001", "营业 补领"])
async def test_an_item_is_found_by_name_alias_pinyin_or_number(
    database: Database, words: str
) -> None:
    assert ids(await listed(database, q=words))[:1] == ["M0001"]


async def test_filters_narrow_and_say_how_many_each_value_leaves(database: Database) -> None:
    found = await listed(database, audience="PERSON")
    assert ids(found) == ["M0001"]
    modes = {one["code"]: one["count"] for one in found["filters"]["mode"]}
    assert modes == {"FULLY_ONLINE": 1, "PROXY_INTAKE": 1, "WINDOW": 1}
    assert ids(await listed(database, mode="WINDOW")) == ["M0001"]
    audiences = {one["code"]: one["count"] for one in found["filters"]["audience"]}
    assert audiences == {"PERSON": 1, "ENTERPRISE": 33}
    assert (await listed(database, audience="PERSON", mode="JOINT"))["total"] == 0


async def test_the_page_filters_by_the_own_window_as_the_data_do(database: Database) -> None:
    async with console(database) as http:
        everything = (await http.get("/catalogue")).text
        narrowed = (await http.get("/catalogue", params={"mode": "WINDOW"})).text
    assert '<option value="WINDOW">窗口办理（1）</option>' in everything
    assert '<option value="WINDOW" selected>窗口办理（1）</option>' in narrowed
    assert 'href="/catalogue/M0001"' in narrowed and "第1种备案" not in narrowed


def test_a_published_definition_that_is_not_collected_leaves_the_window() -> None:
    view = CatalogueView(SMALL, Definitions(SMALL, HERE))
    query = read_query({"mode": "WINDOW"})
    assert view.listed(query, {})["total"] == 1
    assert view.listed(query, {"M0001": (Mode.FULLY_ONLINE,)})["total"] == 0
    (offered,) = view.listed(query, {"M0100": (Mode.PROXY_INTAKE,), "M0001": (Mode.JOINT,)})[
        "items"
    ]
    assert [one["code"] for one in offered["modes"]] == ["PROXY_INTAKE", "WINDOW"]


@pytest.mark.parametrize(
    "asked", [{"page": "0"}, {"page": "x"}, {"size": "-3"}, {"q": "x" * 5000}, {"mode": "'; --"}]
)
async def test_whatever_is_typed_gets_an_answer(database: Database, asked: dict[str, str]) -> None:
    assert "items" in await listed(database, **asked)
    async with console(database) as http:
        assert (await http.get("/catalogue", params=asked)).status_code == 200


async def test_the_page_shows_what_the_data_say_and_escapes_it(database: Database) -> None:
    async with console(database) as http:
        page = (await http.get("/catalogue", params={"q": "食品<b>"})).text
        found = (await http.get("/catalogue", params={"q": "食品"})).text
        style = await http.get("/catalogue/style.css")
    assert "食品&lt;b&gt;" in page
    assert "<b>" not in page
    assert "食品经营许可&lt;变更&gt;" in found
    assert 'href="/catalogue/M0002"' in found
    assert style.headers["content-type"].startswith("text/css")


async def test_links_to_other_pages_keep_words_and_filters(database: Database) -> None:
    async with console(database) as http:
        page = (await http.get("/catalogue", params={"q": "备案", "audience": "ENTERPRISE"})).text
        link = re.search(r'rel="next" href="([^"]+)"', page)
        assert link is not None
        following = (await http.get(link[1].replace("&amp;", "&"))).text
    assert "第 2 页，共 2 页" in following
    assert following.count('class="modes"') == 10


async def test_an_item_page_is_a_guide_with_its_eight_elements(database: Database) -> None:
    async with console(database) as http:
        page = (await http.get("/catalogue/M0001")).text
        data = (await http.get("/api/catalogue/M0001")).json()
    assert len(data["guide"]["elements"]) == 8
    for element in data["guide"]["elements"]:
        assert element["label"] in page
        for line in element["lines"]:
            assert line in page
    assert data["guide"]["result"] in page
    for place in data["places"]:
        assert [one["open"] for one in place["modes"]] == [True] * 3


async def test_what_a_higher_level_decides_names_both_offices(database: Database) -> None:
    async with console(database) as http:
        page = (await http.get("/catalogue/M0002")).text
    assert "样例市级市场监管机构决定" in page
    assert "样例县级市场监管机构跟踪" in page


async def test_a_cancelled_item_says_why_and_what_to_do(database: Database) -> None:
    async with console(database) as http:
        page = (await http.get("/catalogue/M0003")).text
        elsewhere = (await http.get("/catalogue/M0004")).text
    assert "该事项已取消" in page
    assert "通办清单没有列入" in elsewhere


@pytest.mark.parametrize("path", ["/catalogue/M9999", "/api/catalogue/M9999"])
async def test_an_unknown_item_is_a_sentence(database: Database, path: str) -> None:
    async with console(database) as http:
        answer = await http.get(path)
    assert answer.status_code == 404
    assert "没有这个事项" in answer.text


@pytest.mark.parametrize("path", ["/catalogue", "/catalogue/M0001", "/catalogue/M9999"])
async def test_pages_run_no_script_and_load_nothing_from_elsewhere(
    database: Database, path: str
) -> None:
    async with console(database) as http:
        answer = await http.get(path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"<script|<style|style=| on[a-z]+=|https?://", answer.text)


async def test_what_a_locality_publishes_is_on_its_page_at_once(database: Database) -> None:
    async def connect() -> Any:
        raise AssertionError("no definition needs the server")

    desk = DefinitionDesk(Office(database, connect, CATALOG, HERE))
    changed = draft("M0001", "2wd").replace(b"- FULLY_ONLINE", b"- PROXY_INTAKE")
    done = await desk.publish(changed, "a.yaml", clerk=LEAD, note="提速")
    async with console(database, CATALOG) as http:
        page = (await http.get("/catalogue/M0001")).text
        found = (await http.get("/api/catalogue", params={"mode": "PROXY_INTAKE"})).json()
    assert ids(found) == ["M0001"]
    assert "承诺2个工作日" in page
    assert f"本地区第 {done.entry} 号公布" in page
    await desk.withdraw("M0001", clerk=LEAD, reason="收尾")
    async with console(database, CATALOG) as http:
        assert "承诺5个工作日" in (await http.get("/catalogue/M0001")).text


@pytest.mark.parametrize("path", ["/catalogue", "/catalogue/M0001"])
async def test_without_the_database_people_are_told_to_come_back(path: str) -> None:
    away = Database("postgresql+asyncpg://a:b@127.0.0.1:9/c")
    async with console(away) as http:
        page = await http.get(path)
        data = await http.get(f"/api{path}")
    assert (page.status_code, data.status_code) == (503, 503)
    assert "请稍后再试" in page.text
    assert data.json()["code"] == "UNAVAILABLE"
