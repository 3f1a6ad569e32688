"""A case's structured personal content is kept by version, and tells logs nothing."""

from __future__ import annotations

from storage import records
from storage.database import Database
from tests.storage.builders import NOW, open_case

KIND = "TRANSFER_STATEMENT"


async def put(
    database: Database, case_no: str, months: int, letter_no: str | None = None
) -> records.Record:
    async with database.write() as connection:
        return await records.put_record(
            connection, case_no, KIND, {"months": months}, NOW, letter_no=letter_no
        )


async def test_versions_are_kept_and_the_newest_is_told(database: Database) -> None:
    case_no = (await open_case(database)).case_no
    async with database.read() as connection:
        assert await records.latest_record(connection, case_no, KIND) is None
    for months in (100, 101):
        await put(database, case_no, months)
    async with database.read() as connection:
        latest = await records.latest_record(connection, case_no, KIND)
        everything = await records.all_records(connection, case_no, KIND)
    assert latest is not None
    assert (latest.version, latest.content) == (2, {"months": 101})
    assert [one.version for one in everything] == [1, 2]
    assert len({one.digest for one in everything}) == 2


async def test_a_repeat_adds_no_version(database: Database) -> None:
    case_no = (await open_case(database)).case_no
    first = await put(database, case_no, 100)
    assert await put(database, case_no, 100) == first


async def test_an_old_letter_that_comes_again_does_not_become_the_newest(
    database: Database,
) -> None:
    case_no = (await open_case(database)).case_no
    old = await put(database, case_no, 100, "L-01")
    new = await put(database, case_no, 101, "L-02")
    assert await put(database, case_no, 100, "L-01") == old
    async with database.read() as connection:
        assert await records.latest_record(connection, case_no, KIND) == new


async def test_what_is_printed_of_a_record_is_its_reference(database: Database) -> None:
    case_no = (await open_case(database)).case_no
    async with database.write() as connection:
        record = await records.put_record(
            connection, case_no, "APPLICATION", {"name": "吴样例乙"}, NOW
        )
    assert repr(record) == f"Record({case_no} APPLICATION v1)"
