"""Checks the invariants of docs/rules.md D over all localities given; for ``starter.py check``.

Reads every case of every locality, its money and parcels, the snapshots of the population registers
and the business registers' entries of whoever is transferred, so it is for rehearsals, tests and
audits, not for each request.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.protocols import BusinessRegister, PopulationRegister
from catalog.catalog import Catalog
from catalog.loader import load_catalog
from console.check_facts import read_locality, read_register
from console.check_holdings import read_holdings
from console.check_pseudonyms import Pseudonyms
from console.check_services import read_services
from console.check_transfers import read_world
from domain.invariants.checks import RULES, check
from domain.invariants.custody import CUSTODY_RULES, check_custody
from domain.invariants.facts import Violation
from domain.invariants.money import MONEY_RULES, check_money
from domain.invariants.registers import Registers
from domain.invariants.services import SERVICE_RULES, check_services
from domain.invariants.transfer_rules import TRANSFER_RULES
from storage.database import Database

__all__ = ["CHECKS", "Violation", "check_localities"]


def _titles() -> tuple[tuple[str, str], ...]:
    """Codes once each: what several rules verify under one code is told together."""
    titles: dict[str, list[str]] = {}
    for code, title, _ in (*RULES, *MONEY_RULES, *CUSTODY_RULES, *TRANSFER_RULES, *SERVICE_RULES):
        if title not in titles.setdefault(code, []):
            titles[code].append(title)
    return tuple((code, "；".join(said)) for code, said in titles.items())


#: Everything that is verified: (code, Chinese title).
CHECKS: tuple[tuple[str, str], ...] = _titles()


@dataclass(frozen=True, slots=True)
class _Scope:
    """What one check looks at, the same at both looks."""

    databases: Mapping[str, Database]
    registers: Mapping[str, PopulationRegister]
    business: Mapping[str, BusinessRegister] | None
    about: Collection[str] | None
    pseudonyms: Pseudonyms
    catalog: Catalog
    now: datetime | None


async def check_localities(
    databases: Mapping[str, Database],
    registers: Mapping[str, PopulationRegister],
    *,
    business: Mapping[str, BusinessRegister] | None = None,
    about: Collection[str] | None = None,
    catalog: Catalog | None = None,
    now: datetime | None = None,
) -> list[Violation]:
    """All broken rules over these localities (keys: locality codes), empty when all is well.

    ``business``: the business registers; without them the rules about what they keep are left out.
    ``about``: look at these home cases only (numbers) and at what was opened for them; at all
    without it. Two cases that contradict each other are found only where both are looked at.

    Databases and registers of a running system are read one after the other, so a letter or an act
    may fall between two readings. What a second look no longer shows was such a moment and is left
    out. Raises OutsideUnavailable where a register does not answer or offers no snapshot.
    """
    scope = _Scope(
        databases=databases,
        registers=registers,
        business=business,
        about=about,
        pseudonyms=Pseudonyms(),  # the same for both looks, so that both say the same
        catalog=catalog or load_catalog(),
        now=now,
    )
    found = await _look(scope)
    if not found:
        return []
    again = set(await _look(scope))
    return [violation for violation in found if violation in again]


async def _look(scope: _Scope) -> list[Violation]:
    """Cases first: who is cancelled in a case is so in the register, which is asked later."""
    now = scope.now or datetime.now(UTC)
    files = [
        await read_locality(database, locality, scope.pseudonyms, scope.catalog, now, scope.about)
        for locality, database in scope.databases.items()
    ]
    money, holdings = await read_holdings(scope.databases)
    registrations = [
        registration
        for locality, register in scope.registers.items()
        for registration in await read_register(register, locality, scope.pseudonyms)
    ]
    if scope.about is not None:
        persons = [one for file in files for case in file.cases for one in case.persons]
        people = {who for one in persons for who in (one.who, *one.former)}
        registrations = [one for one in registrations if one.who in people]
    localities = frozenset(scope.databases)
    found = check(
        Registers(
            localities=localities,
            cases=tuple(case for file in files for case in file.cases),
            letters=tuple(letter for file in files for letter in file.letters),
            accesses=tuple(access for file in files for access in file.accesses),
            registrations=tuple(registrations),
            calendar=scope.catalog.calendar,
            calendars={
                code: file.calendars for code, file in zip(scope.databases, files, strict=True)
            },
            now=now,
        )
    )
    if scope.about is not None:
        # Readings by peers were taken in of other cases too; whose case is not here is not judged.
        looked_at = {case.case_no for file in files for case in file.cases}
        found = [one for one in found if one.case_no is None or one.case_no in looked_at]
    found += check_money(money) + check_custody(holdings)
    found += check_services(await read_services(scope.databases, scope.about))
    if scope.business is not None:
        transfers = [one for file in files for one in file.transfers]
        world = await read_world(
            transfers, scope.business, scope.pseudonyms, localities, scope.about
        )
        found += [violation for _, _, rule in TRANSFER_RULES for violation in rule(world)]
    return list(dict.fromkeys(found))
