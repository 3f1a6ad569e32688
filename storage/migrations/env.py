"""Alembic's entry: runs the migrations of one locality's database over asyncpg."""

from __future__ import annotations

import asyncio

from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

from storage import (
    api_tables,
    bulletin_tables,
    calendar_tables,
    case_tables,
    console_tables,
    definition_tables,
    desk_tables,
    digest_tables,
    hotline_tables,
    ledger_tables,
    paper_tables,
    parcel_tables,
    promise_tables,
    rating_tables,
    records_tables,
    referral_tables,
    scenario_tables,
    slip_tables,
    step_tables,
    supervision_tables,
    task_tables,
    tidings_tables,
)
from storage.base import Base

# Importing a module of tables is what makes alembic see them.
for module in (
    case_tables,
    task_tables,
    step_tables,
    paper_tables,
    api_tables,
    calendar_tables,
    console_tables,
    definition_tables,
    desk_tables,
    digest_tables,
    bulletin_tables,
    ledger_tables,
    parcel_tables,
    promise_tables,
    records_tables,
    referral_tables,
    scenario_tables,
    slip_tables,
    supervision_tables,
    tidings_tables,
    rating_tables,
    hotline_tables,
):
    assert vars(module)["Base"] is Base


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


async def _run() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    assert url is not None
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_migrate)
        await connection.commit()
    await engine.dispose()


asyncio.run(_run())
