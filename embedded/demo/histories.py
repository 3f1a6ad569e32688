"""Looks for personal data in everything that Temporal keeps of the demo's cases, decrypted.

Used by `embedded.demo`. The histories must not hold anybody's name, identity number, telephone
number or address even where the payloads are open: those live in the registers alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.converter import PayloadCodec

_PERSONAL = {
    "name": "姓名",
    "id_no": "公民身份号码",
    "spouse_id_no": "公民身份号码",
    "child_id_no": "公民身份号码",
    "credit_code": "统一社会信用代码",
    "phone": "电话号码",
    "origin_address": "住址",
    "destination_address": "住址",
}


@dataclass(slots=True)
class Search:
    """What was searched and found; a finding says where, and never repeats what it found."""

    events: dict[str, int] = field(default_factory=dict)
    """Workflow id -> number of its history events."""
    sealed: int = 0
    """Payloads that were encrypted and have been opened."""
    bytes: int = 0
    needles: int = 0
    findings: list[str] = field(default_factory=list)


def personal_data(form: Any) -> Iterator[tuple[str, str]]:
    """(kind in Chinese, value) of every piece of personal data on an application form."""
    if isinstance(form, list):
        for item in form:
            yield from personal_data(item)
    if isinstance(form, Mapping):
        for key, value in form.items():
            if key in _PERSONAL and isinstance(value, str):
                yield _PERSONAL[key], value
            else:
                yield from personal_data(value)


class Searcher:
    """Searches whole workflow histories for the personal data of these applications."""

    def __init__(
        self, forms: Sequence[Mapping[str, Any]], more: Sequence[tuple[str, str]] = ()
    ) -> None:
        """`more`: further (kind in Chinese, value) to look for."""
        found = {(kind, value) for form in forms for kind, value in personal_data(form)}
        found |= set(more)
        # As UTF-8, and as JSON writes it where it keeps to ASCII.
        self._needles = [
            (kind, {value.encode(), json.dumps(value)[1:-1].encode()})
            for kind, value in sorted(found)
        ]
        self.search = Search(needles=len(self._needles))

    async def look_into(
        self, client: Client, codec: PayloadCodec, cases: Mapping[str, str]
    ) -> None:
        """Every history of the client's namespace; `cases`: known workflow ids, case numbers."""
        listed = {one.id: one.raw_info async for one in client.list_workflows()}
        for workflow_id, info in listed.items():
            self.examine(info, f"{workflow_id} 的检索属性")
        for workflow_id in sorted({*listed, *cases}):
            history = await client.get_workflow_handle(workflow_id).fetch_history()
            await self.read(workflow_id, history.events, codec, cases.get(workflow_id, ""))

    async def read(
        self, workflow_id: str, events: Sequence[HistoryEvent], codec: PayloadCodec, case_no: str
    ) -> None:
        """One history. Its case number must come to light: otherwise the search was blind."""
        self.search.events[workflow_id] = len(events)
        seen = False
        for event in events:
            opened = await self._open(event, codec)
            seen = seen or any(case_no.encode() in data for data in opened)
            self.examine(event, f"{workflow_id} 第{event.event_id}个事件")
        if case_no and not seen:
            self.search.findings.append(f"{workflow_id}：解密后找不到它自己的办件编号，无法核查")

    def examine(self, message: Message, where: str) -> None:
        """Search one message as it is."""
        content = message.SerializeToString()
        self.search.bytes += len(content)
        for kind in sorted({k for k, forms in self._needles if any(f in content for f in forms)}):
            self.search.findings.append(f"{where}：含有{kind}")

    async def _open(self, message: Message, codec: PayloadCodec) -> list[bytes]:
        """Put plain payloads in place of the encrypted ones; returns what came to light."""
        opened: list[bytes] = []
        for payload in payloads_in(message):
            (plain,) = await codec.decode([payload])
            if plain != payload:
                payload.CopyFrom(plain)
                opened.append(plain.data)
        self.search.sealed += len(opened)
        return opened


def payloads_in(message: Message) -> Iterator[Payload]:
    """Every payload inside a message, however deep."""
    if isinstance(message, Payload):
        yield message
        return
    for descriptor, value in message.ListFields():
        if descriptor.type != descriptor.TYPE_MESSAGE:
            continue
        if isinstance(value, Message):
            yield from payloads_in(value)
        else:
            for item in value.values() if isinstance(value, Mapping) else value:
                if isinstance(item, Message):
                    yield from payloads_in(item)
