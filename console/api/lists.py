"""The lists of the console over the programming interface: tasks, waiting cases, parcels, counts.

Filters and order are those of `console.web.worklist`; a page ends where ``next`` says.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query

from console.api.calling import Call, Calling
from console.api.list_models import CasePage, ParcelPage
from console.api.shapes import READS, Word, cursor_of, place_of, wrong_cursor
from console.api.task_models import Counts, TaskPage
from console.web.list_choice import Choice
from domain.offices import Role
from domain.permissions import Permission
from storage import worklists
from storage.worklist_questions import Due, Question, Sort, View

router = APIRouter(tags=["列表"], responses={**READS})


class TaskView(StrEnum):
    """Lists of tasks."""

    MINE = "mine"
    OFFICE = "office"
    LATE = "late"
    AGAIN = "again"
    ASKED = "asked"
    DONE = "done"


class CaseView(StrEnum):
    """Lists of cases: those that wait for others, and those that the caller follows."""

    CORRECTION = "correction"
    WAITING = "waiting"
    FOLLOWED = "followed"


After = Annotated[
    str, Query(max_length=300, pattern=r"^[A-Za-z0-9_-]*$", description="上一页的 next")
]
Limit = Annotated[int, Query(ge=1, le=200, description="一页几项")]
Matter = Annotated[Word, Query(description="事项代码，或者名称中的字")]
Office = Annotated[Word, Query(description="机构代码")]
Counted = Annotated[bool, Query(description="是否同时给出共有几项")]


@router.get("/tasks", summary="待办列表")
async def list_tasks(
    call: Calling,
    view: Annotated[TaskView, Query(description="哪个列表")] = TaskView.OFFICE,
    matter: Matter = "",
    office: Office = "",
    role: Annotated[Role | None, Query(description="由什么岗位办理")] = None,
    due: Annotated[Due | None, Query(description="到期情况")] = None,
    assignee: Annotated[Word, Query(description="认领人工号；nobody 为无人认领")] = "",
    sort: Annotated[Sort | None, Query(description="顺序")] = None,
    after: After = "",
    limit: Limit = 50,
    count: Counted = False,
) -> TaskPage:
    """我的、本机构、超期、退回、等我答复、已办的待办。"""
    given = {
        "view": view.value,
        "matter": matter,
        "office": office,
        "assignee": assignee,
        "role": role.value if role else "",
        "due": due.value if due else "",
        "sort": sort.value if sort else "",
    }
    return TaskPage.model_validate(await _page(call, given, after, limit, count=count))


@router.get("/tasks/counts", summary="各列表的数量")
async def count_tasks(call: Calling) -> Counts:
    """每个列表共有几项；超过上限的为上限加一。"""
    call.need(Permission.READ)
    asked = Choice.of({}).question(call.visit)
    office = call.visit.house.office
    return Counts(counts=await office.read(lambda connection: worklists.counts(connection, asked)))


@router.get("/cases", summary="等待他人的办件")
async def list_cases(
    call: Calling,
    view: Annotated[
        CaseView, Query(description="等申请人补正、等对方地区，或者调用者关注的")
    ] = CaseView.WAITING,
    matter: Matter = "",
    office: Office = "",
    due: Annotated[Due | None, Query(description="到期情况")] = None,
    after: After = "",
    limit: Limit = 50,
    count: Counted = False,
) -> CasePage:
    """轮到申请人或者对方地区的办件，或者调用者关注的办件。"""
    given = {
        "view": view.value,
        "matter": matter,
        "office": office,
        "due": due.value if due else "",
    }
    return CasePage.model_validate(await _page(call, given, after, limit, count=count))


@router.get("/parcels", summary="在途寄递")
async def list_parcels(
    call: Calling,
    matter: Matter = "",
    office: Office = "",
    due: Annotated[Due | None, Query(description="到期情况")] = None,
    after: After = "",
    limit: Limit = 50,
    count: Counted = False,
) -> ParcelPage:
    """本机构寄出或者将收到、还没有了结的物料。"""
    given = {
        "view": View.PARCELS.value,
        "matter": matter,
        "office": office,
        "due": due.value if due else "",
    }
    return ParcelPage.model_validate(await _page(call, given, after, limit, count=count))


async def _page(
    call: Call, given: dict[str, str], after: str, limit: int, *, count: bool
) -> dict[str, Any]:
    call.need(Permission.READ)
    place = place_of(after) if after else ""
    asked: Question = Choice.of({**given, "after": place}).question(call.visit)
    if place and (asked.after is None or not _bearable(asked.after[0])):
        raise wrong_cursor()
    asked = replace(asked, limit=limit)
    async with call.visit.house.office.database.read() as connection:
        rows, last = await worklists.page(connection, asked)
        number = await worklists.count(connection, asked) if count else None
    return {"items": rows, "next": cursor_of(last), "count": number}


def _bearable(place: Any) -> bool:
    """Instants have a zone, and the register can hold them."""
    zoned = not hasattr(place, "tzinfo") or place.tzinfo is not None
    return zoned and (1900 < place.year < 2900 or place.year == 9999)
