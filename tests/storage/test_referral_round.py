"""What is put before the superior reaches it once, whatever the platform answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from adapters.protocols import OutsideRefusal, OutsideUnavailable
from catalog.loader import load_catalog
from catalog.supervision_policies import supervision_desk
from counter.referral_round import ReferralRound
from storage import referrals
from storage.database import Database
from storage.referral_tables import Referral
from storage.referrals import Request
from tests.bulletins.world import Step, Told, at, put
from tests.storage.test_digest_round import Platform

CATALOG = load_catalog()
HERE = "371002"
OFFICE = f"{HERE}-RS-01"


@pytest.fixture
async def task(database: Database) -> str:
    """A task that a clerk has put before the superior."""
    case = Told(
        office=OFFICE, filed_at=at("11-02"), steps=[Step(at("11-02"), "PEER_PROCESSING")], tasks=1
    )
    async with database.write() as connection:
        await put(connection, case)
        task_id = (
            await connection.execute(
                text("SELECT task_id FROM tasks WHERE case_no = :case_no"),
                {"case_no": case.case_no},
            )
        ).scalar_one()
        for _ in range(2):  # a repeat keeps the first
            await referrals.draw_up(connection, [(task_id, task_id)], at("11-20"))
    return str(task_id)


async def sent(database: Database, platform: Platform, task: str) -> Request:
    """One round, and where the request stands after it."""
    async with database.write() as connection:
        await connection.execute(
            update(Referral)
            .where(Referral.subject == task)
            .values(next_attempt_at=datetime.now(UTC) - timedelta(seconds=1))
        )
    await ReferralRound(database, platform, CATALOG, HERE).step()
    async with database.read() as connection:
        found = await referrals.find(connection, task)
        assert found in await referrals.listed(connection, [OFFICE], limit=1000)
    assert found is not None
    return found


async def test_a_request_waits_until_the_platform_takes_it_and_is_sent_once(
    database: Database, task: str
) -> None:
    platform = Platform()
    platform.answer = OutsideUnavailable("没有答复")
    waiting = await sent(database, platform, task)
    assert (waiting.state, waiting.attempts) == ("WAITING", 1)
    platform.answer = None
    assert (await sent(database, platform, task)).state == "SENT"
    assert (await sent(database, platform, task)).state == "SENT"
    told = [one for one in platform.told if one.key == f"referral:{task}"]
    assert len(told) == 2  # the one that was lost, and the one that was taken
    desk = supervision_desk(CATALOG, HERE)
    assert told[-1].office == desk.superior
    assert desk.superior_name in told[-1].text and "承办机构报请协调" in told[-1].text


async def test_a_request_that_the_platform_refuses_says_so_and_is_not_tried_again(
    database: Database, task: str
) -> None:
    platform = Platform()
    platform.answer = OutsideRefusal("NO_MAILBOX", "消息平台没有该机构的信箱")
    refused = await sent(database, platform, task)
    assert (refused.state, refused.receipt) == ("REFUSED", "REFUSED:NO_MAILBOX")
    await sent(database, platform, task)
    assert len([one for one in platform.told if one.key == f"referral:{task}"]) == 1
