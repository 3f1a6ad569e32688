"""承诺登记: it follows from the acts of cases, and a repair is written once."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DBAPIError

from storage import promises
from storage.case_tables import Person
from storage.database import Database
from storage.step_tables import Act
from tests.storage.builders import NOW, TODAY, identity, open_case

MATERIALS = {"materials": "PREMISES_PROOF、PHOTO"}


async def promised(database: Database, number: str, *found: str) -> str:
    """A case of this person that rests on a promise, with what the check found."""
    case_no = (await open_case(database, number)).case_no
    async with database.write() as connection:
        await connection.execute(update(Person).where(Person.case_no == case_no).values(open=False))
        for place, code in enumerate((promises.ACCEPTED, *found)):
            await connection.execute(
                insert(Act).values(
                    case_no=case_no,
                    key=f"{code}:0:{place}",
                    code=code,
                    office="371002-ZW-01",
                    actor="HC0903",
                    basis="样例依据",
                    person=0,
                    facts=MATERIALS,
                    effective_on=TODAY,
                    at=NOW,
                    made_in=place + 1,
                )
            )
    return case_no


async def state(database: Database, case_no: str) -> str:
    async with database.read() as connection:
        found = await promises.promises(connection, limit=1000)
    (one,) = [row for row in found if row["case_no"] == case_no]
    assert one["materials"] == ["PREMISES_PROOF", "PHOTO"]
    return str(one["state"])


async def barring(database: Database, number: str) -> str | None:
    async with database.read() as connection:
        return await promises.false_promise(connection, number)


async def test_only_a_false_promise_bars_and_a_repair_lifts_it(database: Database) -> None:
    number = identity()
    await promised(database, number)
    await promised(database, number, promises.KEPT)
    assert await barring(database, number) is None
    case_no = await promised(database, number, promises.FALSE)
    assert await barring(database, number) == case_no
    assert await state(database, case_no) == "FALSE"
    for wanted in (True, False):
        async with database.write() as connection:
            done = await promises.repair(
                connection, case_no, actor="HC0903", reason="样例", on=TODAY, at=NOW
            )
        assert done is wanted
    assert await barring(database, number) is None
    assert await state(database, case_no) == "REPAIRED"


async def test_a_promise_is_open_until_it_is_checked(database: Database) -> None:
    assert await state(database, await promised(database, identity())) == "OPEN"
    assert await state(database, await promised(database, identity(), promises.KEPT)) == "KEPT"


async def test_a_repair_is_never_changed(database: Database) -> None:
    case_no = await promised(database, identity(), promises.FALSE)
    async with database.write() as connection:
        await promises.repair(connection, case_no, actor="HC0903", reason="样例", on=TODAY, at=NOW)
    with pytest.raises(DBAPIError):
        async with database.write() as connection:
            await connection.execute(text("DELETE FROM promise_repairs"))
