"""The locality's HTTP side: documents for peers under a grant, the check of slips, limits
explained, ratings, bulletins, the public catalogue, call-backs of couriers and hotline, the codec
server, health.

Peers pull what a letter's manifest names, by digest; every reading is logged with case and
purpose. The codec server decrypts payloads for the Web UI of those who run it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from google.protobuf.json_format import MessageToDict, Parse, ParseError
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp
from temporalio.api.common.v1 import Payloads

from console.bulletin_pages import bulletin_doors
from console.catalogue_pages import catalogue_doors
from console.clock_door import clock_door
from console.courier_calls import courier_door
from console.hotline_calls import hotline_door
from console.of_the_house import is_of_the_house
from console.office import Office
from console.rating_door import rating_door
from console.supervising import SupervisionDesk
from console.supervision_calls import supervision_routes
from console.verifying import verify_endpoint
from console.web.body_bounds import BodyBounds
from console.web.outage import Guard
from contracts.codec import EncryptionCodec, PayloadKeyError
from storage import documents
from storage.letter_register import granted_item
from storage.people import log_access


def build_app(
    office: Office,
    *,
    grant_secret: bytes,
    codec: EncryptionCodec | None,
    ui_url: str | None,
    slip_secret: bytes,
    codec_token: str | None = None,
    supervisor_token: str | None = None,
    desk: ASGIApp | None = None,
) -> Starlette:
    """The application of one locality's console process, which closes the office's database.

    The codec answers callers on this machine, and others only with ``codec_token``: peers reach
    this process too, and must not have payloads opened for them. ``supervisor_token`` does the
    same for limits, ladder and bulletins. ``desk`` are the pages of `console.web`.
    """
    database, catalog, locality = office.database, office.catalog, office.locality

    async def health(request: Request) -> Response:
        async with database.read() as connection:
            await connection.execute(text("SELECT 1"))
        return JSONResponse({"status": "ok", "locality": locality})

    async def document(request: Request) -> Response:
        digest = request.path_params["digest"]
        scheme, _, grant = request.headers.get("Authorization", "").partition(" ")
        peer = request.headers.get("Tongban-Locality", "")
        if scheme != "Grant" or not grant:
            return _refusal(401, "GRANT_MISSING", "请随请求附上来函的调阅凭证。")
        async with database.write() as connection:
            found = await granted_item(connection, grant_secret, grant, digest, datetime.now(UTC))
            if found is None or found[0].to_locality != peer:
                return _refusal(403, "GRANT_INVALID", "调阅凭证无效、已过期或不含此文书。")
            content = await documents.load(connection, digest)
            if content is None:
                return _refusal(404, "DOCUMENT_MISSING", "没有这份文书，请联系来函机构。")
            letter, item = found
            await log_access(
                connection, letter.case_no, f"peer:{peer}", f"document:{item.type}", letter.verb
            )
        return Response(content[1], media_type=content[0])

    async def decode(request: Request) -> Response:
        return await _codec(request, codec, codec_token, decode=True)

    async def encode(request: Request) -> Response:
        return await _codec(request, codec, codec_token, decode=False)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await database.close()

    allowed = [ui_url] if ui_url else []
    if ui_url and "127.0.0.1" in ui_url:
        allowed.append(ui_url.replace("127.0.0.1", "localhost"))
    return Starlette(
        routes=[
            Route("/health", health),
            Route("/documents/{digest:str}", document),
            Route(
                "/courier/events/{token:str}",
                courier_door(database, grant_secret),
                methods=["POST"],
            ),
            Route(
                "/cases/{case_no:str}/clocks",
                clock_door(
                    database,
                    office.calendars,
                    lambda request: is_of_the_house(request, supervisor_token),
                ),
            ),
            Route(
                "/hotline/events/{token:str}",
                hotline_door(database, catalog, locality, grant_secret),
                methods=["POST"],
            ),
            Route(
                "/ratings",
                rating_door(database, catalog, locality, slip_secret),
                methods=["GET", "POST"],
            ),
            *bulletin_doors(database, supervisor_token),
            *catalogue_doors(
                database,
                office.catalog,
                office.definitions,
            ),
            Route("/verify", verify_endpoint(database, slip_secret)),
            *supervision_routes(
                SupervisionDesk(office),
                lambda request: is_of_the_house(request, supervisor_token),
            ),
            Route("/codec/decode", decode, methods=["POST"]),
            Route("/codec/encode", encode, methods=["POST"]),
            *((Mount("/", desk),) if desk is not None else ()),
        ],
        middleware=[
            Middleware(Guard, machines=True),
            Middleware(BodyBounds, office=office, machines=True),
            Middleware(
                CORSMiddleware,
                allow_origins=allowed,
                allow_methods=["POST"],
                allow_headers=["*"],
                allow_credentials=True,
            ),
        ],
        lifespan=lifespan,
    )


async def _codec(
    request: Request, codec: EncryptionCodec | None, token: str | None, *, decode: bool
) -> Response:
    if not is_of_the_house(request, token):
        return _refusal(403, "NOT_ALLOWED", "无权解密；请在本机打开界面，或配置 codec_token。")
    try:
        payloads = Parse(await request.body(), Payloads())
    except ParseError:
        return _refusal(400, "NOT_PAYLOADS", "请求内容不是 Temporal 的 Payloads。")
    try:
        if codec is not None:
            work = codec.decode if decode else codec.encode
            payloads = Payloads(payloads=await work(payloads.payloads))
    except PayloadKeyError as error:
        return _refusal(400, "UNKNOWN_KEY", str(error))
    return JSONResponse(MessageToDict(payloads))


def _refusal(status: int, code: str, message: str) -> Response:
    return JSONResponse({"code": code, "message": message}, status_code=status)
