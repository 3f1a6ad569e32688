"""Columns and saved filters of the lists over the programming interface.

They are those of the account that calls, as on the page (`console.web.list_keeping`).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import Field

from console.api.calling import Calling
from console.api.once import Changing, once
from console.api.shapes import CHANGES, READS, Asked, Done, Shown, Word
from console.errors import OfficeCode, OfficeError
from console.web.list_choice import Choice
from console.web.list_keeping import (
    NAME_CHARS,
    SAVED_MOST,
    drop_filter,
    keep_columns,
    kept_of,
    save_filter,
)
from console.web.list_views import LISTS
from domain.offices import Role
from domain.permissions import Permission
from storage.worklist_questions import Due, Sort, View

router = APIRouter(tags=["列表"])
ViewName = Annotated[View, Path(description="哪个列表")]
Name = Annotated[
    Word, Field(min_length=1, max_length=NAME_CHARS, pattern=r"\S", description="筛选的名称")
]


class ColumnShown(Shown):
    """A column of a list."""

    key: str
    label: str
    chosen: bool


class Filters(Asked):
    """What a saved filter keeps; what the list does not know is refused."""

    matter: Word = ""
    office: Word = ""
    role: Role | None = None
    due: Due | None = None
    assignee: Word = ""
    sort: Sort | None = None


class SavedFilter(Shown):
    """A filter under its name."""

    name: str
    filters: dict[str, str]


class ViewShown(Shown):
    """How this account sees a list."""

    view: View
    columns: list[ColumnShown]
    filters: list[SavedFilter]


class ColumnsChosen(Asked):
    """The columns to show; the list keeps its order."""

    columns: list[Word] = Field(max_length=20)


class FilterKept(Asked):
    """A filter to keep under a name; one of the same name is replaced."""

    name: Name
    filters: Filters


class FilterNamed(Asked):
    """A filter by its name."""

    name: Name


@router.get("/views/{view}", responses={**READS}, summary="列表的栏目和筛选")
async def read_view(call: Calling, view: ViewName) -> ViewShown:
    """调用者自己选定的栏目和保存的筛选。"""
    call.need(Permission.READ)
    kept = await kept_of(call.visit, view.value)
    own = kept.pop("", None)
    chosen = {one.key for one in LISTS[view].chosen(own["columns"] if own else None)}
    return ViewShown(
        view=view,
        columns=[
            ColumnShown(key=one.key, label=one.label, chosen=one.key in chosen)
            for one in LISTS[view].columns
        ],
        filters=[SavedFilter(name=name, filters=given) for name, given in kept.items()],
    )


@router.post(
    "/views/{view}/columns", responses={**CHANGES}, summary="选择栏目", response_model=Done
)
async def choose_view_columns(change: Changing, view: ViewName, body: ColumnsChosen) -> Response:
    """要显示的栏目；次序由列表决定。"""

    async def work() -> Done:
        change.call.need(Permission.READ)
        known = {one.key for one in LISTS[view].columns}
        wrong = {
            f"columns.{number}": "这个列表没有这一栏"
            for number, key in enumerate(body.columns)
            if key not in known
        }
        if wrong:
            raise OfficeError(
                OfficeCode.WRONG_FIELD, "有的栏目这个列表没有；请从列表的栏目中选择。", fields=wrong
            )
        await keep_columns(change.call.visit, Choice.of({"view": view.value}), body.columns)
        return Done()

    return await once(change, work)


@router.post(
    "/views/{view}/filters", responses={**CHANGES}, summary="保存筛选", response_model=Done
)
async def keep_view_filter(change: Changing, view: ViewName, body: FilterKept) -> Response:
    """以一个名称保存筛选；同名的被替换。"""

    async def work() -> Done:
        change.call.need(Permission.READ)
        given = {name: value for name, value in body.filters.model_dump().items() if value}
        wrong = {
            f"filters.{name}": "这个列表没有这种筛选"
            for name in given
            if name not in LISTS[view].filters
        }
        if wrong or not given:
            raise OfficeError(
                OfficeCode.WRONG_FIELD,
                "请至少选定一项这个列表有的筛选。",
                fields=wrong or {"filters": "没有填写"},
            )
        choice = Choice.of({**given, "view": view.value})
        if not await save_filter(change.call.visit, choice, body.name):
            raise OfficeError(
                OfficeCode.WRONG_FIELD,
                f"筛选没有保存：内容读不出来，或者已保存 {SAVED_MOST} 项；请先删去不用的。",
            )
        return Done()

    return await once(change, work)


@router.post(
    "/views/{view}/filters/drop", responses={**CHANGES}, summary="删去筛选", response_model=Done
)
async def drop_view_filter(change: Changing, view: ViewName, body: FilterNamed) -> Response:
    """删去保存的筛选；没有的视为已删。"""

    async def work() -> Done:
        change.call.need(Permission.READ)
        await drop_filter(change.call.visit, Choice.of({"view": view.value}), body.name)
        return Done()

    return await once(change, work)
