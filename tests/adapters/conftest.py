"""One simulator process for the tests that only misbehave it, and a starter for the others."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from adapters.outside import OutsideSystems
from tests.adapters.process import SimulatorProcess

StartSimulator = Callable[..., SimulatorProcess]


@pytest.fixture(scope="session")
def shared_simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    process = SimulatorProcess.start(tmp_path_factory.mktemp("simulators") / "state.db")
    yield process
    assert process.stop() == 0


@pytest.fixture
async def simulator(shared_simulator: SimulatorProcess) -> SimulatorProcess:
    """The shared process, well behaved; each test brings its own people."""
    await shared_simulator.behave_well()
    return shared_simulator


@pytest.fixture
def start_simulator(tmp_path: Path) -> Iterator[StartSimulator]:
    """Starts simulators on this test's own state file."""
    started: list[SimulatorProcess] = []

    def start(port: int = 0) -> SimulatorProcess:
        started.append(SimulatorProcess.start(tmp_path / "state.db", port))
        return started[-1]

    yield start
    for process in started:
        if process.process.returncode is None:
            process.kill()


@pytest.fixture
async def origin(simulator: SimulatorProcess) -> AsyncIterator[OutsideSystems]:
    """What 330902 sees."""
    systems = simulator.outside("330902")
    yield systems
    await systems.aclose()


@pytest.fixture
async def destination(simulator: SimulatorProcess) -> AsyncIterator[OutsideSystems]:
    """What 371002 sees."""
    systems = simulator.outside("371002")
    yield systems
    await systems.aclose()
