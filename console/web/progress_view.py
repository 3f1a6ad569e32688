"""How an applicant's case is told: the words and steps of the progress page, nothing personal.

Called by `console.web.progress`, which has seen the proof.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from console.web.acting import new_command
from console.web.case_course import drawn
from console.web.context import draw, house_of
from console.web.intake_form import describe
from console.web.paper_slots import missing, slots
from console.web.progress_ways import no_withdrawal, results
from console.web.uploads import ACCEPT
from console.web.words import words_for
from console.wording.labels import HOLDER_LABELS, ending_label, labelled, locality_name, office_name
from contracts.commands import Verb
from domain.calendar import SHANGHAI
from domain.casework import STAGE_LABELS, ClockKind
from domain.ratings import Level, reached
from domain.routes import step_label
from domain.stages import Stage
from storage import rating_register
from storage.case_reading import papers_asked, progress_of
from storage.hearing_day import hearing_ahead

Record = dict[str, Any]
#: Papers that are sent at once.
FILES = 3
#: What an applicant may say about a hearing.
PARTY = frozenset({Verb.HEARING_ASK, Verb.HEARING_WAIVE})
#: While one of these runs there may be something to say about it.
_HEARING = (ClockKind.HEARING_ASK, ClockKind.HEARING_HOLD, ClockKind.HEARING_NOTICE)
#: Where a browser's session keeps what it has proven.
SESSION = "applicant"
ENDED = "查看时间已过，请重新填写办件编号和核验信息。"
NO_PROOF = "请填写收件凭证上的验证码，或者申请时的联系电话和公民身份号码后六位。"
WRONG = (
    "办件编号或核验信息不对，请对照收件凭证重新填写；忘记验证码的，可以用申请时的联系电话和"
    "公民身份号码后六位。"
)


def today() -> date:
    """In Asia/Shanghai."""
    return datetime.now(SHANGHAI).date()


def policy(request: Request, key: str) -> int:
    """A number of the policy table for this locality."""
    office = house_of(request).office
    return office.catalog.policy(key, office.locality, on=today()).as_number()


def opened(request: Request) -> str | None:
    """The case that this browser has proven, while the proof lasts."""
    kept = request.session.get(SESSION)
    if not kept or datetime.fromisoformat(kept["until"]) < datetime.now(UTC):
        return None
    return str(kept["case_no"])


def ask(request: Request, error: str = "", status: int = 200, *, case_no: str = "") -> Response:
    """The form: number and secret. ``case_no``: what was typed already."""
    return draw(
        request,
        "progress_ask.html.j2",
        status,
        title="办件进度查询",
        error=error,
        case_no=case_no,
        home="/progress",
    )


async def case_page(request: Request, case_no: str, *, done: str = "", error: str = "") -> Response:
    """How far the case is and what may be done."""
    office, say = house_of(request).office, words_for(request).gettext
    record = await office.read(lambda connection: progress_of(connection, case_no))
    if record is None:
        return ask(request, WRONG, 403)
    course, supplement = drawn(office, record, say), _awaited(record)
    ahead = None
    if record["closed_at"] is None:
        ahead = await office.read(lambda connection: hearing_ahead(connection, case_no))
    rating = await office.read(lambda connection: _may_rate(connection, case_no))
    running = record["closed_at"] is None and record["started"]
    allowed = await office.asked_now(record["workflow_id"]) if running else frozenset()
    return draw(
        request,
        "progress.html.j2",
        409 if error else 200,
        title="办件进度",
        home="/progress",
        case=record,
        stage=labelled(STAGE_LABELS, record["stage"]),
        holder=labelled(HOLDER_LABELS, record["holder"]),
        ending=ending_label(record["ending"], record["family"]) if record["ending"] else None,
        peer=locality_name(record["peer"], office.catalog),
        where=office_name(record["competent_office"], office.catalog),
        steps=course.steps if course else [],
        reached=_reached(record),
        supplement=supplement,
        **(await _papers(request, record) if supplement else {}),
        files=FILES,
        accept=ACCEPT,
        rating=rating,
        levels=list(Level),
        hearing=_hearing(record, allowed),
        results=await results(office, record),
        no_withdrawal=await no_withdrawal(office, record, allowed) if running else None,
        ahead=ahead,
        ask_until=record["running"].get(ClockKind.HEARING_ASK),
        command_id=new_command,
        done=done,
        error=error,
    )


def _reached(record: Record) -> dict[str, datetime]:
    """When each step was come to, by its name."""
    first: dict[str, datetime] = {}
    for event in record["events"]:
        if event["stage"] in set(Stage):
            first.setdefault(step_label(Stage(event["stage"])), event["at"])
    return first


def _awaited(record: Record) -> Any:
    """Until when something is to be handed in; False where nothing is."""
    for kind in (ClockKind.CORRECTION, ClockKind.DEFERRAL):
        if kind in record["running"] and record["closed_at"] is None:
            return record["running"][kind] or True
    return record["stage"] == Stage.CORRECTION


async def _papers(request: Request, record: Record) -> Record:
    """What can be handed in, and what was found missing and is not there yet."""
    office = house_of(request).office
    asked = await office.read(lambda connection: papers_asked(connection, record["case_no"]))
    matter = await describe(office, record["matter"], today())
    every = slots(matter.materials, asked["persons"])
    return {"slots": every, "missing": missing(every, asked["findings"], asked["documents"])}


def _hearing(record: Record, allowed: frozenset[Verb] | None) -> frozenset[Verb]:
    """What can be said about a hearing now."""
    if record["closed_at"] is not None or not any(kind in record["running"] for kind in _HEARING):
        return frozenset()
    return PARTY & (allowed or frozenset())


async def _may_rate(connection: Any, case_no: str) -> bool:
    """Whether the matter as a whole has come to its end and has no rating yet."""
    found = await rating_register.ratable(connection, case_no)
    if found is None or found.trail.closed_on is None:
        return False
    return bool(set(reached(found.trail)) - await rating_register.rated(connection, case_no))
