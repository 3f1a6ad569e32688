"""Colleagues are asked before a task is decided: who is asked, who answers, what is waited for."""

from __future__ import annotations

import re

from domain.signing import SigningMode
from storage.database import Database
from storage.desk_notes import ask_signature, signatures
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.console.test_task_pages import command_of, opened
from tests.storage.builders import NOW


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


async def test_who_asks_reads_what_each_way_of_asking_means(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = (await client.get(f"/tasks/{one.task_id}")).text
    for mode in SigningMode:
        assert f"{mode.label}：{mode.about}" in page
