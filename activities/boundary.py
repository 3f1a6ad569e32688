"""The boundary of all activities: what leaves one as an error carries a code and no personal data.

A database driver quotes the row it choked on; such texts must reach neither logs nor histories.
Broken rules become typed, final failures; trouble of the infrastructure stays retryable.
"""

from __future__ import annotations

from typing import Any

import httpx
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from temporalio.exceptions import ApplicationError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

from domain.errors import DomainError


class Boundary(Interceptor):
    """Registered with every worker."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """Wrap each activity."""
        return _Translating(next)


class _Translating(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await super().execute_activity(input)
        except Exception as error:
            translated = translate(error)
            if translated is None:
                raise
            raise translated from None


def translate(error: Exception) -> ApplicationError | None:
    """The error that may leave an activity in place of this one; None: it may leave as it is."""
    if isinstance(error, DomainError):
        return ApplicationError(error.message, type=error.code.value, non_retryable=True)
    if isinstance(error, DBAPIError):
        kind = type(error.orig).__name__ if error.orig else type(error).__name__
        return ApplicationError(f"数据库未完成写入（{kind}），将自动重试", type="DATABASE")
    if isinstance(error, SQLAlchemyError):
        return ApplicationError(f"数据库访问出错（{type(error).__name__}）", type="DATABASE")
    if isinstance(error, httpx.HTTPError):
        return ApplicationError(f"网络访问出错（{type(error).__name__}）", type="NETWORK")
    if isinstance(error, ValidationError):
        fields = "、".join(".".join(map(str, item["loc"])) for item in error.errors()[:5])
        return ApplicationError(f"资料格式不对（{fields}），请核对", type="MALFORMED")
    return None
