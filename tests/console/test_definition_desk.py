"""Definitions in a locality's own database: published, withdrawn, kept, by those who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from activities.definitions import Definitions
from catalog.catalog import Catalog
from catalog.drafts import write_draft
from console.definition_desk import DefinitionDesk, _today
from console.errors import OfficeError
from console.office import Office
from storage import definition_log
from storage.database import Database
from tests.catalog.small import HERE, item, power, small

DAY = _today()


def catalogue() -> Catalog:
    """Items that an office decides which has staff; one is cancelled, one has no definition."""
    cancelled = item("M0003", powers=[power(kind="CANCELLED")])
    found = small(item("M0001"), item("M0002"), cancelled, item("M0004", template=None, own=["X"]))
    here = found.locality(HERE).model_copy(update={"organs": {"MARKET": "371002-GA-01"}})
    return Catalog(
        localities=[here, found.locality("330902")],
        matters=found.matters.values(),
        transfers=found.transfers.values(),
        policies=found.policies,
        calendar=found.calendar,
        calendar_files=found.calendar_files,
        organs=found.organs.values(),
        listings=found.listings.values(),
        items=found.items.values(),
        templates=found.lists.templates.values(),
    )


CATALOG = catalogue()
LEAD = "HC0902"


def draft(item: str, promised: str) -> bytes:
    shipped = write_draft(CATALOG.definition(item))
    return shipped.replace("promised: 5wd", f"promised: {promised}").encode()


@pytest.fixture
def desk(database: Database) -> DefinitionDesk:
    async def connect() -> Any:
        raise AssertionError("no definition needs the server")

    return DefinitionDesk(Office(database, connect, CATALOG, HERE))


async def in_force(database: Database, item: str, on: Any = DAY) -> tuple[str, int]:
    """(promise, number of the publication), as a process sees it that has just started."""
    async with database.read() as connection:
        found = await Definitions(CATALOG, HERE).in_force(connection, item, on)
    return found.definition.limit.promised or "", found.entry


async def test_a_publication_is_in_force_from_its_day_and_a_withdrawal_brings_back_what_was(
    database: Database, desk: DefinitionDesk
) -> None:
    assert await in_force(database, "M0001") == ("5wd", 0)
    first = await desk.publish(draft("M0001", "4wd"), "a.yaml", clerk=LEAD, note="提速")
    later = DAY + timedelta(30)
    second = await desk.publish(
        draft("M0001", "3wd"), "b.yaml", clerk="HC0103", note="再提速", first_day=later
    )
    assert await in_force(database, "M0001") == ("4wd", first.entry)
    assert await in_force(database, "M0001", later) == ("3wd", second.entry)
    assert await in_force(database, "M0002") == ("5wd", 0)
    taken = await desk.withdraw("M0001", clerk=LEAD, reason="准备不足")
    assert (taken.version_from, taken.version_to) == (second.version_to, first.version_to)
    assert await in_force(database, "M0001", later) == ("4wd", first.entry)
    await desk.withdraw("M0001", clerk=LEAD, reason="恢复原承诺")
    assert await in_force(database, "M0001", later) == ("5wd", 0)
    with pytest.raises(OfficeError, match="没有公布过"):
        await desk.withdraw("M0001", clerk=LEAD, reason="再撤一次")


async def test_a_process_that_runs_sees_what_another_publishes(
    database: Database, desk: DefinitionDesk
) -> None:
    running = Definitions(CATALOG, HERE)
    async with database.read() as connection:
        before = await running.in_force(connection, "M0002", DAY)
    done = await desk.publish(draft("M0002", "2wd"), "a.yaml", clerk=LEAD, note="提速")
    async with database.read() as connection:
        after = await running.in_force(connection, "M0002", DAY)
        kept = await running.of_version(connection, done.version_to)
        assert set(await running.published(connection, DAY)) >= {"M0002"}
    assert before.definition.version == done.version_from
    assert after.definition.version == done.version_to
    assert kept == after.definition
    again = await desk.publish(draft("M0002", "2wd"), "a.yaml", clerk=LEAD, note="重复")
    assert again.repeated
    assert again.entry is None
    await desk.withdraw("M0002", clerk=LEAD, reason="收尾")


async def test_a_draft_lies_open_without_effect_and_can_be_published_by_its_version(
    database: Database, desk: DefinitionDesk
) -> None:
    laid = await desk.draft(draft("M0002", "1wd"), "a.yaml", clerk="HC0102", note="征求意见")
    assert laid.entry
    assert await in_force(database, "M0002") == ("5wd", 0)
    shown = await desk.publish_version(laid.version_to, clerk=LEAD, note="公布", only_show=True)
    assert shown.entry is None
    assert [one.field for one in shown.differences] == ["promised"]
    done = await desk.publish_version(laid.version_to, clerk=LEAD, note="公布")
    assert await in_force(database, "M0002") == ("1wd", done.entry)
    async with database.read() as connection:
        log = [row.change for row in await definition_log.entries(connection, "M0002")][-2:]
    assert log == ["DRAFTED", "PUBLISHED"]
    await desk.withdraw("M0002", clerk=LEAD, reason="收尾")


@pytest.mark.parametrize(
    ("clerk", "code"),
    [("HC0102", "MISSING_ROLE"), ("HC0203", "FOREIGN_OFFICE"), ("DH0902", "FOREIGN_OFFICE")],
)
async def test_nobody_else_publishes(desk: DefinitionDesk, clerk: str, code: str) -> None:
    with pytest.raises(OfficeError) as caught:
        await desk.publish(draft("M0001", "4wd"), "a.yaml", clerk=clerk, note="提速")
    assert caught.value.code == code


async def test_what_cannot_be_published_is_refused_in_a_sentence(desk: DefinitionDesk) -> None:
    good = draft("M0001", "4wd")
    with pytest.raises(OfficeError, match="已经过去"):
        await desk.publish(good, "a.yaml", clerk=LEAD, note="提速", first_day=DAY - timedelta(1))
    with pytest.raises(OfficeError, match="说明必须写明"):
        await desk.publish(good, "a.yaml", clerk=LEAD, note=" ")
    with pytest.raises(OfficeError, match=r"第\d+行"):
        await desk.publish(good + b"nothing: 1\n", "a.yaml", clerk=LEAD, note="提速")
    with pytest.raises(OfficeError, match="专门流程"):
        await desk.withdraw("M0004", clerk=LEAD, reason="停办")
    with pytest.raises(OfficeError, match="没有版本"):
        await desk.publish_version("0123456789ab", clerk=LEAD, note="公布")


@pytest.mark.parametrize("table", ["definition_log", "definition_versions"])
async def test_the_log_of_definitions_only_grows(
    database: Database, desk: DefinitionDesk, table: str
) -> None:
    await desk.draft(draft("M0002", "1wd"), "a.yaml", clerk=LEAD, note="征求意见")
    with pytest.raises(DBAPIError, match="append-only"):
        async with database.write() as connection:
            await connection.execute(text(f"DELETE FROM {table}"))
