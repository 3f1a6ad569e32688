"""Slips, drafts, list choices and files of the programming interface are those of the pages."""

from __future__ import annotations

import base64
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from storage.case_tables import Case, DataAccess, Person
from storage.database import Database
from tests.console.api_clients import V1, integrator, is_problem, signed_in
from tests.console.lists import OTHER, case_with_task
from tests.console.test_intake_pages import PDF, spouse
from tests.console.test_routes import bulletin
from tests.slips.reading import text_of
from tests.storage.builders import identity

HANDLER, SUPERVISOR, AUDITOR = "HC0102", "HC0902", "HC0905"


async def test_a_slip_is_offered_issued_once_and_handed_out_on_record(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    address = f"{V1}/cases/{case_no}/slips"
    async with integrator(database, HANDLER) as client:
        offered = (await client.get(address)).json()["items"]
        assert {"INTAKE"} <= {one["kind"] for one in offered}
        first = await client.post(address, json={"kind": "INTAKE"})
        again = await client.post(address, json={"kind": "INTAKE"})
        assert first.status_code == again.status_code == 201, first.text
        assert again.json() == {**first.json(), "again": True} and not first.json()["again"]
        paper = await client.get(f"{address}/{first.json()['digest']}")
        assert paper.headers["content-type"] == "application/pdf"
        assert case_no in text_of(paper.content)
        unknown = await client.get(f"{address}/{'0' * 64}")
        is_problem(unknown, 404, "NOT_FOUND")
        for wanted in ({"kind": "CIRCULAR"}, {"kind": "INTAKE", "subject": "none"}):
            is_problem(await client.post(address, json=wanted), 422, "WRONG_FIELD")
    async with database.read() as connection:
        noted = await connection.execute(
            select(func.count())
            .select_from(DataAccess)
            .where(
                DataAccess.case_no == case_no,
                DataAccess.what == "slip:INTAKE",
                DataAccess.actor == HANDLER,
            )
        )
        assert noted.scalar_one() == 3


async def test_a_slip_is_for_the_offices_that_take_part_alone(database: Database) -> None:
    case_no = (await case_with_task(database)).partition("/")[0]
    address = f"{V1}/cases/{case_no}/slips"
    async with integrator(database, HANDLER) as client:
        digest = (await client.post(address, json={"kind": "INTAKE"})).json()["digest"]
    async with signed_in(database, SUPERVISOR) as client:
        is_problem(await client.get(address), 403, "FORBIDDEN")
        is_problem(await client.get(f"{address}/{digest}"), 403, "FORBIDDEN")
    async with signed_in(database, "HC1102") as client:
        is_problem(await client.get(f"{address}/{digest}"), 404, "NOT_FOUND")
    elsewhere = (await case_with_task(database)).partition("/")[0]
    async with integrator(database, HANDLER) as client:
        foreign = await client.get(f"{V1}/cases/{elsewhere}/slips/{digest}")
        is_problem(foreign, 404, "NOT_FOUND")


def typed(id_no: str) -> dict[str, Any]:
    """A draft's body with what the form of the page would have sent."""
    form = spouse("", id_no)
    lists = {name: form.pop(f"migrant.{name}") for name in ("relation", "name", "id_no")}
    form.pop("csrftoken")
    people = [
        dict(zip(lists, row, strict=True))
        for row in zip(*(list(map(str, one)) for one in lists.values()), strict=True)  # type: ignore[call-overload]
    ]
    return {"fields": form, "people": people}


async def test_a_draft_is_begun_kept_and_becomes_one_case(database: Database) -> None:
    id_no = identity()
    async with integrator(database) as client:
        begun = await client.post(f"{V1}/drafts", json={"matter": "HUKOU-SPOUSE"})
        assert begun.status_code == 201, begun.text
        address = f"{V1}/drafts/{begun.json()['id']}"
        paper = {"type": "MARRIAGE_PROOF", "content": base64.b64encode(PDF).decode()}
        body = {**typed(id_no), "documents": [paper]}
        assert (await client.post(f"{address}/save", json=body)).json() == {"done": True}
        kept = (await client.get(address)).json()
        assert kept["fields"] == body["fields"] and kept["people"] == body["people"]
        assert [one["size"] for one in kept["documents"]] == [len(PDF)]
        listed = (await client.get(f"{V1}/drafts")).json()["items"]
        assert begun.json()["id"] in {one["id"] for one in listed}
        assert id_no not in (await client.get(f"{V1}/drafts")).text
        checked = await client.post(f"{address}/check")
        assert checked.status_code == 200 and checked.json()["findings"]
        filed = await client.post(f"{address}/file")
        repeated = await client.post(f"{address}/file")
        assert filed.status_code == repeated.status_code == 201, filed.text
        assert filed.json()["case_no"] == repeated.json()["case_no"]
        emptied = (await client.get(address)).json()
        assert emptied["case_no"] == filed.json()["case_no"] and not emptied["fields"]
        late = await client.post(f"{address}/save", json=body)
        is_problem(late, 404, "NOT_FOUND")
    async with database.read() as connection:
        cases = await connection.execute(
            select(func.count(Case.case_no.distinct()))
            .join(Person, Person.case_no == Case.case_no)
            .where(Person.id_no == id_no)
        )
        assert cases.scalar_one() == 1


async def test_a_draft_is_its_account_s_alone_and_takes_no_field_that_is_none(
    database: Database,
) -> None:
    async with integrator(database) as client:
        begun = await client.post(f"{V1}/drafts", json={"matter": "HUKOU-SPOUSE"})
        number = begun.json()["id"]
        address = f"{V1}/drafts/{number}"
        wrong = await client.post(f"{address}/save", json={"fields": {"nickname": "样例"}})
        found = is_problem(wrong, 422, "WRONG_FIELD")
        assert [one["pointer"] for one in found["errors"]] == ["/fields/nickname"]
        no_paper = {"documents": [{"type": "X", "content": base64.b64encode(b"MZ").decode()}]}
        is_problem(await client.post(f"{address}/save", json=no_paper), 422, "WRONG_FIELD")
        is_problem(await client.post(f"{address}/file"), 422, "WRONG_FIELD")
        is_problem(await client.post(f"{V1}/drafts", json={"matter": "NONE"}), 404, "NOT_FOUND")
    async with integrator(database) as other:
        is_problem(await other.get(address), 404, "NOT_FOUND")
        await other.post(f"{address}/drop")
        assert number not in (await other.get(f"{V1}/drafts")).text
    async with signed_in(database, HANDLER) as other:
        is_problem(await other.get(f"{V1}/drafts"), 403, "FORBIDDEN")
    async with integrator(database) as client:
        own = (await client.post(f"{V1}/drafts", json={"matter": "HUKOU-SPOUSE"})).json()["id"]
        for _ in range(2):
            assert (await client.post(f"{V1}/drafts/{own}/drop")).json() == {"done": True}
        is_problem(await client.get(f"{V1}/drafts/{own}"), 404, "NOT_FOUND")


async def test_columns_and_filters_are_kept_as_the_page_keeps_them(database: Database) -> None:
    name = "样例筛选"
    async with signed_in(database, "HC0101") as client:
        address = f"{V1}/views/office"
        chosen = {"columns": ["stage", "matter"]}
        assert (await client.post(f"{address}/columns", json=chosen)).status_code == 200
        wrong = await client.post(f"{address}/columns", json={"columns": ["matter", "none"]})
        found = is_problem(wrong, 422, "WRONG_FIELD")
        assert [one["pointer"] for one in found["errors"]] == ["/columns/1"]
        kept = {"name": name, "filters": {"due": "late", "role": "INTAKE"}}
        assert (await client.post(f"{address}/filters", json=kept)).status_code == 200
        seen = (await client.get(address)).json()
        assert {one["key"] for one in seen["columns"] if one["chosen"]} == {"stage", "matter"}
        assert {"name": name, "filters": kept["filters"]} in seen["filters"]
        assert name in (await client.get("/worklist?view=office")).text
        for filters in ({}, {"assignee": "HC0102"}):
            mine = await client.post(
                f"{V1}/views/mine/filters", json={"name": name, "filters": filters}
            )
            is_problem(mine, 422, "WRONG_FIELD")
        for _ in range(2):
            dropped = await client.post(f"{address}/filters/drop", json={"name": name})
            assert dropped.status_code == 200
        assert not [
            one for one in (await client.get(address)).json()["filters"] if one["name"] == name
        ]


async def test_the_board_is_taken_away_as_the_page_gives_it(database: Database) -> None:
    await case_with_task(database, days=-3)
    async with signed_in(database, SUPERVISOR) as client:
        own = await client.get(f"{V1}/board/export?format=csv")
        page = await client.get("/board/export.csv")
        assert own.content == page.content and own.content.startswith("\ufeff".encode())
        book = load_workbook(io.BytesIO((await client.get(f"{V1}/board/export")).content))
        assert book.sheetnames
        is_problem(await client.get(f"{V1}/board/export?format=doc"), 422, "WRONG_INPUT")
    async with integrator(database, HANDLER) as client:
        is_problem(await client.get(f"{V1}/board/export"), 403, "FORBIDDEN")


async def test_taking_the_audit_away_is_noted_in_it(database: Database) -> None:
    address = f"{V1}/audit/export?trail=reads&actor={AUDITOR}"
    async with signed_in(database, AUDITOR) as client:
        first = await client.get(address)
        assert first.status_code == 200 and first.headers["content-type"].startswith("text/csv")
        again = (await client.get(address)).content.decode("utf-8-sig")
        assert "导出查阅记录" in again
    async with signed_in(database, SUPERVISOR) as client:
        is_problem(await client.get(address), 403, "FORBIDDEN")


@pytest.mark.parametrize(("format_", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
async def test_an_issued_bulletin_is_handed_out_in_each_of_its_formats(
    database: Database, format_: str, begins: bytes
) -> None:
    number = await bulletin(database)
    async with signed_in(database, SUPERVISOR) as client:
        own = await client.get(f"{V1}/bulletins/{number}/file?format={format_}")
        assert own.status_code == 200 and own.content.startswith(begins)
        page = await client.get(f"/board/bulletins/{number}.{format_}")
        assert page.headers["content-type"] == own.headers["content-type"]
        none = await client.get(f"{V1}/bulletins/none/file")
        is_problem(none, 404, "UNKNOWN_BULLETIN")
    async with integrator(database, "HC1101", OTHER) as client:
        told = await client.get(f"{V1}/bulletins/{number}/file")
        is_problem(told, 403, "FORBIDDEN")
