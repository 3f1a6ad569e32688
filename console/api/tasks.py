"""Tasks over the programming interface: lists, one task, claiming, deciding, opinions.

What is asked here goes through the same functions as the pages `console.web.tasks`, `bulk` and
`signing`.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import Response

from console.api.calling import Call, Calling
from console.api.decision_schema import decision_schema
from console.api.once import Changing, once
from console.api.shapes import CHANGES, READS, Receipt
from console.api.task_models import (
    Assignment,
    Decision,
    OneAnswer,
    Reason,
    Several,
    SeveralAnswers,
    TaskShown,
    Way,
)
from console.errors import OfficeCode, OfficeError
from console.looking import Record
from console.problems import pointer_of
from console.sending import earlier
from console.web import task_page
from console.web.acting import office_under
from console.web.bulk import SIDE_BY_SIDE, check_choice, hold_one, holding_post
from console.web.context import Forbidden
from console.web.deciding import FIELD_OF, Typed
from console.web.signing import asked_on
from console.web.task_decision import obstacles, send
from contracts.commands import REJECTIONS, CommandReceipt, RejectionCode, Verb
from domain.permissions import Permission
from domain.task_table import TASKS
from domain.tasks import TaskStatus

router = APIRouter(tags=["待办"])
TASK = "/tasks/{case_no}/{kind}/{number}"
CaseNo = Annotated[str, Path(pattern=r"^[0-9]{22}$", description="办件编号")]
Kind = Annotated[str, Path(pattern=r"^[A-Z_]{1,60}$", description="待办种类")]
Nth = Annotated[str, Path(pattern=r"^[0-9A-Za-z_-]{1,40}$", description="第几次")]


@router.get(TASK, responses={**READS}, summary="一项待办")
async def read_task(call: Calling, case_no: CaseNo, kind: Kind, number: Nth) -> TaskShown:
    """待办的内容；能办理、分派或者被征求意见的，含当事人姓名和证件号码，查看按用途登记。"""
    call.need(Permission.READ)
    visit = call.visit
    task, case = await task_page.load(visit, f"{case_no}/{kind}/{number}")
    stands = task_page.standing(visit, task, case)
    asked = await asked_on(visit, task)
    need = task_page.needs_people(visit, task, stands, asked["signatures"])
    seen = await task_page.seen(visit, task, case, need)
    open_ = task["status"] == TaskStatus.OPEN
    return TaskShown(
        **{
            **{name: task.get(name) for name in TaskShown.model_fields},
            "matter_name": case["matter_name"],
            "stage": case["stage"],
            "basis": TASKS[task["kind"]].basis,
            "may_decide": open_ and stands.post is not None and not stands.obstacle,
            "obstacle": stands.obstacle,
            "waiting": list(asked["waiting"]),
            "ways": [_way(one, case) for one in task_page.ways(task, case)] if open_ else [],
            "findings": seen["findings"],
            "named": seen["named"],
            "persons": seen["persons"],
            "application": [
                {"label": label, "value": value} for label, value, _ in seen["application"]
            ],
            "service": [{"label": label, "value": value} for label, value, _ in seen["service"]],
            "documents": seen["documents"],
            "notes": seen["notes"],
            "opinions": asked["signatures"],
            "colleagues": [code for code, _ in await task_page.colleagues(visit, task, case)],
        }
    )


def _way(one: task_page.Way, case: Record) -> Way:
    return Way(
        outcome=one.spec.code,
        label=one.spec.label,
        effect=one.effect,
        reasons=[Reason(code=code, label=label) for code, label in one.reasons],
        schema=decision_schema(one.spec, [person["number"] for person in case["persons"]]),
    )


@router.post(TASK + "/decide", responses={**CHANGES}, summary="办理待办", response_model=Receipt)
async def decide_task(
    change: Changing, case_no: CaseNo, kind: Kind, number: Nth, body: Decision
) -> Response:
    """作出一种办理结果；可选的结果和各自须填的内容见该待办的 ways。"""

    async def work() -> CommandReceipt:
        visit = change.call.visit
        task, case = await _task(change.call, f"{case_no}/{kind}/{number}")
        typed = Typed(
            outcome=body.outcome,
            reason=body.reason.strip(),
            reason_code=body.reason_code,
            return_to=body.return_to,
            defects=tuple(body.defects),
            remedy=body.remedy.strip(),
            evidence=body.evidence.strip(),
            persons=tuple(body.persons),
            counted=tuple((code, str(count)) for code, count in body.counted.items()),
        )
        if (done := await earlier(visit.house.office, change.command_id)) is not None:
            return done
        if task["status"] != TaskStatus.OPEN:
            raise OfficeError(RejectionCode.TASK_NOT_OPEN, REJECTIONS[RejectionCode.TASK_NOT_OPEN])
        if TASKS[task["kind"]].outcome(typed.outcome) is None:
            raise OfficeError(
                RejectionCode.UNKNOWN_OUTCOME, "该待办没有这种办理结果；请从 ways 中选择。"
            )
        change.call.need_approver(TASKS[task["kind"]].role)
        post = await obstacles(visit, task, case, typed)
        if typed.errors or post is None:
            raise _obstacle(typed)
        try:
            return await send(visit, post, task, typed, change.command_id)
        except OfficeError as error:
            if error.code in FIELD_OF:
                error.fields[FIELD_OF[RejectionCode(error.code)]] = error.message
            raise

    return await once(change, work)


def _obstacle(typed: Typed) -> OfficeError:
    """What is in the way: of the whole decision, or of single fields."""
    whole = typed.errors.pop("form", "")
    if whole and not typed.errors:
        return OfficeError(RejectionCode.NOT_NOW, whole)
    named = "；".join(f"{pointer_of([field])} {words}" for field, words in typed.errors.items())
    return OfficeError(
        OfficeCode.WRONG_FIELD, whole or f"办理内容有误：{named}", fields=dict(typed.errors)
    )


@router.post(TASK + "/claim", responses={**CHANGES}, summary="认领", response_model=Receipt)
async def claim_task(change: Changing, case_no: CaseNo, kind: Kind, number: Nth) -> Response:
    """认领本机构、本岗位的待办。"""
    return await _held(change, f"{case_no}/{kind}/{number}", Verb.CLAIM)


@router.post(TASK + "/release", responses={**CHANGES}, summary="退领", response_model=Receipt)
async def release_task(change: Changing, case_no: CaseNo, kind: Kind, number: Nth) -> Response:
    """退领自己认领的待办；他人的由有分派权的岗位退领。"""
    return await _held(change, f"{case_no}/{kind}/{number}", Verb.RELEASE)


@router.post(TASK + "/assign", responses={**CHANGES}, summary="分派", response_model=Receipt)
async def assign_task(
    change: Changing, case_no: CaseNo, kind: Kind, number: Nth, body: Assignment
) -> Response:
    """分派给本机构的一位同事，理由记入登记。"""
    return await _held(change, f"{case_no}/{kind}/{number}", Verb.ASSIGN, body)


@router.post(
    "/tasks/bulk", responses={**CHANGES}, summary="批量处理", response_model=SeveralAnswers
)
async def change_tasks(change: Changing, body: Several) -> Response:
    """一次认领、退领或者分派多项待办；逐项告知结果。"""

    async def work() -> SeveralAnswers:
        visit = change.call.visit
        change.call.need(Permission.READ)
        chosen = list(dict.fromkeys(body.tasks))
        verb = body.do if body.do in (Verb.CLAIM, Verb.RELEASE, Verb.ASSIGN) else None
        check_choice(visit, verb, chosen, body.assignee, body.reason)
        assert verb is not None
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(task_id: str) -> OneAnswer:
            async with gate:
                told = await hold_one(
                    visit, verb, task_id, change.command_id, body.assignee, body.reason.strip()
                )
            return OneAnswer(task_id=task_id, state=told.state, detail=told.words)

        return SeveralAnswers(results=await asyncio.gather(*(one(each) for each in chosen)))

    return await once(change, work)


async def _held(
    change: Changing, task_id: str, verb: Verb, body: Assignment | None = None
) -> Response:
    async def work() -> CommandReceipt:
        visit = change.call.visit
        task, _ = await _task(change.call, task_id)
        post = holding_post(visit, verb, task)
        if post is None:
            raise Forbidden(verb)
        return await office_under(visit, post).hold(
            task_id,
            verb,
            clerk=post.code,
            assignee=body.assignee if body else None,
            reason=body.reason.strip() if body else "",
            command_id=change.command_id,
        )

    return await once(change, work)


async def _task(call: Call, task_id: str) -> tuple[Record, Record]:
    call.need(Permission.READ)
    return await task_page.load(call.visit, task_id)
