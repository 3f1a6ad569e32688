"""How an outside system can fail us; raised by every client in adapters, handled by activities.

The texts are ours, bounded, and carry no personal data and no address: what an outside system
wrote is never quoted, because it may name a person and failures are kept in histories.
"""

import re

from adapters.models import IDENTITY_NUMBER

MAX_TEXT = 200
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


def _bounded(text: str) -> str:
    return IDENTITY_NUMBER.sub("***", text)[:MAX_TEXT]


class OutsideUnavailable(Exception):
    """No usable answer: timeout, no connection, 5xx, too many requests. Repeat with the same key.

    Whether the act was done is unknown, so only a repeat with its key may follow.
    """

    def __init__(self, text: str) -> None:
        super().__init__(_bounded(text))


class OutsideMalformed(OutsideUnavailable):
    """An answer came and was not understood (wrong shape, wrong status). Repeated likewise: it
    heals when the outside system, or our connection to it, is put right."""


class OutsideRefusal(Exception):
    """A typed no. Not repeated: the same question would get the same answer.

    code: upper-case word such as WRONG_STATUS; text: Chinese sentence for the clerk.
    """

    def __init__(self, code: str, text: str) -> None:
        if not is_refusal_code(code):
            raise ValueError("a refusal code is an upper-case word of at most 64 characters")
        self.code = code
        self.text = _bounded(text)
        super().__init__(f"{code}: {self.text}")


def is_refusal_code(code: object) -> bool:
    return isinstance(code, str) and _CODE.fullmatch(code) is not None
