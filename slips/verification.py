"""Verification codes: short keyed codes printed on slips, checked without asking who is named.

Called by the console when a slip is issued and when somebody checks one. The code depends on
kind, number, case number and content, so a changed paper no longer matches. Whoever checks learns
"right" or "wrong" and nothing about a person; a wrong check character is told apart, because a
slip of the pen is not a forgery.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

#: Digits and capitals without I, L, O, U: nothing to confuse by eye or by phone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: 15 characters of 5 bits: 75 bits cannot be guessed over the network.
_LENGTH = 15
_GROUP = 4
_MIN_SECRET = 16
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


class Verdict(StrEnum):
    """What a check answers."""

    RIGHT = "RIGHT"
    MISTYPED = "MISTYPED"
    WRONG = "WRONG"


VERDICT_TEXTS: dict[Verdict, str] = {
    Verdict.RIGHT: "验证通过：凭证由本平台出具，内容未经改动。",
    Verdict.MISTYPED: "验证码输入有误，请对照凭证重新输入。",
    Verdict.WRONG: "验证不通过：查无此凭证或内容与出具时不一致，请向出具机关核实。",
}


def digest(facts: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of a slip's facts; the order of keys does not matter."""

    def plain(value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        raise TypeError(f"{type(value).__name__} is not a fact of a slip")

    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, default=plain)
    return hashlib.sha256(text.encode()).hexdigest()


def verification_code(secret: bytes, *, kind: str, number: str, case_no: str, content: str) -> str:
    """The code XXXX-XXXX-XXXX-XXXX of a slip; `content` is its digest.

    Raises ValueError for a secret of fewer than 16 bytes.
    """
    if len(secret) < _MIN_SECRET:
        raise ValueError("the secret of verification codes needs at least 16 bytes")
    message = json.dumps([kind, number, case_no, content], ensure_ascii=False).encode()
    value = int.from_bytes(hmac.new(secret, message, hashlib.sha256).digest())
    body = "".join(ALPHABET[(value >> (5 * place)) & 31] for place in range(_LENGTH))
    return _grouped(body + _check_character(body))


def verify(
    code: str, secret: bytes, *, kind: str, number: str, case_no: str, content: str
) -> Verdict:
    """Whether `code`, as somebody typed it, is the one of this slip."""
    typed = normalised(code)
    if typed is None:
        return Verdict.MISTYPED
    right = verification_code(secret, kind=kind, number=number, case_no=case_no, content=content)
    return Verdict.RIGHT if hmac.compare_digest(typed, right) else Verdict.WRONG


def normalised(code: str) -> str | None:
    """The code in its printed form, or None when it cannot be one: for looking a slip up.

    Case, spaces and hyphens do not matter; I and L are read as 1, O as 0.
    """
    # Twice the printed length is more than any way of typing it needs.
    if len(code) > 4 * _LENGTH:
        return None
    plain = "".join(c for c in code.upper() if c not in "- －　").translate(_READ_AS)
    if len(plain) != _LENGTH + 1 or any(char not in ALPHABET for char in plain):
        return None
    return _grouped(plain) if plain[-1] == _check_character(plain[:-1]) else None


def _check_character(body: str) -> str:
    """Luhn's scheme over 32 characters: finds one wrong character and nearly every swap."""
    total, factor = 0, 2
    for char in reversed(body):
        product = factor * ALPHABET.index(char)
        total += product // 32 + product % 32
        factor = 3 - factor
    return ALPHABET[-total % 32]


def _grouped(plain: str) -> str:
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))
