"""The HTTP client that every outside system's client builds on: one POST per operation.

It states case number and purpose of every query and the key of every act in headers, keeps
identity numbers in bodies, and turns every failure into one of adapters.errors. It never repeats a
call by itself: Temporal does, with the same key.
"""

import asyncio
import json
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from adapters.errors import OutsideMalformed, OutsideRefusal, OutsideUnavailable, is_refusal_code
from adapters.models import Order

# Values are percent-encoded UTF-8: purposes are Chinese, and headers carry ASCII only.
KEY_HEADER = "Idempotency-Key"
CASE_HEADER = "Tongban-Case"
PURPOSE_HEADER = "Tongban-Purpose"

KEY_REUSED = "KEY_REUSED"
_OWN_SENTENCES = {KEY_REUSED: "同一业务键曾以不同内容提交过，请核对后以新的业务键重新提交"}
_REFUSED = frozenset({409, 422})
_COME_LATER = frozenset({408, 425, 429})

M = TypeVar("M", bound=BaseModel)


@cache
def trusted() -> ssl.SSLContext:
    """The certificates every client trusts; loading them takes a moment, so once."""
    return httpx.create_ssl_context(trust_env=False)


class OutsideHttp:
    """A connection to one outside system.

    base_url: address under which its operations stand. timeout_seconds: for the whole exchange,
    so that an answer dripping in slowly is late too. transport: for an own certificate store, a
    client certificate or a gateway; the proxy variables of the environment are not followed,
    because personal data go only where the settings say.
    """

    system: ClassVar[str] = "外部系统"
    sentences: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self,
        base_url: str,
        *,
        timeout_seconds: float = 5.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._timeout = timeout_seconds
        self._http = httpx.AsyncClient(
            timeout=timeout_seconds,
            transport=transport,
            verify=trusted(),
            trust_env=False,
            follow_redirects=False,
        )

    async def aclose(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def _ask(
        self,
        operation: str,
        question: Mapping[str, object],
        answer: type[M],
        *,
        case_no: str = "",
        purpose: str = "",
    ) -> M | None:
        """A query; None when the system knows no such record.

        Whatever is about a person states case number and purpose (G8).
        """
        headers = {CASE_HEADER: quote(case_no), PURPOSE_HEADER: quote(purpose)}
        body = await self._post(operation, json.dumps(question), headers)
        record = self._member(body, "record", operation)
        return None if record is None else self._read(record, answer, operation)

    async def _order(self, operation: str, order: Order, receipt: type[M]) -> M:
        """An act under the order's key; a repeat returns the first receipt."""
        headers = {CASE_HEADER: quote(order.case_no), KEY_HEADER: quote(order.key)}
        body = await self._post(operation, order.model_dump_json(), headers)
        return self._read(self._member(body, "receipt", operation), receipt, operation)

    async def _post(self, operation: str, content: str, headers: Mapping[str, str]) -> Any:
        # `from None` throughout: the causes of these errors quote addresses and rejected input,
        # and Temporal stores the chain of causes in the history.
        try:
            async with asyncio.timeout(self._timeout):
                response = await self._http.post(
                    f"{self._base_url}/{operation}",
                    content=content.encode(),
                    headers={"Content-Type": "application/json", **headers},
                )
        except (TimeoutError, httpx.TimeoutException):
            raise OutsideUnavailable(
                f"{self.system}（{operation}）在 {self._timeout:g} 秒内没有答复"
            ) from None
        except httpx.HTTPError as error:
            raise OutsideUnavailable(
                f"与{self.system}（{operation}）的连接失败：{type(error).__name__}"
            ) from None
        return self._understood(operation, response)

    def _understood(self, operation: str, response: httpx.Response) -> Any:
        status = response.status_code
        if status >= 500 or status in _COME_LATER:
            raise OutsideUnavailable(f"{self.system}（{operation}）暂时不能办理：HTTP {status}")
        # Only these two are an office's no. A 401, 403 or 404 is our connection set up wrongly and
        # must not end a person's case.
        if status != 200 and status not in _REFUSED:
            raise OutsideMalformed(f"{self.system}（{operation}）的答复无法理解：HTTP {status}")
        try:
            body = response.json()
        except ValueError:
            raise OutsideMalformed(f"{self.system}（{operation}）的答复不是 JSON") from None
        if status in _REFUSED:
            raise self._refusal(self._member(body, "code", operation), operation)
        return body

    def _refusal(self, code: object, operation: str) -> Exception:
        if not isinstance(code, str) or not is_refusal_code(code):
            return OutsideMalformed(f"{self.system}（{operation}）拒绝办理，但没有给出原因代码")
        known = {**_OWN_SENTENCES, **self.sentences}
        return OutsideRefusal(code, known.get(code, f"{self.system}拒绝办理，原因代码 {code}"))

    def _member(self, body: Any, name: str, operation: str) -> Any:
        if not isinstance(body, dict) or name not in body:
            raise OutsideMalformed(f"{self.system}（{operation}）的答复缺少 {name}")
        return body[name]

    def _read(self, value: Any, model: type[M], operation: str) -> M:
        try:
            return model.model_validate(value)
        except ValidationError:
            raise OutsideMalformed(
                f"{self.system}（{operation}）的答复缺少应有的项目或格式不符"
            ) from None
