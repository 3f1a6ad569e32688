"""The migrations make the tables that the code believes in."""

from __future__ import annotations

import asyncio

from storage.migrate import check, upgrade


async def test_the_tables_are_what_the_migrations_make(database_url: str) -> None:
    await asyncio.to_thread(check, database_url)


async def test_an_upgrade_can_be_repeated(database_url: str) -> None:
    await asyncio.to_thread(upgrade, database_url)
