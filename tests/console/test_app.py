"""The locality's HTTP side: peers read only what their letter names; the UI reads payloads."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest_asyncio
from google.protobuf.json_format import MessageToDict, ParseDict
from sqlalchemy import select, update
from temporalio.api.common.v1 import Payload, Payloads

from catalog.loader import load_catalog
from console.app import build_app
from contracts.codec import EncryptionCodec
from contracts.letters import Letter
from storage.case_tables import DataAccess
from storage.database import Database
from storage.documents import digest_of
from storage.paper_tables import LetterRow
from tests.console.offices import office
from tests.storage.builders import open_case
from tests.storage.test_letters_and_documents import SECRET, drafted

CATALOG = load_catalog()
CODEC = EncryptionCodec({"k": b"1" * 32}, "k")


@pytest_asyncio.fixture
async def http(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The console of 371002, without its process."""
    app = build_app(
        office(database),
        grant_secret=SECRET,
        slip_secret=SECRET,
        codec=CODEC,
        ui_url="http://127.0.0.1:8233",
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://console") as client:
        yield client


def headers(letter: Letter, peer: str = "330902") -> dict[str, str]:
    return {"Authorization": f"Grant {letter.grant}", "Tongban-Locality": peer}


async def sent(database: Database) -> Letter:
    """A letter of ours whose grant is open today."""
    filing = await open_case(database)
    letter = await drafted(database, filing.case_no, filing)
    async with database.write() as connection:
        await connection.execute(
            update(LetterRow)
            .where(LetterRow.number == letter.number)
            .values(grant_until=datetime(2999, 1, 1, tzinfo=UTC))
        )
    return letter


async def test_a_peer_pulls_what_its_letter_names_and_the_reading_is_on_record(
    database: Database, http: httpx.AsyncClient
) -> None:
    letter = await sent(database)
    digest = letter.manifest[0].digest
    answer = await http.get(f"/documents/{digest}", headers=headers(letter))
    assert answer.status_code == 200
    assert digest_of(answer.content) == digest
    async with database.read() as connection:
        logged = (
            await connection.execute(
                select(DataAccess.actor, DataAccess.purpose).where(
                    DataAccess.case_no == letter.case_no
                )
            )
        ).all()
    assert [tuple(row) for row in logged] == [("peer:330902", "MOVE_OUT_REQUEST")]


async def test_without_the_right_grant_nothing_is_shown(
    database: Database, http: httpx.AsyncClient
) -> None:
    letter, other = await sent(database), await sent(database)
    digest = letter.manifest[0].digest
    refused = [
        await http.get(f"/documents/{digest}"),
        await http.get(f"/documents/{digest}", headers=headers(other)),
        await http.get(f"/documents/{digest}", headers=headers(letter, peer="339903")),
        await http.get(f"/documents/{'0' * 64}", headers=headers(letter)),
    ]
    assert [answer.status_code for answer in refused] == [401, 403, 403, 403]
    assert all("样例" not in answer.text for answer in refused)


async def test_the_codec_server_opens_payloads_for_the_web_ui_only(
    http: httpx.AsyncClient,
) -> None:
    plain = Payload(metadata={"encoding": b"json/plain"}, data=b'"x"')
    sealed = Payloads(payloads=await CODEC.encode([plain]))
    answer = await http.post(
        "/codec/decode",
        json=MessageToDict(sealed),
        headers={"Origin": "http://127.0.0.1:8233", "X-Namespace": "tongban-371002"},
    )
    assert ParseDict(answer.json(), Payloads()).payloads[0] == plain
    assert answer.headers["access-control-allow-origin"] == "http://127.0.0.1:8233"

    foreign = await http.post(
        "/codec/decode", json=MessageToDict(sealed), headers={"Origin": "http://evil.example"}
    )
    assert "access-control-allow-origin" not in foreign.headers


async def test_a_payload_of_an_unknown_key_is_refused_in_words(http: httpx.AsyncClient) -> None:
    foreign = EncryptionCodec({"other": b"2" * 32}, "other")
    sealed = Payloads(payloads=await foreign.encode([Payload(data=b"1")]))
    answer = await http.post("/codec/decode", json=MessageToDict(sealed))
    assert answer.status_code == 400
    assert answer.json()["code"] == "UNKNOWN_KEY"

    nonsense = await http.post("/codec/decode", content=base64.b64encode(b"no payloads"))
    assert nonsense.status_code == 400


async def test_payloads_are_not_opened_for_callers_from_elsewhere(database: Database) -> None:
    sealed = MessageToDict(Payloads(payloads=await CODEC.encode([Payload(data=b"1")])))
    for token, given, status in (
        (None, None, 403),
        ("only-for-tests", None, 403),
        ("only-for-tests", "wrong", 403),
        ("only-for-tests", "only-for-tests", 200),
    ):
        app = build_app(
            office(database),
            grant_secret=SECRET,
            slip_secret=SECRET,
            codec=CODEC,
            ui_url=None,
            codec_token=token,
        )
        transport = httpx.ASGITransport(app=app, client=("10.0.0.9", 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://console") as client:
            answer = await client.post(
                "/codec/decode",
                json=sealed,
                headers={"Authorization": f"Bearer {given}"} if given else {},
            )
        assert answer.status_code == status
