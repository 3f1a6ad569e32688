"""`GET /verify?code=…`: whether a printed slip is genuine, without a word about anybody.

Mounted by `console.app`. Anybody may ask, so each caller may ask only so often.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from slips.verification import VERDICT_TEXTS, Verdict, normalised, verify
from storage.database import Database
from storage.slips import by_code

#: More than a window checks by hand, far too few to guess a code.
_QUESTIONS, _SECONDS = 30, 60.0
#: Callers that are remembered; the longest silent is forgotten first.
_CALLERS = 10_000


class Limiter:
    """Lets each caller ask `questions` times within `seconds`."""

    def __init__(self, questions: int = _QUESTIONS, seconds: float = _SECONDS) -> None:
        self._questions = questions
        self._seconds = seconds
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, caller: str, now: float) -> bool:
        """Whether this caller may ask now; asking counts."""
        times = self._asked.setdefault(caller, deque())
        self._asked.move_to_end(caller)
        while len(self._asked) > _CALLERS:
            self._asked.popitem(last=False)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._questions:
            return False
        times.append(now)
        return True


def verify_endpoint(
    database: Database, secret: bytes, limiter: Limiter | None = None
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint; ``secret`` is the one that the codes were made with."""
    limits = limiter or Limiter()

    async def answer(request: Request) -> Response:
        caller = request.client.host if request.client else ""
        if not limits.allows(caller, time.monotonic()):
            return JSONResponse(
                {"code": "TOO_MANY_QUESTIONS", "message": "查验过于频繁，请一分钟后再试。"},
                status_code=429,
            )
        verdict = await check_code(database, secret, request.query_params.get("code", ""))
        return JSONResponse({"verdict": verdict.value, "message": VERDICT_TEXTS[verdict]})

    return answer


async def check_code(database: Database, secret: bytes, typed: str) -> Verdict:
    """What to say of a code as somebody typed it; an unknown one is as wrong as a forged one."""
    code = normalised(typed)
    if code is None:
        return Verdict.MISTYPED
    async with database.read() as connection:
        slip = await by_code(connection, code)
    if slip is None:
        return Verdict.WRONG
    return verify(
        code,
        secret,
        kind=slip.kind,
        number=slip.number,
        case_no=slip.case_no,
        content=slip.content,
    )
