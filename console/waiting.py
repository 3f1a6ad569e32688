"""Which cases wait in silence (G6), for the nightly check of the registers; the worker hands it in.

The same rule as ``starter.py check`` applies, over one locality.
"""

from __future__ import annotations

from datetime import datetime

from catalog.catalog import Catalog
from console.check_facts import read_locality
from console.check_pseudonyms import Pseudonyms
from domain.invariants.general_waiting import nobody_waits_in_silence
from domain.invariants.registers import Registers
from storage.database import Database


async def silent_waits(
    database: Database, locality: str, catalog: Catalog, now: datetime
) -> dict[str, str]:
    """Case number -> what it lacks: an owner, a deadline or a next action."""
    file = await read_locality(database, locality, Pseudonyms(), catalog, now)
    registers = Registers(
        localities=frozenset({locality}),
        cases=file.cases,
        letters=file.letters,
        accesses=(),
        registrations=(),
        calendar=catalog.calendar,
        now=now,
    )
    return {one.case_no or "": one.text for one in nobody_waits_in_silence(registers)}
