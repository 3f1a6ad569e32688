"""What can be asked of a case as a whole: one small form for each thing that its state allows.

The running case says what it takes, the policy what this person may ask; neither is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from console.errors import OfficeCode, OfficeError
from console.hearing import HearingRoom
from console.looking import Record
from console.web.act_forms import (
    ABOUT_PERSON,
    DATED,
    FIELDS,
    REASON_LABELS,
    REASON_NEEDED,
    WHO,
    act_errors,
    pause_choices,
    places,
    post_of,
    put_to_office,
)
from console.web.acting import command_of, new_command, post_for, text_errors
from console.web.case_buttons import buttons
from console.web.context import Forbidden, Visit, Visiting
from console.web.effects import BASIS, case_effect
from contracts.commands import LABELS, Verb
from domain.licensing import Approver
from domain.permissions import Permission, Post
from domain.special_procedures import SpecialProcedure
from storage import desk_notes, views
from storage.people import log_access

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One thing that may be asked of the case now, with what its form needs."""

    verb: Verb
    label: str
    effect: str
    basis: str
    reason_label: str
    reason_needed: bool
    fields: frozenset[str]


@router.get("/cases/{case_no}/acts")
async def show(visit: Visiting, case_no: str) -> Response:
    """Everything that this person may ask of the case now."""
    case = await case_of(visit, case_no)
    return await _page(visit, case)


@router.post("/cases/{case_no}/acts/{name}")
async def ask(visit: Visiting, case_no: str, name: str) -> Response:
    """Ask it; a refusal comes back at its field with what was typed."""
    case = await case_of(visit, case_no)
    verb = Verb(name) if name in WHO else None
    if verb is None:
        raise OfficeError(OfficeCode.WRONG_FIELD, "没有这种操作；请从办件页面进入。")
    post = post_of(visit, case, verb)
    if post is None:
        raise Forbidden(verb)
    form = await visit.request.form()
    typed = {key: value.strip() for key, value in form.items() if isinstance(value, str)}
    command_id = command_of(typed.get("command_id", ""))
    errors = act_errors(visit, verb, typed)
    if errors:
        return await _page(visit, case, verb, typed, errors, 422)
    try:
        await put_to_office(visit, case, verb, post, typed, command_id)
    except OfficeError as error:
        status = 202 if error.code == OfficeCode.PENDING else 409
        wrong = error.fields or {"form": error.message}
        return await _page(visit, case, verb, typed, wrong, status)
    return RedirectResponse(f"/cases/{case_no}/acts?done={verb.value}", 303)


@router.post("/cases/{case_no}/notes")
async def write_note(visit: Visiting, case_no: str) -> Response:
    """A note for whoever works on the case, or an urge."""
    case = await case_of(visit, case_no)
    form = await visit.request.form()
    kind = "URGE" if form.get("kind") == "URGE" else "NOTE"
    text = str(form.get("text", "")).strip()
    command_id = command_of(str(form.get("command_id", "")))
    errors = text_errors(visit, {"note": text})
    if not text and kind == "NOTE":
        errors["note"] = "请写明内容。"
    if errors:
        return await _page(visit, case, None, {"text": text}, errors, 422)
    reader = reader_of(visit, case)
    async with visit.house.office.database.write() as connection:
        await desk_notes.note(
            connection,
            case_no,
            kind=kind,
            by=reader.code,
            text=text,
            at=datetime.now(UTC),
            command_id=command_id,
        )
    return RedirectResponse(f"/cases/{case_no}/acts?done={kind}", 303)


@router.post("/cases/{case_no}/follow")
async def follow(visit: Visiting, case_no: str) -> Response:
    """Follow the case, or follow it no more."""
    await case_of(visit, case_no)
    form: FormData = await visit.request.form()
    async with visit.house.office.database.write() as connection:
        if form.get("follow") == "no":
            await desk_notes.unfollow(connection, visit.person.account, case_no)
        else:
            await desk_notes.follow(connection, visit.person.account, case_no, datetime.now(UTC))
    return RedirectResponse(f"/cases/{case_no}/acts", 303)


async def case_of(visit: Visit, case_no: str) -> Record:
    """The case as this person may see it; OfficeError NOT_FOUND."""
    visit.need(Permission.READ)
    offices = visit.person.offices(Permission.READ)
    found = await visit.house.office.read(
        lambda connection: views.case(connection, case_no, offices)
    )
    if found is None:
        raise OfficeError(
            OfficeCode.NOT_FOUND, "没有这个办件，或者您的机构无权查看；请核对办件编号。"
        )
    return found


def reader_of(visit: Visit, case: Record) -> Post:
    """The post under which this person reads the case."""
    posts = (visit.person.post(Permission.READ, office) for office in places(case))
    found = next((post for post in posts if post is not None), None)
    return found or post_for(
        visit, Permission.READ, sorted(visit.person.offices(Permission.READ))[0]
    )


async def hearing_days(visit: Visit, case: Record) -> str:
    """From when to when a hearing that is told today may be held, in words."""
    first, last = await HearingRoom(visit.house.office, visit.today).days(case)
    words = visit.words.gettext
    latest = words("，最晚 %s") % last if last else ""
    return words("按今天通知计算，最早 %s") % first + latest


async def _page(
    visit: Visit,
    case: Record,
    verb: Verb | None = None,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    office = visit.house.office
    closed = case["closed_at"] is not None
    allowed = frozenset() if closed else await office.asked_now(case["workflow_id"])
    acts = [
        CaseAct(
            one,
            LABELS[one],
            case_effect(one),
            BASIS[one],
            REASON_LABELS.get(one, "理由"),
            one in REASON_NEEDED,
            FIELDS.get(one, frozenset()),
        )
        for one in WHO
        if one in (allowed or ()) and post_of(visit, case, one) is not None
    ]
    days = await hearing_days(visit, case) if any(act.verb in DATED for act in acts) else ""
    reader = reader_of(visit, case)
    async with office.database.write() as connection:
        written = await desk_notes.notes(connection, case["case_no"])
        followed = await desk_notes.followed(connection, visit.person.account)
        if any(act.verb in ABOUT_PERSON for act in acts):
            await log_access(
                connection,
                case["case_no"],
                reader.code,
                "case:persons",
                visit.noted("办理办件事项"),
            )
    return visit.page(
        "case_acts.html.j2",
        status,
        title="办件事项",
        case=case,
        acts=acts,
        silent=allowed is None,
        closed=closed,
        chosen=verb,
        typed=typed or {},
        errors=errors or {},
        persons=[(one["number"], f"{one['number']} {one['name']}") for one in case["persons"]],
        pauses=pause_choices(case),
        procedures=[(one.value, one.label) for one in SpecialProcedure],
        approvers=[(one.value, one.label) for one in Approver],
        hearing_days=days,
        units=[("wd", "工作日"), ("cd", "自然日")],
        **buttons(visit, case),
        notes=written,
        follows=case["case_no"] in followed,
        done=visit.request.query_params.get("done", ""),
        labels={**LABELS, "NOTE": "备注", "URGE": "催办"},
        new_command=new_command,
    )
