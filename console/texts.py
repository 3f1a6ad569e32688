"""Checks every text that people hand in: length, and characters that no register can keep."""

from __future__ import annotations

from typing import Any

from console.errors import OfficeCode, OfficeError

_LINE_BREAKS = "\n\r\t"
_NOTE_CHARS = 500


def check_texts(
    value: Any, max_chars: int, field: str = "", *, long: frozenset[str] = frozenset()
) -> None:
    """Walk a form; OfficeError names the first field that is too long or unreadable.

    ``long`` names the last parts of fields that may be long, such as a document's own text.
    """
    if isinstance(value, str):
        _check_text(value, max_chars, field, long)
    elif isinstance(value, dict):
        for key, item in value.items():
            check_texts(item, max_chars, f"{field}.{key}" if field else str(key), long=long)
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            check_texts(item, max_chars, f"{field}[{number}]", long=long)


def check_note(name: str, text: str) -> None:
    """OfficeError where a reason or note that a desk needs is missing or too long."""
    if not text.strip():
        raise OfficeError(OfficeCode.MISSING_TEXT, f"{name}必须写明；请补上。")
    if len(text) > _NOTE_CHARS:
        raise OfficeError(OfficeCode.TOO_LARGE, f"{name}不得超过 {_NOTE_CHARS} 个字；请改短。")


def _check_text(text: str, max_chars: int, field: str, long: frozenset[str]) -> None:
    if len(text) > max_chars and field.rpartition(".")[2] not in long:
        raise OfficeError(
            OfficeCode.TOO_LARGE,
            f"栏目 {field} 有 {len(text)} 个字，超过上限 {max_chars} 个字；"
            "请删减，或作为附件材料提交。",
        )
    if any(_unkeepable(letter) for letter in text):
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            f"栏目 {field} 含有无法保存的控制字符；请删去后重新提交。",
        )


def _unkeepable(letter: str) -> bool:
    return (letter < " " and letter not in _LINE_BREAKS) or "\ud800" <= letter <= "\udfff"
