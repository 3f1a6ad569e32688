"""`GET /cases/{case_no}/clocks`: a case's limits day by day, as they stand or as they stood.

Mounted by `console.app` for the programs of the house; it tells dates and bases, nothing of people.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from activities.calendars import Calendars
from console.explaining import explain
from domain.calendar import SHANGHAI
from storage.case_tables import Case
from storage.database import Database
from storage.step_tables import ClockRow


def clock_door(
    database: Database, calendars: Calendars, may_ask: Callable[[Request], bool]
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint; ``may_ask`` says who is of the house."""

    async def answer(request: Request) -> Response:
        if not may_ask(request):
            return _refusal(403, "NOT_ALLOWED", "无权查询；请在本机查询，或配置 supervisor_token。")
        try:
            as_of, line = _asked(request)
        except ValueError:
            return _refusal(
                400,
                "WRONG_INPUT",
                "as_of 应为 2026-11-23T09:30:00+08:00 这样的时间，line 应为时限记录的编号。",
            )
        case_no = request.path_params["case_no"]
        async with database.read() as connection:
            case = (
                await connection.execute(
                    select(Case.competent_office).where(Case.case_no == case_no)
                )
            ).one_or_none()
            if case is None:
                return _refusal(404, "NOT_FOUND", "没有这个办件；请核对办件编号。")
            clocks = await connection.execute(
                select(*ClockRow.__table__.columns)
                .where(ClockRow.case_no == case_no)
                .order_by(ClockRow.kind, ClockRow.number)
            )
            explained = await explain(
                connection,
                calendars,
                case_no,
                [row._asdict() for row in clocks],
                office=case.competent_office,
                now=datetime.now(UTC),
                as_of=as_of,
                line=line,
            )
        return JSONResponse({"case_no": case_no, "clocks": _plain(explained)})

    return answer


def _asked(request: Request) -> tuple[datetime | None, int | None]:
    as_of, line = request.query_params.get("as_of"), request.query_params.get("line")
    then = datetime.fromisoformat(as_of.replace(" ", "+")) if as_of else None
    if then is not None and then.tzinfo is None:
        then = then.replace(tzinfo=SHANGHAI)
    return then, int(line) if line else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
