"""What the base client makes of each answer, and that no failure or address names a person."""

import logging
import traceback
from collections.abc import Callable

import httpx
import pytest
from pydantic import ValidationError

from adapters.errors import MAX_TEXT
from adapters.population.client import PopulationClient
from adapters.protocols import (
    CancelOrder,
    Notice,
    OutsideMalformed,
    OutsideRefusal,
    OutsideUnavailable,
    Registration,
)
from tests.adapters.people import ASKED, cancel, land, person

WHO = person(name="孙样例密", address="样例路密址9号", phone="12000000077")
SECRETS = (WHO.id_no, WHO.name, WHO.address, "12000000077")
Answering = Callable[[httpx.Request], httpx.Response]


def _client(answer: Answering) -> PopulationClient:
    return PopulationClient("http://register.invalid/p", transport=httpx.MockTransport(answer))


async def _failure(answer: Answering) -> Exception:
    async with _client(answer) as client:
        with pytest.raises((OutsideUnavailable, OutsideRefusal)) as raised:
            await client.look_up(WHO.id_no, **ASKED)
    return raised.value


def _said(error: BaseException) -> str:
    """Everything that Temporal or a log could keep of a failure."""
    return "".join(traceback.format_exception(error)) + repr(error) + str(error.__cause__)


def _answers(status: int, body: object) -> Answering:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json=body)

    return answer


def _fails(error: Exception) -> Answering:
    def answer(_: httpx.Request) -> httpx.Response:
        raise error

    return answer


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (500, {}, OutsideUnavailable),
        (502, {"code": "DECEASED"}, OutsideUnavailable),
        (503, {}, OutsideUnavailable),
        (429, {}, OutsideUnavailable),
        (408, {}, OutsideUnavailable),
        (409, {"code": "DECEASED", "text": ""}, OutsideRefusal),
        (422, {"code": "ANY_CODE"}, OutsideRefusal),
        (409, {}, OutsideMalformed),
        (409, {"code": "no code at all"}, OutsideMalformed),
        (409, {"code": 7}, OutsideMalformed),
        (400, {"code": "BAD_REQUEST"}, OutsideMalformed),
        (401, {"code": "UNAUTHORIZED"}, OutsideMalformed),
        (403, {"code": "FORBIDDEN"}, OutsideMalformed),
        (404, {}, OutsideMalformed),
        (302, {}, OutsideMalformed),
        (200, [], OutsideMalformed),
        (200, {}, OutsideMalformed),
        (200, {"record": "ACTIVE"}, OutsideMalformed),
        (200, {"record": {"name": "孙样例密", "status": "ACTIVE"}}, OutsideMalformed),
    ],
)
async def test_each_answer_has_its_meaning(
    status: int, body: object, error: type[Exception]
) -> None:
    failure = await _failure(_answers(status, body))
    assert type(failure) is error


@pytest.mark.parametrize(
    "error",
    [
        httpx.ConnectError("no route to http://register.invalid/" + WHO.id_no),
        httpx.ReadTimeout("while asking for " + WHO.id_no),
        httpx.RemoteProtocolError(WHO.name),
    ],
)
async def test_a_failed_connection_is_unavailable_and_quotes_nothing(error: Exception) -> None:
    failure = await _failure(_fails(error))
    assert type(failure) is OutsideUnavailable
    assert not any(secret in _said(failure) for secret in SECRETS)
    assert "register.invalid" not in _said(failure)


@pytest.mark.parametrize("status", [200, 302, 400, 409, 422, 500])
async def test_what_an_outside_system_writes_is_never_quoted(status: int) -> None:
    chatter = f"{WHO.name} {WHO.id_no} {WHO.address} 12000000077"
    bodies = (
        {"code": "DECEASED", "text": chatter},
        {"code": chatter, "text": chatter},
        {"record": {"id_no": WHO.id_no, "name": WHO.name, "status": chatter}},
        chatter,
    )
    for body in bodies:
        failure = await _failure(_answers(status, body))
        assert not any(secret in _said(failure) for secret in SECRETS)
        assert len(str(failure)) < MAX_TEXT + 70


async def test_personal_data_travel_in_bodies_only() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        receipt = {"receipt_no": "HK-1", "at": "2026-11-23T09:00:00+08:00"}
        return httpx.Response(200, json={"record": None, "receipt": receipt, "records": []})

    async with _client(answer) as client:
        await client.look_up(WHO.id_no, **ASKED)
        order = cancel(WHO)
        await client.cancel_for_move(order)
        await client.land(land(WHO, "样例迁-1"))
        await client.snapshot()
    for request in seen:
        outside_the_body = f"{request.url} {request.headers.raw!r}"
        assert not any(secret in outside_the_body for secret in SECRETS)
    assert WHO.id_no.encode() in seen[0].content
    assert seen[0].headers["Tongban-Case"] == ASKED["case_no"]
    assert seen[1].headers["Idempotency-Key"] == order.key
    assert seen[1].headers["Tongban-Case"] == order.case_no


async def test_the_client_library_logs_no_person(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await _failure(lambda _: httpx.Response(500, text=WHO.name))
    assert caplog.text
    assert not any(secret in caplog.text for secret in SECRETS)


def test_models_show_no_person_when_printed() -> None:
    notice = Notice(key="k", case_no="1", phone="12000000077", text=f"{WHO.name}，您好")
    for model in (WHO, land(WHO, None), cancel(WHO), notice):
        assert not any(secret in repr(model) + str(model) for secret in SECRETS)


def test_a_wrong_model_quotes_no_input() -> None:
    facts = {**WHO.model_dump(), "birth_date": WHO.id_no}
    with pytest.raises(ValidationError) as wrong:
        Registration.model_validate(facts)
    assert not any(secret in str(wrong.value) for secret in SECRETS)


@pytest.mark.parametrize("field", ["key", "case_no"])
def test_a_key_or_case_number_with_an_identity_number_is_not_accepted(field: str) -> None:
    facts = {**cancel(WHO).model_dump(), field: f"cancel:{WHO.id_no}"}
    with pytest.raises(ValidationError):
        CancelOrder.model_validate(facts)


def test_errors_are_bounded_and_scrubbed() -> None:
    for error in (OutsideUnavailable(f"{WHO.id_no}{'长' * 999}"), OutsideRefusal("NO", WHO.id_no)):
        assert WHO.id_no not in str(error)
        assert len(str(error)) <= MAX_TEXT + 10
