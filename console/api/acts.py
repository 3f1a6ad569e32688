"""What can be asked of a case as a whole, notes, following and corrections handed in.

The rules are those of `console.web.act_forms`; the running case says what it takes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi.responses import Response

from console.api.calling import Calling
from console.api.case_models import ActOffered, ActsOffered, CaseActAsked, FollowAsked, NoteAsked
from console.api.once import Changing, once
from console.api.papers import HandIn, parts_of
from console.api.shapes import CHANGES, READS, CaseNo, Done, Receipt
from console.errors import OfficeCode, OfficeError
from console.filing import FilingDesk
from console.web.act_forms import WHO, act_errors, post_of, put_to_office
from console.web.acting import office_under, post_for, text_errors
from console.web.case_acts import case_of, reader_of
from console.web.context import Forbidden
from console.web.effects import BASIS, case_effect
from contracts.commands import LABELS, CommandReceipt, Verb
from domain.permissions import Permission
from storage import desk_notes

router = APIRouter(tags=["办件事项"])

# Made from the table of the pages, so that both know the same acts; mypy wants members written out.
ActName = StrEnum("ActName", {verb.name: verb.value for verb in WHO})  # type: ignore[misc]


@router.get("/cases/{case_no}/acts", responses={**READS}, summary="现在可以办的事项")
async def list_case_acts(call: Calling, case_no: CaseNo) -> ActsOffered:
    """办件现在接受、您的岗位可以提出的事项。"""
    case = await case_of(call.visit, case_no)
    office = call.visit.house.office
    closed = case["closed_at"] is not None
    taken = frozenset[Verb]() if closed else await office.asked_now(case["workflow_id"])
    return ActsOffered(
        silent=taken is None,
        items=[
            ActOffered(act=verb, label=LABELS[verb], effect=case_effect(verb), basis=BASIS[verb])
            for verb in WHO
            if verb in (taken or ()) and post_of(call.visit, case, verb) is not None
        ],
    )


@router.post(
    "/cases/{case_no}/acts/{act}", responses={**CHANGES}, summary="提出事项", response_model=Receipt
)
async def ask_of_case(
    change: Changing,
    case_no: CaseNo,
    act: Annotated[ActName, InPath(description="事项代码")],
    body: CaseActAsked,
) -> Response:
    """中止、恢复、延长、撤销延期、撤回、登记死亡、更正身份、向对方核实、听证各步。"""

    async def work() -> CommandReceipt:
        visit = change.call.visit
        case = await case_of(visit, case_no)
        verb = Verb(act.value)
        change.call.need_approver(WHO[verb][1])
        post = post_of(visit, case, verb)
        if post is None:
            raise Forbidden(verb)
        typed = {
            name: str(value).strip()
            for name, value in body.model_dump().items()
            if value is not None
        }
        errors = act_errors(visit, verb, typed)
        if errors:
            raise OfficeError(
                OfficeCode.WRONG_FIELD,
                f"提出的内容有误：{''.join(errors.values())}",
                fields=errors,
            )
        return await put_to_office(visit, case, verb, post, typed, change.command_id)

    return await once(change, work)


@router.post(
    "/cases/{case_no}/notes",
    responses={**CHANGES},
    summary="备注或者催办",
    response_model=Done,
    status_code=201,
)
async def write_case_note(change: Changing, case_no: CaseNo, body: NoteAsked) -> Response:
    """给承办人的备注，或者催办。"""

    async def work() -> Done:
        visit = change.call.visit
        case = await case_of(visit, case_no)
        text = body.text.strip()
        errors = text_errors(visit, {"text": text})
        if not text and body.kind == "NOTE":
            errors["text"] = "请写明内容。"
        if errors:
            raise OfficeError(OfficeCode.WRONG_FIELD, "".join(errors.values()), fields=errors)
        by = reader_of(visit, case).code
        async with visit.house.office.database.write() as connection:
            await desk_notes.note(
                connection, case_no, kind=body.kind, by=by, text=text, at=datetime.now(UTC)
            )
            await change.keep(connection, Done().model_dump(), 201)
        return Done()

    return await once(change, work, status=201)


@router.post("/cases/{case_no}/follow", responses={**CHANGES}, summary="关注", response_model=Done)
async def follow_case(change: Changing, case_no: CaseNo, body: FollowAsked) -> Response:
    """关注办件，或者不再关注。"""

    async def work() -> Done:
        visit = change.call.visit
        await case_of(visit, case_no)
        account = visit.person.account
        async with visit.house.office.database.write() as connection:
            if body.follow:
                await desk_notes.follow(connection, account, case_no, datetime.now(UTC))
            else:
                await desk_notes.unfollow(connection, account, case_no)
        return Done()

    return await once(change, work)


@router.post(
    "/cases/{case_no}/hand-in",
    responses={**CHANGES},
    summary="提交补正材料",
    response_model=Receipt,
)
async def hand_in_papers(change: Changing, case_no: CaseNo, body: HandIn) -> Response:
    """一次补正通知所列的材料，一并提交。"""

    async def work() -> CommandReceipt:
        visit = change.call.visit
        case = await case_of(visit, case_no)
        post = post_for(visit, Permission.FILE, case["intake_office"])
        return await FilingDesk(office_under(visit, post)).hand_in(
            case_no,
            parts_of(body.documents, visit.house.office, visit.today),
            folder=Path("/nowhere"),
            actor=post.code,
            command_id=change.command_id,
        )

    return await once(change, work)
