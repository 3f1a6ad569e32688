"""Reading a case for the pages: the policy decides which, and what of it; readings are logged.

Used by the case page, its documents and its explanations. Names and what people wrote are shown
only to those whose office takes part (or who supervise or audit), after they have said what for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.errors import OfficeCode, OfficeError
from console.slip_desk import taking_part
from console.web.context import Forbidden, Visit
from domain.permissions import Permission
from storage.case_reading import generic_terms, newest_event
from storage.people import log_access
from storage.rating_register import listed

Record = dict[str, Any]

#: Why somebody may look at personal data; the key is what is logged.
PURPOSES: Mapping[str, str] = {
    "办理": "办理本办件",
    "答复": "答复当事人",
    "督办": "督办检查",
    "审计": "审计核查",
}


async def read_case(visit: Visit, case_no: str) -> Record:
    """The case with everything on file and the number of its newest event.

    Forbidden without a post that reads; OfficeError NOT_FOUND for a case of others.
    """
    visit.need(Permission.READ)
    office = visit.house.office
    # Asked first: what happens while the case is read makes the page old, never too new.
    offices = visit.person.offices(Permission.READ)
    newest = await office.read(lambda connection: newest_event(connection, case_no, offices))
    try:
        record = await office.case_seen_by(case_no, offices)
    except OfficeError as error:
        if error.code != OfficeCode.NOT_FOUND:
            raise
        raise OfficeError(
            OfficeCode.NOT_FOUND,
            "没有这个办件，或您的机构无权查看；请核对办件编号，或者在“查找”中查找。",
        ) from error
    record["newest"] = newest
    record["general"] = await office.read(
        lambda connection: generic_terms(connection, case_no, record["matter"])
    )
    record["ratings"] = await _ratings(visit, case_no)
    return record


def may_see_persons(visit: Visit, record: Record) -> bool:
    """Whether this person's posts open the names of the case."""
    supervises = visit.person.may(Permission.SUPERVISE) or visit.person.may(Permission.AUDIT)
    own = visit.person.offices(Permission.COMPLETE) | visit.person.offices(Permission.FILE)
    return supervises or bool(own & taking_part(record))


async def open_persons(visit: Visit, record: Record, purpose: str) -> None:
    """Log that this person reads the personal data of the case; Forbidden where it may not."""
    if not may_see_persons(visit, record) or purpose not in PURPOSES:
        raise Forbidden(Permission.READ)
    await log_reading(visit, record["case_no"], "persons", purpose)


async def log_reading(visit: Visit, case_no: str, what: str, purpose: str) -> None:
    """Write down who reads what of a case, before it is shown."""
    who = "、".join(sorted(visit.person.codes))
    async with visit.house.office.database.write() as connection:
        await log_access(connection, case_no, who, what, visit.noted(purpose))


async def _ratings(visit: Visit, case_no: str) -> list[Record]:
    """Ratings stay apart from their cases but for supervisors, or where the person consents."""
    offices = sorted(visit.person.offices(Permission.READ))
    rows = await visit.house.office.read(
        lambda connection: listed(connection, offices, case_no=case_no)
    )
    supervises = visit.person.offices(Permission.SUPERVISE)
    own = visit.person.codes
    return [
        one
        for one in rows
        if one["consent"] or (one["office"] in supervises and one["clerk"] not in own)
    ]
