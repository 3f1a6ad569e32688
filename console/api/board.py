"""The supervisors' board over the programming interface: figures, whose days, bulletins.

Numbers and rules are those of `console.web.board`, `board_days` and `board_bulletins`.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
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
    DaysUsed,
    OfficeFigures,
    Preview,
    Series,
    State,
    UsedDays,
)
from console.api.calling import Calling
from console.api.once import Changing, once
from console.api.shapes import CHANGES, READS, Word
from console.errors import from_domain
from console.web.board import chart_of
from console.web.board_bulletins import period_asked, room_of
from console.web.board_days import By, split_of
from console.web.board_figures import SOON, figures
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


@router.get("/board/days", responses={**READS}, summary="责任划分")
async def read_board_days(
    call: Calling,
    by: Annotated[By, Query(description="按机构、事项或者月份")] = By.OFFICE,
    from_: Annotated[
        date | None, Query(alias="from", description="从哪一天起；不写为截止日前30天")
    ] = None,
    to: Annotated[date | None, Query(description="到哪一天止；不写为今天")] = None,
) -> DaysUsed:
    """用了谁的时间，和日历上应有的天数；两者相符。"""
    found = await split_of(call.visit, by, from_, to)
    return DaysUsed.model_validate(
        {**found.answer.told(), "by": by.value, "used": found.lines}
        | {"from_day": found.answer.from_day, "to_day": found.answer.to_day}
    )


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
