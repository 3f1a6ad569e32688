"""Who calls the programming interface: a key of an integrator, or somebody who is signed in.

Every operation takes a :class:`Call`. A key acts under one post, and what the post may do the one
policy says at each call: an ended secondment, a revoked or an expired key ends at once. Whatever a
key reads or does is on record with the key; what an approver decides needs the approver.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from limits import RateLimitItemPerMinute
from limits.aio.strategies import MovingWindowRateLimiter

from console.problems import Refusal
from console.staff import Person
from console.web.context import NotSignedIn, Visit, house_of, visit
from console.web.words import words_for
from domain.calendar import SHANGHAI
from domain.offices import Role
from domain.permissions import Permission
from storage import api_keys
from storage.posts import of_number

_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    description="管理员签发的接口密钥：Authorization: Bearer …",
)
_SESSION = APIKeyCookie(
    name="tongban",
    auto_error=False,
    scheme_name="session",
    description="已登录的会话；改动内容的调用另须附上 X-CSRFToken。",
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the visit that the pages' functions know, and the key where one was used."""

    visit: Visit
    key: dict[str, Any] | None = None

    @property
    def caller(self) -> str:
        """Whose calls and idempotency keys these are."""
        return f"key:{self.key['id']}" if self.key else self.visit.person.account

    def need(self, permission: Permission, office: str | None = None) -> None:
        """Raises Forbidden unless the caller may do this (there, or anywhere)."""
        self.visit.need(permission, office)

    def need_approver(self, role: Role | None) -> None:
        """Refuses a key where ``role``, whose work it is, decides in person."""
        person = self.visit.person
        holds = any(Role.APPROVER in post.roles for post in person.posts)
        if role is Role.APPROVER and holds and not person.approves:
            raise Refusal("APPROVER_NEEDED")

    def need_person(self, permission: Permission) -> None:
        """As :meth:`need`, and never with a key: keys do not make keys, nor posts."""
        self.visit.need(permission)
        if self.key is not None:
            raise Refusal("SIGN_IN_NEEDED")


async def caller(
    request: Request,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
    session: Annotated[str | None, Depends(_SESSION)],
) -> Call:
    """Whoever calls; a request with an Authorization header is never taken for the session's."""
    if "authorization" in request.headers:
        if bearer is None:
            raise Refusal("NOT_SIGNED_IN")
        call = await _by_key(request, bearer.credentials)
    else:
        try:
            call = Call(await visit(request))
        except NotSignedIn:
            raise Refusal("NOT_SIGNED_IN") from None
    await _not_too_often(request, call)
    return call


Calling = Annotated[Call, Depends(caller)]


async def _by_key(request: Request, given: str) -> Call:
    house, now = house_of(request), datetime.now(UTC)
    if not given.isascii() or len(given) > 200:
        raise Refusal("KEY_NOT_VALID")
    database = house.office.database
    async with database.glance() as connection:
        key = await api_keys.holding(connection, given, now)
    if key is None:
        raise Refusal("KEY_NOT_VALID")
    if api_keys.is_stale(key, now):
        async with database.write() as connection:
            await api_keys.used(connection, key["id"], now)
    today = now.astimezone(SHANGHAI).date()
    known = await house.staff.person(of_number(key["code"]), [key["code"]], today)
    posts = tuple(
        post for post in known.posts if (post.code, post.office) == (key["code"], key["office"])
    )
    via = f"key:{key['id']}"
    policy = house.office.catalog.policy("api.keys_approve", house.office.locality, on=today)
    person = Person(via, posts, known.every, via, approves=bool(policy.as_number()))
    return Call(Visit(request, house, words_for(request), person), key)


async def _not_too_often(request: Request, call: Call) -> None:
    """Counted by each console process alone."""
    limiter: MovingWindowRateLimiter = request.app.state.limiter
    office = call.visit.house.office
    policy = office.catalog.policy("api.calls_per_minute", office.locality, on=call.visit.today)
    bound = RateLimitItemPerMinute(policy.as_number())
    if not await limiter.hit(bound, "api", call.caller):
        window = await limiter.get_window_stats(bound, "api", call.caller)
        raise Refusal("TOO_OFTEN", retry_after=window.reset_time - time.time())
