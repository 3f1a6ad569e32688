"""What can go wrong at the counter, as one clear Chinese sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from contracts.commands import REJECTIONS, RejectionCode
from domain.errors import DomainError


class OfficeCode(StrEnum):
    """Codes of refusals that the console itself gives; the rest are RejectionCode's."""

    NOT_FOUND = "NOT_FOUND"
    NO_SUCH_FILE = "NO_SUCH_FILE"
    UNREADABLE_FILE = "UNREADABLE_FILE"
    WRONG_FIELD = "WRONG_FIELD"
    TOO_LARGE = "TOO_LARGE"
    DIGEST_DIFFERS = "DIGEST_DIFFERS"
    DEFECTS = "DEFECTS"
    ALREADY_OPEN = "ALREADY_OPEN"
    FOREIGN_STATION = "FOREIGN_STATION"
    BUSY = "BUSY"
    PENDING = "PENDING"
    ID_REUSED = "ID_REUSED"
    UNAVAILABLE = "UNAVAILABLE"
    MISSING_TEXT = "MISSING_TEXT"
    OPINIONS_AWAITED = "OPINIONS_AWAITED"


class OfficeError(Exception):
    """A refusal for people; ``message`` is complete, ``details`` lists single points.

    ``fields``: by path in a form what is wrong with it, where the refusal is about single fields.
    """

    def __init__(
        self,
        code: StrEnum,
        message: str,
        details: tuple[str, ...] = (),
        fields: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
        self.fields = dict(fields or {})


def rejected(code: str) -> OfficeError:
    """The running case's refusal, in words."""
    if code in set(RejectionCode):
        known = RejectionCode(code)
        return OfficeError(known, REJECTIONS[known])
    return OfficeError(RejectionCode.NOT_NOW, f"办件未接受该操作（{code}）；请查看办件后重试。")


def from_domain(error: DomainError) -> OfficeError:
    """A broken rule, in its own words."""
    return OfficeError(error.code, error.message)


def database_down() -> OfficeError:
    """The locality's database does not answer."""
    return OfficeError(
        OfficeCode.UNAVAILABLE, "连不上数据库；请确认数据库已启动、地址无误后重试，内容未提交。"
    )


def not_written(error: Exception) -> OfficeError:
    """A write that failed: an outage, or a content that the register cannot keep."""
    if (
        isinstance(error, DBAPIError)
        and not isinstance(error, InterfaceError | OperationalError)
        and not error.connection_invalidated
    ):
        return OfficeError(
            OfficeCode.WRONG_FIELD,
            f"内容无法保存（{type(error).__name__}），没有提交；请检查各栏目的格式后重新提交。",
        )
    return database_down()
