"""Drafts of applications over the programming interface: begun, kept, filed or thrown away.

They are those of the account that calls, as on the intake pages (`console.web.draft_room`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.responses import Response
from starlette.datastructures import FormData

from console.api.calling import Calling
from console.api.draft_models import (
    DraftBegun,
    DraftCard,
    DraftCards,
    DraftKept,
    DraftNumber,
    DraftShown,
)
from console.api.filing import FiledShown, shown
from console.api.once import Changing, once
from console.api.papers import parts_of
from console.api.shapes import CHANGES, READS, Done
from console.errors import OfficeCode, OfficeError
from console.web.context import Visit
from console.web.draft_room import (
    FiledMeanwhile,
    begin,
    change_papers,
    draft_of,
    file_draft,
    form_of,
    keep_content,
    keep_paper,
    tell,
)
from console.web.intake import matter_name
from console.web.intake_form import MatterForm
from console.web.intake_reading import read_content
from console.web.uploads import Upload
from domain.permissions import Permission
from storage import drafts

router = APIRouter(tags=["收件"])
DraftNo = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="草稿编号")]
_GONE = "草稿已经收件或者删去；请重新读取草稿列表。"


@router.get("/drafts", responses={**READS}, summary="收件草稿")
async def list_drafts(call: Calling) -> DraftCards:
    """调用者自己没有收件的草稿。"""
    call.need(Permission.FILE)
    office, account = call.visit.house.office, call.visit.person.account
    found = await office.read(lambda connection: drafts.of_account(connection, account))
    return DraftCards(items=[DraftCard(**_named(call.visit, one)) for one in found])


@router.post(
    "/drafts",
    responses={**CHANGES},
    summary="起草",
    response_model=DraftNumber,
    status_code=201,
)
async def begin_draft(change: Changing, body: DraftBegun) -> Response:
    """为一个事项起草；各栏见事项的申请表。"""

    async def work() -> DraftNumber:
        return DraftNumber(id=await begin(change.call.visit, body.matter))

    return await once(change, work, status=201)


@router.get("/drafts/{number}", responses={**READS}, summary="一份草稿")
async def read_draft(call: Calling, number: DraftNo) -> DraftShown:
    """草稿的全部内容，只有起草者可见。"""
    draft = await draft_of(call.visit, number)
    content: dict[str, Any] = draft["content"]
    lists = {name: content.get(name, []) for name in ("people", "items", "promised", "deferred")}
    return DraftShown.model_validate(
        {
            **_named(call.visit, draft),
            **lists,
            "fields": content.get("fields", {}),
            "documents": content.get("uploads", []),
        }
    )


@router.post(
    "/drafts/{number}/save", responses={**CHANGES}, summary="保存草稿", response_model=Done
)
async def save_draft(change: Changing, number: DraftNo, body: DraftKept) -> Response:
    """保存填写的内容，不论对错；收件时才核对。"""

    async def work() -> Done:
        visit = change.call.visit
        draft = await draft_of(visit, number)
        matter = await form_of(visit, draft["matter"])
        form = FormData(list(_typed(matter, body)))
        parts = parts_of(body.documents, visit.house.office, visit.today)
        if not await keep_content(visit, draft, read_content(form, matter)):
            raise OfficeError(OfficeCode.NOT_FOUND, _GONE)
        added = [
            await keep_paper(
                visit,
                Upload("", part["media_type"], part["content"]),
                part["type"],
                part["person"] or 0,
            )
            for part in parts
        ]
        await change_papers(visit, draft, added=added, removed=body.remove)
        return Done()

    return await once(change, work)


@router.post(
    "/drafts/{number}/check",
    responses={**CHANGES},
    summary="核对草稿",
    response_model=FiledShown,
)
async def check_draft(call: Calling, number: DraftNo) -> FiledShown:
    """指出全部问题，不收件。"""
    draft = await draft_of(call.visit, number)
    if draft["case_no"] is not None:
        raise OfficeError(OfficeCode.NOT_FOUND, _GONE)
    return shown(await file_draft(call.visit, draft, only_check=True))


@router.post(
    "/drafts/{number}/file",
    responses={**CHANGES},
    summary="草稿收件",
    response_model=FiledShown,
    status_code=201,
)
async def file_one_draft(change: Changing, number: DraftNo) -> Response:
    """登记收件并开始办理；一份草稿只收一件。"""

    async def work() -> FiledShown:
        visit = change.call.visit
        draft = await draft_of(visit, number)
        if draft["case_no"] is None:
            try:
                filed = await file_draft(visit, draft)
            except FiledMeanwhile:
                draft = await draft_of(visit, number)
            else:
                await tell(visit, draft, filed)
                return shown(filed)
        return FiledShown(case_no=draft["case_no"], findings=draft["findings"] or [])

    return await once(change, work, status=201)


@router.post(
    "/drafts/{number}/drop", responses={**CHANGES}, summary="删去草稿", response_model=Done
)
async def drop_draft(change: Changing, number: DraftNo) -> Response:
    """删去没有收件的草稿；没有的视为已删。"""

    async def work() -> Done:
        visit = change.call.visit
        change.call.need(Permission.FILE)
        async with visit.house.office.database.write() as connection:
            await drafts.drop(connection, number, visit.person.account)
        return Done()

    return await once(change, work)


def _named(visit: Visit, draft: dict[str, Any]) -> dict[str, Any]:
    return {**draft, "matter_name": matter_name(visit.house.office.catalog, draft["matter"])}


def _typed(matter: MatterForm, body: DraftKept) -> Iterator[tuple[str, str]]:
    """The body as the form in the browser would have sent it; OfficeError for unknown fields."""
    known = {one.name for one in matter.fields}
    wrong = {f"fields.{name}": "申请表没有这一栏" for name in body.fields if name not in known}
    if wrong:
        raise OfficeError(
            OfficeCode.WRONG_FIELD, "有的栏目申请表没有；请对照事项的申请表。", fields=wrong
        )
    yield from body.fields.items()
    for person in body.people:
        for part, value in person.model_dump().items():
            yield f"migrant.{part}", value
    for name, values in (
        ("item", body.items),
        ("promised", body.promised),
        ("deferred", body.deferred),
    ):
        for value in values:
            yield name, value
