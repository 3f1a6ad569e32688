"""Managers give keys, end them and see to webhooks in the browser; anybody reads what calls are."""

from __future__ import annotations

import re

from storage.database import Database
from tests.console.api_clients import V1, new_webhook
from tests.console.lists import STATION
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.console.test_task_pages import command_of


async def test_a_key_is_shown_once_and_a_double_click_makes_one(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0904")
        page = await client.get("/integrators")
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text),
            "name": "样例页面系统",
            "code": "hc0102",
            "office": STATION,
            "days": "30",
        }
        issued = await client.post("/integrators/keys", data=form)
        found = re.search(r'<code id="key">(tbk_[^<]+)</code>', issued.text)
        assert issued.status_code == 200 and found is not None
        twice = await client.post("/integrators/keys", data=form)
        assert twice.status_code == 422 and "只显示一次" in twice.text
        listed = await client.get("/integrators")
        assert found[1] not in listed.text and listed.text.count("样例页面系统") == 2
        me = await client.get(f"{V1}/me", headers={"Authorization": f"Bearer {found[1]}"})
        assert me.json()["posts"][0]["code"] == "HC0102"
        number = re.search(r"样例页面系统 <small>(\d+)</small>", listed.text)
        assert number is not None
        await client.post(
            "/integrators/keys/revoke", data={"csrftoken": form["csrftoken"], "number": number[1]}
        )
        me = await client.get(f"{V1}/me", headers={"Authorization": f"Bearer {found[1]}"})
        assert me.status_code == 401


async def test_what_is_missing_is_told_and_what_was_typed_stays(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0904")
        page = await client.get("/integrators")
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text),
            "name": "样例缺项系统",
            "code": "HC0102",
            "office": STATION,
            "days": "99999",
        }
        refused = await client.post("/integrators/keys", data=form)
        assert refused.status_code == 422 and "有效期" in refused.text
        assert 'value="样例缺项系统"' in refused.text


async def test_a_paused_webhook_says_why_and_is_set_going(database: Database) -> None:
    number = await new_webhook(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0904")
        page = await client.get("/integrators")
        assert "已暂停：样例" in page.text
        form = {"csrftoken": token_of(page), "number": str(number), "do": "resume"}
        await client.post("/integrators/webhooks", data=form)
        going = await client.get("/integrators")
        assert f'aria-label="暂停 {number}"' in going.text
        await client.post("/integrators/webhooks", data={**form, "do": "end"})
        assert f'aria-label="暂停 {number}"' not in (await client.get("/integrators")).text


async def test_the_calls_are_listed_for_people_without_script(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        page = await client.get("/api/v1")
        document = (await client.get(f"{V1}/openapi.json")).json()
        assert page.status_code == 200 and len(page.content) < 150_000
        for path in document["paths"]:
            assert f"/api/v1{path}</code>" in page.text
        assert "<script>" not in page.text
        assert (
            document["openapi"].startswith("3.1") and "Problem" in document["components"]["schemas"]
        )
