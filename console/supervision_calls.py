"""The ladder as JSON over HTTP, for a locality's own screens and scripts.

Routes of `console.app`. They answer callers on this machine, and others only with the token; the
member of staff who asks is named in ``Tongban-Clerk`` and may do what the command line lets them.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic_core import to_jsonable_python
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from console.errors import OfficeCode, OfficeError
from console.supervising import SupervisionDesk
from contracts.commands import RejectionCode

_STATUS = {
    OfficeCode.NOT_FOUND: 404,
    OfficeCode.UNAVAILABLE: 503,
    OfficeCode.WRONG_FIELD: 400,
    OfficeCode.MISSING_TEXT: 400,
    OfficeCode.TOO_LARGE: 400,
    RejectionCode.FOREIGN_OFFICE: 403,
    RejectionCode.MISSING_ROLE: 403,
}
#: What a caller may do to a rung, by the last part of the path.
_ACTIONS = ("reply", "interview", "close")
Answer = Callable[[Request], Awaitable[Any]]


def supervision_routes(
    desk: SupervisionDesk, may_ask: Callable[[Request], bool]
) -> tuple[Route, ...]:
    """``GET /supervision``, ``GET /supervision/{number}``, ``POST /supervision/{number}/reply``,
    ``…/interview`` and ``…/close`` with ``{"text", "command_id"}``, and
    ``GET /register-differences``."""

    async def rungs(request: Request) -> Any:
        asked = request.query_params
        rung = asked.get("rung")
        return await desk.rungs(
            clerk=_clerk(request),
            office=asked.get("office"),
            rung=rung.upper() if rung else None,
            open_only=asked.get("open") == "1",
            case_no=asked.get("case"),
        )

    async def rung(request: Request) -> Any:
        return await desk.rung(request.path_params["number"], clerk=_clerk(request))

    async def act(request: Request) -> Any:
        body = await _body(request)
        actions = {"reply": desk.reply, "interview": desk.interview, "close": desk.check}
        return await actions[request.path_params["action"]](
            request.path_params["number"],
            str(body.get("text", "")),
            clerk=_clerk(request),
            command_id=_command_id(body),
        )

    async def differences(request: Request) -> Any:
        desk.office.visible_offices(_clerk(request))
        return await desk.register_differences()

    def door(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            if not may_ask(request):
                return _refusal(403, "NOT_ALLOWED", "请在本机访问，或随请求附上访问口令。")
            try:
                return JSONResponse(to_jsonable_python(await answer(request)))
            except OfficeError as error:
                return _refusal(_STATUS.get(error.code, 409), str(error.code), error.message)

        return endpoint

    return (
        Route("/supervision", door(rungs)),
        Route("/supervision/{number:str}", door(rung)),
        Route("/supervision/{number:str}/{action:str}", door(act), methods=["POST"]),
        Route("/register-differences", door(differences)),
    )


def _clerk(request: Request) -> str:
    named = request.headers.get("Tongban-Clerk", "")
    if not named:
        raise OfficeError(OfficeCode.WRONG_FIELD, "请在 Tongban-Clerk 中写明工作人员编号。")
    return named


async def _body(request: Request) -> dict[str, Any]:
    if request.path_params["action"] not in _ACTIONS:
        raise OfficeError(OfficeCode.NOT_FOUND, f"督办件的操作有：{'、'.join(_ACTIONS)}。")
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise OfficeError(OfficeCode.WRONG_FIELD, "请求内容应是 JSON 对象，含 text 和 command_id。")
    return body


def _command_id(body: dict[str, Any]) -> str | None:
    given = body.get("command_id")
    if given is None:
        return None
    if not isinstance(given, str) or not given.startswith("c-") or len(given) > 100:
        raise OfficeError(OfficeCode.WRONG_FIELD, "command_id 须以 c- 开头，不超过100个字符。")
    return given


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
