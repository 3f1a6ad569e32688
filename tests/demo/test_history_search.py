"""The demo's search for personal data finds it wherever it is put, also in encrypted payloads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent

from contracts.codec import EncryptionCodec
from embedded.demo.histories import Searcher, payloads_in, personal_data

CASE_NO = "3710022026112200000018"
CODEC = EncryptionCodec({"own": b"k" * 32}, "own")
FORM: dict[str, Any] = {
    "matter": "HUKOU-SPOUSE",
    "origin_address": "样例路1号",
    "applicant": {"name": "吴样例乙", "id_no": "339999199007210008", "phone": "12000000002"},
    "migrants": [{"relation": "子女", "name": "郑样例丙", "id_no": "339999201805160017"}],
}


async def sealed(content: object, **options: Any) -> Payload:
    data = json.dumps(content, **options).encode()
    (payload,) = await CODEC.encode([Payload(metadata={"encoding": b"json/plain"}, data=data)])
    return payload


async def started(content: object, **options: Any) -> HistoryEvent:
    event = HistoryEvent(event_id=1)
    attributes = event.workflow_execution_started_event_attributes
    attributes.input.payloads.append(await sealed({"case_no": CASE_NO}))
    attributes.header.fields["deep"].CopyFrom(await sealed(content, **options))
    return event


async def search(*events: HistoryEvent, case_no: str = CASE_NO) -> Searcher:
    searcher = Searcher([FORM])
    await searcher.read("办件-1", events, CODEC, case_no)
    return searcher


def test_everything_personal_on_a_form_is_looked_for() -> None:
    assert set(personal_data(FORM)) == {
        ("住址", "样例路1号"),
        ("姓名", "吴样例乙"),
        ("姓名", "郑样例丙"),
        ("公民身份号码", "339999199007210008"),
        ("公民身份号码", "339999201805160017"),
        ("电话号码", "12000000002"),
    }


async def test_a_history_of_codes_and_numbers_is_clean() -> None:
    found = (await search(await started({"matter": "HUKOU-SPOUSE", "persons": 2}))).search
    assert found.findings == []
    assert (found.events, found.sealed) == ({"办件-1": 1}, 2)


@pytest.mark.parametrize(("value", "kind"), [(value, kind) for kind, value in personal_data(FORM)])
@pytest.mark.parametrize("ascii_only", [False, True])
async def test_personal_data_in_an_encrypted_payload_is_found(
    value: str, kind: str, ascii_only: bool
) -> None:
    event = await started({"note": f"见{value}。"}, ensure_ascii=ascii_only)
    found = (await search(event)).search.findings
    assert found == [f"办件-1 第1个事件：含有{kind}"]
    assert value not in found[0]


async def test_personal_data_in_the_open_are_found() -> None:
    event = await started({})
    event.user_metadata.summary.CopyFrom(Payload(data="吴样例乙".encode()))
    assert (await search(event)).search.findings == ["办件-1 第1个事件：含有姓名"]


async def test_a_history_that_does_not_open_is_no_proof() -> None:
    blind = await search(HistoryEvent(event_id=1))
    assert len(blind.search.findings) == 1
    assert "无法核查" in blind.search.findings[0]


async def test_payloads_are_found_however_deep() -> None:
    event = await started({})
    event.user_metadata.details.CopyFrom(Payload(data=b"x"))
    assert len(list(payloads_in(event))) == 3
