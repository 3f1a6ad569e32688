"""Signing in and out: OpenID Connect with any provider, or seeded accounts on a rehearsal machine.

Mounted by `console.web.app`. The provider vouches for staff numbers in one claim; what a number may
do is the catalogue's and the manager's to say, never the provider's.
"""

from __future__ import annotations

from typing import Annotated, Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.starlette_client import OAuth
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from httpx2 import HTTPError
from starsessions import regenerate_session_id

from console.web.context import draw, house_of
from settings import OidcSettings

#: Where somebody comes after signing in, unless a page sent them here.
_HOME = "/"


def sign_in_routes(oidc: OidcSettings | None) -> APIRouter:
    """The pages and doors of signing in; without a provider only seeded accounts."""
    router = APIRouter(include_in_schema=False)
    oauth = _registered(oidc) if oidc is not None else None

    @router.get("/sign-in")
    async def choose(request: Request, next: str = _HOME) -> Response:
        house = house_of(request)
        if oauth is not None and not house.seeded:
            return RedirectResponse(f"/sign-in/provider?next={_local(next)}", 303)
        return draw(
            request,
            "sign_in.html.j2",
            accounts=house.staff.accounts() if house.seeded else (),
            offices=house.office.catalog.offices,
            provider=oauth is not None,
            next=_local(next),
        )

    @router.post("/sign-in/seeded")
    async def seeded(
        request: Request, number: Annotated[str, Form()], next: Annotated[str, Form()] = _HOME
    ) -> Response:
        house = house_of(request)
        if not house.seeded or not house.staff.known(number):
            return _refused(request, "没有这个账号，请从列表中选择。")
        return _entered(request, f"seeded:{number}", [number], next)

    if oauth is not None and oidc is not None:

        @router.get("/sign-in/provider")
        async def provider(request: Request, next: str = _HOME) -> Response:
            request.session["next"] = _local(next)
            back = f"{oidc.public_url.rstrip('/')}/sign-in/return"
            try:
                answer: Response = await oauth.house.authorize_redirect(request, back)
            except HTTPError:
                return _refused(request, "统一身份认证暂时没有应答，请稍后再试。", 503)
            return answer

        @router.get("/sign-in/return")
        async def returned(request: Request) -> Response:
            try:
                token = await oauth.house.authorize_access_token(request)
            except (OAuthError, HTTPError):
                return _refused(request, "身份认证没有完成或已过期，请重新登录。")
            claims: dict[str, Any] = token["userinfo"]
            numbers = _numbers(claims.get(oidc.staff_claim))
            account = f"{claims['iss']}#{claims['sub']}"
            return _entered(request, account, numbers, request.session.pop("next", _HOME))

    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        request.session.clear()
        return RedirectResponse("/sign-in", 303)

    return router


def _registered(oidc: OidcSettings) -> OAuth:
    oauth = OAuth()
    oauth.register(
        "house",
        client_id=oidc.client_id,
        client_secret=oidc.client_secret.get_secret_value(),
        server_metadata_url=oidc.metadata_url,
        client_kwargs={"scope": oidc.scope, "code_challenge_method": "S256"},
    )
    return oauth


def _entered(request: Request, account: str, numbers: list[str], next: str) -> Response:
    """A fresh session: whatever the browser brought before is worth nothing now."""
    request.session.clear()
    regenerate_session_id(request)
    request.session.update(account=account, staff=numbers)
    return RedirectResponse(_local(next), 303)


def _refused(request: Request, message: str, status: int = 403) -> Response:
    return draw(
        request, "message.html.j2", status, title="未能登录", message=message, back="/sign-in"
    )


def _numbers(claim: object) -> list[str]:
    """One staff number, or a list of them; anything else vouches for nobody."""
    if isinstance(claim, str):
        return claim.replace(",", " ").split()
    return [one for one in claim if isinstance(one, str)] if isinstance(claim, list) else []


def _local(path: str) -> str:
    """A path of this house; never another site."""
    return path if path.startswith("/") and path[1:2] not in ("/", "\\") else _HOME
