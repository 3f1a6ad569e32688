"""Bulletins on the board: the issued ones, a preview of a period, and issuing it once.

Mounted by `console.desk_app`. The figures are `bulletins`'; here they are only shown and handed
out.
"""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from bulletins.issuing import BulletinRoom
from bulletins.printing import MEDIA_TYPES, printed
from bulletins.view import view
from console.errors import OfficeCode, OfficeError, from_domain
from console.web.context import Visit, Visiting
from domain.bulletins import (
    BulletinKind,
    before,
    canonical,
    digest_of,
    period_of,
    read_period,
)
from domain.errors import DomainError
from domain.figures import Period
from domain.permissions import Permission

router = APIRouter(include_in_schema=False)

#: A page shows this many rows of a table; the files have them all.
_ROWS = 40


@router.get("/board/bulletins")
async def bulletins(visit: Visiting) -> Response:
    """The issued ones, newest first, and the choice of a period."""
    visit.need(Permission.SUPERVISE)
    issued = await room_of(visit).all_issued()
    return visit.page(
        "board_bulletins.html.j2",
        title="办件通报",
        issued=[(one, BulletinKind(one.kind).label) for one in issued],
        kinds=BulletinKind,
    )


@router.get("/board/bulletins/preview")
async def preview(visit: Visiting, kind: BulletinKind, period: str = "") -> Response:
    """What a bulletin of that period would say now; an issued one says what it said."""
    visit.need(Permission.SUPERVISE)
    room, chosen = room_of(visit), period_asked(visit, kind, period)
    known = await room.of_period(kind, chosen)
    if known is not None:
        text, number = known.content, known.number
    else:
        text, number = canonical(await room.preview(kind, chosen, datetime.now(UTC))), None
    seen = await asyncio.to_thread(view, json.loads(text), number, digest_of(text))
    return visit.page(
        "board_bulletin.html.j2",
        title="办件通报",
        seen=seen,
        sheets=[one.shortened() for one in seen.sheets],
        rows=_ROWS,
        number=number,
        kind=kind,
        period=period or str(chosen.first)[: 7 if kind is BulletinKind.MONTHLY else 10],
    )


@router.post("/board/bulletins")
async def issue(
    visit: Visiting, kind: Annotated[BulletinKind, Form()], period: Annotated[str, Form()]
) -> Response:
    """Issue it: once per period, so that a second click gives the same."""
    visit.need(Permission.SUPERVISE)
    try:
        await room_of(visit).issue(kind, period_asked(visit, kind, period), datetime.now(UTC))
    except DomainError as error:
        raise from_domain(error) from error
    return RedirectResponse("/board/bulletins", 303)


@router.get("/board/bulletins/{name}")
async def handed_out(visit: Visiting, name: str) -> Response:
    """An issued bulletin as a file: pdf, xlsx or json."""
    number, _, format_ = name.rpartition(".")
    return await bulletin_file(visit, number, format_)


async def bulletin_file(visit: Visit, number: str, format_: str) -> Response:
    """The issued bulletin in one of its formats, for who may take it away."""
    visit.need(Permission.SUPERVISE)
    visit.need(Permission.EXPORT)
    try:
        found = await room_of(visit).by_number(number)
    except DomainError as error:
        raise from_domain(error) from error
    if format_ not in ("pdf", "xlsx", "json"):
        raise OfficeError(OfficeCode.NOT_FOUND, "没有这种格式；请从通报列表选择。")
    content = await asyncio.to_thread(printed, found.content, found.number, format_)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{number}.{format_}')}"
    }
    return Response(content, media_type=MEDIA_TYPES[format_], headers=headers)


def room_of(visit: Visit) -> BulletinRoom:
    """The bulletins of this house."""
    office = visit.house.office
    return BulletinRoom(office.database, office.catalog, office.locality, office.calendars.current)


def period_asked(visit: Visit, kind: BulletinKind, words: str) -> Period:
    """The named period, else the last one that is over."""
    try:
        if words.strip():
            return read_period(kind, words.strip())
        return before(kind, period_of(kind, visit.today))
    except DomainError as error:
        raise from_domain(error) from error
