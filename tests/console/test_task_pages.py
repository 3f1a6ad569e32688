"""The task page asks what the outcome asks, keeps what was typed, and tells a late comer."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import TaskOpened
from storage import desk_notes
from storage.case_tables import DataAccess
from storage.database import Database
from storage.task_tables import CommandRow, Task
from tests.console.test_signing_in import BASE, browser, sign_in, token_of
from tests.storage.builders import NOW, identity, open_case, record, step


@dataclass(frozen=True, slots=True)
class Opened:
    """A case with one open task at 鲸园派出所."""

    case_no: str
    task_id: str
    id_no: str


async def opened(
    database: Database, kind: str = "INTAKE_CHECK", role: str = "INTAKE", **changes: object
) -> Opened:
    id_no = identity()
    filing = await open_case(database, id_no)
    number = f"{filing.case_no}/{kind}/1"
    task = TaskOpened.model_validate(
        {
            "task_id": number,
            "kind": kind,
            "title": "收件形式审查",
            "office": "371002-GA-01",
            "role": role,
            "findings": ("DOCUMENT_MISSING:TRANSFER_ORDER",),
            **changes,
        }
    )
    await record(database, step(filing, 1, tasks_opened=(task,)))
    return Opened(filing.case_no, number, id_no)


async def done(
    connection: AsyncConnection, case_no: str, kind: str, *, outcome: str = "PASS", reason: str = ""
) -> None:
    """Somebody has decided a task of that kind in the case."""
    kept = [column for column in Task.__table__.columns if column.computed is None]
    like = select(*kept).where(Task.case_no == case_no)
    first = (await connection.execute(like)).mappings().first()
    assert first is not None
    command_id = f"c-{uuid.uuid4()}"
    values = {
        "task_id": f"{case_no}/{kind}/1",
        "kind": kind,
        "status": "DONE",
        "outcome": outcome,
        "decided_by": "HC0901",
        "closed_at": NOW,
        "command_id": command_id,
    }
    await connection.execute(insert(Task).values({**first, **values}))
    await connection.execute(
        insert(CommandRow).values(
            command_id=command_id,
            workflow_id=f"样例-{case_no}",
            case_no=case_no,
            command={"verb": "DECIDE", "actor": "HC0901", "outcome": outcome},
            body={"reason": reason},
            status="DONE",
            sent_at=NOW,
        )
    )


def command_of(text: str) -> str:
    found = re.search(r'name="command_id" value="(c-[^"]+)"', text)
    assert found is not None
    return found.group(1)


async def test_a_task_says_its_work_in_words_and_each_button_its_effect(
    database: Database,
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        assert page.status_code == 200
        assert "调动（录用）文件" in page.text and "DOCUMENT_MISSING" not in page.text
        assert "计时停止" in page.text and "行政许可法第32条" in page.text
        assert len(page.content) < 150_000


async def test_reading_the_people_of_a_task_is_logged_with_its_purpose(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        assert one.id_no in (await client.get(f"/tasks/{one.task_id}")).text
    async with database.read() as connection:
        rows = await connection.execute(
            select(DataAccess.actor, DataAccess.purpose).where(DataAccess.case_no == one.case_no)
        )
        assert ("HC0101", f"办理待办 {one.task_id}") in [tuple(row) for row in rows]


async def readings(database: Database, case_no: str) -> list[tuple[str, str]]:
    """Who read the people of the case, and what for."""
    async with database.read() as connection:
        rows = await connection.execute(
            select(DataAccess.actor, DataAccess.purpose)
            .where(DataAccess.case_no == case_no)
            .order_by(DataAccess.id)
        )
        return [(row.actor, row.purpose) for row in rows]


@pytest.mark.parametrize("number", ["HC0102", "HC0902"])
async def test_who_cannot_work_a_task_sees_nobody_named_and_says_what_for(
    database: Database, number: str
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, number)
        page = await client.get(f"/tasks/{one.task_id}")
        assert page.status_code == 200 and "收件形式审查" in page.text
        assert one.id_no not in page.text and "样例" not in page.text
        told = (await client.get(f"/api/v1/tasks/{one.task_id}")).json()
        assert not told["named"] and told["persons"] == [] and told["application"] == []
        assert await readings(database, one.case_no) == []
        form = {"csrftoken": token_of(page), "purpose": "答复"}
        assert "登记并显示" in page.text
        shown = await client.post(f"/cases/{one.case_no}/persons", data=form)
        assert one.id_no in shown.text
        assert await readings(database, one.case_no) == [(number, "答复")]


async def test_who_is_asked_or_assigns_sees_whom_the_task_is_about_and_is_logged_so(
    database: Database,
) -> None:
    one = await opened(database)
    async with database.write() as connection:
        await desk_notes.ask_signature(
            connection,
            one.task_id,
            mode="ALL",
            signer="HC0102",
            asked_by="HC0101",
            question="样例",
            at=NOW,
        )
    async with browser(database, seeded_accounts=True) as client:
        for number in ("HC0102", "HC0103"):
            await sign_in(client, number)
            assert one.id_no in (await client.get(f"/tasks/{one.task_id}")).text
            told = (await client.get(f"/api/v1/tasks/{one.task_id}")).json()
            assert told["named"] and told["persons"][0]["id_no"] == one.id_no
    logged = [("HC0102", f"答复意见 {one.task_id}"), ("HC0103", f"分派待办 {one.task_id}")]
    assert await readings(database, one.case_no) == [logged[0]] * 2 + [logged[1]] * 2


async def test_what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost(
    database: Database,
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text),
            "outcome": "CORRECT",
            "defect": ["", "  "],
            "remedy": "到原窗口补交",
        }
        again = await client.post(f"/tasks/{one.task_id}/decide", data=form)
        assert again.status_code == 422
        assert 'id="CORRECT-defects-error"' in again.text and "到原窗口补交" in again.text
        grown = await client.post(
            f"/tasks/{one.task_id}/decide", data={**form, "defect": ["身份证", ""], "grow": "1"}
        )
        assert grown.text.count('name="defect"') == 5 and 'value="身份证"' in grown.text
        assert f'value="{form["command_id"]}"' in grown.text
    async with database.read() as connection:
        sent = await connection.execute(
            select(CommandRow.command_id).where(CommandRow.case_no == one.case_no)
        )
        assert not sent.all()


async def test_who_comes_late_learns_who_decided_and_keeps_the_own_words(
    database: Database,
) -> None:
    one = await opened(database)
    other = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        async with database.write() as connection:
            await connection.execute(
                update(Task)
                .where(Task.task_id == one.task_id)
                .values(status="DONE", outcome="ACCEPT", decided_by="HC0901", closed_at=NOW)
            )
        late = await client.post(
            f"/tasks/{one.task_id}/decide",
            data={
                "csrftoken": token_of(page),
                "command_id": command_of(page.text),
                "outcome": "NOT_ACCEPT",
                "reason": "不在本机构受理范围",
            },
        )
        assert late.status_code == 409
        assert "HC0901" in late.text and "受理" in late.text
        assert "不在本机构受理范围" in late.text
        assert 'id="next"' in late.text and other.task_id


async def test_an_office_that_does_not_answer_keeps_the_decision_under_its_number(
    database: Database,
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        command = command_of(page.text)
        kept = await client.post(
            f"/tasks/{one.task_id}/decide",
            data={"csrftoken": token_of(page), "command_id": command, "outcome": "ACCEPT"},
        )
        assert kept.status_code == 202 and "已保存" in kept.text
        assert command in kept.text


async def test_who_examined_does_not_approve_under_any_post(database: Database) -> None:
    one = await opened(database, "APPROVAL", "APPROVER")
    async with database.write() as connection:
        kept = [column for column in Task.__table__.columns if column.computed is None]
        first = (await connection.execute(select(*kept))).mappings().first()
        assert first is not None
        done = {"task_id": f"{one.case_no}/REVIEW/1", "kind": "REVIEW", "status": "DONE"}
        await connection.execute(
            insert(Task).values(**{**first, **done, "case_no": one.case_no, "decided_by": "HC0103"})
        )
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0103")
        page = await client.get(f"/tasks/{one.task_id}")
        assert "须由另一个人办理" in page.text and "/decide" not in page.text
        forced = await client.post(
            f"/tasks/{one.task_id}/decide",
            data={
                "csrftoken": token_of(page),
                "command_id": command_of(page.text),
                "outcome": "APPROVE",
            },
        )
        assert forced.status_code == 422 and "须由另一个人办理" in forced.text


async def test_another_office_does_not_see_the_task(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC1102")
        hidden = await client.get(f"/tasks/{one.task_id}")
        assert hidden.status_code == 404 and one.id_no not in hidden.text


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "请返回填好"), ("en", "Please go back")])
async def test_a_form_without_what_it_needs_is_answered_by_a_page(
    database: Database, language: str, said: str
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        address = f"/tasks/{one.task_id}"
        form = {"csrftoken": token_of(await client.get(address)), "answer": "AGREE"}
        client.cookies.set("language", language)
        sent = {"Referer": f"{BASE}{address}"}
        told = await client.post(f"{address}/sign", data=form, headers=sent)
        assert told.status_code == 422 and told.headers["content-type"].startswith("text/html")
        assert said in told.text and f'class="button" href="{address}"' in told.text
        assert 'href="/worklist"' in told.text
        away = {"Referer": "https://elsewhere.example/x"}
        told = await client.post(f"{address}/sign", data=form, headers=away)
        assert "elsewhere" not in told.text and 'class="button" href="/"' in told.text


async def test_who_decides_in_a_second_window_is_told_that_it_had_no_effect(
    database: Database,
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        address = f"/tasks/{one.task_id}"
        second = await client.get(address)
        async with database.write() as connection:
            await connection.execute(
                update(Task)
                .where(Task.task_id == one.task_id)
                .values(status="DONE", outcome="CORRECT", decided_by="HC0101", closed_at=NOW)
            )
        form = {
            "csrftoken": token_of(second),
            "command_id": command_of(second.text),
            "outcome": "ACCEPT",
            "reason": "样例：齐全",
        }
        late = await client.post(f"{address}/decide", data=form)
        assert late.status_code == 409 and "没有生效" in late.text
        assert "您这次提交的是" in late.text and "样例：齐全" in late.text


async def test_a_refusal_keeps_the_menu(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get("/tasks/3710022026010100000010/REVIEW/1")
        assert page.status_code == 404 and 'href="/worklist"' in page.text.split("<main")[0]


async def test_who_may_not_decide_reads_which_post_and_which_colleagues_may(
    database: Database,
) -> None:
    one = await opened(database, "APPROVAL", "APPROVER")
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = (await client.get(f"/tasks/{one.task_id}")).text
    assert "须由审批人办理" in page and "可以办理的工号：HC0103" in page
    assert 'id="hold"' not in page and 'id="opinions"' not in page
    async with database.write() as connection:
        await done(connection, one.case_no, "REVIEW")
        await connection.execute(
            update(Task)
            .where(Task.task_id == f"{one.case_no}/REVIEW/1")
            .values(decided_by="HC0103")
        )
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = (await client.get(f"/tasks/{one.task_id}")).text
    assert "HC0103" not in page[page.index('id="decide"') :] and "请联系机构管理员" in page
