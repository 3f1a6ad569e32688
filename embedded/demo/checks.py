"""What the demo checks once all is played: the invariants of the registers, and the histories.

Used by `embedded.demo`; `embedded.demo.report` shows what came of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack

from adapters.population.client import PopulationClient
from adapters.registers.client import RegistersClient
from catalog.catalog import Catalog
from catalog.transfer_models import FieldRule, FieldType
from console.checking import Violation, check_localities
from console.office import Office, Record
from contracts.codec import EncryptionCodec
from contracts.families import is_item
from embedded.demo.histories import Search, Searcher
from embedded.demo.result import Result
from settings import Settings

_WRITTEN = (FieldType.TEXT, FieldType.ID_NO, FieldType.VIN)
#: Shorter words stand in histories for other reasons.
_SHORTEST = 4
_REGION = re.compile(r"\d{6}")


async def check_registers(settings: Settings, offices: Mapping[str, Office]) -> list[Violation]:
    """Broken invariants over the registers of all localities and their population registers."""
    async with AsyncExitStack() as opened:
        registers = {
            code: await opened.enter_async_context(
                PopulationClient(settings.locality(code).adapters.population)
            )
            for code in offices
        }
        business = {
            code: await opened.enter_async_context(
                RegistersClient(settings.locality(code).adapters.registers)
            )
            for code in offices
        }
        databases = {code: office.database for code, office in offices.items()}
        return await check_localities(databases, registers, business=business)


async def search_histories(
    settings: Settings, offices: Mapping[str, Office], results: Sequence[Result]
) -> Search:
    """Every history of every namespace, for the personal data of the played applications."""
    catalog = next(iter(offices.values())).catalog
    forms = [result.play.form for result in results]
    searcher = Searcher(forms, [one for form in forms for one in written(form, catalog)])
    workflows = {k: number for result in results for k, number in result.workflows.items()}
    for code, office in offices.items():
        own = settings.locality(code)
        codec = EncryptionCodec(own.key_ring(), own.payload_key_id)
        here = {key: number for key, number in workflows.items() if number.startswith(code)}
        await searcher.look_into(await office.client(), codec, here)
    return searcher.search


def written(form: Record, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """(what it is, value) of what somebody wrote into the fields of a form, but of 户口迁移.

    Fields with a closed set of answers, sums and dates are no search words.
    """
    for rule in _fields(form["matter"], catalog):
        value = form.get("details", {}).get(rule.name)
        if rule.type not in _WRITTEN or not isinstance(value, str) or len(value) < _SHORTEST:
            continue
        # A place's code is in every case number.
        if not _REGION.fullmatch(value):
            yield rule.label, value


def _fields(matter: str, catalog: Catalog) -> Iterable[FieldRule]:
    if matter in catalog.scenarios:
        return catalog.scenarios[matter].fields
    if is_item(matter):
        return catalog.definition(matter).fields
    known = catalog.transfers.get(matter)
    return known.fields if known else ()
