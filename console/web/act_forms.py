"""What each thing that is asked of a case needs in writing, and how it is put to the office.

Used by the page (`console.web.case_acts`) and by the programming interface (`console.api.acts`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from console.errors import OfficeCode, OfficeError
from console.hearing import HearingRoom
from console.looking import Record
from console.sending import earlier
from console.web.acting import office_under, text_errors
from console.web.context import Visit
from console.web.hearing_forms import hearing_errors, hold_hearing
from contracts.commands import CommandReceipt, RejectionCode, Verb
from domain.clock_rules import pause_reasons
from domain.hearings import HearingCode
from domain.identity import IdentityCode
from domain.limits import PauseReason
from domain.offices import Role
from domain.permissions import Permission, Post

_APPROVERS = (Permission.CANCEL, Role.APPROVER)
#: Which permission each verb needs, and whose work it is.
WHO: dict[Verb, tuple[Permission, Role | None]] = {
    Verb.WITHDRAW: (Permission.CANCEL, None),
    Verb.REPORT_DEATH: (Permission.CANCEL, None),
    Verb.CORRECT_IDENTITY: (Permission.CANCEL, None),
    Verb.SUSPEND: _APPROVERS,
    Verb.RESUME: _APPROVERS,
    Verb.EXTEND: _APPROVERS,
    Verb.REVOKE_EXTENSION: _APPROVERS,
    Verb.CLARIFY: (Permission.REFER, Role.HANDLER),
    Verb.HEARING_TELL: _APPROVERS,
    # Of whoever else is concerned: taken down at the window.
    Verb.HEARING_ASK: (Permission.CANCEL, None),
    Verb.HEARING_WAIVE: (Permission.CANCEL, None),
    Verb.HEARING_ANNOUNCE: _APPROVERS,
    Verb.HEARING_SET: _APPROVERS,
    Verb.HEARING_HELD: _APPROVERS,
}
HEARING = frozenset(verb for verb in WHO if verb.value.startswith("HEARING_"))
#: A hearing's papers are those of the office that decides.
_DECIDING = HEARING - {Verb.HEARING_ASK, Verb.HEARING_WAIVE}
DATED = frozenset({Verb.HEARING_SET, Verb.HEARING_ANNOUNCE})
ABOUT_PERSON = frozenset({Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY})
#: What must be written for each; the rest may be left open.
REASON_NEEDED = HEARING | {Verb.SUSPEND, Verb.EXTEND, Verb.REVOKE_EXTENSION, Verb.CLARIFY}
REASON_LABELS = {
    Verb.CLARIFY: "请对方核实什么",
    Verb.SUSPEND: "依据和理由",
    Verb.HEARING_TELL: "为什么须告知听证权利",
    Verb.HEARING_ASK: "谁申请听证、有什么意见",
    Verb.HEARING_WAIVE: "谁放弃听证、怎样表示的",
    Verb.HEARING_ANNOUNCE: "涉及什么公共利益",
    Verb.HEARING_SET: "听证事由",
    Verb.HEARING_HELD: "听证笔录的编号和要点",
}
#: The fields of each form beside the reason.
FIELDS: dict[Verb, frozenset[str]] = {
    Verb.REPORT_DEATH: frozenset({"person"}),
    Verb.CORRECT_IDENTITY: frozenset({"person", "name", "id_no"}),
    Verb.SUSPEND: frozenset({"reason_code", "procedure", "days", "unit"}),
    Verb.EXTEND: frozenset({"days", "approver"}),
    Verb.HEARING_SET: frozenset({"on", "place", "chair"}),
    Verb.HEARING_ANNOUNCE: frozenset({"on", "place", "chair", "days"}),
}
_FIELD_OF: dict[StrEnum, str] = {
    RejectionCode.NOT_A_LAWFUL_PAUSE: "reason_code",
    RejectionCode.LENGTH_NOT_TOLD: "procedure",
    RejectionCode.OVER_CAP: "days",
    RejectionCode.WRONG_APPROVER: "approver",
    RejectionCode.UNKNOWN_PERSON: "person",
    RejectionCode.MISSING_REASON: "reason",
    RejectionCode.HEARING_CHAIR_DECIDES: "chair",
    RejectionCode.HEARING_NOTICE_SHORT: "on",
    OfficeCode.WRONG_FIELD: "id_no",
    OfficeCode.ALREADY_OPEN: "id_no",
    **dict.fromkeys(IdentityCode, "id_no"),
    **dict.fromkeys(HearingCode, "on"),
}


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
    offices = [case["competent_office"]] if verb in _DECIDING else places(case)
    posts = (visit.person.post(permission, office, role=role) for office in offices)
    return next((post for post in posts if post is not None), None)


def act_errors(visit: Visit, verb: Verb, typed: dict[str, str]) -> dict[str, str]:
    """By field what is missing or wrong in what was typed."""
    texts = {name: typed.get(name, "") for name in ("reason", "name", "place")}
    errors = text_errors(visit, texts)
    if verb in REASON_NEEDED and not typed.get("reason"):
        errors["reason"] = "请写明理由。" if verb not in HEARING else "这一栏必须写明。"
    if verb in ABOUT_PERSON and not typed.get("person", "").isdecimal():
        errors["person"] = "请选择是哪一位。"
    if verb is Verb.CORRECT_IDENTITY and not (typed.get("name") and typed.get("id_no")):
        errors["id_no"] = "请同时写明更正后的姓名和公民身份号码。"
    if verb is Verb.SUSPEND and not typed.get("reason_code"):
        errors["reason_code"] = "请选择法定的中止事由。"
    if verb is Verb.EXTEND and not typed.get("days", "").isdecimal():
        errors["days"] = "请写明延长几日。"
    if verb is Verb.SUSPEND and typed.get("days") and not typed["days"].isdecimal():
        errors["days"] = "请写明预计几日，没有的不填。"
    if verb in DATED:
        errors |= hearing_errors(typed, announced=verb is Verb.HEARING_ANNOUNCE)
    return errors


async def put_to_office(
    visit: Visit, case: Record, verb: Verb, post: Post, typed: dict[str, str], command_id: str
) -> CommandReceipt:
    """Ask it, once nothing is wrong with what was typed; asked twice, it is answered as before.

    OfficeError: the refusal, with its ``fields`` where the form has one for it.
    """
    office = office_under(visit, post)
    try:
        if (done := await earlier(office, command_id)) is not None:
            return done
        if verb in HEARING:
            room = HearingRoom(office, visit.today)
            return await hold_hearing(room, case["case_no"], verb, post.code, typed, command_id)
        return await office.ask(
            case["case_no"],
            verb,
            actor=post.code,
            command_id=command_id,
            **_fields(verb, typed),
        )
    except OfficeError as error:
        field = _FIELD_OF.get(error.code, "")
        if not error.fields and field in FIELDS.get(verb, frozenset()) | {"reason"}:
            error.fields[field] = error.message
        raise


def _fields(verb: Verb, typed: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {"reason": typed.get("reason", "")}
    if verb in ABOUT_PERSON:
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
