"""What the operations of the programming interface have in common: words, pages, declared answers.

Used by every module of `console.api`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from console.api.once import HEADER, Accepted
from console.errors import OfficeCode, OfficeError
from console.problems import MEDIA_TYPE, TITLES

#: One line of text without control characters; PostgreSQL keeps no others.
Word = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")]
#: A text of several lines; how long it may be is a policy, which the office checks.
Text = Annotated[str, StringConstraints(max_length=20_000)]
CaseNo = Annotated[str, Path(pattern=r"^[0-9]{22}$", description="办件编号")]
#: A number of the register; more is none.
Number = Annotated[int, Path(ge=1, le=2**53)]


class Asked(BaseModel):
    """A body: nothing that is not declared."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class Shown(BaseModel):
    """A part of an answer: of what the register holds, what is declared."""

    model_config = ConfigDict(extra="ignore", from_attributes=True)


class Done(Shown):
    """It is done."""

    done: bool = True


class Receipt(Shown):
    """The receipt of a command: the register shows the new state."""

    command_id: str = Field(description="操作编号")
    case_no: str = Field(description="办件编号")
    stage: str = Field(description="办件状态代码")
    transition: int = Field(description="办件的第几步")
    open_tasks: list[dict[str, str]] = Field(default=[], description="现在的待办")


def cursor_of(place: str | None) -> str | None:
    """Where a page ended, as callers are given it: opaque, good for addresses."""
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=") if place else None


def place_of(cursor: str) -> str:
    """The inverse; OfficeError for what was not given by this house."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        place = base64.b64decode(padded, b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise wrong_cursor() from None
    if not place.isprintable():
        raise wrong_cursor()
    return place


def wrong_cursor() -> OfficeError:
    """The cursor is none."""
    return OfficeError(OfficeCode.WRONG_FIELD, "after 不是本接口给出的位置；请从第一页重新查询。")


def _refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    schema = {"$ref": "#/components/schemas/Problem"}
    again = {"description": "稍候几秒再试", "schema": {"type": "integer"}}
    return {
        code: {
            "description": TITLES[code],
            "content": {MEDIA_TYPE: {"schema": schema}},
            **({"headers": {"Retry-After": again}} if code in (429, 503) else {}),
        }
        for code in codes
    }


#: What any reading may be answered besides what was asked for.
READS: Mapping[int | str, dict[str, Any]] = _refusals(400, 401, 403, 404, 422, 429, 503)
_KEY = {HEADER: {"description": "本次调用的编号", "schema": {"type": "string"}}}
#: What any change may be answered.
CHANGES: Mapping[int | str, dict[str, Any]] = {
    **READS,
    **_refusals(409, 413, 415),
    202: {"model": Accepted, "description": "已保存，办件系统恢复后自动提交", "headers": _KEY},
}
