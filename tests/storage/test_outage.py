"""A connection that breaks off in mid-statement looks like an outage, never like a bug."""

from __future__ import annotations

import asyncio
import struct
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


async def _goes_down(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that is killed while somebody connects: no encryption, then its last words."""
    while True:
        length, code = struct.unpack("!ii", await reader.readexactly(8))
        await reader.readexactly(length - 8)
        if code >> 16 != 1234:  # the start-up itself, not a question about encryption
            break
        writer.write(b"N")
    words = b"".join(
        kind + value + b"\0"
        for kind, value in (
            (b"S", b"FATAL"),
            (b"V", b"FATAL"),
            (b"C", b"57P01"),
            (b"M", b"terminating connection due to unexpected postmaster exit"),
        )
    )
    writer.write(b"E" + struct.pack("!i", len(words) + 5) + words + b"\0")
    await writer.drain()
    writer.close()


async def test_a_server_that_goes_down_while_one_connects_is_an_outage() -> None:
    server = await asyncio.start_server(_goes_down, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    database = Database(f"postgresql+asyncpg://nobody:none@127.0.0.1:{port}/none")
    try:
        with pytest.raises(OperationalError) as caught:
            async with database.write():
                pass
        assert caught.value.connection_invalidated
    finally:
        await database.close()
        server.close()
        await server.wait_closed()
