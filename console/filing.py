"""Filing an application and handing in corrections: on file first, then started or sent.

Used by the command line and later by the web form. When the Temporal server cannot be reached,
the case is kept and the worker's outbox starts it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio.service import RPCError

from catalog.pinning import counters, desks_of, hukou_rules, office_names
from catalog.scope import barred
from console.application_form import Material, as_record, materials_of, parse, read_file
from console.errors import OfficeCode, OfficeError, from_domain, not_written, rejected
from console.general_filing import GeneralFiling
from console.item_choice import own_procedure
from console.office import APPLICANT, Office, Record
from console.scenario_filing import ScenarioFiling
from console.sending import earlier
from console.transfer_filing import TransferFiling
from contracts.cases import CaseFiling, HukouFiling
from contracts.commands import CommandReceipt, RejectionCode, Verb
from contracts.families import is_item
from counter.outbox import start_case
from domain.calendar import SHANGHAI, Calendar, received_on
from domain.casework import ClockKind, Stage
from domain.errors import DomainError
from domain.hukou_intake import Defect, DefectCode, HukouApplication, find_defects
from domain.offices import SYSTEM
from storage import cases, documents
from storage.people import open_elsewhere, put_person
from storage.serials import new_case_number

#: Defects that paper cannot mend: the application itself must be written again.
_FATAL = frozenset(
    {
        DefectCode.IDENTITY_NUMBER_WRONG,
        DefectCode.PERSON_TWICE,
        DefectCode.MIGRANTS_MISNUMBERED,
        DefectCode.SAME_LOCALITY,
        DefectCode.REASON_DIFFERS,
        DefectCode.FOLLOWERS_NOT_ALLOWED,
    }
)


FilingT = TypeVar("FilingT", bound=CaseFiling)

#: Told the number of a case while it is put on file.
Kept = Callable[[AsyncConnection, str], Awaitable[None]]


async def _nothing_else(connection: AsyncConnection, case_no: str) -> None:
    return None


class Filed(BaseModel):
    """The receipt for a filed application (收件凭证); ``started`` False: kept for the outbox."""

    model_config = ConfigDict(frozen=True)

    case_no: str
    matter_name: str
    received_on: date
    station: str
    started: bool
    findings: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()


def receipt(filing: CaseFiling, station: str, defects: Sequence[Defect], *, started: bool) -> Filed:
    """What the applicant is told of an application and its defects."""
    return Filed(
        case_no=filing.case_no,
        matter_name=filing.matter_name,
        received_on=filing.received_on,
        station=station,
        started=started,
        findings=tuple(defect.text for defect in defects),
        remedies=tuple(defect.remedy for defect in defects),
    )


class FilingDesk:
    """Takes applications for one locality.

    ``clerk``: staff number of who takes them in. ``kept``: what else belongs into the transaction
    that puts a case on file. ``only_check``: say what filing would say, and put nothing on file.
    """

    def __init__(
        self,
        office: Office,
        *,
        clerk: str = SYSTEM,
        kept: Kept | None = None,
        only_check: bool = False,
    ) -> None:
        self.office, self.clerk = office, clerk
        self.catalog = office.catalog
        self.kept = kept or _nothing_else
        self.only_check = only_check

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
            data = own_procedure(self.catalog, data)
            self._refuse_barred(str(data.get("matter", "")), now)
        except DomainError as error:
            raise from_domain(error) from error
        if is_item(str(data.get("matter", ""))):
            return await GeneralFiling(self, str(data["matter"]), now).file(data, folder)
        transfer = self.catalog.transfers.get(str(data.get("matter", "")))
        if transfer is not None:
            return await TransferFiling(self, transfer, now).file(data, folder)
        today = now.astimezone(SHANGHAI).date()
        try:
            # Whoever misspelt any matter is told the nearest of all.
            self.catalog.any_matter(str(data.get("matter", "")))
            matter = self.catalog.matter(str(data.get("matter", "")))
            application, materials = parse(
                data,
                matter.reason,
                folder=folder,
                max_bytes=self.limit("document.max_bytes", today),
                max_chars=self.limit("text.max_chars", today),
            )
            self._check_places(application)
            defects = find_defects(
                application,
                self.catalog.intake_rules(matter.code, self.office.locality, on=today),
                destination_locality=self.office.locality,
                today=today,
            )
        except DomainError as error:
            raise from_domain(error) from error
        fatal = [defect for defect in defects if defect.code in _FATAL]
        if fatal:
            raise OfficeError(
                OfficeCode.DEFECTS,
                "申请不能收件：" + "".join(f"{item.text}{item.remedy}" for item in fatal),
                tuple(item.text for item in fatal),
                {item.subject: f"{item.text}{item.remedy}" for item in fatal},
            )
        calendar = await self.calendar_of(application.destination_station)
        filing = self._filing(application, matter, defects, now, calendar)
        if self.only_check:
            return receipt(filing, filing.desks.station, defects, started=False)
        filing = await self._put(filing, application, materials, now)
        started = await self.start(filing)
        return receipt(filing, filing.desks.station, defects, started=started)

    def _refuse_barred(self, matter: str, now: datetime) -> None:
        """A matter of any procedure that is cancelled here, or on the negative list."""
        if not is_item(matter):
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

    async def calendar_of(self, office: str) -> Calendar:
        """The calendar in force as an office of this locality sees it."""
        return await self.office.read(
            lambda connection: self.office.calendars.of_office(connection, office)
        )

    def limit(self, key: str, today: date) -> int:
        """A number of the policy table for this locality."""
        return self.catalog.policy(key, self.office.locality, on=today).as_number()

    def _check_places(self, application: HukouApplication) -> None:
        """Destination station here, origin a locality with a counter, its station there."""
        self.catalog.locality(application.origin_locality)
        for station, locality, field in (
            (application.destination_station, self.office.locality, "destination_station"),
            (application.origin_station, application.origin_locality, "origin_station"),
        ):
            if station is None:
                continue
            self.catalog.office(station)
            known = {item.code for item in self.catalog.locality(locality).offices}
            if station not in known:
                raise OfficeError(
                    OfficeCode.FOREIGN_STATION,
                    f"{field} 填写的 {station} 不属于地区 {locality}；请改为该地区的派出所代码。",
                )

    def _filing(
        self,
        application: HukouApplication,
        matter: Any,
        defects: tuple[Defect, ...],
        now: datetime,
        calendar: Calendar,
    ) -> HukouFiling:
        catalog, here = self.catalog, self.office.locality
        today = now.astimezone(SHANGHAI).date()
        station = catalog.office(application.destination_station)
        return HukouFiling(
            case_no="",
            locality=here,
            locality_name=catalog.locality(here).name,
            matter=matter.code,
            matter_name=matter.name,
            matter_version=matter.version,
            catalog_version=catalog.version,
            needs_permit=matter.needs_permit,
            verifications=tuple(str(item) for item in matter.verifications),
            desks=desks_of(catalog, here, station.code),
            origin=application.origin_locality,
            origin_name=catalog.locality(application.origin_locality).name,
            origin_office=application.origin_station,
            persons=len(application.migrants),
            filed_on=today,
            received_on=received_on(now, station.opens, station.closes, calendar),
            rules=hukou_rules(
                catalog,
                here,
                application.origin_locality,
                on=today,
                area=application.destination_area,
            ),
            findings=tuple(f"{item.code}:{item.subject}" for item in defects),
            office_names=office_names(catalog, here),
            counters=counters(catalog),
        )

    def received(self, filing: FilingT, number: str) -> FilingT:
        """The filing as it goes on file: with its case number, and who took it in."""
        return filing.model_copy(update={"case_no": number, "received_by": self.clerk})

    async def _put(
        self,
        filing: HukouFiling,
        application: HukouApplication,
        materials: tuple[Material, ...],
        now: datetime,
    ) -> HukouFiling:
        try:
            async with self.office.database.write() as connection:
                number = await new_case_number(connection, filing.locality, filing.filed_on)
                filing = self.received(filing, number)
                await cases.put_case(
                    connection,
                    filing,
                    application=as_record(application),
                    phone=application.applicant.phone,
                    filed_at=now,
                )
                for migrant in application.migrants:
                    await put_person(
                        connection,
                        number,
                        "HOME",
                        {
                            "number": migrant.seq,
                            "relation": migrant.relation,
                            "name": migrant.name,
                            "id_no": migrant.id_no.strip().upper(),
                        },
                    )
                for material in materials:
                    await self.keep(connection, number, material, now)
                await self.kept(connection, number)
        except IntegrityError:
            raise await self._already_open(application) from None
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        return filing

    async def _already_open(self, application: HukouApplication) -> OfficeError:
        numbers = [migrant.id_no.strip().upper() for migrant in application.migrants]
        async with self.office.database.read() as connection:
            other = await open_elsewhere(connection, "HOME", numbers, "")
        return OfficeError(
            OfficeCode.ALREADY_OPEN,
            f"申请人员中已有一件户口迁移正在办理，办件编号 {other or '（查询中）'}；"
            "请待其办结或先撤回，再提交新申请。",
        )

    async def start(self, filing: CaseFiling) -> bool:
        """Start the case's workflow; False: kept, the outbox will."""
        try:
            await start_case(await self.office.client(), filing)
            async with self.office.database.write() as connection:
                await cases.mark_started(connection, filing.case_no)
        except (OfficeError, RPCError, DBAPIError, OSError):
            return False
        return True

    async def keep(
        self, connection: AsyncConnection, case_no: str, material: Material, now: datetime
    ) -> None:
        """Put one material of the applicant on the case."""
        await documents.keep(
            connection,
            material.content,
            case_no=case_no,
            type_=material.ref.type,
            media_type=material.media_type,
            source="APPLICANT",
            person=material.ref.person_seq or 0,
            now=now,
        )


def _deferred(record: Record) -> bool:
    """Whether a material of 容缺受理 is still waited for."""
    return any(
        clock["kind"] == ClockKind.DEFERRAL and clock["stopped_on"] is None
        for clock in record["clocks"]
    )
