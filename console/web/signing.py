"""会签, 或签 and 委派 on a task: asking colleagues, answering, taking a question back.

The form that asks is a part of the task's page (`console.web.tasks`), answers come here;
`console.opinions` refuses a decision while an answer is still waited for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeCode, OfficeError
from console.looking import Record
from console.opinions import waiting_on
from console.staff import sitting_at
from console.web import task_page
from console.web.acting import note_key, post_for, text_errors
from console.web.context import Visit, Visiting
from contracts.commands import REJECTIONS, RejectionCode
from domain.permissions import Permission
from domain.signing import Answer, SigningMode
from storage import desk_notes

router = APIRouter(include_in_schema=False)

_OPINIONS = (Answer.AGREE, Answer.DISAGREE)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it was typed, and by field what is wrong with it."""

    signer: str = ""
    mode: str = SigningMode.ALL.value
    question: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)


@router.post("/tasks/{task_id:path}/sign")
async def sign(
    visit: Visiting,
    task_id: str,
    number: Annotated[int, Form()],
    answer: Annotated[str, Form()],
    text: Annotated[str, Form()] = "",
) -> Response:
    """Answer what one was asked, or take one's own question back."""
    await give_answer(visit, task_id, number, answer, text)
    return RedirectResponse(f"/tasks/{task_id}#opinions", 303)


async def ask_colleague(
    visit: Visit, task_id: str, *, signer: str, mode: str, question: str
) -> None:
    """Ask once; OfficeError with the fields that are wrong, or where the task is closed."""
    task, _ = await task_page.load(visit, task_id)
    post = post_for(visit, Permission.REFER, task["office"])
    known = {code for code, _ in await people_at(visit, task["office"])}
    if task["status"] != "OPEN":
        raise OfficeError(RejectionCode.TASK_NOT_OPEN, REJECTIONS[RejectionCode.TASK_NOT_OPEN])
    wrong = text_errors(visit, {"question": question})
    if signer not in known:
        wrong["signer"] = "请选择同事。"
    if mode not in set(SigningMode):
        wrong["mode"] = "请选择征求的方式。"
    if wrong:
        raise OfficeError(OfficeCode.WRONG_FIELD, "".join(wrong.values()), fields=wrong)
    async with visit.house.office.database.write() as connection:
        before = await desk_notes.signatures(connection, task_id)
        if not any(one["signer"] == signer and one["answer"] is None for one in before):
            await desk_notes.ask_signature(
                connection,
                task_id,
                mode=mode,
                signer=signer,
                asked_by=post.code,
                question=question.strip(),
                at=datetime.now(UTC),
            )


async def give_answer(visit: Visit, task_id: str, number: int, answer: str, text: str) -> None:
    """Answer, or WITHDRAW a question; OfficeError for what was not asked of this person.

    A question is taken back by who asked it, or by who assigns tasks there: somebody who left must
    not hold up a case for good.
    """
    task, _ = await task_page.load(visit, task_id)
    now = datetime.now(UTC)
    for message in text_errors(visit, {"text": text}).values():
        raise OfficeError(OfficeCode.WRONG_FIELD, message)
    if answer == Answer.DISAGREE and not text.strip():
        raise OfficeError(OfficeCode.MISSING_TEXT, "不同意的须写明意见；请返回补充。")
    if answer != "WITHDRAW" and answer not in set(Answer):
        raise OfficeError(OfficeCode.WRONG_FIELD, "请选择同意或者不同意。")
    async with visit.house.office.database.write() as connection:
        asked = await desk_notes.signatures(connection, task_id)
        one = next((row for row in asked if row["id"] == number), None)
        own = one is not None and (
            one["asked_by"] in visit.person.codes
            or visit.person.post(Permission.ASSIGN, task["office"]) is not None
            if answer == "WITHDRAW"
            else one["signer"] in visit.person.codes
        )
        if one is None or not own:
            raise OfficeError(OfficeCode.WRONG_FIELD, "没有向您征求这项意见；请回到待办页面。")
        if answer == "WITHDRAW":
            done = await desk_notes.withdraw_signature(connection, number, one["asked_by"], now)
        else:
            done = await desk_notes.sign(
                connection, number, one["signer"], answer=answer, text=text.strip(), at=now
            )
        if done:
            case_no = str(task["case_no"])
            await note_key(visit, connection, case_no, one["signer"], "opinion", "答复意见")
    if not done:
        raise OfficeError(OfficeCode.BUSY, "这项意见已经答复或者撤回；请刷新待办页面。")


async def people_at(visit: Visit, office: str) -> list[tuple[str, str]]:
    """Everybody who has a desk at the office today, by staff number."""
    house = visit.house.office
    there = await house.read(
        lambda connection: sitting_at(
            connection, house.catalog, house.locality, [office], visit.today
        )
    )
    return [(code, code) for code in sorted({post.code for post in there})]


async def asked_on(visit: Visit, task: Record) -> dict[str, Any]:
    """What the task page shows of opinions, and whose answer is still waited for."""
    rows = await visit.house.office.read(
        lambda connection: desk_notes.signatures(connection, task["task_id"])
    )
    people = await people_at(visit, task["office"])
    waiting = waiting_on(rows)
    return {
        "waiting": waiting,
        "others": [one for one in people if one[0] not in visit.person.codes],
        "modes": [(one.value, one.label) for one in SigningMode],
        "mode_words": [(one.label, one.about) for one in SigningMode],
        "signatures": [
            {
                **one,
                "wanted": one["answer"] is None and one["signer"] in waiting,
                "mode_label": SigningMode(one["mode"]).label,
                "answer_label": Answer(one["answer"]).label if one["answer"] else "",
                "answers": [
                    (answer.value, answer.label)
                    for answer in (
                        (Answer.DONE,) if one["mode"] == SigningMode.DELEGATE else _OPINIONS
                    )
                ],
            }
            for one in rows
        ],
    }
