"""The supervisors' board over the programming interface: figures, ladder and bulletins.

Numbers and rules are those of `console.web.board`, `board_rungs` and `board_bulletins`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from console.api.board_models import (
    PERIOD,
    Board,
    BoardTasks,
    Bulletin,
    BulletinAsked,
    BulletinCard,
    Bulletins,
    ChartName,
    ChartShown,
    OfficeFigures,
    Preview,
    RungAct,
    Rungs,
    RungShown,
    Series,
    State,
    UsedDays,
    Words,
)
from console.api.calling import Calling
from console.api.once import Changing, once
from console.api.shapes import CHANGES, READS, Word
from console.errors import from_domain
from console.supervising import SupervisionDesk
from console.web.board import chart_of
from console.web.board_bulletins import period_asked, room_of
from console.web.board_figures import SOON, figures
from console.web.board_rungs import rung_seen
from console.web.context import Forbidden
from domain.bulletins import BulletinKind
from domain.errors import DomainError
from domain.permissions import Permission
from storage import board as register

router = APIRouter(tags=["督办"])
_LISTED = 200
RungNo = Annotated[str, Path(pattern=r"^[^\x00-\x20/]{1,60}$", description="编号")]
Period = Annotated[str, Query(pattern=PERIOD, description="如 2026-11、2026-11-20")]


@router.get("/board", responses={**READS}, summary="看板")
async def read_board(call: Calling) -> Board:
    """各机构超期与临期、在办与逾期、用了谁的时间；只有数量。"""
    found = await figures(call.visit, datetime.now(UTC))
    return Board(
        as_of=found.as_of,
        offices=[OfficeFigures.model_validate(one) for one in found.offices],
        open_cases=found.cases["open"],
        overdue_cases=found.cases["overdue"],
        from_day=found.split.from_day,
        to_day=found.split.to_day,
        days_used=[UsedDays.model_validate(one) for one in found.split.used],
    )


@router.get("/board/charts/{name}", responses={**READS}, summary="图表的数字")
async def read_board_chart(
    call: Calling, name: Annotated[ChartName, Path(description="哪一张图")]
) -> ChartShown:
    """看板上一张图的数字：每个标签、每种颜色的值。"""
    found = await chart_of(call.visit, name.value)
    return ChartShown(
        title=found.title,
        unit=found.unit,
        labels=list(found.labels),
        series=[Series(name=word, values=list(values)) for word, values in found.series],
    )


@router.get("/board/tasks", responses={**READS}, summary="看板数字背后的待办")
async def list_board_tasks(
    call: Calling,
    state: Annotated[State, Query(description="哪一个数字")] = State.LATE,
    office: Annotated[Word, Query(description="机构代码；不写为全部")] = "",
) -> BoardTasks:
    """超期、今天到期、两天内到期或者全部在办。"""
    call.need(Permission.SUPERVISE, office or None)
    offices = [office] if office else sorted(call.visit.person.offices(Permission.SUPERVISE))
    today = call.visit.today
    rows = await call.visit.house.office.read(
        lambda connection: register.tasks_behind(
            connection, offices, state.value, today, today + SOON, limit=_LISTED
        )
    )
    return BoardTasks.model_validate({"items": rows})


@router.get("/rungs", responses={**READS}, summary="督办件")
async def list_rungs(
    call: Calling,
    open_only: Annotated[bool, Query(description="只看没有了结的")] = True,
    case_no: Annotated[str, Query(pattern=r"^([0-9]{22})?$", description="办件编号")] = "",
) -> Rungs:
    """发给您能查看的机构的督办件。"""
    call.need(Permission.READ)
    found = await SupervisionDesk(call.visit.house.office).rungs(
        open_only=open_only, case_no=case_no or None
    )
    offices = call.visit.person.offices(Permission.READ)
    return Rungs.model_validate({"items": [one for one in found if one["office"] in offices]})


@router.get("/rungs/{number}", responses={**READS}, summary="一件督办")
async def read_rung(call: Calling, number: RungNo) -> RungShown:
    """督办件和历次记录。"""
    return RungShown.model_validate(await rung_seen(call.visit, number))


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


@router.get("/bulletins", responses={**READS}, summary="办件通报")
async def list_bulletins(call: Calling) -> Bulletins:
    """已发布的日通报和月通报。"""
    call.need(Permission.SUPERVISE)
    return Bulletins.model_validate({"items": await room_of(call.visit).all_issued()})


@router.get("/bulletins/preview", responses={**READS}, summary="通报预览")
async def preview_bulletin(
    call: Calling,
    kind: Annotated[BulletinKind, Query(description="日通报或者月通报")],
    period: Period = "",
) -> Preview:
    """这一期现在会怎么写；不写期间的为最近一期。"""
    call.need(Permission.SUPERVISE)
    chosen = period_asked(call.visit, kind, period)
    content = await room_of(call.visit).preview(kind, chosen, datetime.now(UTC))
    return Preview(
        kind=kind, first_day=chosen.first, last_day=chosen.last, content=json.loads(_plain(content))
    )


@router.post(
    "/bulletins",
    responses={**CHANGES},
    summary="发布通报",
    response_model=BulletinCard,
    status_code=201,
)
async def issue_bulletin(change: Changing, body: BulletinAsked) -> Response:
    """每期只发布一次；重复发布得到同一份。"""

    async def work() -> BulletinCard:
        visit = change.call.visit
        change.call.need(Permission.SUPERVISE)
        chosen = period_asked(visit, body.kind, body.period)
        try:
            issued = await room_of(visit).issue(body.kind, chosen, datetime.now(UTC))
        except DomainError as error:
            raise from_domain(error) from error
        return BulletinCard.model_validate(issued)

    return await once(change, work, status=201)


@router.get("/bulletins/{number}", responses={**READS}, summary="一份通报")
async def read_bulletin(call: Calling, number: RungNo) -> Bulletin:
    """已发布的通报全文（数量）。"""
    call.need(Permission.SUPERVISE)
    call.need(Permission.EXPORT)
    found = await room_of(call.visit).by_number(number)
    card = BulletinCard.model_validate(found).model_dump()
    return Bulletin(**card, content=json.loads(found.content))


def _plain(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, default=str)
