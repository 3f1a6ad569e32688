"""Checks the invariants of docs/rules.md D over all localities given; for ``starter.py check``.

Reads every case of every locality and the snapshots of their population registers, so it is for
rehearsals, tests and audits, not for each request.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from adapters.protocols import PopulationRegister
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from console.check_facts import Pseudonyms, read_locality, read_register
from domain.calendar import Calendar
from domain.invariants.checks import RULES, check
from domain.invariants.facts import Violation
from domain.invariants.registers import Registers
from storage.database import Database

__all__ = ["CHECKS", "Violation", "check_localities"]

#: Everything that is verified: (code, Chinese title).
CHECKS: tuple[tuple[str, str], ...] = tuple((code, title) for code, title, _ in RULES)


async def check_localities(
    databases: Mapping[str, Database],
    registers: Mapping[str, PopulationRegister],
    *,
    catalog: Catalog | None = None,
    now: datetime | None = None,
) -> list[Violation]:
    """All broken rules over these localities (keys: locality codes), empty when all is well.

    Databases and registers of a running system are read one after the other, so a letter or an act
    may fall between two readings. What a second look no longer shows was such a moment and is left
    out. Raises OutsideUnavailable where a register does not answer or offers no snapshot.
    """
    calendar = (catalog or load_catalog()).calendar
    pseudonyms = Pseudonyms()  # the same for both looks, so that both say the same
    found = check(await _look(databases, registers, pseudonyms, calendar, now))
    if not found:
        return []
    again = set(check(await _look(databases, registers, pseudonyms, calendar, now)))
    return [violation for violation in found if violation in again]


async def _look(
    databases: Mapping[str, Database],
    registers: Mapping[str, PopulationRegister],
    pseudonyms: Pseudonyms,
    calendar: Calendar,
    now: datetime | None,
) -> Registers:
    """Cases first: who is cancelled in a case is so in the register, which is asked later."""
    files = [
        await read_locality(database, locality, pseudonyms)
        for locality, database in databases.items()
    ]
    registrations = [
        registration
        for locality, register in registers.items()
        for registration in await read_register(register, locality, pseudonyms)
    ]
    return Registers(
        localities=frozenset(databases),
        cases=tuple(case for file in files for case in file.cases),
        letters=tuple(letter for file in files for letter in file.letters),
        accesses=tuple(access for file in files for access in file.accesses),
        registrations=tuple(registrations),
        calendar=calendar,
        now=now or datetime.now(UTC),
    )
