"""The connection to one locality's database: read and write sessions, and readable outages.

Workers, console and starter each build one :class:`Database`. A write session is one transaction;
registers never commit by themselves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asyncpg.exceptions import InternalClientError
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine


class Database:
    """One pool per process. ``write()`` is one transaction, ``read()`` never changes anything."""

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            # A worker may wait for PostgreSQL while it restarts; a dead connection is replaced.
            pool_recycle=1800,
            # Parameters hold names and identity numbers; errors end up in logs.
            hide_parameters=True,
            connect_args={"timeout": 5, "command_timeout": 30},
        )
        event.listen(self.engine.sync_engine, "handle_error", _outage)
        self._glancer = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._reader = self.engine.execution_options(
            postgresql_readonly=True, isolation_level="REPEATABLE READ"
        )

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        async with self.engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A consistent snapshot."""
        async with self._reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncConnection]:
        """For a single SELECT: without a transaction it costs one exchange instead of three.

        The worker's rounds look like this for what there is to do, all day long.
        """
        async with self._glancer.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Close the pool."""
        await self.engine.dispose()


def _outage(context: ExceptionContext) -> OperationalError | None:
    """A connection that broke off in mid-statement is an outage like any other.

    asyncpg reports it as its own client's error, which SQLAlchemy hands through unwrapped.
    """
    error = context.original_exception
    if not isinstance(error, InternalClientError):
        return None
    context.is_disconnect = True
    return OperationalError(
        context.statement, None, error, hide_parameters=True, connection_invalidated=True
    )
