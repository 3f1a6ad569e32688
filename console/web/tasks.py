"""One task in the browser: what is to be done, who holds it, and every way to decide it.

A form asks what the outcome asks; what was typed is never lost; a decision sent twice is one.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeCode, OfficeError
from console.sending import earlier
from console.web import task_page
from console.web.acting import command_of, new_command, office_under, post_for
from console.web.case_buttons import printing_post
from console.web.context import Visit, Visiting
from console.web.deciding import FIELD_OF, Typed, read, unsure
from console.web.due_words import due_words
from console.web.signing import Asking, ask_colleague, asked_on
from console.web.task_decision import obstacles, send
from console.web.task_news import router as task_news
from console.web.task_news import tag_of
from contracts.commands import RejectionCode, Verb
from domain.permissions import Permission
from domain.task_table import TASKS
from storage.case_reading import newest_event

router = APIRouter(include_in_schema=False)
router.include_router(task_news)  # before the page itself, whose address takes any ending

_OPEN = "OPEN"


@router.get("/tasks/{task_id:path}")
async def show(visit: Visiting, task_id: str) -> Response:
    """The task as it stands."""
    visit.need(Permission.READ)
    return await _page(visit, task_id, Typed())


@router.post("/tasks/{task_id:path}/decide")
async def decide(visit: Visiting, task_id: str) -> Response:
    """Decide it; on any refusal the form comes back as it was typed."""
    form = await visit.request.form()
    typed = read(form, grow=2 if "grow" in form else 0)
    if "grow" in form:
        return await _page(visit, task_id, typed, command_id=str(form.get("command_id", "")))
    command_id = command_of(str(form.get("command_id", "")))
    task, case = await task_page.load(visit, task_id)
    try:
        if await earlier(visit.house.office, command_id) is not None:
            return RedirectResponse(f"/tasks/{task_id}?done=true", 303)
    except OfficeError as error:
        return await _refused(visit, task_id, typed, command_id, error)
    if task["status"] != _OPEN:
        return await _page(visit, task_id, typed, stale=True)
    post = await obstacles(visit, task, case, typed)
    if not typed.errors and unsure(typed, TASKS[task["kind"]].by_code[typed.outcome]):
        typed.errors["sure"] = "这项办理之后不能撤回：请再核对一次，勾选后办理。"
    if typed.errors or post is None:
        return await _page(visit, task_id, typed)
    try:
        await send(visit, post, task, typed, command_id)
    except OfficeError as error:
        return await _refused(visit, task_id, typed, command_id, error)
    return RedirectResponse(f"/tasks/{task_id}?done=true", 303)


@router.post("/tasks/{task_id:path}/hold")
async def hold(
    visit: Visiting,
    task_id: str,
    verb: Annotated[str, Form()],
    command_id: Annotated[str, Form()],
    assignee: Annotated[str, Form()] = "",
) -> Response:
    """Claim, release or assign it."""
    task, _ = await task_page.load(visit, task_id)
    asked = {"claim": Verb.CLAIM, "release": Verb.RELEASE, "assign": Verb.ASSIGN}.get(verb)
    if asked is None or (asked is Verb.ASSIGN and not assignee):
        raise OfficeError(OfficeCode.WRONG_FIELD, "请选择要做什么，分派时请选择同事。")
    role = TASKS[task["kind"]].role if asked is Verb.CLAIM else None
    post = post_for(visit, Permission(asked.value), task["office"], role=role)
    if asked is Verb.RELEASE and task["assignee"] in visit.person.codes:
        own = [one for one in visit.person.posts if one.code == task["assignee"]]
        post = next((one for one in own if one.office == task["office"]), post)
    try:
        await office_under(visit, post).hold(
            task_id,
            asked,
            clerk=post.code,
            assignee=assignee if asked is Verb.ASSIGN else None,
            command_id=command_of(command_id),
        )
    except OfficeError as error:
        return await _refused(visit, task_id, Typed(), command_id, error)
    return RedirectResponse(f"/tasks/{task_id}", 303)


@router.post("/tasks/{task_id:path}/ask")
async def ask(
    visit: Visiting,
    task_id: str,
    signer: Annotated[str, Form()] = "",
    mode: Annotated[str, Form()] = "",
    question: Annotated[str, Form()] = "",
) -> Response:
    """Ask a colleague of the office before the task is decided; what is wrong is told there."""
    try:
        await ask_colleague(visit, task_id, signer=signer, mode=mode, question=question)
    except OfficeError as error:
        if error.code == RejectionCode.TASK_NOT_OPEN:
            return await _page(visit, task_id, Typed(), stale=True)
        if not error.fields:
            raise
        asking = Asking(signer, mode, question, error.fields)
        return await _page(visit, task_id, Typed(), asking=asking, status=422)
    return RedirectResponse(f"/tasks/{task_id}#opinions", 303)


async def _refused(
    visit: Visit, task_id: str, typed: Typed, command_id: str, error: OfficeError
) -> Response:
    """The page again, with the refusal where it belongs; the same where it was refused before."""
    field = FIELD_OF.get(RejectionCode(error.code)) if error.code in set(RejectionCode) else None
    typed.errors[field or "form"] = error.message
    pending = error.code == OfficeCode.PENDING
    status = {OfficeCode.UNAVAILABLE: 503, OfficeCode.PENDING: 202}.get(error.code, 409)  # type: ignore[call-overload]
    return await _page(
        visit, task_id, typed, command_id=command_id if pending else "", stale=True, status=status
    )


async def _page(
    visit: Visit,
    task_id: str,
    typed: Typed,
    *,
    command_id: str = "",
    stale: bool = False,
    asking: Asking | None = None,
    status: int = 200,
) -> Response:
    offices, case_no = visit.person.offices(Permission.READ), task_id.partition("/")[0]
    # Asked first: what happens while the page is drawn makes it old, never too new.
    newest = await visit.house.office.read(
        lambda connection: newest_event(connection, case_no, offices)
    )
    task, case = await task_page.load(visit, task_id)
    closed = task["status"] != _OPEN
    values: dict[str, Any] = {
        "task": task,
        "case": case,
        "typed": typed,
        "spec": TASKS[task["kind"]],
        "offices": visit.house.office.catalog.offices,
        "stale": stale and closed,
        "command_id": command_id or new_command(),
        "title": task["title"],
        "due": due_words(task["due_on"], visit.today, task["clock"]),
        "pulse": tag_of(task, newest),
    }
    if closed:
        return visit.page(
            "task_closed.html.j2",
            409 if stale else 200,
            **values,
            decided=task_page.decided_words(task),
            tried=task_page.outcome_words(task, typed.outcome),
            may_print=printing_post(visit, case) is not None,
            mine=task["decided_by"] in visit.person.codes,
            next_task=await task_page.next_task(visit, task),
        )
    if typed.errors and status == 200:
        status = 422
    person = visit.person
    colleagues = await task_page.colleagues(visit, task, case)
    stands = task_page.standing(visit, task, case)
    opinions = await asked_on(visit, task)
    need = task_page.needs_people(visit, task, stands, opinions["signatures"])
    return visit.page(
        "task.html.j2",
        status,
        **values,
        **await task_page.seen(visit, task, case, need),
        **opinions,
        ways=task_page.ways(task, case),
        standing=stands,
        may_claim=person.post(Permission.CLAIM, task["office"], role=TASKS[task["kind"]].role),
        may_assign=person.post(Permission.ASSIGN, task["office"]),
        may_refer=person.post(Permission.REFER, task["office"]),
        colleagues=colleagues,
        others_able=task_page.others_able(visit, colleagues),
        hold_command=new_command(),
        asking=asking or Asking(),
    )
