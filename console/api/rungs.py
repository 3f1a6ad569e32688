"""The ladder over the programming interface: rungs, what is recorded about one, its paper.

Rules are those of `console.web.rung_lists` and `console.web.board_rungs`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from console.api.board_models import RungAct, Rungs, RungShown, Words
from console.api.calling import Call, Calling
from console.api.lists import After, Limit
from console.api.once import Changing, once
from console.api.shapes import CHANGES, READS, Word, cursor_of, place_of
from console.api.slips import PDF, SlipIssued
from console.office import Office
from console.slip_desk import DeskOf, SlipDesk
from console.supervising import SupervisionDesk
from console.supervision_slips import issue_rung, paper_of_rung
from console.web.acting import office_under
from console.web.board_rungs import at_rung_desk, rung_seen
from console.web.context import Forbidden
from domain.permissions import Permission, Post
from domain.supervision import Rung
from storage.supervision_list import Listed

router = APIRouter(tags=["督办"])
RungNo = Annotated[str, Path(pattern=r"^[^\x00-\x20/]{1,60}$", description="编号")]


@router.get("/rungs", responses={**READS}, summary="督办件")
async def list_rungs(
    call: Calling,
    state: Annotated[
        Listed | None, Query(description="待答复、未了结或者全部；不写的看 open_only")
    ] = None,
    office: Annotated[Word, Query(description="机构代码；不写为您能查看的全部机构")] = "",
    rung: Annotated[Rung | None, Query(description="只要这一级")] = None,
    open_only: Annotated[bool, Query(description="只看没有了结的")] = True,
    case_no: Annotated[str, Query(pattern=r"^([0-9]{22})?$", description="办件编号")] = "",
    after: After = "",
    limit: Limit = 50,
) -> Rungs:
    """发给您能查看的机构的督办件，最新的在前。"""
    call.need(Permission.READ, office or None)
    readable = sorted(call.visit.person.offices(Permission.READ))
    found = await SupervisionDesk(call.visit.house.office).page(
        [office] if office else readable,
        listed=state or (Listed.OPEN if open_only else Listed.ALL),
        rung=rung.value if rung else None,
        case_no=case_no or None,
        limit=limit,
        after=place_of(after) if after else "",
    )
    return Rungs.model_validate(
        {"items": found.items, "next": cursor_of(found.next), "total": found.total}
    )


@router.get("/rungs/{number}", responses={**READS}, summary="一件督办")
async def read_rung(call: Calling, number: RungNo) -> RungShown:
    """督办件和历次记录。"""
    return RungShown.model_validate(await rung_seen(call.visit, number))


@router.post(
    "/rungs/{number}/slip",
    responses={**CHANGES},
    summary="出具督办文书",
    response_model=SlipIssued,
    status_code=201,
)
async def issue_rung_slip(change: Changing, number: RungNo) -> Response:
    """督办单、限期整改通知书、约谈通知书或者通报；同一件再次出具是同一份。"""

    async def work() -> SlipIssued:
        post, desk, office = await _at_desk(change.call, number)
        made = await issue_rung(desk, office, number, clerk=post.code)
        return SlipIssued.of(made)

    return await once(change, work, status=201)


@router.get(
    "/rungs/{number}/slip",
    summary="督办文书",
    response_class=Response,
    responses={**READS, 200: {"content": {PDF: {}}, "description": "文书（PDF）"}},
)
async def read_rung_slip(call: Calling, number: RungNo) -> Response:
    """已经出具的督办文书原件；每次取得都有记录。"""
    post, _, office = await _at_desk(call, number)
    code, pdf = await paper_of_rung(office, number, clerk=post.code)
    headers = {"Content-Disposition": f'attachment; filename="{code}.pdf"'}
    return Response(pdf, media_type=PDF, headers=headers)


@router.post(
    "/rungs/{number}/{act}", responses={**CHANGES}, summary="督办记录", response_model=RungShown
)
async def record_on_rung(
    change: Changing,
    number: RungNo,
    act: Annotated[RungAct, Path(description="答复、约谈或者销号")],
    body: Words,
) -> Response:
    """被督办机构答复，督办机构登记约谈或者销号。"""

    async def work() -> RungShown:
        visit = change.call.visit
        one = await rung_seen(visit, number)
        needed = Permission.COMPLETE if act is RungAct.REPLY else Permission.SUPERVISE
        post = visit.person.post(needed, one["office"])
        if post is None:
            raise Forbidden(needed)
        desk = SupervisionDesk(visit.house.office)
        record = {"reply": desk.reply, "interview": desk.interview, "close": desk.check}[act.value]
        done = await record(number, body.text, clerk=post.code, command_id=change.command_id)
        return RungShown.model_validate(done)

    return await once(change, work)


async def _at_desk(call: Call, number: str) -> tuple[Post, SlipDesk, Office]:
    desk_of: DeskOf = call.visit.request.app.state.slip_desk_of
    post, desk = await at_rung_desk(call.visit, number, desk_of)
    return post, desk, office_under(call.visit, post)
