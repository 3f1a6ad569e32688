"""The check over two localities: real databases, real counters, real population registers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from sqlalchemy import insert, text

from adapters.errors import OutsideUnavailable
from adapters.outside import OutsideSystems
from adapters.population.client import PopulationClient
from adapters.protocols import PopulationRegister, RegistrationFact
from console.checking import CHECKS, Violation, check_localities
from domain.invariants.services import SERVICE_RULES
from domain.invariants.transfer_rules import TRANSFER_RULES
from embedded.ports import HOST, Ports
from embedded.postgres import Postgres
from embedded.processes import Processes
from embedded.provision import create_database
from storage.database import Database
from storage.migrate import upgrade
from storage.step_tables import Act
from tests.adapters.people import registered
from tests.adapters.process import SimulatorProcess
from tests.console.migration import HOME, ORIGIN, Migration
from tests.console.sides import Place
from tests.platform.builders import state_directory
from tests.storage.builders import CATALOG, NOW, TODAY, put_open_case


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    process = SimulatorProcess.start(tmp_path_factory.mktemp("registers") / "state.db")
    yield process
    assert process.stop() == 0


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def places(simulator: SimulatorProcess) -> AsyncIterator[dict[str, Place]]:
    """Both localities with empty, migrated databases."""
    async with AsyncExitStack() as stack:
        directory = stack.enter_context(state_directory())
        processes, ports = Processes(directory), Ports.free()
        postgres = Postgres(directory / "postgres", ports.postgres, processes, durable=False)
        await postgres.start()
        stack.push_async_callback(processes.stop, "postgres")
        found = {}
        for code in (HOME, ORIGIN):
            await create_database(postgres.admin_dsn(), f"check_{code}", "only-for-tests")
            url = f"postgresql+asyncpg://check_{code}:only-for-tests@{HOST}:{ports.postgres}/check_{code}"
            await asyncio.to_thread(upgrade, url)
            database, outside = Database(url, pool_size=2), simulator.outside(code)
            stack.push_async_callback(database.close)
            stack.push_async_callback(outside.aclose)
            found[code] = Place(code, database, outside)
        yield found


@pytest.fixture
async def migration(places: dict[str, Place], simulator: SimulatorProcess) -> Migration:
    """Somebody new whose request has reached the origin."""
    who = await registered(simulator, ORIGIN)
    return await Migration.filed(places[HOME], places[ORIGIN], who)


Registers = Mapping[str, PopulationRegister]


async def found_in(migration: Migration, registers: Registers | None = None) -> list[Violation]:
    """What the check says about this migration; other tests' cases are broken on purpose."""
    files = (migration.home, migration.leg)
    places = {file.place.code: file.place for file in files}
    found = await check_localities(
        {code: place.database for code, place in places.items()},
        registers or {code: place.outside.population for code, place in places.items()},
        catalog=CATALOG,
        now=NOW,
    )
    return [
        one for one in found if any(file.case_no in f"{one.case_no} {one.text}" for file in files)
    ]


async def change(place: Place, statement: str, **values: object) -> None:
    """Damage a register by hand."""
    async with place.database.write() as connection:
        done = await connection.execute(text(statement), values)
        assert done.rowcount > 0


# ------------------------------------------------------------------ lawful states


async def test_a_migration_is_lawful_at_every_station(migration: Migration) -> None:
    assert await found_in(migration) == []
    await migration.moved_out()
    assert await found_in(migration) == []
    await migration.landed()
    assert await found_in(migration) == []


async def test_one_locality_can_be_checked_alone(migration: Migration) -> None:
    await (await migration.moved_out()).landed()
    for file in (migration.home, migration.leg):
        place = file.place
        found = await check_localities(
            {place.code: place.database},
            {place.code: place.outside.population},
            catalog=CATALOG,
            now=NOW,
        )
        assert not [one for one in found if file.case_no in f"{one.case_no} {one.text}"]


# ------------------------------------------------------------------ broken registers


async def broken(migration: Migration, *expected: str) -> list[Violation]:
    """The violations found, among them the expected ones; none names a person."""
    found = await found_in(migration)
    assert set(expected) <= {one.invariant for one in found}, found
    for one in found:
        assert migration.who.name not in one.text
        assert migration.who.id_no not in one.text
    return found


async def test_a_second_registration_is_found(
    migration: Migration, simulator: SimulatorProcess
) -> None:
    await (await migration.moved_out()).landed()
    await simulator.put(f"/population/{ORIGIN}/_person", migration.who.model_dump(mode="json"))
    found = await broken(migration, "H1", "H2")
    assert any(f"办件{migration.leg.case_no}第1人" in one.text for one in found)


async def test_a_person_in_transit_without_a_certificate_is_found(migration: Migration) -> None:
    await migration.moved_out()
    await change(
        migration.leg.place,
        "UPDATE certificates SET status = 'VOID' WHERE number = :number",
        number=migration.certificate,
    )
    await broken(migration, "H2", "H6")


async def test_a_certificate_that_landing_did_not_consume_is_found(migration: Migration) -> None:
    await (await migration.moved_out()).landed()
    await change(
        migration.home.place,
        "UPDATE certificates SET status = 'VALID' WHERE number = :number",
        number=migration.certificate,
    )
    await broken(migration, "H3")


