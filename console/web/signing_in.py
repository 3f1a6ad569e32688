"""Signing in and out: OpenID Connect with any provider, or seeded accounts on a rehearsal machine.

Mounted by `console.desk_app`. The provider vouches for staff numbers in one claim; what a number
may do is the catalogue's and the manager's to say, never the provider's.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from httpx2 import HTTPError
from joserfc.errors import JoseError
from starsessions import regenerate_session_id

from console.web.context import draw, house_of
from console.web.ways_back import HOME, local
from settings import OidcSettings

#: Whatever a provider can get wrong: no answer, no JSON, no key, a token that is not right.
_TROUBLE = (AuthlibBaseError, JoseError, HTTPError, RuntimeError, ValueError, KeyError)
_OUT = "/signed-out"
#: How accounts begin that no provider vouches for.
_SEEDED = "seeded:"


def sign_in_routes(oidc: OidcSettings | None) -> APIRouter:
    """The pages and doors of signing in; without a provider only seeded accounts."""
    router = APIRouter(include_in_schema=False)
    oauth = _registered(oidc) if oidc is not None else None
    base = oidc.public_url.rstrip("/") if oidc is not None else ""

    @router.get("/sign-in")
    async def choose(request: Request, next: str = HOME) -> Response:
        house = house_of(request)
        if oauth is not None and not house.seeded:
            return RedirectResponse(f"/sign-in/provider?next={quote(local(next), safe='/')}", 303)
        return draw(
            request,
            "sign_in.html.j2",
            accounts=house.staff.accounts() if house.seeded else (),
            offices=house.office.catalog.offices,
            provider=oauth is not None,
            next=local(next),
        )

    @router.post("/sign-in/seeded")
    async def seeded(
        request: Request, number: Annotated[str, Form()], next: Annotated[str, Form()] = HOME
    ) -> Response:
        house = house_of(request)
        if not house.seeded or not house.staff.known(number):
            return _refused(request, "没有这个账号，请从列表中选择。")
        return _entered(request, f"{_SEEDED}{number}", [number], next)

    if oauth is not None and oidc is not None:

        @router.get("/sign-in/provider")
        async def provider(request: Request, next: str = HOME, anew: bool = False) -> Response:
            request.session["next"] = local(next)
            # Who signed out shows who it is, though the provider still knows somebody.
            asked = {"prompt": "login"} if anew else {}
            back = f"{base}/sign-in/return"
            try:
                answer: Response = await oauth.house.authorize_redirect(request, back, **asked)
            except _TROUBLE:
                return _refused(request, "统一身份认证暂时没有应答，请稍后再试。", 503)
            return answer

        @router.get("/sign-in/return")
        async def returned(request: Request) -> Response:
            try:
                token = await oauth.house.authorize_access_token(request)
            except _TROUBLE:
                return _refused(request, "身份认证没有完成或已过期，请重新登录。")
            claims: dict[str, Any] = token.get("userinfo") or {}
            absent = [name for name in ("iss", "sub") if not claims.get(name)]
            numbers = None if absent else await _staff_claim(oauth, token, claims, oidc.staff_claim)
            if numbers is None:
                named = "、".join(absent) or oidc.staff_claim
                message = f"统一身份认证没有给出 {named}；请联系系统管理员核对身份认证的配置。"
                return _refused(request, message)
            account = f"{claims['iss']}#{claims['sub']}"
            return _entered(request, account, _numbers(numbers), request.session.pop("next", HOME))

    @router.post("/sign-out")
    async def sign_out(request: Request) -> Response:
        provided = not request.session.get("account", _SEEDED).startswith(_SEEDED)
        request.session.clear()
        if oauth is not None and provided:
            return RedirectResponse(await _out_at(oauth, f"{base}{_OUT}") or _OUT, 303)
        return RedirectResponse(_OUT, 303)

    @router.get(_OUT)
    async def out(request: Request) -> Response:
        provided = oauth is not None and not house_of(request).seeded
        again = "/sign-in/provider?anew=true" if provided else "/sign-in"
        return draw(request, "signed_out.html.j2", again=again)

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


async def _staff_claim(
    oauth: OAuth, token: dict[str, Any], claims: dict[str, Any], name: str
) -> object:
    """The claim with the staff numbers: the token's, else the one that the provider's answer about
    the person has; None where neither has it."""
    if claims.get(name) is not None:
        return claims[name]
    try:
        told = await oauth.house.userinfo(token=token)
    except _TROUBLE:
        return None
    return told.get(name) if told.get("sub") == claims["sub"] else None


async def _out_at(oauth: OAuth, back: str) -> str | None:
    """Where the provider ends its own session; None where it does not, or does not answer.

    No token goes along, for an address is no place for what a token says of a person; a provider
    that wants to be sure asks the person.
    """
    try:
        metadata = await oauth.house.load_server_metadata()
        if not metadata.get("end_session_endpoint"):
            return None
        made = await oauth.house.create_logout_url(
            post_logout_redirect_uri=back, client_id=oauth.house.client_id
        )
    except _TROUBLE:
        return None
    return str(made["url"])


def _entered(request: Request, account: str, numbers: list[str], next: str) -> Response:
    """A fresh session: whatever the browser brought before is worth nothing now."""
    request.session.clear()
    regenerate_session_id(request)
    request.session.update(account=account, staff=numbers)
    return RedirectResponse(local(next), 303)


def _refused(request: Request, message: str, status: int = 403) -> Response:
    return draw(
        request, "message.html.j2", status, title="未能登录", message=message, back="/sign-in"
    )


def _numbers(claim: object) -> list[str]:
    """One staff number, or a list of them; anything else vouches for nobody."""
    if isinstance(claim, str):
        return claim.replace(",", " ").split()
    return [one for one in claim if isinstance(one, str)] if isinstance(claim, list) else []
