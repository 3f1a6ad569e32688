"""The task page asks what the outcome asks, keeps what was typed, and tells a late comer."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import TaskOpened
from domain.signing import SigningMode
from domain.task_table import TASKS
from storage.database import Database
from storage.desk_notes import ask_signature, sign, signatures
from storage.documents import keep
from storage.tables import Case, CommandRow, DataAccess, Task
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


async def test_a_task_waits_for_the_opinions_that_were_asked(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        token = token_of(page)
        await client.post(
            f"/tasks/{one.task_id}/ask",
            data={"csrftoken": token, "signer": "HC0102", "mode": "ALL", "question": "住址属实吗"},
        )
        decision = {
            "csrftoken": token,
            "command_id": command_of(page.text),
            "outcome": "ACCEPT",
        }
        early = await client.post(f"/tasks/{one.task_id}/decide", data=decision)
        assert early.status_code == 409 and "还等待 HC0102 答复" in early.text
        before = await client.get(f"/tasks/{one.task_id}")
        assert "答复齐之前不能办结，还等待：HC0102" in before.text
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = await client.get(f"/tasks/{one.task_id}")
        number = re.search(r'name="number" value="(\d+)"', page.text)
        assert number is not None and "住址属实吗" in page.text
        answer = {"csrftoken": token_of(page), "number": number.group(1), "answer": "DISAGREE"}
        assert (await client.post(f"/tasks/{one.task_id}/sign", data=answer)).status_code == 409
        said = await client.post(
            f"/tasks/{one.task_id}/sign", data={**answer, "text": "住址须再核对"}
        )
        assert said.status_code == 303
        again = await client.post(f"/tasks/{one.task_id}/sign", data={**answer, "text": "换个说法"})
        assert again.status_code == 409
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        assert "住址须再核对" in page.text
        late = await client.post(
            f"/tasks/{one.task_id}/decide", data={**decision, "csrftoken": token_of(page)}
        )
        assert late.status_code == 202


async def test_a_question_to_nobody_is_told_at_its_field_and_keeps_what_was_typed(
    database: Database,
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        form = {"csrftoken": token_of(page), "signer": "", "mode": "ANY", "question": "住址属实吗"}
        told = await client.post(f"/tasks/{one.task_id}/ask", data=form)
        assert told.status_code == 422 and 'id="decide"' in told.text
        assert 'id="signer-error" role="alert">请选择同事。' in told.text
        assert '<option value="ANY" selected>' in told.text and "住址属实吗</textarea>" in told.text
    async with database.read() as connection:
        assert not await signatures(connection, one.task_id)


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


async def test_who_was_not_asked_does_not_answer_for_another(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        token = token_of(page)
        await client.post(
            f"/tasks/{one.task_id}/ask",
            data={"csrftoken": token, "signer": "HC0102", "mode": "ANY"},
        )
        page = await client.get(f"/tasks/{one.task_id}")
        number = re.search(r'name="number" value="(\d+)"', page.text)
        assert number is not None
        answer = {"csrftoken": token, "number": number.group(1), "answer": "AGREE"}
        refused = await client.post(f"/tasks/{one.task_id}/sign", data=answer)
        assert refused.status_code == 409 and "没有向您征求" in refused.text
        taken = await client.post(
            f"/tasks/{one.task_id}/sign", data={**answer, "answer": "WITHDRAW"}
        )
        assert taken.status_code == 303
        assert 'name="number"' not in (await client.get(f"/tasks/{one.task_id}")).text


async def test_a_question_of_somebody_who_is_away_is_taken_back_by_who_assigns(
    database: Database,
) -> None:
    one = await opened(database)
    async with database.write() as connection:
        await ask_signature(
            connection,
            one.task_id,
            mode="ALL",
            signer="HC0102",
            asked_by="HC0101",
            question="",
            at=NOW,
        )
        number = (await signatures(connection, one.task_id))[0]["id"]
    form = {"number": number, "answer": "WITHDRAW"}
    for clerk, status in (("HC0102", 409), ("HC0103", 303)):
        async with browser(database, seeded_accounts=True) as client:
            await sign_in(client, clerk)
            page = await client.get(f"/tasks/{one.task_id}")
            assert ("撤回征求" in page.text) is (status == 303)
            sent = {**form, "csrftoken": token_of(page)}
            told = await client.post(f"/tasks/{one.task_id}/sign", data=sent)
            assert told.status_code == status
    async with database.read() as connection:
        assert not await signatures(connection, one.task_id)


async def test_a_task_offers_the_earlier_steps_that_its_case_has_passed(database: Database) -> None:
    one = await opened(database, "GENERAL_MAKING", "HANDLER")
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        address = f"/tasks/{one.task_id}"
        assert "退回较早环节" not in (await client.get(address)).text
        async with database.write() as connection:
            for kind in ("GENERAL_REVIEW", "GENERAL_DECISION"):
                await done(connection, one.case_no, kind)
        page = await client.get(address)
        assert page.text.index('value="GENERAL_DECISION"') < page.text.index('"GENERAL_REVIEW"')
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text),
            "outcome": "RETURN",
            "reason": "样例：地址写错",
            "return_to": "GENERAL_ACCEPTANCE",
        }
        again = await client.post(f"{address}/decide", data=form)
        assert again.status_code == 422 and 'id="RETURN-return-to-error"' in again.text
        assert "样例：地址写错" in again.text
        kept = await client.post(f"{address}/decide", data={**form, "return_to": "GENERAL_REVIEW"})
        assert kept.status_code == 202
    async with database.read() as connection:
        sent = (
            await connection.execute(
                select(CommandRow.command).where(
                    CommandRow.case_no == one.case_no, CommandRow.status == "PENDING"
                )
            )
        ).scalar_one()
    assert (sent["outcome"], sent["return_to"]) == ("RETURN", "GENERAL_REVIEW")


async def test_who_gets_a_task_again_reads_by_whom_and_why(database: Database) -> None:
    one = await opened(database, "REVIEW", "HANDLER")
    async with database.write() as connection:
        await done(connection, one.case_no, "APPROVAL", outcome="RETURN", reason="请补充调查")
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0102")
        page = (await client.get(f"/tasks/{one.task_id}")).text
    assert "退回办理" in page and "HC0901" in page and "请补充调查" in page


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


async def test_what_has_been_handed_in_is_no_longer_missing(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        address = f"/tasks/{one.task_id}"
        before = (await client.get(address)).text
        assert "已补交，请核对" not in before and 'value="缺少材料' in before
        async with database.write() as connection:
            await keep(
                connection,
                b"paper",
                case_no=one.case_no,
                type_="TRANSFER_ORDER",
                media_type="text/plain",
                source="APPLICANT",
                now=NOW,
            )
        after = (await client.get(address)).text
        assert "已补交，请核对" in after and 'value="缺少材料' not in after


async def test_a_refusal_keeps_the_menu(database: Database) -> None:
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get("/tasks/3710022026010100000010/REVIEW/1")
        assert page.status_code == 404 and 'href="/worklist"' in page.text.split("<main")[0]


async def test_who_approves_reads_what_was_written_in_the_steps_before(database: Database) -> None:
    one = await opened(database, "APPROVAL", "APPROVER")
    before = f"{one.case_no}/REVIEW/1"
    async with database.write() as connection:
        await done(connection, one.case_no, "REVIEW", outcome="PASS", reason="材料齐全")
        for signer in ("HC0102", "HC0104"):
            await ask_signature(
                connection,
                before,
                mode="ALL",
                signer=signer,
                asked_by="HC0901",
                question="",
                at=NOW,
            )
        number = (await signatures(connection, before))[0]["id"]
        await sign(connection, number, "HC0102", answer="AGREE", text="住址属实", at=NOW)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0103")
        page = (await client.get(f"/tasks/{one.task_id}")).text
    steps = page[page.index("已办环节") : page.index('id="people"')]
    outcome = TASKS["REVIEW"].by_code["PASS"].label
    assert outcome in steps and "HC0901" in steps and "材料齐全" in steps
    assert "HC0102" in steps and "住址属实" in steps and "HC0104" not in steps


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


async def test_who_asks_reads_what_each_way_of_asking_means(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = (await client.get(f"/tasks/{one.task_id}")).text
    for mode in SigningMode:
        assert f"{mode.label}：{mode.about}" in page


async def test_who_must_call_reads_the_number_and_what_the_request_says(
    database: Database,
) -> None:
    one = await opened(database, "PHONE_CONFIRMATION", "HANDLER")
    request = {
        "title": "申请迁出",
        "reason": "SPOUSE",
        "applicant": {"name": "样例申请人", "phone": "12000000008"},
        "origin": {"locality": "371002", "address": "样例旧址1号"},
        "destination": {"locality": "330902", "address": "样例新址2号"},
    }
    for application, said in ((request, "12000000008"), ({}, "来函没有写明联系电话")):
        async with database.write() as connection:
            await connection.execute(
                update(Case)
                .where(Case.case_no == one.case_no)
                .values(kind="LEG", application=application)
            )
        async with browser(database, seeded_accounts=True) as client:
            await sign_in(client, "HC0102")
            page = (await client.get(f"/tasks/{one.task_id}")).text
        assert said in page and "另日再拨" in page
        for words in ("样例旧址1号", "样例新址2号", "夫妻投靠", "舟山市定海区"):
            assert (words in page) is bool(application)
