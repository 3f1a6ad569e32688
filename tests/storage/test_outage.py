"""A connection that breaks off in mid-statement looks like an outage, never like a bug."""

from __future__ import annotations

from typing import Any

import pytest
from asyncpg.exceptions import InternalClientError
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from storage.database import Database


async def test_the_drivers_own_error_is_an_outage_and_the_connection_is_replaced(
    database_url: str,
) -> None:
    database = Database(database_url)
    broken = [True]

    def break_off(*_: Any) -> bool:
        if broken.pop() if broken else False:
            raise InternalClientError("cannot switch to state 15")
        return False

    event.listen(database.engine.sync_engine, "do_execute", break_off)
    try:
        with pytest.raises(OperationalError) as caught:
            async with database.write() as connection:
                await connection.execute(text("SELECT :secret"), {"secret": "379999"})
        assert caught.value.connection_invalidated
        assert "379999" not in str(caught.value)
        async with database.write() as connection:
            assert (await connection.execute(text("SELECT 1"))).scalar_one() == 1
    finally:
        await database.close()
