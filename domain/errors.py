"""The one exception of the domain: a rule of procedure said no.

Raised by every module of this package and by the catalogue's lookups; the activity boundary and
the console translate it by `code`, never by its text.
"""

from __future__ import annotations

from enum import StrEnum


class DomainError(Exception):
    """A broken rule, with a closed code, a Chinese sentence and bounded facts.

    `message` tells the reader what to do next. Neither it nor `facts` may hold a name, an identity
    number, an address or a phone number: both end up in logs and in error answers.
    """

    def __init__(self, code: StrEnum, message: str = "", /, **facts: object) -> None:
        text = message or f"办理未能继续（{code.value}），请核对填写内容后再试。"
        super().__init__(code, text)
        self.code: StrEnum = code
        self.message: str = text
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        return self.message
