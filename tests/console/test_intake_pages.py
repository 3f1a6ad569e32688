"""Intake in the browser: any matter's form, drafts that survive, one case however often sent."""

from __future__ import annotations

import asyncio
import re

import httpx
import pytest
from sqlalchemy import func, select

from storage.case_tables import Case, Person
from storage.database import Database
from storage.desk_tables import DraftRow
from storage.paper_tables import CaseDocument
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.storage.builders import CATALOG, identity

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF"


async def begun(client: httpx.AsyncClient, matter: str, number: str = "HC0101") -> str:
    """The address of a new draft of that matter."""
    await sign_in(client, number)
    page = await client.get("/intake")
    started = await client.post(
        "/intake/start", data={"matter": matter, "csrftoken": token_of(page)}
    )
    assert started.status_code == 303, started.text
    return started.headers["location"]


def spouse(token: str, id_no: str) -> dict[str, object]:
    return {
        "csrftoken": token,
        "applicant.name": "样例甲",
        "applicant.id_no": id_no,
        "applicant.phone": "12000000000",
        "origin_locality": "330902",
        "origin_address": "样例路1号",
        "destination_station": "371002-GA-01",
        "destination_address": "样例街2号",
        "destination_area": "city",
        "spouse_id_no": identity(),
        "receiving_household": "371002-H-900001",
        "migrant.relation": ["本人", "子女"],
        "migrant.name": ["样例甲", "样例乙"],
        "migrant.id_no": [id_no, identity()],
    }


@pytest.mark.parametrize("words", ["夫妻投靠", "fqtk", "HUKOU-SPOUSE"])
async def test_a_matter_is_found_by_name_initials_or_code(database: Database, words: str) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get("/intake", params={"q": words})
        assert 'value="HUKOU-SPOUSE"' in page.text


ITEMS = [code for code, item in CATALOG.items.items() if item.template]
EVERY = [*CATALOG.matters, *CATALOG.transfers, *CATALOG.scenarios, *ITEMS[::40]]


@pytest.mark.parametrize("matter", EVERY)
async def test_every_kind_of_matter_has_a_form_of_its_own(database: Database, matter: str) -> None:
    async with browser(database, seeded_accounts=True) as client:
        page = await client.get(await begun(client, matter))
        assert page.status_code == 200 and "提交收件" in page.text
        assert len(page.content) < 150_000


@pytest.mark.parametrize("item", [one for one in ITEMS if CATALOG.items[one].own])
async def test_what_its_own_procedure_collects_has_a_form_for_each_way(
    database: Database, item: str
) -> None:
    (code,) = CATALOG.items[item].own
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        found = await client.get("/intake", params={"q": item})
        assert f'value="{item}"' in found.text and f'value="{code}"' in found.text
        window = (await client.get(await begun(client, item))).text
        collected = (await client.get(await begun(client, code))).text
    assert '<option value="WINDOW"' in window and "PROXY_INTAKE" not in window
    assert 'name="peer_locality"' not in window and 'name="peer_locality"' in collected


