"""Rare characters in a slip: which ones no face has, and the slip with marks in their place.

Called by compose before anything is measured.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from slips.faces import missing, printable
from slips.model import Slip, Stub, Table

_NOTE = "注：字库未收的字以〔U+编码〕代替，由经办人员手写补正并加盖校对章。"


def unprintable(slip: Slip) -> tuple[str, ...]:
    """The characters of the slip that no face has; they are printed as 〔U+hex〕."""
    return missing("".join(_texts(slip)))


def with_substitutes(slip: Slip) -> Slip:
    """The slip as it can be printed; one with substitutes says so at its end."""
    if not unprintable(slip):
        return slip
    marked: Slip = _marked(slip)
    return dataclasses.replace(marked, closing=(*marked.closing, _NOTE))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Slip | Stub | Table):
        value = tuple(getattr(value, field.name) for field in dataclasses.fields(value))
    return [text for item in value for text in _texts(item)] if isinstance(value, tuple) else []


def _marked(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(map(_marked, value))
    if isinstance(value, Slip | Stub | Table):
        fields = {f.name: _marked(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value
