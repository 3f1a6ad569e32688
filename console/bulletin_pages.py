"""The issued bulletins for supervisors: a list, and each as page, workbook, paper or data.

Called by `console.app`. Open to callers on this machine, and to others who bring the token of the
supervisors; a bulletin holds numbers and no person.
"""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bulletins.printing import MEDIA_TYPES, printed
from console.of_the_house import is_of_the_house
from domain.bulletins import BulletinKind
from storage import bulletins
from storage.database import Database

_LIST = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>已发布的通报</title>
<style>body{font:16px/1.7 sans-serif;max-width:860px;margin:2rem auto;padding:0 1rem;color:#1b2030}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:6px 10px;
border-bottom:1px solid #dce1ea}a{color:#1f5fa8}</style></head>
<body><main><h1>已发布的通报</h1>
{% if issued %}<table><thead><tr><th scope="col">编号</th><th scope="col">种类</th>
<th scope="col">期间</th><th scope="col">其他格式</th></tr></thead><tbody>
{% for one in issued %}<tr><th scope="row"><a href="bulletins/{{ one.number|urlencode }}.html">
{{ one.number }}</a></th><td>{{ label(one.kind) }}</td><td>{{ one.first_day }} 至 {{ one.last_day }}
</td><td>{% for format in ("pdf", "xlsx", "json") %}
<a href="bulletins/{{ one.number|urlencode }}.{{ format }}"
aria-label="{{ one.number }} {{ format }}">{{ format }}</a> {% endfor %}</td></tr>{% endfor %}
</tbody></table>{% else %}<p>还没有发布通报。</p>{% endif %}</main></body></html>"""
)


def bulletin_doors(database: Database, token: str | None) -> list[Route]:
    """The routes under /supervision."""

    async def listed(request: Request) -> Response:
        if not is_of_the_house(request, token):
            return _refused()
        async with database.read() as connection:
            issued = await bulletins.all_issued(connection)
        page = _LIST.render(issued=issued, label=lambda kind: BulletinKind(kind).label)
        return HTMLResponse(page)

    async def one(request: Request) -> Response:
        if not is_of_the_house(request, token):
            return _refused()
        number, _, format_ = request.path_params["name"].rpartition(".")
        async with database.read() as connection:
            found = await bulletins.by_number(connection, number)
        if found is None or format_ not in MEDIA_TYPES:
            return JSONResponse(
                {"code": "UNKNOWN_BULLETIN", "message": "没有这份通报；请从通报列表中选择。"},
                status_code=404,
            )
        # Setting a page takes a moment: other callers are not kept waiting.
        content = await asyncio.to_thread(printed, found.content, found.number, format_)
        name = quote(f"{number}.{format_}")
        headers = (
            {}
            if format_ == "html"
            else {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        )
        return Response(content, media_type=MEDIA_TYPES[format_], headers=headers)

    return [
        Route("/supervision/bulletins", listed),
        Route("/supervision/bulletins/{name:str}", one),
    ]


def _refused() -> Response:
    return JSONResponse(
        {
            "code": "NOT_ALLOWED",
            "message": "通报在本机查看，或配置 supervisor_token 后凭令牌查看。",
        },
        status_code=403,
    )
