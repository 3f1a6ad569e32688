"""The kinds of operation a simulated system offers, and the answers it gives besides receipts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.responses import JSONResponse, Response

from adapters.models import Order, OutsideModel, Receipt

QuestionT = TypeVar("QuestionT", bound=BaseModel)
OrderT = TypeVar("OrderT", bound=Order)
RecordT = TypeVar("RecordT", bound=OutsideModel)


class Refused(Exception):
    """The system says no; raised by an act, undoes its transaction."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Query(Generic[QuestionT, RecordT]):
    """`contradicted` makes a differing answer of a true one. A question that is not `personal`,
    such as a parcel's whereabouts, is answered without case number and purpose."""

    question: type[QuestionT]
    find: Callable[[QuestionT], RecordT | None]
    contradicted: Callable[[RecordT], RecordT]
    personal: bool = True


@dataclass(frozen=True, slots=True)
class Act(Generic[OrderT]):
    """`perform` changes the records, or raises Refused; what it returns are the fields that
    `receipt` has beside number and time."""

    order: type[OrderT]
    perform: Callable[[OrderT], Mapping[str, Any] | None]
    receipt: type[Receipt] = Receipt


@dataclass(frozen=True, slots=True)
class Upsert(Generic[RecordT]):
    """Lets tests and rehearsals put a record in place, bypassing every rule."""

    record: type[RecordT]
    put: Callable[[RecordT], None]


def refusal(code: str) -> Response:
    return JSONResponse({"code": code, "text": "模拟系统拒绝办理"}, status_code=409)


def bad_request(error: ValueError) -> Response:
    """Names the fields, never what stood in them."""
    if not isinstance(error, ValidationError):
        return not_understood("请求内容不是 JSON")
    fields = sorted({".".join(map(str, one["loc"])) or "全部" for one in error.errors()})
    return not_understood(f"请求内容不符合要求：{'、'.join(fields)}")


def not_understood(text: str) -> Response:
    return JSONResponse({"code": "BAD_REQUEST", "text": text}, status_code=400)
