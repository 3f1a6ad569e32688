"""People of their own for every case of a drill: copies of the examples and of their records.

Called by `embedded.drill.play`. The copies keep the rules of examples/registers/README.md: numbers
of counties that never were, with the right check digits, so that nobody can have them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from adapters.models import OutsideModel
from adapters.registers.seeds import read_entries
from adapters.simulators.seeds import (
    localities_in,
    read_admissions,
    read_graduations,
    read_marriages,
    read_population,
)
from domain.identity import with_check_digit
from domain.schemes.vehicle_numbers import vin_check_digit

_IDENTITY = re.compile(r"3[37]9999\d{11}[\dX]")
_VIN = re.compile(r"0ZZZZZZZ[\dX][0-9A-Z]{8}")
_PLATE = re.compile(r"(?<=样例)\d{3}(?=\")")
_NUMBER = re.compile(r"(样例\w-(?:\d+-)*)(\d{4,6})(?=\")")
#: Sequence codes of copies begin here; the seeds use 000 and 001, tests 100 and more.
_FIRST_SERIAL = 300
_CHECK_PLACE = 8


@dataclass(frozen=True, slots=True)
class SeedRecord:
    """A record of a simulated register: the path that puts it there, and itself as JSON."""

    path: str
    text: str


def seed_records(folder: Path) -> list[SeedRecord]:
    """Every seed record of every register."""
    found: list[SeedRecord] = []
    for locality in localities_in(folder):
        people = read_population(folder, locality).values()
        found += [_seed(f"/population/{locality}/_person", one) for one in people]
    found += [_seed("/marriage/_marriage", one) for one in read_marriages(folder).values()]
    found += [_seed("/education/_admission", one) for one in read_admissions(folder).values()]
    found += [_seed("/education/_graduation", one) for one in read_graduations(folder).values()]
    entries = read_entries(folder).values()
    found += [_seed(f"/registers/{one.locality}/_entry", one) for one in entries]
    return found


def recast(
    form: dict[str, Any], records: list[SeedRecord], number: int
) -> tuple[dict[str, Any], list[SeedRecord]]:
    """The form and the records that it is about, for the ``number``-th case's own people.

    Whoever is the same person in two records stays so; no two cases share a person or a thing.
    """
    text = json.dumps(form, ensure_ascii=False, default=str)
    words = set[str]()
    for pattern in (_IDENTITY, _VIN, _NUMBER):
        words |= {match.group() for match in pattern.finditer(text)}
    theirs = [one for one in records if any(word in one.text for word in words)]
    rename = _renaming(number)
    return json.loads(rename(text)), [SeedRecord(one.path, rename(one.text)) for one in theirs]


async def put(simulators: httpx.AsyncClient, records: list[SeedRecord]) -> None:
    """Write the records into the simulated registers."""
    for one in records:
        answer = await simulators.put(one.path, content=one.text.encode())
        answer.raise_for_status()


def _renaming(number: int) -> Callable[[str], str]:
    def identity(match: re.Match[str]) -> str:
        old = match.group()
        serial = _FIRST_SERIAL + 2 * (number - 1) + int(old[16]) % 2
        return with_check_digit(f"{old[:14]}{serial:03d}")

    def vin(match: re.Match[str]) -> str:
        old = match.group()
        bare = f"{old[:12]}{number % 100:02d}{old[14:]}"
        return bare[:_CHECK_PLACE] + vin_check_digit(bare) + bare[_CHECK_PLACE + 1 :]

    def counted(match: re.Match[str]) -> str:
        head, tail = match.groups()
        return f"{head}{number:0{len(tail) - 2}d}{tail[-2:]}"

    def plate(match: re.Match[str]) -> str:
        return f"{number * 10 % 1000 + int(match.group()) % 10:03d}"

    def rename(text: str) -> str:
        text = _IDENTITY.sub(identity, text)
        text = _VIN.sub(vin, text)
        return _PLATE.sub(plate, _NUMBER.sub(counted, text))

    return rename


def _seed(path: str, record: OutsideModel) -> SeedRecord:
    return SeedRecord(path, record.model_dump_json())
