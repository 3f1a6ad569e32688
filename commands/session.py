"""Who asks, in which locality: settings, catalogue and office, each built when first needed.

One per command. The locality is the one given, or follows from a case number, from the clerk, or
from there being only one.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Coroutine
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from commands.failure import ExitCode, Failure, wrong_input

if TYPE_CHECKING:
    from temporalio.client import Client

    from catalog.catalog import Catalog
    from console.office import Office
    from settings import LocalitySettings, Settings
    from storage.database import Database

T = TypeVar("T")

_ID_CHARS = 100


class Session:
    """The surroundings of one command."""

    def __init__(self, *, locality: str | None, clerk: str | None, as_json: bool) -> None:
        self.clerk = clerk or None
        self.as_json = as_json
        self.command_id: str | None = None
        self._given = locality or None
        self._databases: list[Database] = []

    @cached_property
    def settings(self) -> Settings:
        """SettingsError when absent or wrong."""
        from settings import load_settings

        return load_settings()

    @cached_property
    def catalog(self) -> Catalog:
        """CatalogError when its data do not fit together. Without any settings, what is shipped."""
        from catalog.loader import load_catalog

        return load_catalog(*(self.settings.catalog_dirs if self.set_up else ()))

    @property
    def set_up(self) -> bool:
        """Whether there are settings at all, right or wrong."""
        from settings import DEFAULT_FILE, FILE_VARIABLE

        if os.environ.get(FILE_VARIABLE) or DEFAULT_FILE.is_file():
            return True
        return any(name.upper().startswith("TONGBAN_LOCALITIES__") for name in os.environ)

    @property
    def locality_given(self) -> bool:
        """Whether --locality or TONGBAN_LOCALITY says which locality is meant."""
        return self._given is not None

    @property
    def given_locality(self) -> str | None:
        """The locality that --locality or TONGBAN_LOCALITY names; None: none was named."""
        return self._given

    def locality(self, *hints: str) -> LocalitySettings:
        """The locality meant; a hint is a number that begins with a locality's code."""
        known = self.settings.localities
        if self._given is not None:
            return self.settings.locality(self._given)
        for hint in hints:
            if hint[:6] in known:
                return known[hint[:6]]
            if hint in self.catalog.offices:  # of an upper organ in a locality's system
                return self.settings.locality(self.catalog.home(hint))
        if len(known) == 1:
            return next(iter(known.values()))
        if self.clerk is not None:
            return self.settings.locality(self.catalog.home(self.catalog.clerk(self.clerk).office))
        raise wrong_input(
            f"有多个地区，请用 --locality 指明是哪一个：{'、'.join(sorted(known))}。",
            "LOCALITY_NEEDED",
        )

    def office(self, *hints: str) -> Office:
        """The offices of the locality meant. Nothing is connected yet."""
        return self.office_of(self.locality(*hints))

    def office_of(self, own: LocalitySettings) -> Office:
        """The offices of a locality."""
        from console.office import Office

        async def connect() -> Client:
            from connection import connect

            return await connect(own)

        return Office(self.database(own), connect, self.catalog, own.code)

    def database(self, own: LocalitySettings) -> Database:
        """A locality's database, closed with the session."""
        from storage.database import Database

        database = Database(own.database_url.get_secret_value(), pool_size=2)
        self._databases.append(database)
        return database

    def clerk_needed(self) -> str:
        """The clerk who acts."""
        if self.clerk is None:
            raise wrong_input(
                "请用 --as 写明办理人的工作人员编号，如 --as HC0101"
                "（或设置环境变量 TONGBAN_CLERK）。",
                "CLERK_NEEDED",
            )
        return self.clerk

    def command(self, given: str | None) -> str:
        """The id under which this command is sent: the one given, or a new one."""
        if given is not None and (not given.startswith("c-") or len(given) > _ID_CHARS):
            raise wrong_input(f"--command-id 须以 c- 开头，不超过 {_ID_CHARS} 个字符；请改正。")
        self.command_id = given or f"c-{uuid.uuid4()}"
        return self.command_id

    def again(self, failure: Failure) -> Failure:
        """Where no answer came, how to ask again without a second effect."""
        unanswered = failure.exit_code is ExitCode.UNAVAILABLE and failure.code != "PENDING"
        if self.command_id is not None and unanswered:
            failure.message += f"再次提交请加 --command-id {self.command_id}，只会办一次。"
        return failure

    def answer(self, data: Any, draw: Callable[[], None]) -> None:
        """Print the answer: JSON for scripts, tables for people."""
        if self.as_json:
            from commands.screen import print_json

            print_json(data)
        else:
            draw()

    async def closing(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end and close what was opened."""
        try:
            return await work
        finally:
            for database in self._databases:
                await database.close()
