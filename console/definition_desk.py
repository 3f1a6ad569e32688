"""Drafting, publishing and withdrawing the definitions of items in one locality.

Called by the command line. Every change is written with who, when, from which day and why; cases
that run keep the definition that was pinned when they were filed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.definition_diff import Difference, differences
from catalog.definitions import Definition
from catalog.drafts import read_draft
from console.definition_rights import item_with_definition, office_that_may, today
from console.errors import OfficeCode, OfficeError, from_domain, not_written
from console.office import Office
from console.texts import check_note
from domain.definition_versions import DefinitionChange
from domain.errors import DomainError
from domain.offices import Role
from storage import definition_log


@dataclass(frozen=True, slots=True)
class DefinitionChanged:
    """What a change did, or would do (``entry`` None: a preview, or nothing to be done).

    ``version_from`` is what was in force on the day it concerns, ``repeated``: exactly this is in
    force or laid open already, and nothing was written.
    """

    change: DefinitionChange
    item: str
    version_from: str
    version_to: str
    first_day: date | None
    differences: tuple[Difference, ...]
    entry: int | None = None
    repeated: bool = False


class DefinitionDesk:
    """The definitions of one locality, in the hands of those who decide by them."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._catalog = office.catalog
        self._locality = office.locality
        self.definitions = office.definitions

    async def draft(
        self, content: bytes, name: str, *, clerk: str, note: str, only_show: bool = False
    ) -> DefinitionChanged:
        """Lay a draft open for review; it has no effect."""
        definition = self._read(content, name)
        office = office_that_may(
            self._office, clerk, definition.item, {Role.HANDLER, Role.APPROVER}
        )
        check_note("说明", note)

        async def write(connection: AsyncConnection) -> DefinitionChanged:
            before = await self.definitions.in_force(connection, definition.item, today())
            return await self._put(
                connection,
                DefinitionChange.DRAFTED,
                before.definition,
                definition,
                None,
                only_show=only_show,
                actor=clerk,
                office=office,
                note=note,
                file_digest=hashlib.sha256(content).hexdigest(),
            )

        return await self._written(write)

    async def publish(
        self,
        content: bytes,
        name: str,
        *,
        clerk: str,
        note: str,
        first_day: date | None = None,
        only_show: bool = False,
    ) -> DefinitionChanged:
        """Put a draft's file in force from a day on; None: from today."""
        definition = self._read(content, name)
        digest = hashlib.sha256(content).hexdigest()
        return await self._publish(definition, digest, clerk, note, first_day, only_show)

    async def publish_version(
        self,
        version: str,
        *,
        clerk: str,
        note: str,
        first_day: date | None = None,
        only_show: bool = False,
    ) -> DefinitionChanged:
        """Put in force what was laid open, or was in force before, under a version."""
        found = await self._office.read(
            lambda connection: self.definitions.of_version(connection, version)
        )
        if found is None:
            raise OfficeError(
                OfficeCode.NOT_FOUND,
                f"没有版本 {version[:20]}；请核对已起草和公布的版本。",
            )
        return await self._publish(found, None, clerk, note, first_day, only_show)

    async def withdraw(
        self, item: str, *, clerk: str, reason: str, only_show: bool = False
    ) -> DefinitionChanged:
        """Take back the latest publication; what counted before it counts again."""
        code = item_with_definition(self._catalog, item)
        office = office_that_may(self._office, clerk, code, {Role.APPROVER})
        check_note("撤回原因", reason)

        async def write(connection: AsyncConnection) -> DefinitionChanged:
            standing = await self.definitions.standing(connection, code)
            if not standing:
                raise OfficeError(
                    OfficeCode.NOT_FOUND,
                    f"事项 {code} 没有公布过，正在使用的是随程序发布的定义；"
                    "要停办，请登记负面清单或由目录标明取消。",
                )
            taken = max(standing, key=lambda line: line.number)
            before = await self.definitions.of_version(connection, taken.version)
            assert before is not None, "the log refers to versions that are kept"
            left = [line for line in standing if line.number != taken.number]
            kept = await self.definitions.of_version(connection, left[-1].version) if left else None
            return await self._put(
                connection,
                DefinitionChange.WITHDRAWN,
                before,
                kept or self._catalog.definition(code),
                None,
                only_show=only_show,
                withdraws=taken.number,
                actor=clerk,
                office=office,
                note=reason,
            )

        return await self._written(write)

    # ------------------------------------------------------------------ one change

    async def _publish(
        self,
        definition: Definition,
        digest: str | None,
        clerk: str,
        note: str,
        first_day: date | None,
        only_show: bool,
    ) -> DefinitionChanged:
        office = office_that_may(self._office, clerk, definition.item, {Role.APPROVER})
        check_note("说明", note)
        day = first_day or today()
        if day < today():
            raise OfficeError(
                OfficeCode.WRONG_FIELD,
                f"生效日 {day} 已经过去；已受理的办件按申请时的定义办理，请写今天或以后的日期。",
            )

        async def write(connection: AsyncConnection) -> DefinitionChanged:
            before = await self.definitions.in_force(connection, definition.item, day)
            return await self._put(
                connection,
                DefinitionChange.PUBLISHED,
                before.definition,
                definition,
                day,
                only_show=only_show,
                actor=clerk,
                office=office,
                note=note,
                file_digest=digest,
            )

        return await self._written(write)

    async def _put(
        self,
        connection: AsyncConnection,
        change: DefinitionChange,
        before: Definition,
        after: Definition,
        first_day: date | None,
        *,
        only_show: bool,
        **about: Any,
    ) -> DefinitionChanged:
        done = DefinitionChanged(
            change,
            after.item,
            before.version,
            after.version,
            first_day,
            tuple(differences(before, after)),
            repeated=change is not DefinitionChange.WITHDRAWN and before.version == after.version,
        )
        if only_show or done.repeated:
            return done
        now = datetime.now(UTC)
        named = before if change is DefinitionChange.WITHDRAWN else after
        await definition_log.keep_version(
            connection,
            named.item,
            named.version,
            named.model_dump(mode="json", exclude={"version"}),
            now,
        )
        entry = await definition_log.add_entry(
            connection,
            item=named.item,
            change=change.value,
            version=named.version,
            based_on=before.version,
            first_day=first_day,
            at=now,
            **about,
        )
        return DefinitionChanged(
            change,
            done.item,
            done.version_from,
            done.version_to,
            first_day,
            done.differences,
            entry,
        )

    async def _written(self, write: Callable[[AsyncConnection], Any]) -> DefinitionChanged:
        try:
            async with self._office.database.write() as connection:
                await definition_log.take(connection)
                done: DefinitionChanged = await write(connection)
        except DomainError as error:
            raise from_domain(error) from error
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        return done

    # ------------------------------------------------------------------ what is asked for

    def _read(self, content: bytes, name: str) -> Definition:
        definition, problems = read_draft(content, name, self._catalog, self._locality)
        if definition is None or problems:
            wrong = tuple(str(one) for one in problems)
            raise OfficeError(
                OfficeCode.WRONG_FIELD, f"事项定义不能使用：{'；'.join(wrong)}。", wrong
            )
        item_with_definition(self._catalog, definition.item)
        return definition
