"""The applicant's page: how far the case is, by its number and a second secret; no name is shown.

Mounted by `console.desk_app` for everybody. Works without script and on a telephone. A proof opens
one case in this browser for some minutes; a wrong one says nothing about whether the case exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from limits import RateLimitItemPerHour
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starsessions import regenerate_session_id

from activities.rating_filing import Offered
from console.applicant_proof import is_applicant
from console.errors import OfficeCode, OfficeError
from console.filing import FilingDesk
from console.office import APPLICANT
from console.rating_desk import RatingDesk
from console.web.acting import command_of
from console.web.context import house_of
from console.web.paper_slots import chosen
from console.web.progress_view import (
    ENDED,
    FILES,
    NO_PROOF,
    SESSION,
    WRONG,
    ask,
    case_page,
    opened,
    policy,
)
from contracts.commands import Verb
from domain.ratings import Channel, Level
from storage.case_reading import progress_of

Record = dict[str, Any]
_TOO_OFTEN = "查询过于频繁，请一小时后再试，或到收件窗口查询。"
_DONE = {
    "withdrawn": "撤回申请已提交，结果会显示在这里。",
    "rated": "感谢评价。",
    Verb.HEARING_ASK.value: "听证申请已提交，听证的时间和地点会另行通知您。",
    Verb.HEARING_WAIVE.value: "已登记您放弃听证，办件继续办理。",
    "supplied": "材料已提交，窗口核对后会继续办理。",
    "saved": "材料已保存，办理系统恢复后会自动提交，不必重复提交。",
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
        if not secret.strip() and not (phone.strip() and id_tail.strip()):
            return ask(request, NO_PROOF, 422, case_no=case_no)
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
            return ask(request, WRONG, 403)
        # Whatever the browser brought before is worth nothing now; staff stay signed in elsewhere.
        regenerate_session_id(request)
        minutes = policy(request, "progress.session_minutes")
        until = datetime.now(UTC) + timedelta(minutes=minutes)
        request.session[SESSION] = {"case_no": case_no, "until": until.isoformat()}
        return RedirectResponse("/progress", 303)

    @router.post("/progress/leave")
    async def leave(request: Request) -> Response:
        request.session.pop(SESSION, None)
        return RedirectResponse("/progress", 303)

    @router.post("/progress/withdraw")
    async def withdraw(
        request: Request,
        command_id: Annotated[str, Form(max_length=60)],
        sure: Annotated[str, Form(max_length=5)] = "",
    ) -> Response:
        case_no = opened(request)
        if case_no is None:
            return ask(request, ENDED, 403)
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

    @router.post("/progress/supplement")
    async def supplement(request: Request) -> Response:
        case_no = opened(request)
        if case_no is None:
            return ask(request, ENDED, 403)
        office = house_of(request).office
        async with request.form(max_files=FILES, max_fields=3 * FILES) as form:
            try:
                parts = await chosen(form, policy(request, "document.max_bytes"))
                await FilingDesk(office).hand_in(
                    case_no,
                    parts,
                    folder=Path("/nowhere"),
                    command_id=command_of(str(form.get("command_id", ""))),
                )
            except OfficeError as error:
                if error.code == OfficeCode.PENDING:
                    return RedirectResponse("/progress?done=saved", 303)
                return await case_page(request, case_no, error=error.message)
        return RedirectResponse("/progress?done=supplied", 303)

    @router.post("/progress/rate")
    async def rate(
        request: Request,
        level: Annotated[Level, Form()],
        words: Annotated[str, Form(max_length=5000)] = "",
        consent: Annotated[bool, Form()] = False,
    ) -> Response:
        case_no = opened(request)
        if case_no is None:
            return ask(request, ENDED, 403)
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