async def test_who_may_not_take_in_sees_no_form(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        assert (await client.get("/intake")).status_code == 403


async def test_what_was_typed_is_kept_and_is_the_own_account_s_alone(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        page = await client.get(address)
        form = {"csrftoken": token_of(page), "applicant.name": "样例没写完"}
        saved = await client.post(f"{address}/save", data=form, headers={"HX-Request": "true"})
        assert "草稿已保存" in saved.text
        assert 'value="样例没写完"' in (await client.get(address)).text
        assert address in (await client.get("/intake")).text
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0901")
        assert (await client.get(address)).status_code == 404


async def test_the_check_tells_everything_at_once_and_files_nothing(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        page = await client.get(address)
        form = spouse(token_of(page), identity())
        checked = await client.post(f"{address}/check", data=form)
        assert checked.status_code == 200 and "请一次告知申请人以下各项" in checked.text
        assert "落户申请" in checked.text and "亲属关系" in checked.text
        async with database.read() as connection:
            row = await connection.execute(
                select(DraftRow.case_no).where(DraftRow.id == address.rpartition("/")[2])
            )
            assert row.scalar_one() is None


@pytest.mark.parametrize(
    ("matter", "received"), [("YJS-QIYE-KAIBAN", True), ("YJS-QIYE-ZHUXIAO", False)]
)
async def test_only_what_founds_an_enterprise_is_received_without_its_code(
    database: Database, matter: str, received: bool
) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, matter)
        form = {
            "csrftoken": token_of(await client.get(address)),
            "enterprise.name": "样例拟用名称",
            "enterprise.phone": "12000000000",
            "enterprise.representative.name": "样例甲",
            "enterprise.representative.id_no": identity(),
        }
        checked = await client.post(f"{address}/check", data=form)
        assert checked.status_code == (200 if received else 422)
        assert ('id="f-enterprise-credit_code-error"' in checked.text) is not received


async def test_a_wrong_number_is_told_at_its_field(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        page = await client.get(address)
        wrong = "339999199001011234"
        form = {**spouse(token_of(page), identity()), "applicant.id_no": wrong}
        refused = await client.post(f"{address}/file", data=form)
        assert refused.status_code == 422
        field = re.search(r'id="f-applicant-id_no-error"[^>]*>([^<]+)<', refused.text)
        assert field is not None and wrong not in field.group(1)
        assert f'value="{wrong}"' in refused.text


async def test_a_value_is_looked_at_while_the_next_one_is_typed(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        token = token_of(await client.get(address))

        async def said(type_: str, value: str) -> str:
            form = {"csrftoken": token, "look_type": type_, "applicant.id_no": value}
            return (await client.post("/intake/look", data=form)).text

        assert "格式正确" in await said("ID_NO", identity())
        assert "error" in await said("ID_NO", "339999199001011234")
        assert "error" in await said("USCC", "91370000000000000X")
        assert "error" in await said("DATE", "2026-02-30")
        assert "error" in await said("MONEY", "12.345")
        assert "格式正确" in await said("MONEY", "12.34")


async def test_a_paper_is_taken_by_what_its_bytes_say(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        token = token_of(await client.get(address))

        async def sent(name: str, content: bytes) -> httpx.Response:
            return await client.post(
                f"{address}/save",
                data={"csrftoken": token, "slot": "SETTLEMENT_APPLICATION:0"},
                files={"file": (name, content, "application/pdf")},
            )

        assert "申请.pdf" in (await sent("申请.pdf", PDF)).text
        refused = await sent("病毒.pdf", b"MZ\x90\x00" + b"\x00" * 64)
        assert refused.status_code == 422 and "另存为" in refused.text
        assert (await sent("空.pdf", b"")).status_code == 422
        large = await sent("大.pdf", PDF + b"\x00" * 10_485_760)
        assert large.status_code == 422 and "10 兆字节" in large.text

        mixed = await client.post(
            f"{address}/save",
            data={
                "csrftoken": token,
                "slot": ["SETTLEMENT_APPLICATION:0", "MARRIAGE_CERTIFICATE:0"],
            },
            files=[
                ("file", ("另一份.pdf", PDF + b"2", "application/pdf")),
                ("file", ("说明.txt", b"text", "application/pdf")),
            ],
        )
        assert mixed.status_code == 422 and "另一份.pdf" in mixed.text, "what is right is kept"
        assert "其余的都已收下" in mixed.text.split('id="papers"')[1]
        assert "没有填写" not in mixed.text


async def test_an_application_sent_twice_is_one_case_with_one_receipt(database: Database) -> None:
    id_no = identity()
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        token = token_of(await client.get(address))
        await client.post(
            f"{address}/save",
            data={"csrftoken": token, "slot": "SETTLEMENT_APPLICATION:0"},
            files={"file": ("申请.pdf", PDF, "application/pdf")},
        )
        form = spouse(token, id_no)
        both = await asyncio.gather(
            client.post(f"{address}/file", data=form), client.post(f"{address}/file", data=form)
        )
        assert {one.headers.get("location") for one in both} == {f"{address}/receipt"}
        page = await client.get(f"{address}/receipt")
        assert "收件机构" in page.text and id_no not in page.text
        assert "受理后告知" in page.text, "no limit is promised before the acceptance"
        async with database.read() as connection:
            numbers = (
                await connection.execute(select(Person.case_no).where(Person.id_no == id_no))
            ).scalars()
            (number,) = numbers
            assert number in page.text
            kept = await connection.execute(
                select(CaseDocument.type).where(CaseDocument.case_no == number)
            )
            assert kept.scalars().all() == ["SETTLEMENT_APPLICATION"]
            draft = await connection.execute(
                select(DraftRow.content).where(DraftRow.case_no == number)
            )
            assert draft.scalar_one() == {}
            counted = await connection.execute(
                select(func.count()).select_from(Case).where(Case.case_no == number)
            )
            assert counted.scalar_one() == 1


async def test_a_file_without_the_token_of_its_form_is_not_taken(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        for data in ({}, {"csrftoken": "guessed"}, {"slot": "X:0", "csrftoken": "guessed"}):
            refused = await client.post(
                f"{address}/save", data=data, files={"file": ("申请.pdf", PDF)}
            )
            assert refused.status_code == 403 and "页面已过期" in refused.text


async def test_one_refusal_names_every_field_that_is_empty_or_wrong(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "HUKOU-SPOUSE")
        page = await client.get(address)
        form = {
            **spouse(token_of(page), identity()),
            "applicant.id_no": "339999199001011234",
            "applicant.phone": "",
            "migrant.id_no": ["1", ""],
        }
        refused = await client.post(f"{address}/check", data=form)
        assert refused.status_code == 422
        for field in ("f-applicant-id_no", "f-applicant-phone", "m-0-id_no", "m-1-id_no"):
            assert f'id="{field}-error"' in refused.text


async def test_an_enterprise_s_empty_form_is_told_field_by_field(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        address = await begun(client, "YJS-QIYE-KAIBAN")
        form = {"csrftoken": token_of(await client.get(address))}
        refused = await client.post(f"{address}/file", data=form)
        assert refused.status_code == 422
        for field in ("name", "phone", "representative-name", "representative-id_no"):
            assert f'id="f-enterprise-{field}-error"' in refused.text
