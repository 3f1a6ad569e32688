"""A case's documents in the browser: the policy is asked, the reading is logged, then it is shown.

What a browser might run is never handed to it as such: only images, PDF and plain text open in the
page, and everything else is saved.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from catalog.catalog import Catalog
from console.errors import OfficeCode, OfficeError
from console.web.case_reading import log_reading, may_see_persons, read_case
from console.web.context import Forbidden, Visit, Visiting
from console.web.paper_reading import Line, lines_of
from console.wording.finding_values import material_words
from domain.permissions import Permission
from storage.case_reading import Paper, document_of

router = APIRouter(include_in_schema=False)

_PURPOSE = "查看材料"
#: How much of a text is shown in the page; the whole can be saved.
_TEXT = 20_000
_SUFFIXES = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "application/json": ".json",
}
_INLINE = ("application/pdf", "image/png", "image/jpeg")


@router.get("/cases/{case_no}/documents/{digest}/preview")
async def preview(visit: Visiting, case_no: str, digest: str) -> Response:
    """The document inside a page: a picture, a PDF, or its text."""
    paper, family = await _opened(visit, case_no, digest)
    kind = _kind(paper.media_type)
    return visit.page(
        "case_document.html.j2",
        title="材料预览",
        case_no=case_no,
        digest=digest,
        name=material_words(paper.type, visit.house.office.catalog),
        kind=kind,
        text=_text(paper, kind),
        lines=_lines(paper, kind, visit.house.office.catalog, family),
    )


@router.get("/cases/{case_no}/documents/{digest}")
async def document(visit: Visiting, case_no: str, digest: str, save: bool = False) -> Response:
    """The bytes themselves."""
    paper = await paper_of(visit, case_no, digest)
    name = material_words(paper.type, visit.house.office.catalog)
    suffix = _SUFFIXES.get(_kind(paper.media_type), "")
    return handed_out(paper.content, paper.media_type, f"{name}{suffix}", save=save)


def handed_out(content: bytes, media_type: str, name: str, *, save: bool) -> Response:
    """The bytes of a paper under a name: shown where that is harmless, else saved."""
    kind = _kind(media_type)
    inline = kind in _INLINE and not save
    way = "inline" if inline else "attachment"
    return Response(
        content,
        media_type=kind if inline or kind in _SUFFIXES else "application/octet-stream",
        headers={"Content-Disposition": f"{way}; filename*=UTF-8''{quote(name)}"},
    )


async def paper_of(visit: Visit, case_no: str, digest: str) -> Paper:
    """The document, once its reading is on record; Forbidden, or OfficeError NOT_FOUND."""
    return (await _opened(visit, case_no, digest))[0]


async def _opened(visit: Visit, case_no: str, digest: str) -> tuple[Paper, str]:
    """The same, with the family of its case."""
    record = await read_case(visit, case_no)
    if not may_see_persons(visit, record):
        raise Forbidden(Permission.READ)
    office = visit.house.office
    found = await office.read(lambda connection: document_of(connection, case_no, digest))
    if found is None:
        raise OfficeError(OfficeCode.NOT_FOUND, "办件中没有这份材料；请返回办件页面重新选择。")
    await log_reading(visit, case_no, f"document:{found.type}", _PURPOSE)
    return found, record["family"]


def _kind(media_type: str) -> str:
    return media_type.split(";")[0].strip().lower()


def _lines(paper: Paper, kind: str, catalog: Catalog, family: str) -> list[Line]:
    """A structured paper field by field; none where it is something else."""
    if kind != "application/json":
        return []
    try:
        return lines_of(json.loads(paper.content), catalog, family)
    except (ValueError, RecursionError):
        return []


def _text(paper: Paper, kind: str) -> str | None:
    if kind == "application/json":
        try:
            return json.dumps(json.loads(paper.content), ensure_ascii=False, indent=2)[:_TEXT]
        except (ValueError, RecursionError):
            return None
    if kind == "text/plain":
        return paper.content.decode("utf-8", "replace")[:_TEXT]
    return None
