"""Issuing slips: which ones a case can have now, and the paper itself, on file with its code.

Called by the command line (``slip``). Slips bear names: only a clerk of an office that takes part
issues them, and each is on record (G8).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from console.errors import OfficeCode, OfficeError
from console.office import Office, Record
from console.slip_facts import CaseFile, Offer
from console.slip_notices import notices
from console.slip_papers import papers
from console.slip_things import things
from contracts.commands import RejectionCode
from domain.calendar import SHANGHAI
from slips.issue import issue
from slips.kinds import TITLES, SlipKind
from slips.render import Facts
from slips.verification import digest
from storage import documents
from storage import slips as register
from storage.documents import digest_of
from storage.movements import parcels_sent_by
from storage.people import log_access
from storage.serials import new_slip_number

#: The word before the year of a number; every kind has a series of its own.
SERIES: dict[SlipKind, str] = {
    SlipKind.INTAKE: "收",
    SlipKind.ACCEPTANCE: "受",
    SlipKind.CORRECTION: "补",
    SlipKind.NON_ACCEPTANCE: "不受",
    SlipKind.REFUSAL: "不予",
    SlipKind.EXTENSION: "延",
    SlipKind.EXTENSION_REVOCATION: "撤延",
    SlipKind.SPECIAL_PROCEDURE: "特",
    SlipKind.HEARING_RIGHT: "听告",
    SlipKind.HEARING_NOTICE: "听通",
    SlipKind.HEARING_ANNOUNCEMENT: "听公",
    SlipKind.WITHDRAWAL: "撤",
    SlipKind.CONCLUSION: "办结",
    SlipKind.SERVICE: "送",
    SlipKind.TRANSFER_OF_THINGS: "流转",
    SlipKind.HANDOVER_LIST: "交接",
    SlipKind.FILE_DISPATCH: "档转",
    SlipKind.FILE_RECEIPT: "档回",
    SlipKind.CONTRIBUTION_VOUCHER: "缴凭",
    SlipKind.CONTACT_LETTER: "联",
    SlipKind.STATEMENT: "信息",
    SlipKind.PAYMENT_VOUCHER: "划",
    SlipKind.SUPERVISION_ORDER: "督",
    SlipKind.RECTIFY_NOTICE: "整",
    SlipKind.INTERVIEW_NOTICE: "约",
    SlipKind.CIRCULAR: "通",
    SlipKind.SUPERIOR_REQUEST: "报",
}


@dataclass(frozen=True, slots=True)
class Issue:
    """A slip as handed out. ``again``: it was issued before, and this is the same paper."""

    number: str
    verification_code: str
    pdf: bytes
    missing: tuple[str, ...]
    again: bool


class SlipDesk:
    """Issues the slips of one locality. ``secret`` makes the codes, ``check_at`` says where to
    check one."""

    def __init__(self, office: Office, *, secret: bytes, check_at: str) -> None:
        self._office = office
        self._secret = secret
        self._check_at = check_at

    async def offers(self, case_no: str, *, clerk: str) -> list[Offer]:
        """What can be issued for the case now; OfficeError where this clerk may not."""
        case = await self._case(case_no, clerk)
        return [*notices(case), *papers(case), *things(case)]

    async def issue(self, case_no: str, offer: Offer, *, clerk: str) -> Issue:
        """The paper; the same facts give the paper that was issued before."""
        source = digest(offer.facts)
        kind, now = offer.kind, datetime.now(UTC)
        today = now.astimezone(SHANGHAI).date()
        locality, database = self._office.locality, self._office.database
        async with database.write() as connection:
            await register.lock(connection, case_no)
            await log_access(connection, case_no, clerk, f"slip:{kind}", self._purpose())
            known = await register.same_paper(connection, case_no, kind, offer.subject, source)
            if known is not None:
                kept, pdf = known
                return Issue(kept.number, kept.verification_code, pdf, (), True)
            number = await new_slip_number(connection, SERIES[kind], locality, today.year)
            facts: Facts = {
                **offer.facts,
                "number": number,
                "issuer": self._name(offer.office),
                "issued_on": today,
                "check_at": self._check_at,
                **self._progress(kind),
            }
            # Cutting the faces takes half a second: not in the event loop.
            made = await asyncio.to_thread(issue, kind, facts, secret=self._secret, case_no=case_no)
            await register.keep(
                connection,
                register.KeptSlip(
                    number=number,
                    kind=kind.value,
                    case_no=case_no,
                    subject=offer.subject,
                    source=source,
                    verification_code=made.verification_code,
                    content=made.content,
                    document=digest_of(made.pdf),
                    issued_by=clerk,
                    issued_at=now,
                ),
                made.pdf,
            )
        return Issue(number, made.verification_code, made.pdf, made.missing, False)

    async def paper(self, case_no: str, document: str, *, clerk: str) -> tuple[str, bytes]:
        """Code and PDF of an issued slip by the digest of its PDF; the reading is logged."""
        await self._case(case_no, clerk)
        async with self._office.database.write() as connection:
            issued = await register.slips_of(connection, case_no)
            slip = next((one for one in issued if one.document == document), None)
            kept = await documents.load(connection, document) if slip is not None else None
            if slip is None or kept is None:
                raise OfficeError(
                    OfficeCode.NOT_FOUND, "该办件没有这份文书；请从可以出具的文书中选择。"
                )
            await log_access(connection, case_no, clerk, f"slip:{slip.kind}", self._purpose())
        return slip.verification_code, kept[1]

    def _purpose(self) -> str:
        """Why the case was read, with the key where one was used."""
        via = self._office.via
        return f"出具法定凭证 {via}" if via else "出具法定凭证"

    async def _case(self, case_no: str, clerk: str) -> CaseFile:
        record = await self._office.case(case_no, clerk=clerk)
        if self._office.seat(clerk)[0] not in taking_part(record):
            raise OfficeError(
                RejectionCode.FOREIGN_OFFICE,
                f"工作人员 {clerk} 的机构没有参与该办件，不能出具凭证；请由参与办理的机构出具。",
            )
        async with self._office.database.read() as connection:
            application = await register.application_of(connection, case_no)
            sent = await parcels_sent_by(connection, case_no)
            records = await register.records_of(connection, case_no)
            calendars = await self._office.calendars.book(connection)
        return CaseFile(
            record,
            application,
            self._office.catalog,
            self._office.locality,
            datetime.now(SHANGHAI).date(),
            sent,
            records,
            calendars,
        )

    def _progress(self, kind: SlipKind) -> dict[str, str]:
        """Where the applicant follows the case: beside the page that checks slips."""
        site, found, _ = self._check_at.rpartition("/verify")
        if kind is not SlipKind.INTAKE or not found:
            return {}
        at = f"{site}/progress"
        return {"progress": f"凭办件编号和本凭证的验证码，可以在 {at} 查询办理进度。"}

    def _name(self, office: str) -> str:
        known = self._office.catalog.offices.get(office)
        return known.name if known else office


#: Makes the slip desk of an office, acting under whatever post it has in hand.
DeskOf = Callable[[Office], SlipDesk]


def taking_part(record: Record) -> set[str]:
    """The offices that take part in a case, by code."""
    offices = {record[f"{place}_office"] for place in ("intake", "competent", "custodian")}
    return offices | {task["office"] for task in record["tasks"]}


def chosen(offers: list[Offer], kind: str, subject: str | None) -> Offer:
    """The newest offer of that kind, or the one about that subject; OfficeError: none is there."""
    possible = [
        one
        for one in offers
        if one.kind.value == kind and (subject is None or one.subject == subject)
    ]
    if not possible:
        listed = "、".join(dict.fromkeys(f"{one.kind.value} {TITLES[one.kind]}" for one in offers))
        raise OfficeError(
            OfficeCode.NOT_FOUND,
            f"该办件现在不能出具 {kind}；可以出具的有：{listed or '没有'}。",
        )
    return possible[-1]
