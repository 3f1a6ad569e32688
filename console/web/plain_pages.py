"""Refusals that need neither session nor database: a bare page, a problem, or a line of JSON.

Used where nothing behind answers (`console.web.outage`, `console.web.body_bounds`) and by the error
pages of `console.desk_app`.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Scope

from console.errors import OfficeCode
from console.problems import PREFIX, problem
from console.web.context import bare
from console.web.words import words_for

#: Seconds after which it is worth trying again.
_AGAIN = "10"
#: By status: title, what to do next, and the code of the programming interface.
REFUSALS: Mapping[int, tuple[str, str, str]] = {
    400: (
        "读不懂请求",
        "请求内容读不出来，没有提交；请返回重新打开页面后再提交。",
        "UNREADABLE",
    ),
    405: (
        "不能这样打开",
        "这个地址不能这样打开；请从菜单进入，或者返回上一页重新提交。",
        "METHOD_NOT_ALLOWED",
    ),
    413: (
        "内容太大",
        "提交的内容超过上限，没有提交；请压缩材料，或者分几次提交。",
        "BODY_TOO_LARGE",
    ),
    500: (
        "系统出错",
        "系统出错，内容没有提交；请稍后再试，仍不行请联系系统管理员。",
        "FAULT",
    ),
    503: (
        "暂时不能服务",
        "系统暂时不能服务，内容没有提交；请返回上一页，保留填写的内容，几分钟后再提交。",
        OfficeCode.UNAVAILABLE.value,
    ),
}
#: Bare pages stand outside of what sets the headers of pages.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def refusal(scope: Scope, status: int, *, machines: bool = False) -> Response:
    """The answer to whoever asked, in the language of the page that was asked for.

    ``machines``: of an address that machines call as well; who wants no page gets JSON there.
    """
    title, message, code = REFUSALS[status]
    wait = {"Retry-After": _AGAIN} if status == 503 else {}
    if scope["path"].startswith(f"{PREFIX}/"):
        return problem(code, message, headers=wait)
    request = Request(scope)
    if machines and "text/html" not in request.headers.get("accept", ""):
        body = {"code": code, "message": message}
        return JSONResponse(body, status, {**wait, "Cache-Control": "no-store"})
    page = bare(words_for(request), title=title, message=message)
    return HTMLResponse(page, status, {**_HEADERS, **wait})
