"""会签, 或签 and 委派 over the programming interface: asking, answering, taking back.

The rules are those of `console.web.signing`.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from console.api.once import Changing, once
from console.api.shapes import CHANGES, Done, Number
from console.api.task_models import OpinionGiven, Question
from console.api.tasks import TASK, CaseNo, Kind, Nth
from console.web.signing import ask_colleague, give_answer
from domain.permissions import Permission

router = APIRouter(tags=["待办"])


@router.post(TASK + "/opinions", responses={**CHANGES}, summary="征求意见", response_model=Done)
async def ask_opinion(
    change: Changing, case_no: CaseNo, kind: Kind, number: Nth, body: Question
) -> Response:
    """办结前征求本机构一位同事的意见（会签、或签、委派）。"""

    async def work() -> Done:
        change.call.need(Permission.READ)
        await ask_colleague(
            change.call.visit,
            f"{case_no}/{kind}/{number}",
            signer=body.signer,
            mode=body.mode.value,
            question=body.question,
        )
        return Done()

    return await once(change, work)


@router.post(
    TASK + "/opinions/{opinion}/answer",
    responses={**CHANGES},
    summary="答复意见",
    response_model=Done,
)
async def answer_opinion(
    change: Changing, case_no: CaseNo, kind: Kind, number: Nth, opinion: Number, body: OpinionGiven
) -> Response:
    """答复向自己征求的意见；不同意的须写明。"""

    async def work() -> Done:
        change.call.need(Permission.READ)
        task_id = f"{case_no}/{kind}/{number}"
        await give_answer(change.call.visit, task_id, opinion, body.answer.value, body.text)
        return Done()

    return await once(change, work)


@router.post(
    TASK + "/opinions/{opinion}/withdraw",
    responses={**CHANGES},
    summary="撤回征求",
    response_model=Done,
)
async def withdraw_opinion(
    change: Changing, case_no: CaseNo, kind: Kind, number: Nth, opinion: Number
) -> Response:
    """撤回自己征求、还没有答复的意见。"""

    async def work() -> Done:
        change.call.need(Permission.READ)
        await give_answer(change.call.visit, f"{case_no}/{kind}/{number}", opinion, "WITHDRAW", "")
        return Done()

    return await once(change, work)
