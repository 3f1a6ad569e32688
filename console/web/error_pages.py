"""What the pages say when something is refused, is not there or breaks: always what to do next.

Put on the application of the pages by `console.desk_app`.
"""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Message, Scope, Send

from console.errors import OfficeCode, OfficeError
from console.problems import PREFIX, problem
from console.web.context import Forbidden, NotSignedIn, draw, visit
from console.web.outage import OUTAGES
from console.web.plain_pages import REFUSALS, refusal
from console.web.ways_back import page_before, sign_in_at

_STATUS = {
    OfficeCode.NOT_FOUND: 404,
    OfficeCode.UNAVAILABLE: 503,
    OfficeCode.PENDING: 202,
    OfficeCode.BUSY: 409,
}


def error_pages(app: FastAPI) -> None:
    """Say of each refusal what to do next; the pages have no other handlers."""

    @app.exception_handler(NotSignedIn)
    async def to_sign_in(request: Request, error: NotSignedIn) -> Response:
        target = sign_in_at(request)
        if "hx-request" not in request.headers:
            return RedirectResponse(target, 303)
        # Part of a page: who is writing on it must not be led away from it.
        note = draw(request, "session_over.html.j2", 401, sign_in=target)
        note.headers.update(
            {
                "HX-Retarget": "#session-over",
                "HX-Reselect": "#session-note",
                "HX-Reswap": "innerHTML",
            }
        )
        return note

    @app.exception_handler(Forbidden)
    async def forbidden(request: Request, error: Forbidden) -> Response:
        message = "您的岗位不能办理这一项；如有需要，请联系本机构管理员。"
        return draw(
            request, "message.html.j2", 403, title="无权办理", message=message, back="/worklist"
        )

    @app.exception_handler(OfficeError)
    async def refused(request: Request, error: OfficeError) -> Response:
        status = next((code for key, code in _STATUS.items() if key == error.code), 409)
        return draw(
            request,
            "message.html.j2",
            status,
            title="未能完成",
            message=error.message,
            back="/worklist",
        )

    @app.exception_handler(RequestValidationError)
    async def incomplete(request: Request, error: RequestValidationError) -> Response:
        try:
            person = (await visit(request)).person
        except NotSignedIn:
            person = None
        message = "必填的内容没有填全，或者格式不对，没有提交；请返回填好后再提交。"
        return draw(
            request,
            "message.html.j2",
            422,
            title="未能完成",
            message=message,
            back=page_before(request),
            person=person,
        )

    @app.exception_handler(HTTPException)
    async def unfit(request: Request, error: HTTPException) -> Response:
        status = error.status_code
        title, message = "没有找到", "没有这个页面；请从菜单进入。"
        if status != 404:
            title, message, _ = REFUSALS.get(status, REFUSALS[400])
        page = draw(
            request, "message.html.j2", status, title=title, message=message, back="/worklist"
        )
        page.headers.update(error.headers or {})
        return page

    async def outage(request: Request, error: Exception) -> Response:
        return refusal(request.scope, 503)

    for kind in OUTAGES:
        app.add_exception_handler(kind, outage)

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        return refusal(request.scope, 500)


def stale_form(app: FastAPI) -> object:
    """What the check of tokens answers a form without its token with."""

    async def answer(scope: Scope, send: Send, reason: object) -> None:
        async def nothing() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        if scope["path"].startswith(f"{PREFIX}/"):
            await problem("FORM_TOKEN")(scope, nothing, send)
            return
        scope = {**scope, "app": app, "csrftoken": lambda: ""}
        message = "页面已过期，内容没有提交；请返回重新打开后再提交。"
        page = draw(
            Request(scope),
            "message.html.j2",
            403,
            title="页面已过期",
            message=message,
            back="/worklist",
        )
        await page(scope, nothing, send)

    return answer
