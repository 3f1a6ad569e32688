"""The payload codec alone, and through the converter on a real server."""

import uuid

import pytest
from pydantic import BaseModel, ConfigDict
from temporalio.api.common.v1 import Payload, WorkflowExecution
from temporalio.api.failure.v1 import Failure
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryRequest
from temporalio.exceptions import ApplicationError

from connection import TemporalUnreachable, connect, data_converter
from contracts.codec import ENCODING, KEY_ID, EncryptionCodec, PayloadKeyError
from embedded.system import System
from tests.platform.builders import HOME, ORIGIN, locality

OURS, THEIRS = b"o" * 32, b"t" * 32
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data=b'"371002-GA-01"')


class Letter(BaseModel):
    model_config = ConfigDict(frozen=True)
    number: str


async def test_a_sealed_payload_opens_to_the_same() -> None:
    codec = EncryptionCodec({"ours": OURS}, "ours")
    [sealed] = await codec.encode([PLAIN])
    assert sealed.metadata["encoding"] == ENCODING
    assert b"371002" not in sealed.SerializeToString()
    assert await codec.decode([sealed]) == [PLAIN]


async def test_the_same_payload_is_sealed_differently_each_time() -> None:
    codec = EncryptionCodec({"ours": OURS}, "ours")
    first, second = await codec.encode([PLAIN, PLAIN])
    assert first.data != second.data


async def test_a_peers_payload_opens_with_the_ring() -> None:
    [sealed] = await EncryptionCodec({"theirs": THEIRS}, "theirs").encode([PLAIN])
    ring = EncryptionCodec({"ours": OURS, "theirs": THEIRS}, "ours")
    assert await ring.decode([sealed]) == [PLAIN]


async def test_a_payload_that_was_never_sealed_passes_through() -> None:
    assert await EncryptionCodec({"ours": OURS}, "ours").decode([PLAIN]) == [PLAIN]


async def test_an_unknown_key_id_is_named_with_the_known_ones() -> None:
    [sealed] = await EncryptionCodec({"theirs": THEIRS}, "theirs").encode([PLAIN])
    with pytest.raises(PayloadKeyError, match="密钥 theirs 加密，而密钥环里只有 ours"):
        await EncryptionCodec({"ours": OURS}, "ours").decode([sealed])


async def test_another_key_under_the_same_id_opens_nothing() -> None:
    [sealed] = await EncryptionCodec({"ours": THEIRS}, "ours").encode([PLAIN])
    with pytest.raises(PayloadKeyError, match="密钥 ours 解不开"):
        await EncryptionCodec({"ours": OURS}, "ours").decode([sealed])


async def test_a_payload_relabelled_as_a_peers_does_not_open() -> None:
    same = {"ours": OURS, "theirs": OURS}
    [sealed] = await EncryptionCodec(same, "ours").encode([PLAIN])
    sealed.metadata[KEY_ID] = b"theirs"
    with pytest.raises(PayloadKeyError, match="解不开"):
        await EncryptionCodec(same, "ours").decode([sealed])


@pytest.mark.parametrize("data", [b"", b"short", b"x" * 40])
async def test_damaged_data_gets_the_same_clear_error(data: bytes) -> None:
    damaged = Payload(metadata={"encoding": ENCODING, KEY_ID: b"ours"}, data=data)
    with pytest.raises(PayloadKeyError, match="解不开"):
        await EncryptionCodec({"ours": OURS}, "ours").decode([damaged])


def test_a_ring_without_the_own_key_is_refused() -> None:
    with pytest.raises(PayloadKeyError, match="编号为 ours 的密钥"):
        EncryptionCodec({"theirs": THEIRS}, "ours")


def test_a_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(PayloadKeyError, match="应为 32 字节"):
        EncryptionCodec({"ours": b"k" * 16}, "ours")


async def test_the_converter_seals_failures_too() -> None:
    converter = data_converter(locality())
    failure = Failure()
    await converter.encode_failure(ApplicationError("Key (id_no)=(339999) exists"), failure)
    assert b"339999" not in failure.SerializeToString()
    assert "339999" in str(await converter.decode_failure(failure))


async def test_encryption_can_be_switched_off() -> None:
    converter = data_converter(locality(payload_encryption=False))
    [payload] = await converter.encode([Letter(number="L-1")])
    assert payload.data == b'{"number":"L-1"}'


async def test_the_server_stores_only_sealed_payloads_and_the_peer_can_read_them(
    servers: System,
) -> None:
    client = await connect(servers.settings.locality(HOME))
    handle = await client.start_workflow(
        "none", Letter(number="L-371002-1"), id=str(uuid.uuid4()), task_queue="none"
    )
    history = await client.workflow_service.get_workflow_execution_history(
        GetWorkflowExecutionHistoryRequest(
            namespace=client.namespace, execution=WorkflowExecution(workflow_id=handle.id)
        )
    )
    started = history.history.events[0].workflow_execution_started_event_attributes
    assert b"L-371002-1" not in history.SerializeToString()
    peer = data_converter(servers.settings.locality(ORIGIN))
    assert await peer.decode(started.input.payloads, [Letter]) == [Letter(number="L-371002-1")]
    await handle.terminate()


async def test_an_unreachable_server_is_named() -> None:
    with pytest.raises(TemporalUnreachable, match=r"连不上 127\.0\.0\.1:1 的"):
        await connect(locality(temporal_address="127.0.0.1:1"))
