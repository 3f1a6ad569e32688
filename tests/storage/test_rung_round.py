"""Word of a rung reaches its office once, whatever the platform answers, and names nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from adapters.notices.protocol import Notice, NoticeReceipt, OfficeMessage
from adapters.protocols import OutsideRefusal, OutsideUnavailable
from counter.rung_round import RungRound
from storage import supervision_list
from storage.database import Database
from storage.supervision_list import Listed, Wanted
from storage.supervision_tables import SupervisionRecord
from tests.storage.test_supervision import Story, after


class Platform:
    """Answers as it is told, and keeps what it was sent."""

    def __init__(self) -> None:
        self.answer: Exception | None = None
        self.told: list[OfficeMessage] = []

    async def send(self, notice: Notice) -> NoticeReceipt:
        raise AssertionError("a rung is no message to a person")

    async def tell_office(self, message: OfficeMessage) -> NoticeReceipt:
        self.told.append(message)
        if self.answer is not None:
            raise self.answer
        return NoticeReceipt(receipt_no=f"DX{len(self.told)}", at=datetime.now(UTC))

    def of(self, story: Story) -> list[OfficeMessage]:
        return [one for one in self.told if one.case_no == story.filing.case_no]


async def receipts(database: Database, number: str) -> list[str]:
    async with database.read() as connection:
        rows = await connection.execute(
            select(SupervisionRecord.facts).where(
                SupervisionRecord.number == number, SupervisionRecord.kind == "TOLD"
            )
        )
        return [row.facts["receipt"] for row in rows]


async def emptied(round_: RungRound) -> None:
    """Until nothing is left; other tests leave rungs behind."""
    while await round_.step():
        pass


async def urged(database: Database) -> tuple[Story, str]:
    """A case whose office is urged, and the number of that rung."""
    story = Story(database)
    await story.begin()
    await story.patrol(after(2))
    return story, str((await story.rungs())[-1]["number"])


async def test_an_office_is_told_once_of_what_it_has_to_answer(database: Database) -> None:
    story, number = await urged(database)
    platform = Platform()
    await emptied(RungRound(database, platform))
    await emptied(RungRound(database, platform))  # a new worker
    (message,) = platform.of(story)
    assert (message.key, message.office) == (f"rung:{number}", "371002-GA-01")
    assert "审核" in message.text and "前答复" in message.text
    assert len(await receipts(database, number)) == 1
    assert "TOLD" not in {one["kind"] for rung in await story.rungs() for one in rung["records"]}


async def test_a_silent_platform_is_asked_again_under_the_same_key(database: Database) -> None:
    story, number = await urged(database)
    platform = Platform()
    round_ = RungRound(database, platform)
    platform.answer = OutsideUnavailable("没有答复")
    await emptied(round_)
    assert len(platform.of(story)) == 1, "it waits before it asks again"
    platform.answer = None
    await emptied(RungRound(database, platform))
    first, second = platform.of(story)
    assert first.key == second.key
    assert len(await receipts(database, number)) == 1


async def test_a_refusal_is_kept_and_not_repeated(database: Database) -> None:
    story, number = await urged(database)
    platform = Platform()
    platform.answer = OutsideRefusal("NO_MAILBOX", "消息平台没有该机构的信箱")
    for _ in range(2):
        await emptied(RungRound(database, platform))
    assert len(platform.of(story)) == 1
    assert await receipts(database, number) == ["REFUSED:NO_MAILBOX"]


async def test_nobody_is_told_of_a_rung_that_has_ended(database: Database) -> None:
    story, _ = await urged(database)
    await story.close(after(2))
    await story.patrol(after(2))
    platform = Platform()
    await emptied(RungRound(database, platform))
    assert platform.of(story) == []


@pytest.mark.parametrize(
    ("listed", "rungs"),
    [
        (Listed.AWAITING, {"URGE"}),
        (Listed.OPEN, {"REMIND", "OVERDUE", "URGE"}),
        (Listed.ALL, {"REMIND", "OVERDUE", "URGE"}),
    ],
)
async def test_a_list_shows_what_it_says(
    database: Database, listed: Listed, rungs: set[str]
) -> None:
    story, _ = await urged(database)
    wanted = Wanted(offices=["371002-GA-01"], listed=listed, case_no=story.filing.case_no)
    async with database.read() as connection:
        found = await supervision_list.rungs(connection, wanted)
        assert await supervision_list.count(connection, wanted) == len(found)
    assert {one["rung"] for one in found} == rungs


async def test_pages_of_a_list_hold_every_rung_once(database: Database) -> None:
    story, _ = await urged(database)
    wanted = Wanted(offices=["371002-GA-01"], case_no=story.filing.case_no)
    numbers: list[str] = []
    async with database.read() as connection:
        while page := await supervision_list.rungs(
            connection, wanted, limit=2, after=numbers[-1] if numbers else ""
        ):
            numbers += [one["number"] for one in page]
        whole = await supervision_list.rungs(connection, wanted)
    assert numbers == [one["number"] for one in whole] and len(numbers) == 3
