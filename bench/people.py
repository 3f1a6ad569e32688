"""Invented people who move, and their applications put on file; used by the clerks.

Identity numbers begin with a county code that was never given out. Everything here happens in the
driver, outside what is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import httpx

from catalog.catalog import Catalog
from catalog.pinning import desks_of, hukou_rules, office_names
from contracts.cases import HukouFiling
from domain.calendar import SHANGHAI
from domain.identity import with_check_digit
from storage import cases, documents
from storage.database import Database
from storage.people import put_person
from storage.serials import new_case_number

MATTER = "HUKOU-JOB-TRANSFER"
_COUNTY = "339999"
_PER_DAY = 900


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One person who is registered at the origin and wants to move."""

    id_no: str
    name: str
    phone: str


class People:
    """Registers people at the origin's simulated register and files their applications."""

    def __init__(
        self,
        catalog: Catalog,
        database: Database,
        simulators: httpx.AsyncClient,
        home: str,
        origin: str,
    ) -> None:
        self._catalog = catalog
        self._database = database
        self._simulators = simulators
        self._home, self._origin = home, origin
        self._serial = 0
        self._filing = self._blank()

    async def newcomer(self) -> Newcomer:
        """A person nobody has seen before."""
        self._serial += 1
        born = date(1990, 1, 1) - timedelta(days=self._serial // _PER_DAY)
        number = with_check_digit(f"{_COUNTY}{born:%Y%m%d}{self._serial % _PER_DAY + 100:03d}")
        person = Newcomer(number, f"样例人{self._serial}", f"120{self._serial:08d}")
        answer = await self._simulators.put(
            f"/population/{self._origin}/_person",
            json={
                "id_no": number,
                "name": person.name,
                "sex": "MALE" if int(number[16]) % 2 else "FEMALE",
                "ethnic": "汉族",
                "birth_date": born.isoformat(),
                "status": "ACTIVE",
                "station": f"{self._origin}-GA-01",
                "address": "样例路1号",
                "household_no": f"{self._origin}-H{self._serial:06d}",
                "phone": person.phone,
            },
        )
        answer.raise_for_status()
        return person

    async def put_on_file(self, person: Newcomer) -> HukouFiling:
        """The application with its papers, as the console keeps it; its workflow is not started."""
        now = datetime.now(UTC)
        migrant = {"number": 1, "relation": "本人", "name": person.name, "id_no": person.id_no}
        async with self._database.write() as connection:
            number = await new_case_number(connection, self._home, self._filing.filed_on)
            filing = self._filing.model_copy(update={"case_no": number})
            await cases.put_case(
                connection,
                filing,
                application={
                    "matter": MATTER,
                    "reason": "JOB_TRANSFER",
                    "applicant": {"name": person.name, "id_no": person.id_no},
                    "origin_address": "样例路1号",
                    "destination_address": "样例街2号",
                    "destination_area": "city",
                },
                phone=person.phone,
                filed_at=now,
            )
            # Started by the driver, never by a worker's outbox.
            await cases.mark_started(connection, number)
            await put_person(connection, number, "HOME", migrant)
            for rule in self._catalog.matter(MATTER).documents:
                if rule.required and not rule.shareable_from and not rule.per_person:
                    await documents.keep(
                        connection,
                        f"样例材料 {rule.name} {person.phone}".encode(),
                        case_no=number,
                        type_=rule.type,
                        media_type="text/plain; charset=utf-8",
                        source="APPLICANT",
                        now=now,
                    )
        return filing

    def _blank(self) -> HukouFiling:
        catalog, home = self._catalog, self._home
        today = datetime.now(SHANGHAI).date()
        matter = catalog.matter(MATTER)
        return HukouFiling(
            case_no="",
            locality=home,
            locality_name=catalog.locality(home).name,
            matter=matter.code,
            matter_name=matter.name,
            matter_version=matter.version,
            catalog_version=catalog.version,
            needs_permit=matter.needs_permit,
            verifications=tuple(str(item) for item in matter.verifications),
            desks=desks_of(catalog, home, f"{home}-GA-01"),
            origin=self._origin,
            origin_name=catalog.locality(self._origin).name,
            origin_office=f"{self._origin}-GA-01",
            persons=1,
            filed_on=today,
            received_on=today,
            rules=hukou_rules(catalog, home, self._origin, on=today),
            office_names=office_names(catalog, home),
        )
