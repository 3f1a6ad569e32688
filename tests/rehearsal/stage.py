"""The stage on which stories are played: the real system of both localities, and its offices."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx
import psutil
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from adapters.population.client import PopulationClient
from adapters.registers.client import RegistersClient
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from connection import connect
from console.checking import check_localities
from console.filing import FilingDesk
from console.office import Office
from embedded.ports import Ports
from embedded.system import Options, System
from storage.database import Database
from tests.platform.builders import state_directory

HOME, ORIGIN = "371002", "330902"


@dataclass(slots=True)
class Stage:
    """Everything a story needs; one per test session, each story brings its own people."""

    system: System
    catalog: Catalog
    offices: dict[str, Office]
    clients: dict[str, Client]
    registers: dict[str, PopulationClient]
    business: dict[str, RegistersClient]
    skippers: dict[str, TimeSkipper]
    simulators: httpx.AsyncClient
    people: int = 0
    lawful: set[str] = field(default_factory=set)
    """Cases of which a story has said that they break no rule, each looked at by itself."""
    _resting: bool = False

    def new_serial(self) -> int:
        """A number that nothing else on this stage gets, however many stories play at once."""
        self.people += 1
        return self.people

    def filing_desk(self, locality: str = HOME) -> FilingDesk:
        """The desk that takes applications."""
        return FilingDesk(self.offices[locality])

    async def put(self, path: str, record: Any) -> None:
        """Write to a simulator's own register (people, marriages, behaviours)."""
        answer = await self.simulators.put(path, json=record)
        answer.raise_for_status()

    async def behave(self, system: str, mode: str, operation: str = "*", **more: Any) -> None:
        """Tell an outside system to misbehave."""
        await self.put(
            "/_behaviour", {"system": system, "operation": operation, "mode": mode, **more}
        )

    async def still_lawful(self) -> None:
        """What was lawful by itself is so beside all other cases; asked once, at the end.

        Workers that have just gone on may still be finishing a step: that gets time to heal.
        """
        deadline = asyncio.get_running_loop().time() + 30
        while broken := await self._broken():
            assert asyncio.get_running_loop().time() < deadline, broken
            await asyncio.sleep(0.5)

    async def _broken(self) -> list[str]:
        found = await check_localities(
            {code: office.database for code, office in self.offices.items()},
            self.registers,
            catalog=self.catalog,
        )
        told = [f"{one.case_no} {one.text}" for one in found]
        return [text for text in told if any(number in text for number in self.lawful)]

    @asynccontextmanager
    async def console_away(self, locality: str) -> AsyncIterator[None]:
        """Nobody can pull a document of that locality meanwhile; letters and money still travel."""
        name = f"console-{locality}"
        await self.system.kill(name)
        try:
            yield
        finally:
            await self.system.start(name)

    def rest(self, *, on: bool) -> None:
        """Let the workers stand still while no story is played, or go on: they poll all the time,
        and what else the run tests needs the processor."""
        if on is self._resting:
            return
        self._resting = on
        for name, number in self.system.processes.recorded().items():
            if name.startswith("worker"):
                worker = psutil.Process(number)
                (worker.suspend if on else worker.resume)()

    async def behave_well(self) -> None:
        """End all misbehaviour."""
        (await self.simulators.delete("/_behaviour")).raise_for_status()


@asynccontextmanager
async def open_stage(**changes: Any) -> AsyncIterator[Stage]:
    """Start the system; ``changes`` are options of the embedded system."""
    catalog = load_catalog(*changes.get("catalog_dirs", ()))
    options = Options(
        **{
            "durable": False,
            "time_skipping": True,
            "workflow_sandbox": False,
            "round_seconds": 0.4,
            **changes,
        }
    )
    ports = Ports.free()
    with state_directory() as directory:
        async with System(directory, ports, catalog, options) as system:
            localities = {code: system.settings.locality(code) for code in catalog.localities}
            clients = {code: await connect(own) for code, own in localities.items()}
            databases = {
                code: Database(own.database_url.get_secret_value(), pool_size=4)
                for code, own in localities.items()
            }
            registers = {
                code: PopulationClient(own.adapters.population) for code, own in localities.items()
            }
            business = {
                code: RegistersClient(own.adapters.registers) for code, own in localities.items()
            }
            skipping = TimeSkippingConfig(enabled=False, disable_propagation=True)
            async with httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{ports.simulators}", timeout=10
            ) as simulators:
                try:
                    yield Stage(
                        system=system,
                        catalog=catalog,
                        offices={
                            code: Office(databases[code], partial(connect, own), catalog, code)
                            for code, own in localities.items()
                        },
                        clients=clients,
                        registers=registers,
                        business=business,
                        skippers={
                            code: TimeSkipper(client, config=skipping)
                            for code, client in clients.items()
                        },
                        simulators=simulators,
                    )
                finally:
                    for database in databases.values():
                        await database.close()
                    for outside in (*registers.values(), *business.values()):
                        await outside.aclose()
