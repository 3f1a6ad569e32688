"""What filing is for every procedure: checked, put on file in one transaction, then started.

Used by the filings of each kind of matter; :class:`console.filing.FilingDesk` chooses among them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio.service import RPCError

from console.application_form import Material
from console.errors import OfficeCode, OfficeError, not_written
from console.office import Office
from contracts.cases import CaseFiling
from counter.outbox import start_case
from domain.calendar import Calendar
from domain.intake_rules import Defect, DefectCode
from domain.offices import SYSTEM
from storage import cases, documents
from storage.people import open_elsewhere, put_person
from storage.serials import new_case_number

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


def refuse_fatal(defects: Sequence[Defect], fatal: Collection[DefectCode]) -> None:
    """OfficeError that lists all of what the applicant has to write again."""
    found = [defect for defect in defects if defect.code in fatal]
    if found:
        raise OfficeError(
            OfficeCode.DEFECTS,
            "申请不能收件：" + "".join(f"{item.text}{item.remedy}" for item in found),
            tuple(item.text for item in found),
            {item.subject: f"{item.text}{item.remedy}" for item in found},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is put on file with a case: the application as read, its people and its papers.

    ``persons``: number, relation, name and identity number of each, the main one first.
    ``scheme`` and ``subject``: what nobody may have two open cases of; the scheme's own relation
    of each person unless a subject is given. ``taken``: how such another case is spoken of.
    """

    application: dict[str, Any]
    phone: str | None
    persons: tuple[dict[str, Any], ...]
    materials: tuple[Material, ...]
    scheme: str
    taken: str
    subject: str | None = None

    @property
    def subjects(self) -> list[str]:
        """What is moved."""
        return [self.subject] if self.subject else [str(one["id_no"]) for one in self.persons]


class IntakeDesk:
    """Puts applications of one locality on file.

    ``clerk``: staff number of who takes them in. ``kept``: what else belongs into the transaction
    that puts a case on file. ``only_check``: say what filing would say, and put nothing on file.
    """

    def __init__(
        self,
        office: Office,
        *,
        clerk: str = SYSTEM,
        kept: Kept = _nothing_else,
        only_check: bool = False,
    ) -> None:
        self.office, self.clerk = office, clerk
        self.catalog = office.catalog
        self.kept = kept
        self.only_check = only_check

    def limit(self, key: str, today: date) -> int:
        """A number of the policy table for this locality."""
        return self.catalog.policy(key, self.office.locality, on=today).as_number()

    async def calendar_of(self, office: str) -> Calendar:
        """The calendar in force as an office of this locality sees it."""
        return await self.office.read(
            lambda connection: self.office.calendars.of_office(connection, office)
        )

    @asynccontextmanager
    async def writing(self, entry: Entry) -> AsyncIterator[AsyncConnection]:
        """The transaction that puts it on file; OfficeError where another case is open, or nothing
        can be written."""
        try:
            async with self.office.database.write() as connection:
                yield connection
        except IntegrityError:
            raise await self._already_open(entry) from None
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error

    async def numbered(self, connection: AsyncConnection, filing: FilingT) -> FilingT:
        """The filing as it goes on file: with its case number, and who took it in."""
        number = await new_case_number(connection, filing.locality, filing.filed_on)
        return filing.model_copy(update={"case_no": number, "received_by": self.clerk})

    async def put(
        self, connection: AsyncConnection, filing: CaseFiling, entry: Entry, now: datetime
    ) -> None:
        """Case, people and papers; IntegrityError where somebody has another such case open."""
        await cases.put_case(
            connection, filing, application=entry.application, phone=entry.phone, filed_at=now
        )
        for person in entry.persons:
            await put_person(
                connection,
                filing.case_no,
                "HOME",
                person,
                scheme=entry.scheme,
                subject=entry.subject,
            )
        for material in entry.materials:
            await self.keep(connection, filing.case_no, material, now)

    async def take_in(self, filing: FilingT, entry: Entry, now: datetime) -> FilingT:
        """Put a case on file; OfficeError as of ``writing``."""
        async with self.writing(entry) as connection:
            filing = await self.numbered(connection, filing)
            await self.put(connection, filing, entry, now)
            await self.kept(connection, filing.case_no)
        return filing

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

    async def start(self, filing: CaseFiling) -> bool:
        """Start the case's workflow; False: kept, the outbox will."""
        try:
            await start_case(await self.office.client(), filing)
            async with self.office.database.write() as connection:
                await cases.mark_started(connection, filing.case_no)
        except (OfficeError, RPCError, DBAPIError, OSError):
            return False
        return True

    async def _already_open(self, entry: Entry) -> OfficeError:
        other = await self.office.read(
            lambda connection: open_elsewhere(
                connection, "HOME", entry.subjects, "", scheme=entry.scheme
            )
        )
        return OfficeError(
            OfficeCode.ALREADY_OPEN,
            f"{entry.taken}正在办理，办件编号 {other or '（查询中）'}；"
            "请待其办结或先撤回，再提交新申请。",
        )
