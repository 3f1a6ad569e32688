"""Reads the world of transfers for the check: cases and legs, and what the registers say of them.

Entries are asked for under pseudonyms' eyes: identity numbers become stand-ins that last for one
check, and names are left out.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.protocols import BusinessRegister, RegisterEntry, RegisterKind
from console.check_pseudonyms import Pseudonyms
from domain.invariants import facts
from domain.invariants.transfers import Entry, Transfer, TransferWorld

_PURPOSE = "不变量核查"
#: How many questions the business systems are asked at the same time.
_AT_ONCE = 8
_IDENTITY = re.compile(r"\d{17}[\dX]")
_NAMING = frozenset({"name", "phone", "address"})
#: Which registers speak of what a family moves; of all others the one that is called like it.
_KINDS: dict[str, tuple[RegisterKind, ...]] = {
    "PENSION_BRIDGE": (RegisterKind.PENSION, RegisterKind.RESIDENT_PENSION),
    "CIVIL_PENSION": (RegisterKind.CIVIL_PENSION, RegisterKind.ANNUITY, RegisterKind.PENSION),
    "ANNUITY": (RegisterKind.ANNUITY, RegisterKind.CIVIL_PENSION),
    "PURCHASE_WITHDRAWAL": (RegisterKind.HOUSING_FUND,),
    "PROXY_INTAKE": (
        RegisterKind.TRAVEL_PERMIT,
        RegisterKind.TEMP_ID,
        RegisterKind.TRANSPORT_LICENCE,
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A transfer with its subject's real name, which goes no further than the registers."""

    transfer: Transfer
    subject: str


def transfer_of(
    row: Any, locality: str, subject: str, case: facts.Case, pseudonyms: Pseudonyms
) -> Found:
    """One side of a transfer from its case row; ``subject`` as the persons' register has it."""
    named = subject.partition("@")[0]
    requests = [
        letter.number
        for letter in case.letters
        if letter.direction == "OUT" and letter.verb == "REQUEST"
    ]
    pinned = row.filing if case.is_home else row.filing["letter"]
    return Found(
        Transfer(
            family=case.family,
            side=case.kind,
            locality=locality,
            peer=row.peer,
            case_no=case.case_no,
            home_case_no=case.home_case_no,
            letter_no=(requests[-1] if requests else None) if case.is_home else row.request_letter,
            subject=pseudonyms.of(named),
            stage=case.stage,
            ending=case.ending,
            acts=case.acts,
            facts=pinned.get("facts", {}),
        ),
        named,
    )


async def read_world(
    found: Collection[Found],
    business: Mapping[str, BusinessRegister],
    pseudonyms: Pseudonyms,
    localities: frozenset[str],
    about: Collection[str] | None,
) -> TransferWorld:
    """The transfers (of the home cases ``about``, where given) with their subjects' entries."""
    chosen = [one for one in found if about is None or one.transfer.home_case_no in about]
    asked: dict[tuple[RegisterKind, str], Transfer] = {}
    for one in chosen:
        for kind in _kinds(one.transfer.family):
            asked.setdefault((kind, one.subject), one.transfer)
    gate = asyncio.Semaphore(_AT_ONCE)

    async def ask(kind: RegisterKind, subject: str, by: Transfer) -> tuple[RegisterEntry, ...]:
        async with gate:
            register = business[by.locality]
            return await register.everywhere(kind, subject, by.case_no, _PURPOSE)

    answers = await asyncio.gather(*(ask(*what, by) for what, by in asked.items()))
    return TransferWorld(
        localities=localities,
        transfers=tuple(one.transfer for one in chosen),
        entries=tuple(_entry(entry, pseudonyms) for entries in answers for entry in entries),
    )


def _kinds(family: str) -> tuple[RegisterKind, ...]:
    known = family in RegisterKind.__members__
    return _KINDS.get(family, (RegisterKind(family),) if known else ())


def _entry(entry: RegisterEntry, pseudonyms: Pseudonyms) -> Entry:
    return Entry(
        kind=entry.kind.value,
        subject=pseudonyms.of(entry.subject),
        locality=entry.locality,
        status=entry.status,
        data=_without_persons(entry.data, pseudonyms),
    )


def _without_persons(value: Any, pseudonyms: Pseudonyms) -> Any:
    """The same record with stand-ins for identity numbers, and without names."""
    if isinstance(value, Mapping):
        return {
            key: _without_persons(inner, pseudonyms)
            for key, inner in value.items()
            if key not in _NAMING and not str(key).endswith(("_name", "_phone", "_address"))
        }
    if isinstance(value, list | tuple):
        return [_without_persons(inner, pseudonyms) for inner in value]
    if isinstance(value, str) and _IDENTITY.fullmatch(value):
        return pseudonyms.of(value)
    return value
