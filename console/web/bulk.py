"""Claim, release or hand out several tasks at once; each has its own answer.

The id of a form covers every item in it: sent twice, each item is done once and answered alike.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from console.errors import OfficeCode, OfficeError
from console.texts import check_texts
from console.web.acting import command_of, office_under
from console.web.context import Visit, Visiting
from contracts.commands import LABELS, Verb
from domain.offices import Role
from domain.permissions import Permission, Post
from storage import views

router = APIRouter(include_in_schema=False)

#: A page's worth and some more.
_MOST = 100
#: Running cases are asked side by side, but never so many that others wait for the database.
SIDE_BY_SIDE = 4
_VERBS = {"CLAIM": Verb.CLAIM, "RELEASE": Verb.RELEASE, "ASSIGN": Verb.ASSIGN}
_NEEDED = {
    Verb.CLAIM: Permission.CLAIM,
    Verb.RELEASE: Permission.RELEASE,
    Verb.ASSIGN: Permission.ASSIGN,
}
_ORDER = ("refused", "saved", "done")
_NOT_YOURS = "您的岗位不能这样处理这一项；请交由具有相应岗位的同事办理。"
_NOT_SEEN = "没有这项待办，或您的机构无权查看；请刷新列表。"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one item."""

    task_id: str
    title: str
    state: str  # done, saved (sent later by itself), refused
    words: str


@router.post("/worklist/bulk")
async def bulk(
    visit: Visiting,
    command_id: Annotated[str, Form()],
    do: Annotated[str, Form()] = "",
    task: Annotated[list[str] | None, Form()] = None,
    assignee: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/worklist",
) -> Response:
    """Do it to every item chosen and say what became of each."""
    visit.need(Permission.READ)
    verb = _VERBS.get(do)
    chosen = list(dict.fromkeys(task or ()))
    check_choice(visit, verb, chosen, assignee, reason)
    assert verb is not None
    form_id = command_of(command_id)
    gate = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(task_id: str) -> Answer:
        async with gate:
            return await hold_one(visit, verb, task_id, form_id, assignee, reason.strip())

    answers = await asyncio.gather(*(one(task_id) for task_id in chosen))
    return visit.page(
        "bulk.html.j2",
        title=f"批量{LABELS[verb]}",
        answers=sorted(answers, key=lambda answer: _ORDER.index(answer.state)),
        numbers={state: sum(one.state == state for one in answers) for state in _ORDER},
        back=back if back.startswith("/worklist") else "/worklist",
    )


def check_choice(
    visit: Visit, verb: Verb | None, chosen: list[str], assignee: str, reason: str
) -> None:
    """What is wrong with the form as a whole; nothing has been done then."""
    if verb is None or not chosen:
        raise OfficeError(OfficeCode.WRONG_FIELD, "没有选中任何待办；请返回列表勾选后再操作。")
    if len(chosen) > _MOST:
        raise OfficeError(OfficeCode.WRONG_FIELD, f"一次最多处理 {_MOST} 项；请分几次办理。")
    if verb is Verb.ASSIGN and not (assignee and reason.strip()):
        raise OfficeError(OfficeCode.MISSING_TEXT, "分派须选定同事并写明理由；请返回补充后再提交。")
    limit = visit.house.office.catalog.policy(
        "text.max_chars", visit.house.office.locality, on=visit.today
    ).as_number()
    check_texts({"reason": reason}, limit)


async def hold_one(
    visit: Visit, verb: Verb, task_id: str, form_id: str, assignee: str, reason: str
) -> Answer:
    """Do it to one item under the form's id, and say what became of it."""
    readable = visit.person.offices(Permission.READ)
    office = visit.house.office
    found = await office.read(lambda connection: views.task(connection, task_id, readable))
    if found is None:
        return Answer(task_id, "", "refused", _NOT_SEEN)
    post = holding_post(visit, verb, found)
    if post is None:
        return Answer(task_id, found["title"], "refused", _NOT_YOURS)
    try:
        await office_under(visit, post).hold(
            task_id,
            verb,
            clerk=post.code,
            assignee=assignee if verb is Verb.ASSIGN else None,
            reason=reason if verb is Verb.ASSIGN else "",
            command_id=item_command(form_id, task_id),
        )
    except OfficeError as error:
        state = "saved" if error.code == OfficeCode.PENDING else "refused"
        return Answer(task_id, found["title"], state, error.message)
    return Answer(task_id, found["title"], "done", f"已{LABELS[verb]}")


def holding_post(visit: Visit, verb: Verb, task: dict[str, Any]) -> Post | None:
    """Under which post: one's own role for a claim; another's task is taken back by ASSIGN."""
    permission, person = _NEEDED[verb], visit.person
    if verb is Verb.CLAIM:
        return person.post(permission, task["office"], role=Role(task["role"]))
    if verb is Verb.RELEASE:
        if task["assignee"] in person.codes:
            holder = task["assignee"]
            return next(
                (
                    post
                    for post in person.posts
                    if post.code == holder and post.office == task["office"]
                ),
                None,
            )
        permission = Permission.ASSIGN
    return person.post(permission, task["office"])


def item_command(form_id: str, task_id: str) -> str:
    """The command of one item of a form: the same whenever that form is sent."""
    return f"{form_id}-{hashlib.sha256(task_id.encode()).hexdigest()[:16]}"
