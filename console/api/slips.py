"""Slips over the programming interface: what a case can have now, issuing one, its PDF.

Rules and papers are those of `console.web.printing`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import Field

from console.api.calling import Call, Calling
from console.api.once import Changing, once
from console.api.shapes import CHANGES, READS, Asked, CaseNo, Shown, Word
from console.slip_desk import DeskOf, Issue, SlipDesk
from console.web.printing import at_desk, hand_out
from domain.permissions import Post
from slips.kinds import TITLES, SlipKind
from storage.documents import digest_of

router = APIRouter(tags=["文书"])
PDF = "application/pdf"


class SlipOffer(Shown):
    """A slip that the case can have now."""

    kind: SlipKind
    title: str = Field(description="文书名称")
    subject: str = Field(description="同一种文书有几份时，是关于哪一项的")
    about: str


class SlipOffers(Shown):
    """Slips that the case can have now."""

    items: list[SlipOffer]


class SlipWanted(Asked):
    """Which slip."""

    kind: SlipKind
    subject: Word = Field(default="", description="见可以出具的文书；不写为最近的一项")


class SlipIssued(Shown):
    """An issued slip."""

    number: str = Field(description="文号")
    verification_code: str = Field(description="核验码，印在文书上")
    digest: str = Field(description="PDF 的 SHA-256，用来取得文书")
    again: bool = Field(description="以前已经出具，是同一份")

    @classmethod
    def of(cls, made: Issue) -> SlipIssued:
        """What is told of a paper that was just issued, or had been before."""
        return cls(
            number=made.number,
            verification_code=made.verification_code,
            digest=digest_of(made.pdf),
            again=made.again,
        )


@router.get("/cases/{case_no}/slips", responses={**READS}, summary="可以出具的文书")
async def list_case_slips(call: Calling, case_no: CaseNo) -> SlipOffers:
    """这件办件现在可以出具的法定文书。"""
    post, desk = await _at_desk(call, case_no)
    offers = await desk.offers(case_no, clerk=post.code)
    return SlipOffers(
        items=[
            SlipOffer(kind=one.kind, title=TITLES[one.kind], subject=one.subject, about=one.about)
            for one in offers
        ]
    )


@router.post(
    "/cases/{case_no}/slips",
    responses={**CHANGES},
    summary="出具文书",
    response_model=SlipIssued,
    status_code=201,
)
async def issue_case_slip(change: Changing, case_no: CaseNo, body: SlipWanted) -> Response:
    """登记文号和核验码；同样的内容再次出具是同一份。每次出具都有记录。"""

    async def work() -> SlipIssued:
        post, desk = await _at_desk(change.call, case_no)
        made = await hand_out(desk, post, case_no, body.kind.value, body.subject)
        return SlipIssued.of(made)

    return await once(change, work, status=201)


@router.get(
    "/cases/{case_no}/slips/{digest}",
    summary="一份文书",
    response_class=Response,
    responses={**READS, 200: {"content": {PDF: {}}, "description": "文书（PDF）"}},
)
async def read_case_slip(
    call: Calling,
    case_no: CaseNo,
    digest: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="PDF 的 SHA-256")],
) -> Response:
    """已经出具的文书原件；每次取得都有记录。"""
    post, desk = await _at_desk(call, case_no)
    code, pdf = await desk.paper(case_no, digest, clerk=post.code)
    headers = {"Content-Disposition": f'attachment; filename="{code}.pdf"'}
    return Response(pdf, media_type=PDF, headers=headers)


async def _at_desk(call: Call, case_no: str) -> tuple[Post, SlipDesk]:
    desk_of: DeskOf = call.visit.request.app.state.slip_desk_of
    _, post, desk = await at_desk(call.visit, case_no, desk_of)
    return post, desk
