"""Slips on paper: which ones a case can have now, and the PDF itself.

The room of slips draws them; each one is on record with its number and code (docs/slips.md).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from console.errors import OfficeCode, OfficeError
from console.slip_desk import SlipDesk, chosen, taking_part
from console.web.acting import office_under
from console.web.case_acts import case_of
from console.web.context import Forbidden, Visit, Visiting
from domain.permissions import Permission, Post
from slips.kinds import TITLES


def slip_pages(*, secret: bytes, check_at: str) -> APIRouter:
    """The pages; ``secret`` makes the codes, ``check_at`` says where to check one."""
    router = APIRouter(include_in_schema=False)

    @router.get("/cases/{case_no}/slips")
    async def offered(visit: Visiting, case_no: str) -> Response:
        case = await case_of(visit, case_no)
        post = _post(visit, taking_part(case))
        desk = SlipDesk(office_under(visit, post), secret=secret, check_at=check_at)
        offers = await desk.offers(case_no, clerk=post.code)
        return visit.page(
            "slips.html.j2",
            title="打印文书",
            case=case,
            offers=[(one.kind.value, one.subject, TITLES[one.kind], one.about) for one in offers],
        )

    @router.post("/cases/{case_no}/slips")
    async def paper(
        visit: Visiting,
        case_no: str,
        kind: Annotated[str, Form()],
        subject: Annotated[str, Form()] = "",
    ) -> Response:
        case = await case_of(visit, case_no)
        post = _post(visit, taking_part(case))
        desk = SlipDesk(office_under(visit, post), secret=secret, check_at=check_at)
        offers = await desk.offers(case_no, clerk=post.code)
        if not any(one.kind.value == kind for one in offers):
            raise OfficeError(OfficeCode.WRONG_FIELD, "现在不能出具这种文书；请刷新后重新选择。")
        made = await desk.issue(case_no, chosen(offers, kind, subject or None), clerk=post.code)
        name = f'inline; filename="{made.verification_code}.pdf"'
        return Response(
            made.pdf, media_type="application/pdf", headers={"Content-Disposition": name}
        )

    return router


def _post(visit: Visit, offices: set[str]) -> Post:
    """A working post at an office that takes part; a supervisor reads, and issues nothing."""
    for office in sorted(offices):
        post = visit.person.post(Permission.COMPLETE, office)
        if post is not None:
            return post
    raise Forbidden(Permission.COMPLETE)
