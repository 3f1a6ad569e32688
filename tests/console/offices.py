"""An office of 371002 whose lists and desks need no Temporal server; for the console's tests."""

from __future__ import annotations

from typing import NoReturn

from console.office import Office
from storage.database import Database
from tests.storage.builders import CATALOG


async def no_server() -> NoReturn:
    raise OSError


def office(database: Database) -> Office:
    return Office(database, no_server, CATALOG, "371002")
