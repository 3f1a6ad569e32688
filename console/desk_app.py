"""The staff side of a locality's console as one application: pages, interface, what is before them.

Mounted by `console.app` below the doors for machines; pages and interface meet here alone. Every
answer carries a strict content policy; every form a token; every session lives in the database.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import asgi_csrf
from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from secure import (
    CacheControl,
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)
from secure.middleware import SecureASGIMiddleware
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send
from starsessions import SessionAutoloadMiddleware, SessionMiddleware

from console.api.app import build_api, openapi_of
from console.office import Office
from console.problems import PREFIX
from console.slip_desk import SlipDesk
from console.staff import Staff
from console.web.audit import router as audit
from console.web.board import router as board
from console.web.board_bulletins import router as board_bulletins
from console.web.board_days import router as board_days
from console.web.board_rungs import router as board_rungs
from console.web.body_bounds import BodyBounds
from console.web.bulk import router as bulk
from console.web.case_acts import router as case_acts
from console.web.case_documents import router as case_documents
from console.web.case_pages import router as case_pages
from console.web.context import House
from console.web.error_pages import error_pages, stale_form
from console.web.hand_in import router as hand_in
from console.web.intake import router as intake
from console.web.integrators import router as integrators
from console.web.outage import Guard
from console.web.posts import router as posts
from console.web.printing import slip_pages
from console.web.progress import progress_routes
from console.web.progress_hearing import router as progress_hearing
from console.web.rung_lists import router as rung_lists
from console.web.search import router as search
from console.web.sessions import LIFETIME_SECONDS, DatabaseSessions
from console.web.signing import router as signing
from console.web.signing_in import sign_in_routes
from console.web.tasks import router as tasks
from console.web.upload_token import TokenOfUploads
from console.web.worklist import router as worklist
from console.webhook_desk import WebhookDesk
from settings import LocalitySettings

_PAPER = re.compile(r"/cases/[^/]+/documents/[^/]+$")
_STATIC = Path(__file__).parent / "web" / "static"


def build_pages(office: Office, own: LocalitySettings, *, ui_url: str | None) -> FastAPI:
    """The pages alone, without what stands before them: sessions, tokens, headers."""
    app = FastAPI(title="通办", docs_url=None, redoc_url=None, openapi_url=None)
    staff = Staff(office.database, office.catalog, office.locality)
    app.state.house = House(office, staff, own.seeded_accounts, ui_url)
    app.state.webhooks = WebhookDesk(
        office,
        own.grant_secret.get_secret_value().encode(),
        private=own.webhook_private_targets,
    )
    app.include_router(integrators)
    desk_of = partial(
        SlipDesk,
        secret=own.slip_secret.get_secret_value().encode(),
        check_at=f"{own.console_url.rstrip('/')}/verify",
    )
    app.state.slip_desk_of = desk_of
    app.state.api = build_api(app.state.house, app.state.webhooks, desk_of)
    app.state.openapi = partial(openapi_of, app.state.api)
    app.mount(PREFIX, app.state.api)
    app.include_router(sign_in_routes(own.oidc))
    app.include_router(worklist)
    app.include_router(bulk)
    app.include_router(search)
    app.include_router(posts)
    app.include_router(audit)
    app.include_router(signing)
    app.include_router(case_pages)
    app.include_router(board)
    app.include_router(board_days)
    app.include_router(rung_lists)
    app.include_router(board_rungs)
    app.include_router(board_bulletins)
    app.include_router(case_documents)
    app.include_router(progress_hearing)
    app.include_router(progress_routes(own.slip_secret.get_secret_value().encode()))
    app.include_router(tasks)
    app.include_router(intake)
    app.include_router(hand_in)
    app.include_router(slip_pages(desk_of))
    app.include_router(case_acts)
    error_pages(app)
    return app


def build_desk(office: Office, own: LocalitySettings, *, ui_url: str | None) -> ASGIApp:
    """The staff pages of one locality."""
    app = build_pages(office, own, ui_url=ui_url)
    secret = own.session_secret.get_secret_value() if own.session_secret else None
    check = partial(
        asgi_csrf.asgi_csrf,
        signing_secret=secret,
        cookie_secure=own.secure_cookies,
        send_csrf_failed=stale_form(app),
    )
    inner: ASGIApp = SessionAutoloadMiddleware(TokenOfUploads(app, check))
    inner = SessionMiddleware(
        inner,
        DatabaseSessions(office.database),
        lifetime=LIFETIME_SECONDS,
        rolling=True,
        cookie_name="tongban",
        cookie_https_only=own.secure_cookies,
    )
    pages = _by_kind(
        SecureASGIMiddleware(inner, secure=_headers(own)),
        SecureASGIMiddleware(inner, secure=_headers(own, framed="'self'")),
    )
    return Starlette(
        routes=[
            Mount("/static", _Lasting(directory=_STATIC)),
            Mount("/", Guard(BodyBounds(pages, office))),
        ]
    )


class _Lasting(StaticFiles):
    """Files of a release: asked for once a day, and compared by their tag after that."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        answer = super().file_response(*args, **kwargs)
        answer.headers["Cache-Control"] = "public, max-age=86400"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer


def _by_kind(pages: object, papers: object) -> ASGIApp:
    """Pages are never inside another page; a document may be shown inside one of this house."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        paper = _PAPER.search(scope.get("path", "")) is not None
        await cast("ASGIApp", papers if paper else pages)(scope, receive, send)

    return choose


def _headers(own: LocalitySettings, framed: str = "'none'") -> Secure:
    policy = (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'", "data:")
        .connect_src("'self'")
        .font_src("'self'")
        .frame_src("'self'")
        .form_action("'self'", *_provider(own))
        .base_uri("'none'")
        .object_src("'self'")
        .frame_ancestors(framed)
    )
    return Secure(
        csp=policy,
        cache=CacheControl().no_store(),
        coop=CrossOriginOpenerPolicy().same_origin(),
        hsts=StrictTransportSecurity().max_age(31_536_000) if own.secure_cookies else None,
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny() if framed == "'none'" else XFrameOptions().sameorigin(),
    )


def _provider(own: LocalitySettings) -> tuple[str, ...]:
    """Where a form may lead on to: signing out, and signing in again, goes to the provider."""
    if own.oidc is None:
        return ()
    at = urlsplit(own.oidc.metadata_url)
    return (f"{at.scheme}://{at.netloc}",)
