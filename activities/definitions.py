"""The definitions in force in one locality: the shipped ones with what was published since.

One per process and locality; filing, commands and the public pages ask it inside their own
transaction. A definition is read once and kept under its version; each question costs a look at
the number of the newest line of the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from catalog.definitions import Definition
from domain.definition_versions import Line, in_force, standing
from storage import definition_log


@dataclass(frozen=True, slots=True)
class DefinitionInForce:
    """A definition with the publication that brought it; ``entry`` 0: shipped."""

    definition: Definition
    entry: int = 0
    first_day: date | None = None


class Definitions:
    """The definitions of one locality."""

    def __init__(self, catalog: Catalog, locality: str) -> None:
        self.catalog = catalog
        self.locality = locality
        self._known: dict[str, Definition] = {}
        self._head = 0
        self._lines: dict[str, list[Line]] = {}

    async def in_force(self, connection: AsyncConnection, item: str, on: date) -> DefinitionInForce:
        """How an item is handled here on a day.

        DomainError UNKNOWN_MATTER for an unknown item, and for one that is handled by a procedure
        of its own alone.
        """
        code = self.catalog.item(item).id
        line = in_force((await self._log(connection)).get(code, ()), on)
        if line is None:
            return DefinitionInForce(self.catalog.definition(code))
        found = await self.of_version(connection, line.version)
        assert found is not None, "the log refers to versions that are kept"
        return DefinitionInForce(found, line.number, line.first_day)

    async def published(
        self, connection: AsyncConnection, on: date
    ) -> dict[str, DefinitionInForce]:
        """By item what was published here and is in force on a day; the rest is as shipped."""
        found = {}
        for item, lines in (await self._log(connection)).items():
            line = in_force(lines, on)
            if line is not None and item in self.catalog.items:
                found[item] = await self.in_force(connection, item, on)
        return found

    async def standing(self, connection: AsyncConnection, item: str) -> list[Line]:
        """The publications of an item that nobody has taken back."""
        return standing((await self._log(connection)).get(self.catalog.item(item).id, ()))

    async def of_version(self, connection: AsyncConnection, version: str) -> Definition | None:
        """A definition that was kept here, whether in force or not."""
        known = self._known.get(version)
        if known is None:
            kept = await definition_log.content(connection, version)
            if kept is None:
                return None
            # The version is what it was kept under: a later shape may have more fields.
            known = self._known[version] = Definition.model_validate({**kept, "version": version})
        return known

    async def _log(self, connection: AsyncConnection) -> dict[str, list[Line]]:
        head = await definition_log.head(connection)
        if head != self._head:
            self._lines, self._head = await definition_log.lines(connection), head
        return self._lines
