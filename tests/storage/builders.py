"""Cases and transitions for the storage tests, without any workflow."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.letter_papers import LetterPapers
from activities.notice_texts import word_notice
from catalog.loader import load_catalog
from catalog.pinning import desks_of, hukou_rules, office_names
from contracts import ids
from contracts.cases import HukouFiling
from contracts.transitions import Transition, TransitionResult
from domain.attribution import Holder
from domain.identity import with_check_digit
from storage import cases
from storage.database import Database
from storage.people import put_person
from storage.serials import new_case_number
from storage.transitions import write

CATALOG = load_catalog()
PAPERS = LetterPapers(b"only-for-tests")
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
_numbers = count(1)


def identity() -> str:
    """A number that can never be issued, new at each call."""
    serial = next(_numbers)
    return with_check_digit(f"339999{1960 + serial // 900}0101{serial % 900 + 100:03d}")


async def open_case(database: Database, *id_numbers: str) -> HukouFiling:
    """A case on file with these persons (one invented person where none is given)."""
    async with database.write() as connection:
        return await put_open_case(connection, *(id_numbers or (identity(),)))


async def put_open_case(connection: AsyncConnection, *id_numbers: str) -> HukouFiling:
    """As :func:`open_case`, inside the caller's transaction."""
    number = await new_case_number(connection, "371002", TODAY)
    filing = HukouFiling(
        case_no=number,
        locality="371002",
        locality_name="威海市环翠区",
        matter="HUKOU-JOB-TRANSFER",
        matter_name="工作调动户口迁移",
        matter_version=1,
        catalog_version=CATALOG.version,
        needs_permit=True,
        verifications=(),
        desks=desks_of(CATALOG, "371002", "371002-GA-01"),
        origin="330902",
        origin_name="舟山市定海区",
        origin_office=None,
        persons=len(id_numbers),
        filed_on=TODAY,
        received_on=TODAY,
        rules=hukou_rules(CATALOG, "371002", "330902", on=TODAY),
        office_names=office_names(CATALOG, "371002"),
    )
    await cases.put_case(
        connection,
        filing,
        application={"destination_address": "样例街2号"},
        phone="12000000000",
        filed_at=NOW,
    )
    for seq, id_no in enumerate(id_numbers, 1):
        await put_person(
            connection,
            number,
            "HOME",
            {"number": seq, "relation": "本人", "name": f"样例{seq}", "id_no": id_no},
        )
    return filing


def step(filing: HukouFiling, sequence: int, **changes: Any) -> Transition:
    """A transition of the case; ``changes`` are its effects."""
    facts: dict[str, Any] = {
        "workflow_id": ids.case_workflow_id(filing.case_no),
        "case_no": filing.case_no,
        "sequence": sequence,
        "at": NOW,
        "stage": "SUBMITTED",
        "holder": Holder.OURS,
        "office": "371002-GA-01",
        "custodian": "371002-GA-01",
    }
    return Transition.model_validate({**facts, **changes})


async def record(database: Database, transition: Transition) -> TransitionResult:
    """Write a transition as the activity does."""
    async with database.write() as connection:
        return await write(connection, transition, CATALOG.calendar, PAPERS.draw_up, word_notice)
