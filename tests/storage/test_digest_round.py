"""A morning digest reaches its office once, whatever the platform answers, and names nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import update

from adapters.notices.protocol import (
    MAX_OFFICE_TEXT,
    Notice,
    NoticeReceipt,
    OfficeMessage,
)
from adapters.protocols import OutsideRefusal, OutsideUnavailable
from counter.digest_round import DigestRound, words
from domain.calendar import SHANGHAI
from storage import digests, supervision_list
from storage.database import Database
from storage.digest_tables import DigestSending
from storage.supervision import NewRecord, put_records
from tests.storage.test_supervision import Story, after

CONTENT: dict[str, Any] = {
    "due_today": [
        {"task_id": "t1", "case_no": "c1", "title": "迁入审核", "due_on": "2026-11-23"},
    ],
    "late": [],
    "counts": {"due_today": 1},
    "waiting": {"THEIRS": 2},
}


class Platform:
    """Answers as it is told, and keeps what it was sent."""

    def __init__(self) -> None:
        self.answer: Exception | None = None
        self.told: list[OfficeMessage] = []

    async def send(self, notice: Notice) -> NoticeReceipt:
        raise AssertionError("a digest is no message to a person")

    async def tell_office(self, message: OfficeMessage) -> NoticeReceipt:
        self.told.append(message)
        if self.answer is not None:
            raise self.answer
        return NoticeReceipt(receipt_no=f"DX{len(self.told)}", at=datetime.now(UTC))


def today() -> date:
    return datetime.now(SHANGHAI).date()


async def made(database: Database, office: str, day: date | None = None) -> None:
    """A digest of that office, made a minute ago."""
    async with database.write() as connection:
        at = datetime.now(UTC) - timedelta(minutes=1)
        await digests.keep(connection, day or today(), {office: CONTENT}, at)


async def state(database: Database, office: str) -> dict[str, Any]:
    async with database.read() as connection:
        return (await digests.newest(connection, [office]))[0]


async def due_again(database: Database, office: str) -> None:
    """The wait after a failure is over."""
    async with database.write() as connection:
        await connection.execute(
            update(DigestSending)
            .where(DigestSending.office == office)
            .values(next_attempt_at=datetime.now(UTC) - timedelta(seconds=1))
        )


def of(platform: Platform, office: str) -> list[OfficeMessage]:
    return [one for one in platform.told if one.office == office]


async def test_a_digest_is_sent_once_and_its_receipt_is_shown(database: Database) -> None:
    office, platform = "999700-A", Platform()
    await made(database, office)
    await made(database, office)  # the routine ran twice
    for _ in range(3):
        await DigestRound(database, platform).step()
    (message,) = of(platform, office)
    assert message.key == f"digest:{office}:{today()}"
    assert "今日到期 1 项" in message.text and "对方地区 2 件" in message.text
    shown = await state(database, office)
    assert shown["sent_at"] is not None and shown["receipt"].startswith("DX")


async def test_a_silent_platform_is_asked_again_under_the_same_key(database: Database) -> None:
    office, platform = "999701-A", Platform()
    platform.answer = OutsideUnavailable("没有答复")
    await made(database, office)
    await DigestRound(database, platform).step()
    await DigestRound(database, platform).step()
    assert len(of(platform, office)) == 1, "it waits before it asks again"
    assert (await state(database, office))["sent_at"] is None
    await due_again(database, office)
    platform.answer = None
    await DigestRound(database, platform).step()
    first, second = of(platform, office)
    assert first.key == second.key
    assert (await state(database, office))["sent_at"] is not None


async def test_a_refusal_is_kept_and_not_repeated(database: Database) -> None:
    office, platform = "999702-A", Platform()
    platform.answer = OutsideRefusal("NO_MAILBOX", "消息平台没有该机构的信箱")
    await made(database, office)
    for _ in range(2):
        await DigestRound(database, platform).step()
        await due_again(database, office)
    assert len(of(platform, office)) == 1
    assert (await state(database, office))["receipt"] == "REFUSED:NO_MAILBOX"


async def test_a_digest_of_a_day_that_is_over_is_not_sent_any_more(database: Database) -> None:
    office, platform = "999703-A", Platform()
    await made(database, office, today() - timedelta(days=1))
    await DigestRound(database, platform).step()
    assert of(platform, office) == []
    assert (await state(database, office))["receipt"] == "OVERTAKEN"


def test_a_digest_tells_of_the_rungs_that_wait_for_an_answer() -> None:
    rung = {
        "number": "JC1",
        "rung": "URGE",
        "case_no": "c1",
        "title": "审核",
        "due_on": "2026-11-24",
    }
    said = words({**CONTENT, "counts": {"due_today": 1, "rungs": 1}, "rungs": [rung]})
    assert "待答复督办件 1 件" in said and "催办：JC1（审核，2026-11-24 前答复）" in said
    assert "督办件 " not in words(CONTENT), "one of an earlier version has none"


async def test_a_digest_counts_rungs_until_they_are_answered(database: Database) -> None:
    story = Story(database)
    await story.begin()
    await story.patrol(after(2))
    number = (await story.rungs())[-1]["number"]
    office = "371002-GA-01"

    async def listed() -> set[str]:
        async with database.read() as connection:
            found = await digests.contents(connection, [office], today())
            waiting = await supervision_list.awaiting(connection, [office])
        assert found[office]["counts"].get("rungs", 0) == len(waiting)
        return {one["number"] for one in waiting}

    assert number in await listed()
    async with database.write() as connection:
        replied = NewRecord(
            number=number,
            kind="REPLIED",
            at=datetime.now(UTC),
            actor="HC0102",
            office=office,
            words="样例",
            facts={},
        )
        await put_records(connection, [replied])
    assert number not in await listed()


def test_a_long_list_is_cut_to_what_is_read() -> None:
    many = [{**CONTENT["due_today"][0], "title": "很长的标题" * 40}] * 20
    said = words({**CONTENT, "due_today": many, "late": many})
    assert len(said) <= MAX_OFFICE_TEXT
    assert said.count("逾期：") == 5
