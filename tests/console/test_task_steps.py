"""What a task's page tells of the steps before it, and to which it can be sent back."""

from __future__ import annotations

from sqlalchemy import select, update

from domain.task_table import TASKS
from storage.case_tables import Case
from storage.database import Database
from storage.desk_notes import ask_signature, sign, signatures
from storage.documents import keep
from storage.task_tables import CommandRow
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.console.test_task_pages import command_of, done, opened
from tests.storage.builders import NOW


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


async def test_what_cannot_be_taken_back_is_sent_only_after_a_second_look(
    database: Database,
) -> None:
    one = await opened(database, "CANCELLATION", "APPROVER")
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0103")
        address = f"/tasks/{one.task_id}"
        page = await client.get(address)
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text),
            "outcome": "CANCEL",
            "reason": "样例：已与本人核对",
        }
        asked = await client.post(f"{address}/decide", data=form)
        assert asked.status_code == 422 and 'id="CANCEL-sure-error"' in asked.text
        assert "样例：已与本人核对" in asked.text
        sent = await client.post(f"{address}/decide", data={**form, "sure": "1"})
        assert sent.status_code == 202
