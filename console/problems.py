"""Refusals of the programming interface as RFC 9457 problems: one shape for every one of them.

Used by `console.api`, which turns each error into one of these, by its OpenAPI document, and by the
pages where one refusal answers both. What an error says is what a page would say;
nobody's data stand in it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from console.errors import OfficeCode, OfficeError
from contracts.commands import RejectionCode
from domain.bulletins import BulletinCode

PREFIX = "/api/v1"
MEDIA_TYPE = "application/problem+json"
TITLES: Mapping[int, str] = {
    400: "读不懂请求",
    401: "没有登录",
    403: "无权办理",
    404: "没有找到",
    405: "不支持这种方法",
    406: "不支持这种格式",
    409: "与现状冲突",
    413: "内容太大",
    415: "内容类型不对",
    422: "内容有误",
    429: "调用过于频繁",
    500: "系统出错",
    503: "暂时不能服务",
}
#: Codes of refusals that no office gives, with what to do next.
OWN: Mapping[str, tuple[int, str]] = {
    "NOT_SIGNED_IN": (401, "请在 Authorization 中附上接口密钥，或者先登录再调用。"),
    "KEY_NOT_VALID": (401, "接口密钥不存在、已到期或已停用；请向本机构管理员申领新的密钥。"),
    "FORBIDDEN": (403, "您的岗位不能办理这一项；如有需要，请联系本机构管理员。"),
    "FORM_TOKEN": (403, "登录会话调用须附上 X-CSRFToken；请重新打开页面取得后再提交。"),
    "SIGN_IN_NEEDED": (403, "密钥和岗位只能由登录的管理员本人管理；请登录后办理。"),
    "APPROVER_NEEDED": (
        403,
        "审批须由审批人本人登录作出，接口密钥不能代办；请审批人登录办理。",
    ),
    "NO_SUCH_ADDRESS": (404, "没有这个地址；请对照接口说明核对。"),
    "METHOD_NOT_ALLOWED": (405, "这个地址不支持这种方法；请对照接口说明核对。"),
    "NOT_JSON": (415, "请以 application/json 提交内容。"),
    "UNREADABLE": (400, "请求内容读不出来；请检查编码和格式后重新提交。"),
    "BODY_TOO_LARGE": (413, "提交的内容超过上限；请压缩材料或者分几次提交。"),
    "WRONG_INPUT": (422, "有栏目填写不对；请按 errors 逐项改正后重新提交。"),
    "TOO_OFTEN": (429, "调用过于频繁；请按 Retry-After 所示的秒数稍候再试。"),
    "FAULT": (500, "系统出错，内容没有提交；请稍后再试，仍不行请联系系统管理员。"),
}
#: What stands in the way is how things are, not what was written.
_CONFLICTS = frozenset(
    {
        *RejectionCode,
        *(OfficeCode.ALREADY_OPEN, OfficeCode.BUSY, OfficeCode.OPINIONS_AWAITED),
        BulletinCode.PERIOD_NOT_OVER,
    }
) - {
    RejectionCode.MALFORMED,
    RejectionCode.MISSING_REASON,
    RejectionCode.UNKNOWN_REASON,
    RejectionCode.UNKNOWN_OUTCOME,
    RejectionCode.UNKNOWN_PERSON,
}
_STATUS: Mapping[str, int] = {
    **dict.fromkeys(_CONFLICTS, 409),
    OfficeCode.NOT_FOUND: 404,
    BulletinCode.UNKNOWN_BULLETIN: 404,
    OfficeCode.TOO_LARGE: 413,
    OfficeCode.UNAVAILABLE: 503,
}
#: Seconds after which it is worth trying again.
_AGAIN = {OfficeCode.UNAVAILABLE: 10, OfficeCode.BUSY: 2}
_WORDS = {
    "missing": "没有填写",
    "extra_forbidden": "没有这个栏目，请核对拼写",
    "enum": "不在可选范围",
    "literal_error": "不在可选范围",
    "string_type": "应是文字",
    "string_too_long": "太长",
    "string_too_short": "太短",
    "string_pattern_mismatch": "格式不对",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "bool_parsing": "应是 true 或 false",
    "list_type": "应是列表",
    "too_long": "太多",
    "too_short": "太少",
    "json_invalid": "不是有效的 JSON",
}


class FieldProblem(BaseModel):
    """One field that is wrong: ``pointer`` is a JSON Pointer into the body, or a parameter."""

    where: Literal["body", "query", "path", "header"] = Field(description="在请求的哪一部分")
    pointer: str = Field(description="正文中的 JSON Pointer，或者参数名")
    detail: str = Field(description="哪里不对")


class Problem(BaseModel):
    """A refusal (RFC 9457): what went wrong, and what to do next."""

    type: str = Field(description="这一类拒绝的固定地址")
    title: str = Field(description="类别")
    status: int = Field(description="HTTP 状态码")
    detail: str = Field(description="原因，以及接下来怎么办")
    code: str = Field(description="机器可读的代码")
    errors: list[FieldProblem] = Field(default=[], description="逐项列出有误的栏目")


@dataclass(slots=True)
class Refusal(Exception):
    """One of the interface's own refusals."""

    code: str
    retry_after: float | None = None


def status_of(code: str) -> int:
    """The HTTP status of a code: of an office, of a running case, or of the rules."""
    return OWN[code][0] if code in OWN else _STATUS.get(code, 422)


def type_of(code: str) -> str:
    """The stable address that names this kind of refusal."""
    return f"{PREFIX}/problems/{code}"


def problem(
    code: str,
    detail: str | None = None,
    *,
    status: int | None = None,
    errors: Collection[FieldProblem] = (),
    retry_after: float | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The answer to whoever called."""
    status = status or status_of(code)
    body = Problem(
        type=type_of(code),
        title=TITLES.get(status, "未能完成"),
        status=status,
        detail=detail or OWN[code][1],
        code=code,
        errors=list(errors),
    )
    sent = dict(headers or {})
    if status == 401:
        sent["WWW-Authenticate"] = "Bearer"
    wait = (
        retry_after
        if retry_after is not None
        else _AGAIN.get(OfficeCode(code))
        if (code in set(OfficeCode))
        else None
    )
    if wait is not None:
        sent["Retry-After"] = str(max(1, math.ceil(wait)))
    return JSONResponse(body.model_dump(), status, sent, MEDIA_TYPE)


def of_office(error: OfficeError) -> JSONResponse:
    """A refusal that a page would show, with the fields it is about."""
    fields = [
        FieldProblem(where="body", pointer=pointer_of(path.split(".")), detail=words)
        for path, words in error.fields.items()
    ]
    return problem(error.code.value, error.message, errors=fields)


def of_input(error: RequestValidationError) -> JSONResponse:
    """What does not fit the contract, without what stands in it."""
    found = []
    for one in error.errors():
        where, *path = one["loc"] or ("body",)
        if where not in ("body", "query", "path", "header"):
            where, path = "body", list(one["loc"])
        words = _WORDS.get(one["type"], "格式不对")
        if one["type"] == "json_invalid":
            path = []
        pointer = pointer_of(path) if where == "body" else ".".join(map(str, path))
        found.append(FieldProblem(where=where, pointer=pointer, detail=words))
    return problem("WRONG_INPUT", errors=found)


def pointer_of(path: Collection[Any]) -> str:
    """A JSON Pointer (RFC 6901)."""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in path if str(part))
    return "".join(f"/{part}" for part in parts)
