"""The case page: seen by its offices alone, names only on demand and on record, news told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from contracts.cases import HukouFiling
from contracts.transitions import ActRecorded, EventNoted, TaskOpened
from domain.attribution import Holder
from storage import documents
from storage.case_tables import DataAccess
from storage.database import Database
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.storage.builders import NOW, identity, open_case, record, step

OWN, OTHER, SUPERVISOR = "HC0102", "HC0202", "HC0902"
PDF = b"%PDF-1.4\n%invented\n"


async def case(database: Database) -> HukouFiling:
    filing = await open_case(database, identity())
    await record(
        database,
        step(
            filing,
            1,
            stage="REVIEW",
            acts=(
                ActRecorded(
                    key="ACCEPTED",
                    code="ACCEPTED",
                    office="371002-GA-01",
                    actor="HC0101",
                    basis="样例依据",
                    effective_on=NOW.date(),
                ),
            ),
            tasks_opened=(
                TaskOpened(
                    task_id=f"{filing.case_no}/REVIEW/1",
                    kind="REVIEW",
                    title="迁入审核",
                    office="371002-GA-01",
                    role="HANDLER",
                ),
            ),
            open_tasks=(f"{filing.case_no}/REVIEW/1",),
        ),
    )
    return filing


async def readings(database: Database, case_no: str) -> list[tuple[str, str]]:
    async with database.read() as connection:
        rows = await connection.execute(
            select(DataAccess.what, DataAccess.purpose)
            .where(DataAccess.case_no == case_no)
            .order_by(DataAccess.id)
        )
        return [(row.what, row.purpose) for row in rows]


async def test_a_case_shows_where_it_stands_and_whose_turn_it_is(database: Database) -> None:
    filing = await case(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, OWN)
        page = await client.get(f"/cases/{filing.case_no}")
    assert page.status_code == 200
    for words in ("审核中", "本地机构", "鲸园派出所", "迁入审核", "舟山市定海区", "HC0101"):
        assert words in page.text
    assert '<svg class="course"' in page.text and 'role="img"' in page.text
    assert re.search(r'<li class="running">[^<]*审核（正在办理）', page.text)
    assert " style=" not in page.text and "<style" not in page.text
    assert len(page.content) < 150_000


async def test_nobody_of_another_office_learns_that_the_case_exists(database: Database) -> None:
    filing = await case(database)
    paths = ("", "/history", "/pulse", "/limits/DECISION/1", f"/documents/{'a' * 64}")
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, OTHER)
        for path in paths:
            foreign = await client.get(f"/cases/{filing.case_no}{path}")
            unknown = await client.get(f"/cases/3710022026112399999999{path}")
            assert foreign.status_code == unknown.status_code == 404, path


async def test_names_are_shown_for_a_purpose_and_the_reading_is_on_record(
    database: Database,
) -> None:
    filing = await case(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, OWN)
        plain = await client.get(f"/cases/{filing.case_no}")
        assert "样例1" not in plain.text
        assert await readings(database, filing.case_no) == []
        form = {"csrftoken": token_of(plain), "purpose": "办理"}
        shown = await client.post(f"/cases/{filing.case_no}/persons", data=form)
        assert "样例1" in shown.text
        assert await readings(database, filing.case_no) == [("persons", "办理")]
        without = await client.post(
            f"/cases/{filing.case_no}/persons", data={**form, "purpose": "好奇"}
        )
        assert without.status_code == 403 and "样例1" not in without.text


async def test_a_document_opens_for_its_case_alone_and_every_opening_is_on_record(
    database: Database,
) -> None:
    filing, other = await case(database), await case(database)
    digests: list[str] = []
    async with database.write() as connection:
        for number, (content, kind) in enumerate(
            ((PDF, "application/pdf"), (b"<script>1</script>", "text/html"))
        ):
            item = await documents.keep(
                connection,
                content,
                case_no=filing.case_no,
                type_=f"SAMPLE_{number}",
                media_type=kind,
                source="APPLICANT",
                now=NOW,
            )
            digests.append(item.digest)
    path = f"/cases/{filing.case_no}/documents/"
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, OWN)
        paper = await client.get(path + digests[0])
        assert paper.content == PDF and paper.headers["content-disposition"].startswith("inline")
        assert "frame-ancestors 'self'" in paper.headers["content-security-policy"]
        preview = await client.get(f"{path}{digests[0]}/preview")
        assert f'data="{path}{digests[0]}"' in preview.text
        assert "object-src 'self'" in preview.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in preview.headers["content-security-policy"]
        foreign = await client.get(path + digests[1])
        assert foreign.headers["content-type"] == "application/octet-stream"
        assert foreign.headers["content-disposition"].startswith("attachment")
        elsewhere = await client.get(f"/cases/{other.case_no}/documents/{digests[0]}")
        assert elsewhere.status_code == 404
    assert [what for what, _ in await readings(database, filing.case_no)] == [
        *("document:SAMPLE_0", "document:SAMPLE_0", "document:SAMPLE_1")
    ]


async def pulse(client: httpx.AsyncClient, case_no: str, tag: str, **query: Any) -> httpx.Response:
    return await client.get(
        f"/cases/{case_no}/pulse", params=query, headers={"If-None-Match": f'"{tag}"'}
    )


async def test_who_looks_at_a_case_is_told_when_somebody_else_moves_it(database: Database) -> None:
    filing = await case(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, OWN)
        page = await client.get(f"/cases/{filing.case_no}")
        found = re.search(r'id="case" data-newest="(\d+)"', page.text)
        assert found is not None
        assert (await pulse(client, filing.case_no, found[1])).status_code == 204
        await record(
            database,
            step(
                filing,
                2,
                stage="ORIGIN_PROCESSING",
                holder=Holder.THEIRS,
                at=NOW + timedelta(minutes=1),
                events=(EventNoted(code="OVERDUE"),),
            ),
        )
        news = await pulse(client, filing.case_no, found[1])
        assert news.status_code == 200 and 'hx-trigger="load"' in news.text
        told = await pulse(client, filing.case_no, found[1], editing="true")
        assert "hx-get" not in told.text and "刷新" in told.text
        again = await pulse(client, filing.case_no, news.headers["etag"].strip('"'))
        assert again.status_code == 204
        page = await client.get(f"/cases/{filing.case_no}")
        assert "已超期" in page.text and "迁出地办理中" in page.text


@pytest.mark.parametrize(("number", "linked"), [(OWN, False), (SUPERVISOR, True)])
async def test_only_who_supervises_is_led_to_the_workflow(
    database: Database, number: str, linked: bool
) -> None:
    filing = await case(database)
    async with browser(database, seeded_accounts=True, ui="http://ui.example") as client:
        await sign_in(client, number)
        page = await client.get(f"/cases/{filing.case_no}")
    assert ("http://ui.example" in page.text) is linked
