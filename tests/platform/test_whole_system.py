"""Everything at once, with the real programs: what `make up` gives on a fresh machine."""

import asyncio

import httpx

from catalog.loader import load_catalog
from embedded.ports import HOST, Ports
from embedded.processes import Processes
from embedded.readiness import WorkerReadiness
from embedded.system import Options, System
from tests.platform.builders import HOME, state_directory


async def test_the_whole_system_starts_survives_a_killed_worker_and_leaves_nothing_behind() -> None:
    catalog = load_catalog()
    with state_directory() as directory:
        async with System(directory, Ports.free(), catalog, Options(durable=False)) as system:
            parts = {
                f"{part}-{code}" for part in ("console", "worker") for code in catalog.localities
            }
            assert set(system.names) == parts | {"postgres", "temporal", "simulators"}
            await assert_served(system)

            worker = f"worker-{HOME}"
            await system.kill(worker)
            await system.start(worker)
            since = system.processes.children[worker].started_at
            assert await WorkerReadiness(system.settings.locality(HOME), since)()
            assert system.dead() == ()
        assert Processes(directory).recorded() == {}


async def assert_served(system: System) -> None:
    urls = [loc.console_url for loc in system.settings.localities.values()]
    urls.append(f"http://{HOST}:{system.ports.simulators}")
    async with httpx.AsyncClient(trust_env=False) as http:
        answers = await asyncio.gather(*(http.get(f"{url}/health") for url in urls))
        ui = await http.get(f"{system.settings.ui_url}/")
    assert [answer.status_code for answer in answers] == [200] * len(urls)
    assert ui.status_code == 200
