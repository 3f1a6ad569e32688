"""One rung of the ladder: what it is about, and what its office and its issuer record.

Mounted by `console.desk_app`. The office that a rung addresses answers; the issuer interviews and
checks; both have the paper of a rung that has one. Everything goes through `console.supervising`
and `console.supervision_slips`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeCode, OfficeError
from console.office import Record
from console.slip_desk import DeskOf, SlipDesk
from console.supervising import SupervisionDesk
from console.supervision_slips import KINDS, issue_rung
from console.web.acting import command_of, new_command, office_under
from console.web.context import Forbidden, Visit, Visiting
from console.wording.labels import office_name
from console.wording.supervision import (
    CONTENTS,
    WARNINGS,
    kind_words,
    result_words,
    state_words,
)
from domain.permissions import Permission, Post
from domain.supervision import Rung
from slips.kinds import TITLES

router = APIRouter(include_in_schema=False)

_REPLY = "写明原因和办结时间，答复督办机构。"
_INTERVIEW = "登记约谈的时间、人员和内容。"
#: An answer stops nothing: only the work does.
_CHECK = "登记对答复的核验意见。待办没有办结的，督办件仍列为未了结，下一级到期照常发出。"
_CLOSE = "待办已办结，督办不再升级；登记销号意见，供以后查考。"


@router.get("/board/rungs/{number}")
async def rung_page(visit: Visiting, number: str) -> Response:
    """One rung with its records, and the forms that this person may use now."""
    one = await rung_seen(visit, number)
    catalog, rung = visit.house.office.catalog, Rung(one["rung"])
    return visit.page(
        "board_rung.html.j2",
        title="督办件",
        one={
            **one,
            "rung_name": rung.label,
            "about": CONTENTS[one["content"]],
            "office_name": office_name(one["office"], catalog),
            "issuer_name": office_name(one["issuer"], catalog),
            "warning_name": WARNINGS[one["warning"]],
            "state_name": state_words(one),
        },
        records=[
            {
                **record,
                "name": kind_words(record),
                "office_name": office_name(record["office"], catalog),
                "told": record["words"] or result_words(record),
            }
            for record in one["records"]
        ],
        actions=_actions(visit, one),
        paper=TITLES[KINDS[rung]] if rung in KINDS and _paper_post(visit, one) else None,
        command_id=new_command,
    )


@router.post("/board/rungs/{number}/slip")
async def paper(visit: Visiting, number: str) -> Response:
    """The rung's paper with number and code; issued again it is the same one."""
    post, desk = await at_rung_desk(visit, number, visit.request.app.state.slip_desk_of)
    made = await issue_rung(desk, office_under(visit, post), number, clerk=post.code)
    name = f'inline; filename="{made.verification_code}.pdf"'
    return Response(made.pdf, media_type="application/pdf", headers={"Content-Disposition": name})


@router.post("/board/rungs/{number}/{action}")
async def act(
    visit: Visiting,
    number: str,
    action: str,
    text: Annotated[str, Form(max_length=20_000)] = "",
    command_id: Annotated[str, Form(max_length=60)] = "",
) -> Response:
    """答复, 约谈记录 or 销号; a repeat under its id changes nothing more."""
    one = await rung_seen(visit, number)
    allowed = Permission.COMPLETE if action == "reply" else Permission.SUPERVISE
    post = visit.person.post(allowed, one["office"])
    if post is None:
        raise Forbidden(allowed)
    desk = SupervisionDesk(visit.house.office)
    actions = {"reply": desk.reply, "interview": desk.interview, "close": desk.check}
    if action not in actions:
        raise OfficeError(OfficeCode.NOT_FOUND, "没有这项操作；请返回督办件页面。")
    await actions[action](number, text, clerk=post.code, command_id=command_of(command_id))
    return RedirectResponse(f"/board/rungs/{number}", 303)


async def rung_seen(visit: Visit, number: str) -> Record:
    """The rung, where it addresses an office that this person reads."""
    visit.need(Permission.READ)
    one = await SupervisionDesk(visit.house.office).rung(number)
    if one["office"] not in visit.person.offices(Permission.READ):
        raise OfficeError(OfficeCode.NOT_FOUND, f"没有督办件 {number}，或您的机构无权查看。")
    return one


async def at_rung_desk(visit: Visit, number: str, desk_of: DeskOf) -> tuple[Post, SlipDesk]:
    """The post under which the rung's paper is handed out, and the desk; Forbidden without one."""
    post = _paper_post(visit, await rung_seen(visit, number))
    if post is None:
        raise Forbidden(Permission.COMPLETE)
    return post, desk_of(office_under(visit, post))


def _paper_post(visit: Visit, one: Record) -> Post | None:
    """At the office that the rung addresses, or at the one that supervises it."""
    for permission in (Permission.COMPLETE, Permission.SUPERVISE):
        if post := visit.person.post(permission, one["office"]):
            return post
    return None


def _actions(visit: Visit, one: Record) -> list[dict[str, str]]:
    """What may be recorded now: key, button, and what it will do."""
    if one["state"] in ("CHECKED", "WITHDRAWN"):
        return []
    found = []
    wanted = one["due_on"] is not None and one["state"] != "CLOSED"
    if wanted and visit.person.post(Permission.COMPLETE, one["office"]):
        found.append({"key": "reply", "name": "答复", "says": _REPLY})
    if visit.person.post(Permission.SUPERVISE, one["office"]):
        if wanted and one["rung"] == Rung.INTERVIEW:
            found.append({"key": "interview", "name": "约谈记录", "says": _INTERVIEW})
        if one["state"] == "ANSWERED":
            found.append({"key": "close", "name": "核验答复", "says": _CHECK})
        elif one["state"] == "CLOSED":
            found.append({"key": "close", "name": "销号", "says": _CLOSE})
    return found
