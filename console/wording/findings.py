"""Findings of a task in words: what the automatic check saw, as a clerk reads it.

Called by `commands.worklist`. A finding that a later version wrote and nobody here has words for
is shown as it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from catalog.catalog import Catalog
from console.wording.finding_table import ALWAYS_TOLD, DETAILS, HEADS, PLAIN, QUIET_VALUES
from console.wording.finding_values import About
from console.wording.reasons import known_reason


def finding_words(code: object, catalog: Catalog, family: str = "") -> str:
    """The finding in words, as 缺少材料：调令; the code itself where it has none."""
    return known_words(code, catalog, family) or str(code)


def notable_words(codes: Iterable[object], catalog: Catalog, family: str = "") -> list[str]:
    """The findings worth a clerk's attention in a list, in words."""
    return [finding_words(code, catalog, family) for code in codes if notable(code)]


def notable(code: object) -> bool:
    """Whether it belongs in a list: zeros, noes and lists of contents are left to the task."""
    head, colon, value = str(code).partition(":")
    known = head.upper()
    if not colon or known in ALWAYS_TOLD:
        return True
    return value not in QUIET_VALUES and known not in DETAILS


def known_words(code: object, catalog: Catalog, family: str = "") -> str | None:
    """The same as :func:`finding_words`, but None where nobody has words for it."""
    head, colon, value = str(code).partition(":")
    if not colon:
        return known_reason(head, family) or PLAIN.get(head)
    about = About(catalog, family)
    if head.isdecimal():  # of one person of the case
        words = known_reason(value, family) or PLAIN.get(value)
        return f"第{head}名：{words}" if words else None
    if head.upper() not in HEADS:
        return None
    label, read = HEADS[head.upper()]
    shown = read(value, about)
    return None if shown is None else "：".join(part for part in (label, shown) if part)
