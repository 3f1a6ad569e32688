"""The case page: who holds the ball, the procedure as a picture, limits explained, everything on
file; and the news of a case that somebody else has moved meanwhile.

Lists and details come from the database alone; what is shown of whom decides
`console.web.case_reading`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Header
from fastapi.responses import HTMLResponse, Response

from console.errors import OfficeCode, OfficeError
from console.explaining import explain, zoned
from console.web.case_buttons import buttons
from console.web.case_course import drawn
from console.web.case_reading import PURPOSES, may_see_persons, open_persons, read_case
from console.web.case_sections import sections
from console.web.context import Visit, Visiting
from console.web.due_words import due_words
from console.web.rung_lists import rungs_of_case
from console.wording.labels import CLOCK_CAUSES, DAY_LABELS, labelled
from domain.calendar import SHANGHAI, DayKind
from domain.casework import CLOCK_LABELS
from domain.permissions import Permission
from storage.case_reading import newest_event

router = APIRouter(include_in_schema=False)

#: The history's first part; the rest is asked for, so that no page grows with its case.
_EVENTS = 30
#: How many days an explanation may tell: a limit of a year has as many lines.
_DAYS = 400


@router.get("/cases/{case_no}")
async def case_page(visit: Visiting, case_no: str) -> Response:
    """The case without personal data."""
    return await _page(visit, case_no, purpose=None)


@router.post("/cases/{case_no}/persons")
async def with_persons(
    visit: Visiting, case_no: str, purpose: Annotated[str, Form(max_length=10)]
) -> Response:
    """The same with names and what people wrote; the reading is logged with its purpose."""
    return await _page(visit, case_no, purpose=purpose)


async def _page(visit: Visit, case_no: str, *, purpose: str | None) -> HTMLResponse:
    record = await read_case(visit, case_no)
    if purpose is not None:
        await open_persons(visit, record, purpose)
    office, now = visit.house.office, datetime.now(UTC)
    async with office.database.read() as connection:
        calendars = await office.calendars.book(connection)
    case = sections(record, office.catalog, calendars, now, persons=purpose is not None)
    zone = visit.house.ui_url if visit.person.may(Permission.SUPERVISE) else None
    return visit.page(
        "case.html.j2",
        title=f"{record['matter_name']}",
        case=case,
        due=due_words(record["due_on"], visit.today, record["due_clock"]),
        course=drawn(office, record, visit.words.gettext),
        newest=record["newest"],
        events=_EVENTS,
        opened=purpose,
        **buttons(visit, record),
        purposes=PURPOSES if may_see_persons(visit, record) else {},
        rungs=await rungs_of_case(visit, case_no),
        temporal=f"{zone}/namespaces/{office.locality}/workflows/{record['workflow_id']}"
        if zone
        else None,
    )


@router.get("/cases/{case_no}/history")
async def whole_history(visit: Visiting, case_no: str) -> Response:
    """Every event in words."""
    record = await read_case(visit, case_no)
    office = visit.house.office
    async with office.database.read() as connection:
        calendars = await office.calendars.book(connection)
    case = sections(record, office.catalog, calendars, datetime.now(UTC), persons=False)
    return visit.page(
        "case_history.html.j2", title="办件经过", case=case, events=len(case["history"])
    )


@router.get("/cases/{case_no}/limits/{kind}/{number}")
async def limit_days(
    visit: Visiting, case_no: str, kind: str, number: int, as_of: str = ""
) -> Response:
    """One limit explained day by day, with everything that ever moved it; ``as_of``: as it was
    said at that time of Asia/Shanghai.
    """
    then = _instant(as_of)
    record = await read_case(visit, case_no)
    office = visit.house.office
    rows = [row for row in record["clocks"] if (row["kind"], row["number"]) == (kind, number)]
    explained = await office.read(
        lambda connection: explain(
            connection,
            office.calendars,
            case_no,
            rows,
            office=record["competent_office"],
            now=datetime.now(UTC),
            as_of=then,
        )
    )
    return visit.page(
        "case_limit.html.j2",
        title="时限说明",
        case_no=case_no,
        address=f"/cases/{case_no}/limits/{kind}/{number}",
        as_of=then.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M") if then else "",
        limits=[
            {
                **one,
                "name": labelled(CLOCK_LABELS, one["kind"]),
                "days": [
                    {**day, "kind_name": DAY_LABELS[DayKind(day["kind"])]}
                    for day in one["days"][:_DAYS]
                ],
                "log": [
                    {**line, "cause_name": labelled(CLOCK_CAUSES, line["cause"])}
                    for line in one["log"]
                ],
            }
            for one in explained
        ],
    )


def _instant(text: str) -> datetime | None:
    try:
        found = zoned(datetime.fromisoformat(text)) if text else None
    except ValueError:
        found = None
    if text and (found is None or not 1900 < found.year < 2900):
        raise OfficeError(
            OfficeCode.WRONG_FIELD, "时刻请写成 2026-11-23 09:30 的形式，改正后再查。"
        )
    return found


@router.get("/cases/{case_no}/pulse")
async def pulse(
    visit: Visiting,
    case_no: str,
    editing: bool = False,
    if_none_match: Annotated[str, Header()] = "",
) -> Response:
    """Whether somebody else has moved the case: nothing, or word of it.

    The tag is the number of the newest event. Whoever is ``editing`` a form keeps it and is told;
    for others the page is fetched anew at once.
    """
    visit.need(Permission.READ)
    office = visit.house.office
    offices = visit.person.offices(Permission.READ)
    newest = await office.read(lambda connection: newest_event(connection, case_no, offices))
    tag = f'"{newest}"'
    if if_none_match == tag:
        return Response(status_code=204, headers={"ETag": tag})
    await read_case(visit, case_no)
    page = visit.page("case_news.html.j2", title="", case_no=case_no, editing=editing)
    page.headers["ETag"] = tag
    return page
