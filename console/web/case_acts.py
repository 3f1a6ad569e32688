"""What can be asked of a case as a whole: one small form for each thing that its state allows.

The running case says what it takes, the policy what this person may ask; neither is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from console.errors import OfficeCode, OfficeError
from console.looking import Record
from console.sending import earlier
from console.web.acting import command_of, new_command, office_under, post_for, text_errors
from console.web.context import Forbidden, Visit, Visiting
from console.web.effects import BASIS, case_effect
from contracts.commands import LABELS, RejectionCode, Verb
from domain.clock_rules import pause_reasons
from domain.identity import IdentityCode
from domain.licensing import Approver
from domain.limits import PauseReason
from domain.offices import Role
from domain.permissions import Permission, Post
from domain.special_procedures import SpecialProcedure
from storage import desk_notes, views
from storage.people import log_access

router = APIRouter(include_in_schema=False)

#: Which permission each verb needs, and whose work it is.
WHO: dict[Verb, tuple[Permission, Role | None]] = {
    Verb.WITHDRAW: (Permission.CANCEL, None),
    Verb.REPORT_DEATH: (Permission.CANCEL, None),
    Verb.CORRECT_IDENTITY: (Permission.CANCEL, None),
    Verb.SUSPEND: (Permission.CANCEL, Role.APPROVER),
    Verb.RESUME: (Permission.CANCEL, Role.APPROVER),
    Verb.EXTEND: (Permission.CANCEL, Role.APPROVER),
    Verb.REVOKE_EXTENSION: (Permission.CANCEL, Role.APPROVER),
    Verb.CLARIFY: (Permission.REFER, Role.HANDLER),
}
#: What must be written for each; the rest may be left open.
_REASON_NEEDED = frozenset({Verb.SUSPEND, Verb.EXTEND, Verb.REVOKE_EXTENSION, Verb.CLARIFY})
_REASON_LABELS = {Verb.CLARIFY: "请对方核实什么", Verb.SUSPEND: "依据和理由"}
_ABOUT_PERSON = frozenset({Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY})
FIELD_OF: dict[StrEnum, str] = {
    RejectionCode.NOT_A_LAWFUL_PAUSE: "reason_code",
    RejectionCode.LENGTH_NOT_TOLD: "procedure",
    RejectionCode.OVER_CAP: "days",
    RejectionCode.WRONG_APPROVER: "approver",
    RejectionCode.UNKNOWN_PERSON: "person",
    RejectionCode.MISSING_REASON: "reason",
    OfficeCode.WRONG_FIELD: "id_no",
    OfficeCode.ALREADY_OPEN: "id_no",
    **dict.fromkeys(IdentityCode, "id_no"),
}


@dataclass(frozen=True, slots=True)
class CaseAct:
    """One thing that may be asked of the case now, with what its form needs."""

    verb: Verb
    label: str
    effect: str
    basis: str
    reason_label: str
    reason_needed: bool
    about_person: bool


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
    office = office_under(visit, post)
    if await earlier(office, command_id) is None:
        errors = act_errors(visit, verb, typed)
        if errors:
            return await _page(visit, case, verb, typed, errors, 422)
        try:
            await office.ask(
                case_no,
                verb,
                actor=post.code,
                command_id=command_id,
                **act_fields(verb, typed, case),
            )
        except OfficeError as error:
            field = FIELD_OF.get(error.code, "form")
            status = 202 if error.code == OfficeCode.PENDING else 409
            return await _page(visit, case, verb, typed, {field: error.message}, status)
    return RedirectResponse(f"/cases/{case_no}/acts?done={verb.value}", 303)


@router.post("/cases/{case_no}/notes")
async def write_note(visit: Visiting, case_no: str) -> Response:
    """A note for whoever works on the case, or an urge."""
    case = await case_of(visit, case_no)
    form = await visit.request.form()
    kind = "URGE" if form.get("kind") == "URGE" else "NOTE"
    text = str(form.get("text", "")).strip()
    errors = text_errors(visit, {"note": text})
    if not text and kind == "NOTE":
        errors["note"] = "请写明内容。"
    if errors:
        return await _page(visit, case, None, {"text": text}, errors, 422)
    reader = reader_of(visit, case)
    async with visit.house.office.database.write() as connection:
        await desk_notes.note(
            connection, case_no, kind=kind, by=reader.code, text=text, at=datetime.now(UTC)
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


def places(case: Record) -> list[str]:
    """The offices that have the case in hand, the one that decides first."""
    return [
        office
        for place in ("competent", "intake", "custodian")
        if (office := case[f"{place}_office"])
    ]


def post_of(visit: Visit, case: Record, verb: Verb) -> Post | None:
    """The post under which this person may ask it of the case; None: not allowed."""
    permission, role = WHO[verb]
    posts = (visit.person.post(permission, office, role=role) for office in places(case))
    return next((post for post in posts if post is not None), None)


def reader_of(visit: Visit, case: Record) -> Post:
    """The post under which this person reads the case."""
    posts = (visit.person.post(Permission.READ, office) for office in places(case))
    found = next((post for post in posts if post is not None), None)
    return found or post_for(
        visit, Permission.READ, sorted(visit.person.offices(Permission.READ))[0]
    )


def act_errors(visit: Visit, verb: Verb, typed: dict[str, str]) -> dict[str, str]:
    """By field what is missing or wrong in what was typed."""
    texts = {name: typed.get(name, "") for name in ("reason", "name")}
    errors = text_errors(visit, texts)
    if verb in _REASON_NEEDED and not typed.get("reason"):
        errors["reason"] = "请写明理由。"
    if verb in _ABOUT_PERSON and not typed.get("person", "").isdecimal():
        errors["person"] = "请选择是哪一位。"
    if verb is Verb.CORRECT_IDENTITY and not (typed.get("name") and typed.get("id_no")):
        errors["id_no"] = "请同时写明更正后的姓名和公民身份号码。"
    if verb is Verb.SUSPEND and not typed.get("reason_code"):
        errors["reason_code"] = "请选择法定的中止事由。"
    if verb is Verb.EXTEND and not typed.get("days", "").isdecimal():
        errors["days"] = "请写明延长几日。"
    if verb is Verb.SUSPEND and typed.get("days") and not typed["days"].isdecimal():
        errors["days"] = "请写明预计几日，没有的不填。"
    return errors


def act_fields(verb: Verb, typed: dict[str, str], case: Record) -> dict[str, Any]:
    """What was typed as the office takes it, once nothing is wrong with it."""
    fields: dict[str, Any] = {"reason": typed.get("reason", "")}
    if verb in _ABOUT_PERSON:
        fields["persons"] = (int(typed["person"]),)
    if verb is Verb.CORRECT_IDENTITY:
        fields["identity"] = {"name": typed["name"], "id_no": typed["id_no"]}
    if verb is Verb.SUSPEND:
        fields["reason_code"] = typed["reason_code"]
        if typed["reason_code"] == PauseReason.SPECIAL_PROCEDURE:
            fields["procedure"] = typed.get("procedure") or None
        if typed.get("days"):
            fields |= {"days": int(typed["days"]), "unit": typed.get("unit") or "wd"}
    if verb is Verb.EXTEND:
        fields |= {"days": int(typed["days"]), "approver": typed.get("approver") or None}
    return fields


def pause_choices(case: Record) -> list[tuple[str, str]]:
    """The lawful reasons for the limit that is due now; every one where that cannot be told."""
    due = {
        clock["kind"]
        for clock in case["clocks"]
        if clock["stopped_on"] is None and clock["due_on"] == case["due_on"]
    }
    lawful = {reason for kind in due for reason in pause_reasons(kind)}
    reasons = sorted(lawful) or [
        one.value for one in PauseReason if one is not PauseReason.CORRECTION
    ]
    return [(code, PauseReason(code).label) for code in reasons]


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
            _REASON_LABELS.get(one, "理由"),
            one in _REASON_NEEDED,
            one in _ABOUT_PERSON,
        )
        for one in WHO
        if one in (allowed or ()) and post_of(visit, case, one) is not None
    ]
    reader = reader_of(visit, case)
    async with office.database.write() as connection:
        written = await desk_notes.notes(connection, case["case_no"])
        followed = await desk_notes.followed(connection, visit.person.account)
        if any(act.about_person for act in acts):
            await log_access(
                connection, case["case_no"], reader.code, "case:persons", "办理办件事项"
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
        units=[("wd", "工作日"), ("cd", "自然日")],
        notes=written,
        follows=case["case_no"] in followed,
        done=visit.request.query_params.get("done", ""),
        labels={**LABELS, "NOTE": "备注", "URGE": "催办"},
        new_command=new_command,
    )
