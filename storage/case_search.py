"""Finding cases by what people have in hand: a number, a name, a waybill, a matter.

Called by `console.web.search`. Whatever is found is a case that the offices given may see.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from sqlalchemy import Text, cast, func, select, true, union
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_tables import Case, Person
from storage.cases import family_of_case
from storage.hotline_tables import TicketRow
from storage.paper_tables import Certificate, LetterRow
from storage.parcel_tables import Parcel
from storage.slip_tables import SlipRow
from storage.task_tables import Task
from storage.views import seen_by
from storage.worklist_questions import each

Record = dict[str, Any]


class By(StrEnum):
    """What a search is by."""

    CASE = "case"  # ours, the joint case's, the other locality's
    TASK = "task"
    NAME = "name"
    IDENTITY = "identity"
    MATTER = "matter"
    NUMBER = "number"  # waybill, letter, certificate, slip, ticket


#: Searches that read personal data.
PERSONAL = frozenset({By.NAME, By.IDENTITY})


async def find(
    connection: AsyncConnection,
    by: By,
    wanted: str | Collection[str],
    offices: Collection[str],
    *,
    limit: int = 50,
) -> list[Record]:
    """Cases of these offices, newest first; with the person where one was searched for.

    ``wanted`` is what was typed, for MATTER the codes that it means.
    """
    if by is By.MATTER:
        return await _of_matters(connection, list(wanted), offices, limit)
    # First what matches, by an index of its own; what of it may be seen is asked after that.
    matches = (
        _matches(by, str(wanted)).cte("matches").prefix_with("MATERIALIZED", dialect="postgresql")
    )
    statement = (
        select(*_COLUMNS)
        .join(matches, matches.c.case_no == Case.case_no)
        .where(seen_by(offices))
        .order_by(Case.filed_at.desc(), Case.case_no.desc())
        .limit(limit)
    )
    if by in PERSONAL:
        statement = statement.add_columns(matches.c.name, matches.c.id_no)
    return await _records(connection, statement)


_COLUMNS = (
    Case.case_no,
    Case.matter_name,
    family_of_case(),
    Case.stage,
    Case.peer,
    Case.competent_office.label("office"),
    Case.due_on,
    Case.due_clock.label("clock"),
    Case.filed_at,
    Case.closed_at,
)


def _matches(by: By, text: str) -> Any:
    if by is By.TASK:
        return select(Task.case_no).where(Task.task_id == text)
    if by is By.NAME:
        same = func.lower(Person.name) == func.lower(text)
        return select(Person.case_no, Person.name, Person.id_no).where(same)
    if by is By.IDENTITY:
        return select(Person.case_no, Person.name, Person.id_no).where(Person.id_no == text)
    if by is By.CASE:
        numbers = (Case.case_no, Case.home_case_no, Case.peer_case_no)
        found = union(*(select(Case.case_no).where(number == text) for number in numbers))
    else:
        found = union(
            *(
                select(case_no).where(number == text)
                for case_no, number in (
                    (Parcel.case_no, Parcel.waybill),
                    (Parcel.case_no, Parcel.parcel_key),
                    (LetterRow.case_no, LetterRow.number),
                    (Certificate.case_no, Certificate.number),
                    (SlipRow.case_no, SlipRow.number),
                    (TicketRow.case_no, TicketRow.ticket_no),
                )
            )
        )
    numbers_found = found.subquery("numbers")
    return select(numbers_found.c.case_no)


async def _of_matters(
    connection: AsyncConnection, codes: list[str], offices: Collection[str], limit: int
) -> list[Record]:
    """The newest cases of these matters that these offices are competent for."""
    places = each(cast(sorted(offices), ARRAY(Text)))
    matters = each(cast(codes, ARRAY(Text)), "matters")
    newest = (
        select(Case.case_no, Case.filed_at)
        .where(Case.competent_office == places.c.code, Case.matter == matters.c.code)
        .order_by(Case.filed_at.desc(), Case.case_no.desc())
        .limit(limit)
        .lateral("newest")
    )
    keys = (
        select(newest.c.case_no)
        .select_from(places)
        .join(matters, true())
        .join(newest, true())
        .order_by(newest.c.filed_at.desc(), newest.c.case_no.desc())
        .limit(limit)
        .subquery("keys")
    )
    return await _records(
        connection,
        select(*_COLUMNS)
        .join(keys, keys.c.case_no == Case.case_no)
        .order_by(Case.filed_at.desc(), Case.case_no.desc()),
    )


async def _records(connection: AsyncConnection, statement: Any) -> list[Record]:
    return [dict(row) for row in (await connection.execute(statement)).mappings()]
