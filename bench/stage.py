"""The stage of the hukou benchmark: the production shape of both localities, without workers.

Durable PostgreSQL, the Temporal server with the flags of `make up`, simulators, consoles; the
rounds bring their own workers.
"""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx

from bench.clerks import PATH, Side
from bench.people import People
from bench.rounds import HOME, ORIGIN, Rounds
from bench.watch import Watch
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from connection import connect
from domain.hukou_tasks import TaskKind
from domain.task_table import TASKS
from embedded.ports import HOST, Ports
from embedded.system import Options, System
from storage.database import Database

_AT_BUREAU = frozenset({TaskKind.APPROVAL})


@asynccontextmanager
async def open_rounds(*, durable: bool = True) -> AsyncIterator[Rounds]:
    """Start everything, give the rounds, stop everything."""
    catalog = load_catalog()
    ports = Ports.free()
    with tempfile.TemporaryDirectory(prefix="tongban-bench-") as directory:
        async with AsyncExitStack() as stack:
            system = await stack.enter_async_context(
                System(Path(directory), ports, catalog, Options(workers=False, durable=durable))
            )
            sides = {
                code: await _side(stack, system, catalog, code, leg=code == ORIGIN)
                for code in (HOME, ORIGIN)
            }
            simulators = await stack.enter_async_context(
                httpx.AsyncClient(base_url=f"http://{HOST}:{ports.simulators}", timeout=10)
            )
            people = People(catalog, sides[HOME].database, simulators, HOME, ORIGIN)
            yield Rounds(system, sides[HOME], sides[ORIGIN], people)


async def _side(
    stack: AsyncExitStack, system: System, catalog: Catalog, code: str, *, leg: bool
) -> Side:
    own = system.settings.locality(code)
    database = Database(own.database_url.get_secret_value(), pool_size=16)
    stack.push_async_callback(database.close)
    watch = await stack.enter_async_context(Watch(system.database_dsn(code), leg=leg))
    clerks = {}
    for kind, _, _ in PATH:
        office = catalog.locality(code).hukou.bureau if kind in _AT_BUREAU else f"{code}-GA-01"
        for clerk in catalog.locality(code).clerks:
            if clerk.office == office and TASKS[kind].role in clerk.roles:
                roles = tuple(role.value for role in clerk.roles)
                clerks[kind] = (clerk.code, clerk.office, roles)
    return Side(await connect(own), database, watch, clerks)
