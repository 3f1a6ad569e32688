"""The forms of a hearing (听证): what must be written for day, place and chair, and what is sent.

Used by `console.web.act_forms`; the days themselves are judged by `console.hearing`.
"""

from __future__ import annotations

from datetime import date

from console.hearing import HearingRoom
from contracts.commands import CommandReceipt, Verb
from domain.clocks import Limit, Unit

#: No announced hearing takes longer than a year of working days.
_LONGEST = 260


def day_of(text: str) -> date | None:
    """The day that a form names; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def hearing_errors(typed: dict[str, str], *, announced: bool) -> dict[str, str]:
    """By field what is missing for setting or announcing a hearing."""
    errors = {}
    if day_of(typed.get("on", "")) is None:
        errors["on"] = "请写明听证日期，例如 2026-12-08。"
    if not typed.get("place"):
        errors["place"] = "请写明听证的地点和几时开始。"
    if not typed.get("chair"):
        errors["chair"] = "请写明主持人的工号。"
    days = typed.get("days", "")
    if announced and not (days.isdecimal() and len(days) < 4 and 1 <= int(days) <= _LONGEST):
        errors["days"] = "请写明预计需要几个工作日，这个时间会书面告知申请人。"
    return errors


async def hold_hearing(
    room: HearingRoom, case_no: str, verb: Verb, clerk: str, typed: dict[str, str], command_id: str
) -> CommandReceipt:
    """Do what the form asks; OfficeError as in `HearingRoom`."""
    reason = typed.get("reason", "")
    match verb:
        case Verb.HEARING_TELL:
            return await room.tell(case_no, clerk=clerk, reason=reason, command_id=command_id)
        case Verb.HEARING_ASK:
            return await room.ask(case_no, actor=clerk, reason=reason, command_id=command_id)
        case Verb.HEARING_WAIVE:
            return await room.waive(case_no, actor=clerk, reason=reason, command_id=command_id)
        case Verb.HEARING_HELD:
            return await room.held(case_no, clerk=clerk, record=reason, command_id=command_id)
    on = day_of(typed["on"])
    assert on is not None  # hearing_errors has looked at it
    if verb is Verb.HEARING_SET:
        return await room.set(
            case_no,
            clerk=clerk,
            on=on,
            place=typed["place"],
            chair=typed["chair"],
            reason=reason,
            command_id=command_id,
        )
    return await room.announce(
        case_no,
        clerk=clerk,
        on=on,
        place=typed["place"],
        chair=typed["chair"],
        reason=reason,
        expected=Limit(int(typed["days"]), Unit.WD, ""),
        command_id=command_id,
    )
