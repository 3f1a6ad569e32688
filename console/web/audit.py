"""The auditors' page: who read what and who did what, by person, case and day; also as a file.

What is shown are staff numbers, case numbers and codes; who takes the file away is noted as well.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from console.web.context import Visit, Visiting
from contracts.commands import LABELS
from domain.calendar import SHANGHAI
from domain.offices import Role
from domain.permissions import GRANTS, Permission, PostKind
from storage import audit
from storage.audit import AuditQuestion, Trail
from storage.people import log_access

router = APIRouter(include_in_schema=False)

#: A file that a spreadsheet still opens; more is asked for by days.
_FILE_ROWS = 10_000
TRAIL_LABELS = {
    Trail.READS: "查阅记录",
    Trail.ACTS: "办理记录",
    Trail.POSTS: "岗位变动",
    Trail.KEYS: "密钥",
}
_STATUS = {"DONE": "已生效", "REJECTED": "被拒绝", "PENDING": "待生效"}
_READ = {
    "search.name": "按姓名查找",
    "search.identity": "按身份号码查找",
    "persons": "查看当事人",
    "audit.export.reads": "导出查阅记录",
    "audit.export.acts": "导出办理记录",
    "audit.export.posts": "导出岗位变动",
    "audit.export.keys": "导出密钥记录",
}
_HEADS = ("时间", "工号", "办件", "做了什么", "用途或结果")


@dataclass(frozen=True, slots=True)
class AuditChoice:
    """What was asked for, as it stands in the address."""

    trail: Trail
    given: dict[str, str]

    @classmethod
    def of(cls, visit: Visit) -> AuditChoice:
        """Of an address; what means nothing is left out."""
        query = visit.request.query_params
        trail = next((one for one in Trail if one == query.get("trail")), Trail.READS)
        names = ("actor", "case", "first", "last")
        given = {name: query[name].strip()[:40] for name in names if query.get(name, "").strip()}
        given = {name: value for name, value in given.items() if value.isprintable()}
        for name in ("first", "last"):
            if name in given and _day(given[name]) is None:
                del given[name]
        return cls(trail, given)

    def question(self, after: str = "") -> AuditQuestion:
        """What the register is asked."""
        given = self.given
        return AuditQuestion(
            trail=self.trail,
            actor=given.get("actor"),
            case_no=given.get("case"),
            first=_day(given.get("first", "")),
            last=_day(given.get("last", "")),
            after=place_after(after),
        )

    def address(self, path: str = "/audit", after: str = "") -> str:
        """The address of this page."""
        asked = {"trail": self.trail.value, **self.given, **({"after": after} if after else {})}
        return f"{path}?{urlencode(asked)}"


@router.get("/audit")
async def look(visit: Visiting, after: str = "") -> Response:
    """One page of one trail."""
    visit.need(Permission.AUDIT)
    choice = AuditChoice.of(visit)
    asked = choice.question(after)
    rows = await visit.house.office.read(lambda connection: audit.page(connection, asked))
    shown, more = rows[: asked.limit], len(rows) > asked.limit
    last = f"{shown[-1]['at'].isoformat()}|{shown[-1]['row_id']}" if more else ""
    return visit.page(
        "audit.html.j2",
        title="审计",
        choice=choice,
        trails=TRAIL_LABELS,
        heads=_HEADS,
        rows=[in_words(row) for row in shown],
        next=choice.address(after=last) if more else None,
        first_page=not after,
        may_export=visit.person.may(Permission.EXPORT),
        most=_FILE_ROWS,
    )


@router.get("/audit/export")
async def export(visit: Visiting) -> Response:
    """The same as a file; taking it is noted."""
    return await audit_file(visit, AuditChoice.of(visit).question())


async def audit_file(visit: Visit, question: AuditQuestion) -> Response:
    """One trail as text for a spreadsheet, for who may take it away; on record."""
    visit.need(Permission.AUDIT)
    visit.need(Permission.EXPORT)
    asked = replace(question, limit=_FILE_ROWS)
    rows = await visit.house.office.read(lambda connection: audit.page(connection, asked))
    async with visit.house.office.database.write() as connection:
        what = f"audit.export.{asked.trail.value}"
        await log_access(connection, "-", auditor(visit), what, visit.noted("监督检查或审计"))
    name = f"audit-{asked.trail.value}-{visit.today.isoformat()}.csv"
    return StreamingResponse(
        _lines(rows[:_FILE_ROWS]),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def auditor(visit: Visit) -> str:
    """The staff number under which somebody audits."""
    return min(
        post.code
        for post in visit.person.posts
        if any(Permission.AUDIT in GRANTS[role] for role in post.roles)
    )


def in_words(row: dict[str, Any]) -> dict[str, Any]:
    """A row in words."""
    if "assignee" in row:
        verb = next((label for verb, label in LABELS.items() if verb == row["what"]), row["what"])
        of = [row["task_id"], row["outcome"], row["assignee"] and f"→ {row['assignee']}"]
        what = " ".join([verb, *(one for one in of if one)])
        words = _STATUS.get(row["words"], row["words"])
        return {**row, "what": what, "words": f"{words} {row['via']}" if row["via"] else words}
    if "expires_at" in row:
        done = "签发密钥" if row["what"] == "ISSUED" else "停用密钥"
        until = row["expires_at"].astimezone(SHANGHAI).date().isoformat()
        words = f"key:{row['number']} {row['code']} {row['office']} {until} {row['name']}"
        return {**row, "what": done, "words": words}
    if "roles" in row:
        done = "安排岗位" if row["what"] == "GRANTED" else "结束岗位"
        roles = "、".join(Role(role).label for role in row["roles"])
        words = f"{row['code']} {PostKind(row['kind']).label} {row['office']} {roles}"
        return {**row, "what": done, "words": words}
    return {**row, "what": _READ.get(row["what"], row["what"])}


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    # The mark makes spreadsheets read the file as what it is.
    yield "\ufeff" + _line(_HEADS)
    for row in map(in_words, rows):
        cells = [row[key] for key in ("actor", "case_no", "what", "words")]
        yield _line([row["at"].isoformat(), *cells])


def _line(cells: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(_harmless(str(cell)) for cell in cells)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet must not take a cell for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") and cell != "-" else cell


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def place_after(text: str) -> tuple[datetime, str] | None:
    """The row after which a page goes on; None for what is none."""
    moment, mark, row = text.partition("|")
    try:
        return (datetime.fromisoformat(moment), row) if mark and row.isprintable() else None
    except ValueError:
        return None
