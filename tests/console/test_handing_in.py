"""Papers handed in later: for whom they are, what is still missing, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from contracts.cases import HukouFiling
from contracts.transitions import TaskOpened
from storage.case_tables import Case
from storage.database import Database
from storage.paper_tables import CaseDocument
from tests.console.test_bulk import RunningCases, at_work
from tests.console.test_progress_page import ask, proof
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.storage.builders import identity, open_case, record, step

PDF = b"%PDF-1.4\n%invented\n"


async def waiting(database: Database, findings: Sequence[str] = ()) -> HukouFiling:
    """A case of two persons that waits for papers."""
    filing = await open_case(database, identity(), identity())
    task = TaskOpened(
        task_id=f"{filing.case_no}/INTAKE_CHECK/1",
        kind="INTAKE_CHECK",
        title="收件形式审查",
        office="371002-GA-01",
        role="INTAKE",
        findings=tuple(findings),
    )
    await record(database, step(filing, 1, tasks_opened=(task,)))
    async with database.write() as connection:
        await connection.execute(
            update(Case).where(Case.case_no == filing.case_no).values(stage="CORRECTION")
        )
    return filing


def of(page: str) -> str:
    return page.split('name="command_id" value="')[1].split('"')[0]


async def test_an_applicant_hands_in_a_paper_for_the_second_person(database: Database) -> None:
    filing = await waiting(database, ("DOCUMENT_MISSING:IDENTITY_CARD[2]",))
    async with browser(database) as client:
        await ask(client, await proof(database, filing))
        page = await client.get("/progress")
        form = page.text.split("补交材料</h2>")[1].split("</form>")[0]
        assert "<li>居民身份证（人员 2）</li>" in form and "人员 1）</li>" not in form
        assert '<option value="">请选择</option>' in form and "居民身份证（人员 1）" in form
        answer = await client.post(
            "/progress/supplement",
            data={
                "csrftoken": token_of(page),
                "command_id": of(page.text),
                "slot": "IDENTITY_CARD:2",
            },
            files={"file": ("a.pdf", PDF, "application/pdf")},
        )
        assert answer.headers["location"] == "/progress?done=saved"
        after = await client.get(answer.headers["location"])
        assert "材料已保存" in after.text and "还缺这些材料" not in after.text
    async with database.read() as connection:
        kept = await connection.execute(
            select(CaseDocument.type, CaseDocument.person).where(
                CaseDocument.case_no == filing.case_no
            )
        )
        assert [tuple(row) for row in kept] == [("IDENTITY_CARD", 2)]


async def test_an_applicant_says_what_each_paper_is(database: Database) -> None:
    filing = await waiting(database)
    async with browser(database) as client:
        await ask(client, await proof(database, filing))
        page = await client.get("/progress")
        answer = await client.post(
            "/progress/supplement",
            data={"csrftoken": token_of(page), "command_id": of(page.text), "slot": ""},
            files={"file": ("a.pdf", PDF, "application/pdf")},
        )
    assert answer.status_code == 409 and "请为每份材料选择是哪一项" in answer.text


async def test_papers_that_wait_for_the_running_case_are_told_as_saved(database: Database) -> None:
    filing = await waiting(database)
    address = f"/cases/{filing.case_no}/hand-in"
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(address)
        answer = await client.post(
            address,
            data={
                "csrftoken": token_of(page),
                "command_id": of(page.text),
                "slot": "IDENTITY_CARD:1",
            },
            files={"file": ("a.pdf", PDF, "application/pdf")},
        )
        assert answer.headers["location"] == f"{address}?saved=true"
        after = await client.get(answer.headers["location"])
    assert 'role="status">材料已保存' in after.text and "材料没有提交" not in after.text
    assert '<input type="file"' not in after.text


async def test_a_refusal_says_whether_the_papers_are_kept(database: Database) -> None:
    filing, running = await waiting(database), RunningCases()
    running.refuse[""] = "NOT_NOW"
    address = f"/cases/{filing.case_no}/hand-in"
    async with at_work(database, running, "HC0101") as client:
        page = await client.get(address)
        form = {"csrftoken": token_of(page), "command_id": of(page.text)}
        for content, slot, says in (
            (b"MZ no paper", "IDENTITY_CARD:1", "材料没有提交"),
            (PDF, "", "材料没有提交"),
            (PDF, "IDENTITY_CARD:1", "所选材料已保存在卷内"),
        ):
            answer = await client.post(
                address,
                data={**form, "slot": slot},
                files={"file": ("a.pdf", content, "application/pdf")},
            )
            assert answer.status_code == 422 and says in answer.text
