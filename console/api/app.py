"""The programming interface of one locality's console, mounted at /api/v1 below its staff pages.

Every refusal leaves as a problem (RFC 9457). The same sessions, tokens and headers as for the pages
stand before it; calls with a key need no token.
"""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from fastapi.routing import APIRoute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from pydantic.json_schema import models_json_schema
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from console.api import (
    acts,
    board,
    cases,
    drafts,
    exports,
    filing,
    keys,
    lists,
    opinions,
    own,
    rungs,
    slips,
    staff,
    standing,
    tasks,
    views,
)
from console.api import webhooks as hooks
from console.api.bounds import JsonOnly
from console.errors import OfficeError, database_down, from_domain
from console.problems import (
    PREFIX,
    FieldProblem,
    Problem,
    Refusal,
    of_input,
    of_office,
    problem,
)
from console.slip_desk import DeskOf
from console.web.context import Forbidden, House
from console.webhook_desk import WebhookDesk
from domain.errors import DomainError

_ABOUT = """通办综合窗口的全部办理能力，供系统对接使用。

- 身份：`Authorization: Bearer 密钥`，密钥由本机构管理员签发；或者已登录的会话。
- 权限：与页面同一套规则；密钥按其工号和机构的岗位办理。
- 重复提交：改动内容的调用附上 `Idempotency-Key`，同一编号、同一内容只办一次。
- 分页：`limit` 和 `after`，下一页的位置见应答中的 `next`。
- 拒绝：一律为 `application/problem+json`，`detail` 写明原因和接下来怎么办。
- 个人信息：查看须有岗位和用途，并逐次登记；地址中不含个人信息。
"""
#: Exact addresses stand before those with places in them.
_ROUTERS = (
    own.router,
    lists.router,
    views.router,
    tasks.router,
    opinions.router,
    cases.router,
    standing.router,
    slips.router,
    acts.router,
    filing.router,
    drafts.router,
    exports.router,
    board.router,
    rungs.router,
    staff.router,
    keys.router,
    hooks.router,
)
_STATUS_CODES = {404: "NO_SUCH_ADDRESS", 405: "METHOD_NOT_ALLOWED", 413: "BODY_TOO_LARGE"}


def build_api(house: House, webhooks: WebhookDesk, slip_desk_of: DeskOf) -> FastAPI:
    """The interface of one house."""
    api = FastAPI(
        title="通办接口",
        description=_ABOUT,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_name,
    )
    api.state.house = house
    api.state.webhooks = webhooks
    api.state.slip_desk_of = slip_desk_of
    api.state.limiter = MovingWindowRateLimiter(MemoryStorage())
    for router in _ROUTERS:
        api.include_router(router)
    document: dict[str, Any] = {}

    @api.get("/openapi.json", include_in_schema=False)
    async def openapi() -> Response:
        if not document:
            document.update(openapi_of(api))
        return JSONResponse(document)

    _problems(api)
    api.add_middleware(JsonOnly)
    return api


def _name(route: APIRoute) -> str:
    return route.name


def openapi_of(api: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1 with the shape of problems, which no operation returns by itself."""
    found = get_openapi(
        title=api.title,
        version=api.version,
        description=api.description,
        routes=api.routes,
        servers=[{"url": PREFIX}],
    )
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    _, made = models_json_schema(
        [(Problem, "serialization"), (FieldProblem, "serialization")],
        ref_template="#/components/schemas/{model}",
    )
    schemas.update(made["$defs"])
    for unused in ("HTTPValidationError", "ValidationError"):
        if f"schemas/{unused}" not in json.dumps(found["paths"]):
            schemas.pop(unused, None)
    return found


def _problems(api: FastAPI) -> None:
    @api.exception_handler(Refusal)
    async def own(request: Request, error: Refusal) -> Response:
        return problem(error.code, retry_after=error.retry_after)

    @api.exception_handler(Forbidden)
    async def forbidden(request: Request, error: Forbidden) -> Response:
        return problem("FORBIDDEN")

    @api.exception_handler(OfficeError)
    async def refused(request: Request, error: OfficeError) -> Response:
        return of_office(error)

    @api.exception_handler(DomainError)
    async def broken(request: Request, error: DomainError) -> Response:
        return of_office(from_domain(error))

    @api.exception_handler(RequestValidationError)
    async def wrong(request: Request, error: RequestValidationError) -> Response:
        return of_input(error)

    @api.exception_handler(DBAPIError)
    @api.exception_handler(OSError)
    async def outage(request: Request, error: Exception) -> Response:
        return of_office(database_down())

    @api.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> Response:
        code = _STATUS_CODES.get(error.status_code, "UNREADABLE")
        return problem(code, headers=error.headers)

    @api.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        return problem("FAULT")
