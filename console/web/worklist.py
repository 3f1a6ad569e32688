"""The lists of the console: what waits for me, my office and others, and what I have done.

Lists come from the database alone (docs/decisions/0003); whose rows they are is the policy's.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from console.web.acting import new_command
from console.web.context import NotSignedIn, Visit, Visiting, visit
from console.web.due_words import due_words
from console.web.list_choice import NOBODY, Choice, colleagues
from console.web.list_keeping import drop_filter, keep_columns, save_filter
from console.web.list_views import DUE_LABELS, LISTS, SORT_LABELS
from console.web.rung_lists import awaiting
from domain import custody
from domain.casework import STAGE_LABELS
from domain.offices import Role
from domain.permissions import Permission
from domain.task_table import TASKS
from storage import saved_views, worklists
from storage.worklist_questions import COUNT_CAP

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request) -> Response:
    """Whoever comes wants to work: at the lists, or at what a manager does."""
    try:
        person = (await visit(request)).person
    except NotSignedIn:
        return RedirectResponse("/worklist", 303)
    manages = person.may(Permission.MANAGE) and not person.may(Permission.READ)
    return RedirectResponse("/posts" if manages else "/worklist", 303)


@router.get("/worklist")
async def worklist(visit: Visiting) -> Response:
    """One page of one list, with the counts of all."""
    visit.need(Permission.READ)
    choice = Choice.of(visit.request.query_params)
    asked = choice.question(visit)
    house, readable = visit.house.office, visit.person.offices(Permission.READ)
    async with house.database.read() as connection:
        rows, last = await worklists.page(connection, asked)
        counted = await worklists.counts(connection, asked)
        number = await worklists.count(connection, asked) if choice.given else None
        kept = await saved_views.of_view(connection, visit.person.account, asked.view.value)
        people = await colleagues(connection, visit, readable, _WORKING)
    rungs = await awaiting(visit)
    columns = choice.list.chosen(kept.pop("", {}).get("columns"))
    return visit.page(
        "worklist.html.j2",
        title="待办",
        choice=choice,
        lists=LISTS,
        rows=[_row(row, visit) for row in rows],
        next=choice.address(last) if last else None,
        counts=counted,
        rungs_awaiting=rungs,
        mark=_mark(counted, rungs, rows),
        number=number,
        columns=columns,
        saved=kept,
        cap=COUNT_CAP,
        offices=house.catalog.offices,
        readable=sorted(readable),
        colleagues=people,
        nobody=NOBODY,
        roles=[role for role in Role if role in _WORKING],
        due_labels=DUE_LABELS,
        sort_labels=SORT_LABELS,
        may_assign=visit.person.may(Permission.ASSIGN),
        may_claim=visit.person.may(Permission.CLAIM),
        localities=house.catalog.localities,
        command_id=new_command(),
    )


_WATCHED = ("row_id", "assignee", "due_on", "urged")
_WORKING = {spec.role for spec in TASKS.values()}


@router.get("/worklist/counts")
async def counts(visit: Visiting) -> Response:
    """The counts for a page that stays open, and whether its rows are other ones by now: nothing
    where nothing has changed.
    """
    visit.need(Permission.READ)
    choice = Choice.of(visit.request.query_params)
    asked = choice.question(visit)
    async with visit.house.office.database.read() as connection:
        rows, _ = await worklists.page(connection, asked)
        counted = await worklists.counts(connection, asked)
    rungs = await awaiting(visit)
    mark = _mark(counted, rungs, rows)
    if visit.request.headers.get("If-None-Match") == f'"{mark}"':
        # htmx would put an empty 304 in place of what it has.
        return Response(status_code=204 if visit.request.headers.get("HX-Request") else 304)
    answer = visit.page(
        "worklist_counts.html.j2",
        choice=choice,
        lists=LISTS,
        counts=counted,
        rungs_awaiting=rungs,
        mark=mark,
        cap=COUNT_CAP,
        changed=visit.request.query_params.get("seen", mark) != mark,
        seen=visit.request.query_params.get("seen", mark),
    )
    answer.headers["ETag"] = f'"{mark}"'
    return answer


@router.post("/worklist/columns")
async def choose_columns(visit: Visiting) -> Response:
    """Which columns this person wants to see in one list."""
    visit.need(Permission.READ)
    form = await visit.request.form()
    choice = Choice.of({name: str(value) for name, value in form.items()})
    await keep_columns(visit, choice, [str(one) for one in form.getlist("columns")])
    return RedirectResponse(choice.address(), 303)


@router.post("/worklist/filters")
async def keep_filter(
    visit: Visiting, name: Annotated[str, Form()], drop: Annotated[str, Form()] = ""
) -> Response:
    """Keep the filters of a list under a name, or forget them."""
    visit.need(Permission.READ)
    form = await visit.request.form()
    choice = Choice.of({key: str(value) for key, value in form.items()})
    if drop:
        await drop_filter(visit, choice, name)
    else:
        await save_filter(visit, choice, name)
    return RedirectResponse(choice.address(), 303)


def _mark(counted: dict[str, int], rungs: int, rows: list[dict[str, Any]]) -> str:
    """A digest of the counts and of the page's rows: who holds each, when it is due, if urged."""
    shown = [[str(row.get(name)) for name in _WATCHED] for row in rows]
    told = json.dumps([sorted(counted.items()), rungs, shown])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _row(row: dict[str, Any], visit: Visit) -> dict[str, Any]:
    """What a row of any list shows, in words."""
    due_on = row["due_on"] if row.get("closed_at") is None else None
    shown = {
        **row,
        "due_on": due_on,
        "due": due_words(
            due_on,
            visit.today,
            row["clock"],
            provisional=bool(row.get("provisional")),
        ),
    }
    if "stage" in row:
        shown["stage"] = _label(STAGE_LABELS, row["stage"])
    if "state" in row:
        shown["state"] = _label(custody.LABELS, row["state"])
    if "outcome" in row:
        outcome = TASKS[row["kind"]].outcome(row["outcome"] or "") if row["kind"] in TASKS else None
        shown["outcome"] = outcome.label if outcome else row["outcome"]
        shown["role"] = _label({role: role.label for role in Role}, row["role"])
        shown["own"] = row["assignee"] in visit.person.codes
    return shown


def _label(labels: Any, code: str) -> str:
    return next((label for key, label in labels.items() if key == code), code)
