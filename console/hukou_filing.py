"""Filing an application for 户口迁移: on file first, then started.

Called by :class:`console.filing.FilingDesk` for every matter of the family.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from catalog.models import MatterDefinition
from catalog.pinning import counters, desks_of, hukou_rules, office_names
from console.application_form import as_record, parse
from console.errors import OfficeCode, OfficeError, from_domain
from console.intake_desk import Entry, Filed, IntakeDesk, receipt, refuse_fatal
from contracts.cases import HukouFiling
from contracts.families import HUKOU
from domain.calendar import SHANGHAI, Calendar, received_on
from domain.errors import DomainError
from domain.hukou_intake import Defect, DefectCode, HukouApplication, find_defects

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


class MigrationFiling:
    """One application for a move of household registration, from its file to the case number."""

    def __init__(self, desk: IntakeDesk, matter: MatterDefinition, now: datetime) -> None:
        self._desk = desk
        self._catalog = desk.catalog
        self._here = desk.office.locality
        self._matter = matter
        self._now = now
        self._today = now.astimezone(SHANGHAI).date()

    async def file(self, data: dict[str, Any], folder: Path) -> Filed:
        """Check, keep and start it; OfficeError where it cannot be received."""
        try:
            application, materials = parse(
                data,
                self._matter.reason,
                folder=folder,
                max_bytes=self._desk.limit("document.max_bytes", self._today),
                max_chars=self._desk.limit("text.max_chars", self._today),
            )
            self._check_places(application)
            defects = find_defects(
                application,
                self._catalog.intake_rules(self._matter.code, self._here, on=self._today),
                destination_locality=self._here,
                today=self._today,
            )
        except DomainError as error:
            raise from_domain(error) from error
        refuse_fatal(defects, _FATAL)
        calendar = await self._desk.calendar_of(application.destination_station)
        filing = self._filing(application, defects, calendar)
        station = filing.desks.station
        if self._desk.only_check:
            return receipt(filing, station, defects, started=False)
        entry = Entry(
            application=as_record(application),
            phone=application.applicant.phone,
            persons=tuple(
                {
                    "number": migrant.seq,
                    "relation": migrant.relation,
                    "name": migrant.name,
                    "id_no": migrant.id_no.strip().upper(),
                }
                for migrant in application.migrants
            ),
            materials=materials,
            scheme=HUKOU.code,
            taken="申请人员中已有一件户口迁移",
        )
        filing = await self._desk.take_in(filing, entry, self._now)
        return receipt(filing, station, defects, started=await self._desk.start(filing))

    def _check_places(self, application: HukouApplication) -> None:
        """Destination station here, origin a locality with a counter, its station there."""
        self._catalog.locality(application.origin_locality)
        for station, locality, field in (
            (application.destination_station, self._here, "destination_station"),
            (application.origin_station, application.origin_locality, "origin_station"),
        ):
            if station is None:
                continue
            self._catalog.office(station)
            known = {item.code for item in self._catalog.locality(locality).offices}
            if station not in known:
                raise OfficeError(
                    OfficeCode.FOREIGN_STATION,
                    f"{field} 填写的 {station} 不属于地区 {locality}；请改为该地区的派出所代码。",
                )

    def _filing(
        self,
        application: HukouApplication,
        defects: tuple[Defect, ...],
        calendar: Calendar,
    ) -> HukouFiling:
        catalog, here, today = self._catalog, self._here, self._today
        matter = self._matter
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
            received_on=received_on(self._now, station.opens, station.closes, calendar),
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
