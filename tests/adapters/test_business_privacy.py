"""Business systems, bank and courier put no person into addresses, headers, failures or prints."""

import logging
import traceback
from collections.abc import Callable

import httpx
import pytest
from pydantic import ValidationError

from adapters.bank.client import BankClient
from adapters.courier.client import CourierClient
from adapters.protocols import (
    BankEntry,
    OutsideRefusal,
    OutsideUnavailable,
    RegisterEntry,
    RegisterKind,
    RegisterOrder,
    RegisterQuery,
    RemittanceOrder,
)
from adapters.registers.client import RegistersClient
from tests.adapters.people import ASKED, person

WHO = person(name="孙样例密")
ACCOUNT = "6200000000000000001"
SECRETS = (WHO.id_no, WHO.name, ACCOUNT)
QUERY = RegisterQuery(kind=RegisterKind.PENSION, subject=WHO.id_no, locality="330902", **ASKED)
ORDER = RegisterOrder(
    key="credit-1",
    case_no="1",
    kind=RegisterKind.PENSION,
    action="CREDIT",
    subject=WHO.id_no,
    locality="330902",
    data={"name": WHO.name, "id_no": WHO.id_no},
)
PAYMENT = RemittanceOrder(
    key="样例函/1",
    case_no="1",
    from_account="330902-HOUSING_FUND",
    to_account=ACCOUNT,
    amount_fen=1,
    reference="样例函",
    purpose="购房提取",
)
ENTRY = RegisterEntry(
    kind=RegisterKind.PENSION,
    subject=WHO.id_no,
    locality="330902",
    status="ACTIVE",
    data={"name": WHO.name},
)
LINE = BankEntry.model_validate(
    {
        "number": 1,
        "account": ACCOUNT,
        "direction": "IN",
        "amount_fen": 1,
        "instructed_fen": 1,
        "reference": "样例函",
        "order_key": "样例函/1",
        "kind": "REMITTANCE",
        "counterparty": ACCOUNT,
        "at": "2026-11-23T09:00:00+08:00",
    }
)


async def _ask_everything(answer: Callable[[httpx.Request], httpx.Response]) -> list[Exception]:
    """Every operation that carries a person, against that answer; returns the failures."""
    transport = httpx.MockTransport(answer)
    failures: list[Exception] = []
    registers = RegistersClient("http://outside.invalid/r", transport=transport)
    bank = BankClient("http://outside.invalid/b", transport=transport)
    courier = CourierClient("http://outside.invalid/c", transport=transport)
    asked = (
        registers.look(QUERY),
        registers.act(ORDER),
        registers.everywhere(RegisterKind.PENSION, WHO.id_no, "1", "核对"),
        bank.remit(PAYMENT),
        bank.statement(ACCOUNT, 0),
        courier.track("样例机-1"),
    )
    for one in asked:
        try:
            await one
        except (OutsideUnavailable, OutsideRefusal) as failure:
            failures.append(failure)
    for client in (registers, bank, courier):
        await client.aclose()
    return failures


async def test_personal_data_travel_in_bodies_only() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        receipt = {"receipt_no": "YW-1", "at": "2026-11-23T09:00:00+08:00"}
        return httpx.Response(200, json={"record": None, "receipt": receipt})

    assert await _ask_everything(answer) == []
    assert len(seen) == 6
    for request in seen:
        outside_the_body = f"{request.url} {request.headers.raw!r}"
        assert not any(secret in outside_the_body for secret in SECRETS)
    assert WHO.id_no.encode() in seen[0].content
    assert seen[0].headers["Tongban-Case"] == ASKED["case_no"]
    assert seen[1].headers["Idempotency-Key"] == ORDER.key


@pytest.mark.parametrize("status", [200, 400, 409, 500])
async def test_failures_and_logs_quote_nobody(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chatter = f"{WHO.name} {WHO.id_no} {ACCOUNT}"

    def answer(_: httpx.Request) -> httpx.Response:
        body = {"code": "FROZEN", "text": chatter, "record": {"status": chatter}, "receipt": {}}
        return httpx.Response(status, json=body)

    failures = await _ask_everything(answer)
    assert len(failures) == 6
    said = "".join("".join(traceback.format_exception(one)) for one in failures) + caplog.text
    assert not any(secret in said for secret in SECRETS)


def test_models_show_no_person_when_printed() -> None:
    for model in (QUERY, ORDER, PAYMENT, ENTRY, LINE):
        assert not any(secret in repr(model) + str(model) for secret in SECRETS)


def test_a_wrong_entry_quotes_no_input() -> None:
    with pytest.raises(ValidationError) as wrong:
        RegisterEntry.model_validate({**ENTRY.model_dump(), "kind": WHO.id_no, "data": WHO.name})
    assert not any(secret in str(wrong.value) for secret in SECRETS)


@pytest.mark.parametrize("model", [ORDER, PAYMENT])
def test_no_key_holds_an_identity_number(model: RegisterOrder | RemittanceOrder) -> None:
    with pytest.raises(ValidationError):
        type(model).model_validate({**model.model_dump(), "key": f"credit:{WHO.id_no}"})
