"""Filing an application and handing in corrections: on file first, then started or sent.

Used by the command line, the pages and the interface. When the Temporal server cannot be reached,
the case is kept and the worker's outbox starts it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from catalog.scope import barred
from console.application_form import materials_of, read_file
from console.errors import from_domain, not_written, rejected
from console.general_filing import GeneralFiling
from console.hukou_filing import MigrationFiling
from console.intake_desk import Filed, IntakeDesk
from console.item_choice import own_procedure
from console.office import APPLICANT, Record
from console.scenario_filing import ScenarioFiling
from console.sending import earlier
from console.transfer_filing import TransferFiling
from contracts.commands import CommandReceipt, RejectionCode, Verb
from contracts.families import is_item
from domain.calendar import SHANGHAI, received_on
from domain.casework import ClockKind, Stage
from domain.errors import DomainError


class FilingDesk(IntakeDesk):
    """Takes applications for one locality, for whatever matter, and corrections of them."""

    async def file(self, path: Path, *, now: datetime | None = None) -> Filed:
        """File the application in a JSON or YAML file."""
        today = (now or datetime.now(UTC)).astimezone(SHANGHAI).date()
        data = read_file(path, max_bytes=self.limit("document.max_bytes", today))
        return await self.file_data(data, folder=path.parent, now=now)

    async def file_data(
        self, data: dict[str, Any], *, folder: Path, now: datetime | None = None
    ) -> Filed:
        """File an application given as a mapping; document files are found in ``folder``."""
        now = now or datetime.now(UTC)
        scenario = self.catalog.scenarios.get(str(data.get("matter", "")))
        if scenario is not None:
            return await ScenarioFiling(self, scenario, now).file(data, folder)
        try:
            data = own_procedure(self.catalog, data, self.office.locality)
            code = str(data.get("matter", ""))
            if is_item(code):
                return await GeneralFiling(self, code, now).file(data, folder)
            self._refuse_barred(code, now)
            transfer = self.catalog.transfers.get(code)
            if transfer is not None:
                return await TransferFiling(self, transfer, now).file(data, folder)
            # Whoever misspelt any matter is told the nearest of all.
            self.catalog.any_matter(code)
            return await MigrationFiling(self, self.catalog.matter(code), now).file(data, folder)
        except DomainError as error:
            raise from_domain(error) from error

    def _refuse_barred(self, matter: str, now: datetime) -> None:
        """A matter of a procedure of its own that is cancelled here, or on the negative list."""
        on = now.astimezone(SHANGHAI).date()
        refusal = barred(self.catalog, matter, self.office.locality, on)
        if refusal is not None:
            raise refusal.error()

    async def hand_in(
        self,
        case_no: str,
        parts: list[dict[str, Any]],
        *,
        folder: Path,
        actor: str = APPLICANT,
        command_id: str | None = None,
        now: datetime | None = None,
    ) -> CommandReceipt:
        """Hand in what the correction notice asked for (补正); received by the office's hours."""
        now = now or datetime.now(UTC)
        today = now.astimezone(SHANGHAI).date()
        materials = materials_of(
            parts, folder=folder, max_bytes=self.limit("document.max_bytes", today)
        )
        if command_id is not None and (done := await earlier(self.office, command_id)):
            return done
        record = await self.office.case(case_no)
        if record["stage"] != Stage.CORRECTION and not _deferred(record):
            raise rejected(RejectionCode.NOT_NOW)
        station = self.catalog.office(record["intake_office"])
        try:
            async with self.office.database.write() as connection:
                for material in materials:
                    await self.keep(connection, case_no, material, now)
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        return await self.office.ask(
            case_no,
            Verb.HAND_IN,
            actor=actor,
            on=received_on(
                now, station.opens, station.closes, await self.calendar_of(station.code)
            ),
            command_id=command_id,
        )


def _deferred(record: Record) -> bool:
    """Whether a material of 容缺受理 is still waited for."""
    return any(
        clock["kind"] == ClockKind.DEFERRAL and clock["stopped_on"] is None
        for clock in record["clocks"]
    )
