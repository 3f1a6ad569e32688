"""The applicant's page: how far the case is, by its number and a second secret; no name is shown.

Mounted by `console.web.app` for everybody. Works without script and on a telephone. A proof opens
one case in this browser for some minutes; a wrong one says nothing about whether the case exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from limits import RateLimitItemPerHour
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starsessions import regenerate_session_id

from activities.rating_filing import Offered
from console.applicant_proof import is_applicant
from console.errors import OfficeError
from console.office import APPLICANT
from console.rating_desk import RatingDesk
from console.web.acting import command_of, new_command
from console.web.case_course import drawn
from console.web.context import draw, house_of
from console.web.words import words_for
from console.wording.labels import HOLDER_LABELS, ending_label, labelled, locality_name, office_name
from contracts.commands import Verb
from domain.calendar import SHANGHAI
from domain.casework import STAGE_LABELS, ClockKind
from domain.ratings import Channel, Level, reached
from domain.routes import step_label
from domain.stages import Stage
from storage import rating_register
from storage.case_reading import progress_of

Record = dict[str, Any]
_SESSION = "applicant"
_WRONG = (
    "办件编号或核验信息不对，请对照收件凭证重新填写；忘记验证码的，可以用申请时的联系电话和"
    "公民身份号码后六位。"
)
_TOO_OFTEN = "查询过于频繁，请一小时后再试，或到收件窗口查询。"
_ENDED = "查看时间已过，请重新填写办件编号和核验信息。"
_DONE = {
    "withdrawn": "撤回申请已提交，结果会显示在这里。",
    "rated": "感谢评价。",
    "supplied": "材料已提交，窗口核对后会继续办理。",
}


@dataclass(frozen=True, slots=True)
class Tries:
    """How often one address, and one case, may be asked for; kept by each console process alone."""

    limiter: MovingWindowRateLimiter

    async def allowed(self, request: Request, case_no: str) -> bool:
        """Whether this question may be asked; asking counts."""
        address = request.client.host if request.client else ""
        each = RateLimitItemPerHour(policy(request, "progress.tries_per_address"))
        case = RateLimitItemPerHour(policy(request, "progress.tries_per_case"))
        return await self.limiter.hit(each, "progress", "from", address) and (
            await self.limiter.hit(case, "progress", "case", case_no)
        )


def progress_routes(slip_secret: bytes) -> APIRouter:
    """The pages under /progress; the secret is the one that codes of slips are made with."""
    router = APIRouter(include_in_schema=False)
    tries = Tries(MovingWindowRateLimiter(MemoryStorage()))

    @router.get("/progress")
    async def show(request: Request, done: str = "") -> Response:
        case_no = opened(request)
        if case_no is None:
            return ask(request)
        return await case_page(request, case_no, done=_DONE.get(done, ""))

    @router.post("/progress")
    async def prove(
        request: Request,
        case_no: Annotated[str, Form(max_length=40)],
        secret: Annotated[str, Form(max_length=100)] = "",
        phone: Annotated[str, Form(max_length=40)] = "",
        id_tail: Annotated[str, Form(max_length=6)] = "",
    ) -> Response:
        case_no = case_no.strip()
        if not await tries.allowed(request, case_no):
            return ask(request, _TOO_OFTEN, 429)
        office = house_of(request).office

        async def right(connection: Any) -> bool:
            proven = await is_applicant(
                connection,
                slip_secret,
                case_no,
                secret=secret.strip(),
                phone=phone.strip(),
                id_tail=id_tail.strip(),
            )
            return proven and await progress_of(connection, case_no) is not None

        if not await office.read(right):
            return ask(request, _WRONG, 403)
        # Whatever the browser brought before is worth nothing now; staff stay signed in elsewhere.
        regenerate_session_id(request)
        minutes = policy(request, "progress.session_minutes")
        until = datetime.now(UTC) + timedelta(minutes=minutes)
        request.session[_SESSION] = {"case_no": case_no, "until": until.isoformat()}
        return RedirectResponse("/progress", 303)

    @router.post("/progress/leave")
    async def leave(request: Request) -> Response:
        request.session.pop(_SESSION, None)
        return RedirectResponse("/progress", 303)

    @router.post("/progress/withdraw")
    async def withdraw(
        request: Request,
        command_id: Annotated[str, Form(max_length=60)],
        sure: Annotated[str, Form(max_length=5)] = "",
    ) -> Response:
        case_no = opened(request)
        if case_no is None:
            return ask(request, _ENDED, 403)
        if sure != "yes":
            return await case_page(request, case_no, error="请勾选确认后再撤回。")
        try:
            await house_of(request).office.ask(
                case_no,
                Verb.WITHDRAW,
                actor=APPLICANT,
                reason="申请人网上撤回",
                command_id=command_of(command_id),
            )
        except OfficeError as error:
            return await case_page(request, case_no, error=error.message)
        return RedirectResponse("/progress?done=withdrawn", 303)

    @router.post("/progress/rate")
    async def rate(
        request: Request,
        level: Annotated[Level, Form()],
        words: Annotated[str, Form(max_length=5000)] = "",
        consent: Annotated[bool, Form()] = False,
    ) -> Response:
        case_no = opened(request)
        if case_no is None:
            return ask(request, _ENDED, 403)
        office = house_of(request).office
        desk = RatingDesk(office.database, office.catalog, office.locality, slip_secret)
        offered = Offered(
            case_no=case_no, level=level, channel=Channel.WEB, words=words, consent=consent
        )
        try:
            await desk.rate(offered, proven=True)
        except OfficeError as error:
            return await case_page(request, case_no, error=error.message)
        return RedirectResponse("/progress?done=rated", 303)

    return router


def policy(request: Request, key: str) -> int:
    """A number of the policy table for this locality."""
    office = house_of(request).office
    today = datetime.now(SHANGHAI).date()
    return office.catalog.policy(key, office.locality, on=today).as_number()


def opened(request: Request) -> str | None:
    """The case that this browser has proven, while the proof lasts."""
    kept = request.session.get(_SESSION)
    if not kept or datetime.fromisoformat(kept["until"]) < datetime.now(UTC):
        return None
    return str(kept["case_no"])


def ask(request: Request, error: str = "", status: int = 200) -> Response:
    """The form: number and secret."""
    return draw(
        request, "progress_ask.html.j2", status, title="办件进度查询", error=error, home="/progress"
    )


async def case_page(request: Request, case_no: str, *, done: str = "", error: str = "") -> Response:
    """How far the case is and what may be done."""
    office, say = house_of(request).office, words_for(request).gettext
    record = await office.read(lambda connection: progress_of(connection, case_no))
    if record is None:
        return ask(request, _WRONG, 403)
    course = drawn(office, record, say)
    rating = await office.read(lambda connection: _may_rate(connection, case_no))
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
        supplement=_awaited(record),
        rating=rating,
        levels=list(Level),
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


async def _may_rate(connection: Any, case_no: str) -> bool:
    """Whether the matter as a whole has come to its end and has no rating yet."""
    found = await rating_register.ratable(connection, case_no)
    if found is None or found.trail.closed_on is None:
        return False
    return bool(set(reached(found.trail)) - await rating_register.rated(connection, case_no))
