"""What may be asked of a case: what it takes now, and what the post permits, nothing else."""

from __future__ import annotations

import pytest

from console.office import Office
from contracts.commands import Verb
from storage.database import Database
from tests.console.test_signing_in import browser, sign_in, token_of
from tests.console.test_task_pages import command_of, opened

TAKEN = frozenset({Verb.WITHDRAW, Verb.SUSPEND, Verb.CORRECT_IDENTITY, Verb.CLARIFY})


@pytest.fixture
def takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A running case that takes these."""

    async def now(office: Office, workflow_id: str) -> frozenset[Verb]:
        return TAKEN

    monkeypatch.setattr(Office, "asked_now", now)


@pytest.mark.usefixtures("takes")
@pytest.mark.parametrize(
    ("number", "offered"),
    [
        ("HC0101", {"WITHDRAW", "CORRECT_IDENTITY"}),
        ("HC0102", {"WITHDRAW", "CORRECT_IDENTITY", "CLARIFY"}),
        ("HC0103", {"WITHDRAW", "CORRECT_IDENTITY", "SUSPEND"}),
        ("HC0902", set()),
    ],
)
async def test_a_form_is_there_only_where_case_and_post_allow_it(
    database: Database, number: str, offered: set[str]
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, number)
        page = await client.get(f"/cases/{one.case_no}/acts")
        assert {verb.value for verb in Verb if f'id="act-{verb.value}"' in page.text} == offered


@pytest.mark.usefixtures("takes")
async def test_what_the_post_does_not_permit_is_refused_when_it_is_sent_anyway(
    database: Database,
) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/cases/{one.case_no}/acts")
        form = {"csrftoken": token_of(page), "command_id": command_of(page.text), "reason": "样例"}
        for verb in ("SUSPEND", "CLARIFY"):
            sent = await client.post(f"/cases/{one.case_no}/acts/{verb}", data=form)
            assert sent.status_code == 403
        assert (
            await client.post(f"/cases/{one.case_no}/acts/DECIDE", data=form)
        ).status_code == 409


@pytest.mark.usefixtures("takes")
async def test_a_wrong_number_of_a_correction_is_told_at_its_field(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/cases/{one.case_no}/acts")
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text),
            "person": "1",
            "name": "样例改名",
            "id_no": "339999199001011234",
        }
        sent = await client.post(f"/cases/{one.case_no}/acts/CORRECT_IDENTITY", data=form)
        assert sent.status_code == 409
        assert 'id="CORRECT_IDENTITY-id_no-error"' in sent.text and 'value="样例改名"' in sent.text


async def test_a_case_that_does_not_answer_offers_nothing_and_says_so(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/cases/{one.case_no}/acts")
        assert "暂时没有答复" in page.text and 'id="act-' not in page.text


async def test_an_urge_stands_on_the_task_of_whoever_holds_it(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0902")
        page = await client.get(f"/cases/{one.case_no}/acts")
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text[page.text.index('id="notes"') :]),
            "kind": "URGE",
            "text": "申请人来电询问",
        }
        assert (await client.post(f"/cases/{one.case_no}/notes", data=form)).status_code == 303
        empty = await client.post(
            f"/cases/{one.case_no}/notes", data={**form, "kind": "NOTE", "text": " "}
        )
        assert empty.status_code == 422
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/tasks/{one.task_id}")
        assert "催办" in page.text and "申请人来电询问" in page.text


async def test_a_followed_case_is_followed_until_one_says_no(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        address = f"/cases/{one.case_no}/acts"
        form = {"csrftoken": token_of(await client.get(address))}
        await client.post(f"/cases/{one.case_no}/follow", data={**form, "follow": "yes"})
        assert "取消关注" in (await client.get(address)).text
        await client.post(f"/cases/{one.case_no}/follow", data={**form, "follow": "no"})
        assert "取消关注" not in (await client.get(address)).text


async def test_papers_are_handed_in_only_while_the_case_waits_for_them(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/cases/{one.case_no}/hand-in")
        assert "不等待补正材料" in page.text and 'type="file"' not in page.text


async def test_the_slips_of_a_case_are_printed_for_those_who_take_part(database: Database) -> None:
    one = await opened(database)
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0902")
        assert (await client.get(f"/cases/{one.case_no}/slips")).status_code == 403
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, "HC0101")
        page = await client.get(f"/cases/{one.case_no}/slips")
        assert page.status_code == 200 and one.id_no not in page.text
