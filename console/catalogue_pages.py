"""The public catalogue for halls and for people at home: a list to search, a guide per item, JSON.

Called by `console.app`. No login: everything here is published. No script, nothing loaded from
elsewhere; an item's page prints as a guide to take along.
"""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from activities.definitions import Definitions
from catalog.catalog import Catalog
from catalog.placing import Record
from console.catalogue_view import CatalogueView, Query, read_query
from domain.errors import DomainError
from storage.database import Database

_FOLDER = Path(__file__).parent / "catalogue"
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STYLE = (_FOLDER / "style.css").read_text(encoding="utf-8")
_HEADERS = {
    "Cache-Control": "public, max-age=60",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}
_OUTAGE = (DBAPIError, OSError)
_AWAY = "目录暂时不能查询；请稍后再试，或者向窗口咨询。"
_LABELS = {
    "audience": "服务对象",
    "mode": "业务模式",
    "organ": "主管部门",
    "stage": "阶段",
    "scenario": "场景",
}


def catalogue_doors(database: Database, catalog: Catalog, definitions: Definitions) -> list[Route]:
    """The routes under /catalogue and /api/catalogue."""
    view = CatalogueView(catalog, definitions)

    async def found_by(query: Query) -> Record:
        async with database.read() as connection:
            modes = await view.published_modes(connection)
        # A first search in pinyin takes a while: other callers are not kept waiting.
        return await asyncio.to_thread(view.listed, query, modes)

    async def listed(request: Request) -> Response:
        query = read_query(request.query_params)
        chosen = dict(query.filters)

        def link(page: int) -> str:
            asked = {"q": query.words, **chosen, "page": str(page) if page > 1 else ""}
            return f"/catalogue?{urlencode({k: v for k, v in asked.items() if v})}"

        try:
            found = await found_by(query)
        except _OUTAGE:
            return _page("missing.html.j2", 503, message=_AWAY, found=_here(view))
        return _page(
            "list.html.j2", found=found, query=query, chosen=chosen, labels=_LABELS, link=link
        )

    async def one(request: Request) -> Response:
        try:
            async with database.read() as connection:
                found = await view.item(connection, request.path_params["item"])
        except DomainError as error:
            return _page("missing.html.j2", 404, message=error.message, found=_here(view))
        except _OUTAGE:
            return _page("missing.html.j2", 503, message=_AWAY, found=_here(view))
        return _page("item.html.j2", item=found, found=_here(view))

    async def listed_data(request: Request) -> Response:
        try:
            return _json(await found_by(read_query(request.query_params)))
        except _OUTAGE:
            return _json({"code": "UNAVAILABLE", "message": _AWAY}, 503)

    async def one_data(request: Request) -> Response:
        try:
            async with database.read() as connection:
                return _json(await view.item(connection, request.path_params["item"]))
        except DomainError as error:
            return _json({"code": error.code.value, "message": error.message}, 404)
        except _OUTAGE:
            return _json({"code": "UNAVAILABLE", "message": _AWAY}, 503)

    async def style(request: Request) -> Response:
        return Response(_STYLE, media_type="text/css", headers=_HEADERS)

    return [
        Route("/catalogue", listed),
        Route("/catalogue/style.css", style),
        Route("/catalogue/{item:str}", one),
        Route("/api/catalogue", listed_data),
        Route("/api/catalogue/{item:str}", one_data),
    ]


def _here(view: CatalogueView) -> dict[str, str]:
    return {"locality": view.locality, "name": view.catalog.locality(view.locality).name}


def _page(template: str, status: int = 200, **values: Any) -> Response:
    page = _ENVIRONMENT.get_template(template).render(**values)
    return HTMLResponse(page, status_code=status, headers=_headers(status))


def _json(data: Any, status: int = 200) -> Response:
    return Response(
        json.dumps(data, ensure_ascii=False, default=_plain),
        status_code=status,
        media_type="application/json",
        headers={**_headers(status), "Access-Control-Allow-Origin": "*"},
    )


def _headers(status: int) -> dict[str, str]:
    return _HEADERS if status == 200 else {**_HEADERS, "Cache-Control": "no-store"}


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON form of {type(value).__name__}")
