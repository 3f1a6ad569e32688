"""What all simulated outside systems share: purposeful queries, keyed orders, misbehaviour.

A system (population, marriage, ...) fills in `queries`, `orders`, `lists` and `upserts`; this class
makes each order one transaction and one receipt per key, committed before the answer leaves.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import unquote

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from adapters.http import CASE_HEADER, KEY_HEADER, KEY_REUSED, PURPOSE_HEADER
from adapters.models import Order, OutsideModel, Receipt
from adapters.simulators.behaviour import Behaviour, Behaviours, Mode
from adapters.simulators.operations import (
    Act,
    Query,
    Refused,
    Upsert,
    bad_request,
    not_understood,
    refusal,
)
from adapters.simulators.store import Store


class SimulatedSystem:
    """One outside system under the path `name`, such as population/330902."""

    queries: Mapping[str, Query[Any, Any]]
    orders: Mapping[str, Act[Any]]
    lists: Mapping[str, Callable[[], Sequence[OutsideModel]]]
    upserts: Mapping[str, Upsert[Any]]
    receipt_prefix: ClassVar[str]

    def __init__(self, name: str, store: Store, behaviours: Behaviours) -> None:
        self.name = name
        self.store = store
        self._behaviours = behaviours
        self.queries, self.orders, self.lists, self.upserts = {}, {}, {}, {}

    @property
    def operations(self) -> list[str]:
        return [*self.queries, *self.orders, *self.lists]

    def routes(self) -> list[Route]:
        served = [
            Route(f"/{self.name}/{operation}", self._endpoint(operation), methods=["POST"])
            for operation in self.operations
        ]
        put = [
            Route(f"/{self.name}/_{what}", self._upsert_endpoint(upsert), methods=["PUT"])
            for what, upsert in self.upserts.items()
        ]
        return served + put

    def _endpoint(self, operation: str) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            rule = self._behaviours.take(self.name, operation, is_query=operation in self.queries)
            return await self._serve(operation, request, rule)

        return endpoint

    async def _serve(self, operation: str, request: Request, rule: Behaviour | None) -> Response:
        body = await request.body()
        mode = rule.mode if rule else None
        if rule and mode is Mode.LATE:
            await asyncio.sleep(rule.seconds)
        elif rule and mode is Mode.REFUSE:
            return refusal(str(rule.code))
        elif mode is Mode.DOWN:
            return PlainTextResponse("", 503)
        elif mode is Mode.GARBAGE:
            return PlainTextResponse("<html>样例：这不是 JSON</html>")
        elif mode is Mode.NEVER:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            return PlainTextResponse("", 503)
        elif mode is Mode.TWICE:
            self._answer(operation, request, body)
        answer = self._answer(operation, request, body, contradict=mode is Mode.CONTRADICT)
        return PlainTextResponse("", 503) if mode is Mode.LOST_ANSWER else answer

    def _answer(
        self, operation: str, request: Request, body: bytes, *, contradict: bool = False
    ) -> Response:
        try:
            if operation in self.orders:
                return self._order(operation, request, body)
            if operation in self.queries:
                return self._query(operation, request, body, contradict)
        except Refused as refused:
            return refusal(refused.code)
        except ValidationError as error:
            return bad_request(error)
        return JSONResponse({"records": [_json(one) for one in self.lists[operation]()]})

    def _query(self, operation: str, request: Request, body: bytes, contradict: bool) -> Response:
        query = self.queries[operation]
        case_no = unquote(request.headers.get(CASE_HEADER, ""))
        purpose = unquote(request.headers.get(PURPOSE_HEADER, ""))
        if query.personal and not (case_no and purpose):
            return not_understood("查询须写明办件编号和用途")
        question = query.question.model_validate_json(body)
        if query.personal:
            self.store.record_query(self.name, operation, case_no, purpose, _now().isoformat())
        record = query.find(question)
        if record is not None and contradict:
            record = query.contradicted(record)
        return JSONResponse({"record": None if record is None else _json(record)})

    def _order(self, operation: str, request: Request, body: bytes) -> Response:
        act = self.orders[operation]
        order: Order = act.order.model_validate_json(body)
        if unquote(request.headers.get(KEY_HEADER, "")) != order.key:
            return not_understood(f"请求头 {KEY_HEADER} 须与业务键一致")
        digest = hashlib.sha256(f"{operation}\n{order.model_dump_json()}".encode()).hexdigest()
        with self.store.transaction():
            past = self.store.past_act(self.name, order.key)
            if past is None:
                receipt = self._done(operation, act, order, digest)
            elif past.digest == digest:
                receipt = act.receipt.model_validate_json(past.receipt)
            else:
                raise Refused(KEY_REUSED)
        return JSONResponse({"receipt": _json(receipt)})

    def _done(self, operation: str, act: Act[Any], order: Order, digest: str) -> Receipt:
        facts = act.perform(order) or {}
        number = f"{self.receipt_prefix}-{self.store.next_number():08d}"
        receipt = act.receipt.model_validate({**facts, "receipt_no": number, "at": _now()})
        self.store.record_act(
            self.name, operation, order.key, order.case_no, digest, receipt.model_dump_json()
        )
        return receipt

    def _upsert_endpoint(self, upsert: Upsert[Any]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            try:
                given = json.loads(await request.body())
                several = given if isinstance(given, list) else [given]
                records = [upsert.record.model_validate(one) for one in several]
            except ValueError as error:
                return bad_request(error)
            with self.store.transaction():
                for record in records:
                    upsert.put(record)
            return JSONResponse({"stored": len(records)})

        return endpoint


def _json(model: OutsideModel) -> Any:
    return model.model_dump(mode="json")


def _now() -> datetime:
    return datetime.now(UTC)