async def act(migration: Migration, code: str, person: int = 0, **facts: str) -> None:
    """Record an act at the origin behind the case's back."""
    async with migration.leg.place.database.write() as connection:
        await connection.execute(
            insert(Act).values(
                case_no=migration.leg.case_no,
                key=f"{code}:{person}:99",
                code=code,
                office=f"{ORIGIN}-GA-01",
                actor="DH0103",
                basis="样例依据",
                person=person,
                facts=facts,
                effective_on=TODAY,
                at=NOW,
                made_in=1,
            )
        )


async def test_a_restoration_beside_a_landing_is_found(migration: Migration) -> None:
    await (await migration.moved_out()).landed()
    await act(migration, "RESTORED", 1, proof="W9")
    await broken(migration, "H4", "H6")


async def test_an_act_done_twice_or_without_its_list_is_found(migration: Migration) -> None:
    await migration.moved_out()
    await act(migration, "CANCELLED", 1)
    await act(migration, "CORRECTION_NOTICE")
    await broken(migration, "G1", "G7")


async def test_a_second_home_case_in_another_locality_is_found(migration: Migration) -> None:
    async with migration.leg.place.database.write() as connection:
        await put_open_case(connection, migration.who.id_no)
    await broken(migration, "H5")


async def test_a_certificate_number_given_twice_is_found(migration: Migration) -> None:
    await migration.moved_out()
    await change(
        migration.home.place,
        "UPDATE certificates SET issuer = :issuer WHERE number = :number",
        issuer=HOME,
        number=migration.certificate,
    )
    await broken(migration, "G2")


DAMAGE = {
    "H6": "UPDATE persons SET status = 'ENDED', open = false WHERE case_no = :case",
    "G3": "UPDATE letters SET digest = repeat('0', 64) WHERE case_no = :case",
    "G4": "UPDATE cases SET holder = 'APPLICANT' WHERE case_no = :case",
    "G5": (
        'UPDATE clocks SET pauses = \'[{"reason": "WAITING_FOR_PEER", "evidence": "",'
        ' "from_day": "2026-11-24", "to_day": null}]\''
        " WHERE case_no = :case AND kind = 'CERTIFICATE'"
    ),
    "G6": "UPDATE cases SET custodian_office = '' WHERE case_no = :case",
    "G9": "UPDATE cases SET ending = 'WITHDRAWN' WHERE case_no = :case",
    "K2": ("UPDATE clocks SET due_on = due_on - 1 WHERE case_no = :case AND kind = 'CERTIFICATE'"),
}


@pytest.mark.parametrize("invariant", DAMAGE)
async def test_damage_done_to_a_register_by_hand_is_found(
    migration: Migration, invariant: str
) -> None:
    await migration.moved_out()
    await change(migration.home.place, DAMAGE[invariant], case=migration.home.case_no)
    await broken(migration, invariant)


async def test_a_look_without_a_purpose_is_found(migration: Migration) -> None:
    await change(
        migration.leg.place,
        "INSERT INTO data_access (case_no, actor, what, purpose, at)"
        " VALUES (:case, 'DH0102', 'population.look_up', '', now())",
        case=migration.leg.case_no,
    )
    await broken(migration, "G8")


# ------------------------------------------------------------------ how the check looks


class Flickering(PopulationClient):
    """A register whose first snapshot was taken before the last act."""

    def __init__(self, real: OutsideSystems, unseen: str, times: int) -> None:
        super().__init__("http://127.0.0.1:9")
        self._real, self._unseen, self._times = real, unseen, times

    async def snapshot(self) -> list[RegistrationFact]:
        found = await self._real.population.snapshot()
        self._times -= 1
        return [one for one in found if self._times < 0 or one.id_no != self._unseen]


@pytest.mark.parametrize(("times", "reported"), [(1, False), (2, True)])
async def test_only_what_a_second_look_confirms_is_reported(
    migration: Migration, times: int, reported: bool
) -> None:
    await migration.moved_out()
    home, origin = migration.home.place, migration.leg.place
    flickering = Flickering(origin.outside, migration.who.id_no, times)
    try:
        found = await found_in(migration, {HOME: home.outside.population, ORIGIN: flickering})
    finally:
        await flickering.aclose()
    assert bool(found) is reported


async def test_a_register_that_does_not_answer_is_no_clean_bill(migration: Migration) -> None:
    silent = PopulationClient("http://127.0.0.1:9")
    try:
        with pytest.raises(OutsideUnavailable):
            await found_in(migration, {HOME: silent, ORIGIN: silent})
    finally:
        await silent.aclose()


def test_everything_that_is_verified_has_a_code_and_a_title() -> None:
    codes = [code for code, _ in CHECKS]
    expected = [
        *(f"H{number}" for number in range(1, 7)),
        *(f"G{number}" for number in range(1, 10)),
        *("K2", "K3", "K4"),
        *("P1", "P2", "P4", "P6"),
        *(f"R{number}" for number in range(1, 6)),
        "X2",
        *(code for code, _, _ in TRANSFER_RULES),
        *(code for code, _, _ in SERVICE_RULES),
    ]
    assert codes == list(dict.fromkeys(expected))
    assert all(title for _, title in CHECKS)
