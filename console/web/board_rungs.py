"""One rung of the ladder: what it is about, and what its office and its issuer record.

Mounted by `console.web.app`. The office that a rung addresses answers; the issuer interviews and
closes. Everything goes through `console.supervising`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeCode, OfficeError
from console.office import Record
from console.supervising import SupervisionDesk
from console.web.acting import command_of, new_command
from console.web.context import Forbidden, Visit, Visiting
from console.wording.labels import office_name
from console.wording.supervision import CONTENTS, KINDS, STATES, WARNINGS, result_words
from domain.permissions import Permission
from domain.supervision import Rung

router = APIRouter(include_in_schema=False)


@router.get("/board/rungs/{number}")
async def rung_page(visit: Visiting, number: str) -> Response:
    """One rung with its records, and the forms that this person may use now."""
    one = await rung_seen(visit, number)
    catalog = visit.house.office.catalog
    return visit.page(
        "board_rung.html.j2",
        title="督办件",
        one={
            **one,
            "rung_name": Rung(one["rung"]).label,
            "about": CONTENTS[one["content"]],
            "office_name": office_name(one["office"], catalog),
            "issuer_name": office_name(one["issuer"], catalog),
            "warning_name": WARNINGS[one["warning"]],
            "state_name": STATES[one["state"]],
        },
        records=[
            {
                **record,
                "name": KINDS[record["kind"]],
                "office_name": office_name(record["office"], catalog),
                "told": record["words"] or result_words(record),
            }
            for record in one["records"]
        ],
        actions=_actions(visit, one),
        command_id=new_command,
    )


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


def _actions(visit: Visit, one: Record) -> list[dict[str, str]]:
    """What may be recorded now: key, button, and what it will do."""
    if one["state"] in ("CHECKED", "WITHDRAWN"):
        return []
    found = []
    wanted = one["due_on"] is not None and one["state"] != "CLOSED"
    if wanted and visit.person.post(Permission.COMPLETE, one["office"]):
        found.append({"key": "reply", "name": "答复", "says": "写明原因和办结时间，答复督办机构。"})
    if visit.person.post(Permission.SUPERVISE, one["office"]):
        if wanted and one["rung"] == Rung.INTERVIEW:
            found.append(
                {"key": "interview", "name": "约谈记录", "says": "登记约谈的时间、人员和内容。"}
            )
        if one["state"] != "OPEN":
            found.append({"key": "close", "name": "销号", "says": "核验后结束督办，不再升级。"})
    return found
