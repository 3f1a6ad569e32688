"""Integrators are told what happens: signed, in order, until it is taken, and nobody's data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import select, update
from standardwebhooks import Webhook

from activities.notice_texts import word_notice
from adapters.webhooks import WebhookSender
from contracts.transitions import ActRecorded, TaskClosed, TaskOpened
from counter import webhook_round
from counter.webhook_round import WebhookRound
from domain.webhooks import WebhookEvent, is_public
from storage.api_tables import WebhookMessageRow, WebhookRow
from storage.database import Database
from storage.transitions import write
from tests.console.api_clients import V1, integrator, is_problem, new_key, signed_in
from tests.console.receiver import Receiver, receiver
from tests.console.test_signing_in import CATALOG, settings
from tests.storage.builders import PAPERS, identity, open_case, record, step

SECRET = settings().grant_secret.get_secret_value().encode()
#: Of the rounds of a test, closed after it.
SENDERS: list[WebhookSender] = []
EVERYTHING = [event.value for event in WebhookEvent]


@pytest_asyncio.fixture(loop_scope="session")
async def here(database: Database) -> AsyncIterator[Receiver]:
    """A receiver, and afterwards no webhook that another test would still tell."""
    async with receiver() as one:
        yield one
        while SENDERS:
            await SENDERS.pop().aclose()
    async with database.write() as connection:
        await connection.execute(update(WebhookRow).values(ended_at=datetime.now(UTC)))


def a_round(database: Database, *, private: bool = True) -> WebhookRound:
    sender = WebhookSender(private=private, timeout_seconds=2)
    SENDERS.append(sender)
    return WebhookRound(database, sender, CATALOG, "371002", SECRET)


async def ask(
    client: httpx.AsyncClient, one: Receiver, events: list[str] | None = None
) -> dict[str, Any]:
    body = {"url": one.url, "events": events or EVERYTHING}
    made = await client.post(f"{V1}/webhooks", json=body)
    assert made.status_code == 201, made.text
    one.secret = made.json()["secret"]
    return dict(made.json())


async def accepted(database: Database) -> tuple[str, str]:
    """A case that was filed and accepted; its number, and the identity number of its person."""
    id_no = identity()
    filing = await open_case(database, id_no)
    check, review = (f"{filing.case_no}/{kind}/1" for kind in ("INTAKE_CHECK", "REVIEW"))
    opened = {"office": "371002-GA-01", "title": "样例"}
    await record(
        database,
        step(
            filing,
            1,
            tasks_opened=(TaskOpened(task_id=check, kind="INTAKE_CHECK", role="INTAKE", **opened),),
        ),
    )
    await record(
        database,
        step(
            filing,
            2,
            stage="REVIEW",
            tasks_closed=(TaskClosed(task_id=check, status="DONE", outcome="ACCEPT"),),
            tasks_opened=(TaskOpened(task_id=review, kind="REVIEW", role="HANDLER", **opened),),
            acts=(
                ActRecorded(
                    key="ACCEPTED",
                    code="ACCEPTED",
                    office="371002-GA-01",
                    actor="HC0101",
                    basis="x",
                ),
            ),
        ),
    )
    return filing.case_no, id_no


async def rounds(one: WebhookRound, number: int = 8) -> None:
    """One round notes how far the trail is settled, the next reads it; then one a case."""
    for _ in range(number):
        await one.step()


async def test_what_happens_to_a_case_is_told_in_order_and_names_nobody(
    database: Database, here: Receiver
) -> None:
    async with integrator(database, webhook_private_targets=True) as client:
        await ask(client, here)
        case_no, id_no = await accepted(database)
        await rounds(a_round(database))
        told = [one for one in here.taken if one["data"]["case_no"] == case_no]
        assert [one["type"] for one in told] == [
            "case.filed",
            "task.opened",
            "case.accepted",
            "task.decided",
            "case.moved",
            "task.opened",
        ]
        assert told[-1]["data"]["task_id"] == f"{case_no}/REVIEW/1"
        assert [one["data"]["sequence"] for one in told] == sorted(
            one["data"]["sequence"] for one in told
        )
        assert all(id_no.encode() not in text for _, _, text in here.came)
        assert len({number for number, _, _ in here.came}) == len(here.came)


async def test_what_was_not_taken_comes_again_under_the_same_id_before_what_follows(
    database: Database, here: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_round, "wait_after", lambda *_: timedelta(0))
    async with integrator(database, webhook_private_targets=True) as client:
        made = await ask(client, here, ["case.filed", "case.accepted"])
        here.answers = [500, 302]
        await accepted(database)
        await rounds(a_round(database))
        numbers = [number for number, _, _ in here.came]
        assert numbers[0] == numbers[1] == numbers[2] != numbers[3]
        assert [one["type"] for one in here.taken] == ["case.filed", "case.accepted"]
        listed = await client.get(f"{V1}/webhooks/{made['id']}/messages")
        first = listed.json()["items"][-1]
        assert (first["status"], first["attempts"], first["said"]) == ("TAKEN", 3, "200")


async def test_a_worker_that_died_while_it_sent_sends_again_and_loses_nothing(
    database: Database, here: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with integrator(database, webhook_private_targets=True) as client:
        await ask(client, here, ["case.filed"])
        await accepted(database)
        first = a_round(database)

        async def died(*_: object) -> None:
            raise asyncio.CancelledError

        with monkeypatch.context() as patch:
            patch.setattr(first, "_settle", died)
            with pytest.raises(asyncio.CancelledError):
                await rounds(first)
        assert len(here.came) == 1
        async with database.write() as connection:
            await connection.execute(update(WebhookMessageRow).values(next_at=datetime.now(UTC)))
        await rounds(a_round(database))
        assert [number for number, _, _ in here.came] == [here.came[0][0]] * 2


async def test_who_takes_nothing_is_paused_and_goes_on_where_it_stopped(
    database: Database, here: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_round, "wait_after", lambda *_: timedelta(0))
    async with integrator(database, webhook_private_targets=True) as client:
        made = await ask(client, here, ["case.filed"])
        here.answers = [503] * 50
        await accepted(database)
        await rounds(a_round(database), 15)
        assert len(here.came) == 10
        paused = (await client.get(f"{V1}/webhooks")).json()["items"][0]
        assert paused["paused_at"] and "503" in paused["paused_why"] and paused["waiting"] == 1
        here.answers = []
        await client.post(f"{V1}/webhooks/{made['id']}/resume")
        await rounds(a_round(database), 2)
        assert [one["type"] for one in here.taken] == ["case.filed"]


async def test_a_receiver_that_is_gone_is_not_asked_again(
    database: Database, here: Receiver
) -> None:
    async with integrator(database, webhook_private_targets=True) as client:
        await ask(client, here, ["case.filed"])
        here.answers = [410]
        await accepted(database)
        await rounds(a_round(database))
        assert len(here.came) == 1
        assert (await client.get(f"{V1}/webhooks")).json()["items"][0]["paused_at"]


async def test_nobody_is_told_of_cases_that_the_key_may_not_see(
    database: Database, here: Receiver
) -> None:
    async with integrator(
        database, "HC1102", "371002-RS-01", webhook_private_targets=True
    ) as client:
        await ask(client, here)
        await accepted(database)
        await rounds(a_round(database))
        assert here.came == []


async def test_with_its_key_a_webhook_ends(database: Database, here: Receiver) -> None:
    key, number = await new_key(database)
    async with integrator(database, webhook_private_targets=True) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        await ask(client, here)
        async with signed_in(database, "HC0904") as manager:
            await manager.post(f"{V1}/keys/{number}/revoke")
            await accepted(database)
            await rounds(a_round(database))
            assert here.came == []
            row = (await manager.get(f"{V1}/webhooks")).json()["items"][0]
            assert "密钥" in row["paused_why"]


async def test_another_integrators_webhooks_are_not_there(
    database: Database, here: Receiver
) -> None:
    async with integrator(database, webhook_private_targets=True) as client:
        made = await ask(client, here)
    async with integrator(database, "HC0102", webhook_private_targets=True) as other:
        assert (await other.get(f"{V1}/webhooks")).json()["items"] == []
        for act in ("resume", "pause", "end"):
            is_problem(await other.post(f"{V1}/webhooks/{made['id']}/{act}"), 404, "NOT_FOUND")
        is_problem(await other.get(f"{V1}/webhooks/{made['id']}/messages"), 404, "NOT_FOUND")


async def test_the_secret_is_told_once_and_kept_nowhere(database: Database, here: Receiver) -> None:
    async with integrator(database, webhook_private_targets=True) as client:
        headers = {"Idempotency-Key": "hook-once"}
        body = {"url": here.url, "events": ["case.closed"]}
        made = await client.post(f"{V1}/webhooks", json=body, headers=headers)
        again = await client.post(f"{V1}/webhooks", json=body, headers=headers)
        secret = made.json()["secret"]
        assert again.json() == {**made.json(), "secret": None}
        Webhook(secret)
    async with database.read() as connection:
        row = await connection.execute(select(WebhookRow.__table__))
        assert secret not in str(row.mappings().all())


@pytest.mark.parametrize(
    "url",
    [
        "ftp://files.example/x",
        "http://127.0.0.1:9/x",
        "http://localhost/x",
        "http://[::1]/x",
        "http://169.254.169.254/latest",
        "http://10.0.0.8/x",
        "http://[::ffff:192.168.0.1]/x",
        "http://0/x",
        "http://name:word@198.51.100.7/x",
        "javascript:alert(1)",
        "http://",
    ],
)
async def test_nothing_is_sent_into_the_house(database: Database, url: str) -> None:
    async with integrator(database) as client:
        body = {"url": url, "events": ["case.filed"]}
        found = is_problem(await client.post(f"{V1}/webhooks", json=body), 422, "WRONG_FIELD")
        assert found["errors"][0]["pointer"] == "/url"


async def test_an_address_that_became_an_inner_one_is_not_called(
    database: Database, here: Receiver
) -> None:
    async with integrator(database, webhook_private_targets=True) as client:
        await ask(client, here, ["case.filed"])
        await accepted(database)
        await rounds(a_round(database, private=False))
        assert here.came == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2400:3200::1", True),
        ("127.0.0.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_which_addresses_are_somebody_elses(address: str, public: bool) -> None:
    assert is_public(address) is public


async def test_what_is_not_yet_committed_is_not_passed_over(
    database: Database, here: Receiver
) -> None:
    late, soon = await open_case(database, identity()), await open_case(database, identity())
    async with integrator(database, webhook_private_targets=True) as client:
        await ask(client, here, ["case.filed"])
        one = a_round(database)
        async with database.write() as slow:
            await write(slow, step(late, 1), CATALOG.calendar, PAPERS.draw_up, word_notice)
            await record(database, step(soon, 1))
            await rounds(one, 4)
            assert here.came == []
        await rounds(one, 6)
        told = [one["data"]["case_no"] for one in here.taken]
        assert sorted(told) == sorted([late.case_no, soon.case_no])  # of several cases in any order
