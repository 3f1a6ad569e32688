"""`POST /ratings`: an applicant rates; `GET /ratings`: what came of low ratings, without names.

Mounted by `console.app`. Anybody may ask, so each caller may ask only so often.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from activities.rating_filing import Offered
from catalog.catalog import Catalog
from console.errors import OfficeCode, OfficeError
from console.rating_desk import RatingDesk
from console.verifying import Limiter
from domain.ratings import Channel, Level, Occasion, RatingCode
from storage.database import Database
from storage.ratings import published

_MAX_BYTES = 20_000
#: A person rates once; whoever tries more often guesses.
_TRIES, _SECONDS = 10, 60.0
_STATUS = {
    RatingCode.NOT_RATABLE: 404,
    RatingCode.NOT_THE_APPLICANT: 403,
    OfficeCode.UNAVAILABLE: 503,
    OfficeCode.WRONG_FIELD: 400,
    OfficeCode.TOO_LARGE: 400,
}


class RatingForm(BaseModel):
    """What a person sends. ``secret`` is the verification code of a slip of the case."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    case_no: str = Field(max_length=40)
    level: Level
    channel: Channel
    occasion: Occasion | None = None
    words: str = ""
    consent: bool = False
    secret: str = Field(default="", max_length=100)
    phone: str = Field(default="", max_length=40)
    id_tail: str = Field(default="", max_length=6)


def rating_door(
    database: Database,
    catalog: Catalog,
    locality: str,
    slip_secret: bytes,
    limiter: Limiter | None = None,
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint: 201 with the number, or a code and a sentence that says what to do."""
    limits = limiter or Limiter(_TRIES, _SECONDS)
    desk = RatingDesk(database, catalog, locality, slip_secret)

    async def answer(request: Request) -> Response:
        if request.method == "GET":
            return await _results(database, catalog)
        caller = request.client.host if request.client else ""
        if not limits.allows(caller, time.monotonic()):
            return _refusal(429, "TOO_MANY_QUESTIONS", "提交过于频繁，请一分钟后再试。")
        body = await request.body()
        try:
            if len(body) > _MAX_BYTES:
                raise ValueError("too long")
            form = RatingForm.model_validate_json(body)
        except (ValidationError, ValueError):
            return _refusal(400, "NOT_A_RATING", "评价内容不完整或格式不对，请核对后重新提交。")
        try:
            rating = await desk.rate(
                Offered(
                    case_no=form.case_no,
                    level=form.level,
                    channel=form.channel,
                    occasion=form.occasion,
                    words=form.words,
                    consent=form.consent,
                ),
                secret=form.secret,
                phone=form.phone,
                id_tail=form.id_tail,
            )
        except OfficeError as error:
            return _refusal(_status(error), str(error.code), error.message)
        told = {"rating_no": rating.rating_no, "occasion": rating.occasion, "level": rating.level}
        return JSONResponse(told, status_code=201)

    return answer


async def _results(database: Database, catalog: Catalog) -> Response:
    async with database.read() as connection:
        found = await published(connection)
    offices = catalog.offices
    return JSONResponse(
        [
            {
                "office": offices[one.office].name if one.office in offices else one.office,
                "matter": one.matter_name,
                "level": one.level.label,
                "published_on": one.published_on.isoformat(),
                "finding": one.finding,
            }
            for one in found
        ]
    )


def _status(error: OfficeError) -> int:
    return next((status for code, status in _STATUS.items() if code == error.code), 409)


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
