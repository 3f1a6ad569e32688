"""Turns codes into findings with text and remedy, and sums of fen into text.

Called by every scheme of this package. Each scheme keeps one table from its refusal codes to
(text, remedy); a test holds that no code is without words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from domain.schemes.computation import Finding

Wording = Mapping[StrEnum, tuple[str, str]]


def findings(codes: Iterable[StrEnum], wording: Wording, **facts: object) -> tuple[Finding, ...]:
    """A finding per code, in the order given; `facts` fill the places in the texts."""
    return tuple(
        Finding(code.value, *(sentence.format(**facts) for sentence in wording[code]))
        for code in codes
    )


def plain(wording: Wording) -> dict[str, tuple[str, str]]:
    """The same sentences by code where the facts are not at hand, without their full stops.

    Notices and letters of refusal add the full stop themselves (`domain.refusals`).
    """
    words = {"open_letter": "编号见书面告知"}
    return {
        code.value: (_bare(why, words), _bare(remedy, words))
        for code, (why, remedy) in wording.items()
    }


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "若干"


def _bare(sentence: str, words: Mapping[str, str]) -> str:
    return sentence.format_map(_Blank(words)).rstrip("。")


def yuan(fen: int) -> str:
    """A sum as people read it: 2160000 fen is 21,600.00元."""
    return f"{fen // 100:,}.{fen % 100:02d}元"


def percent(basis_points: int) -> str:
    """A rate as people read it: 15000 basis points are 150%."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}%" if rest == 0 else f"{whole}.{rest:02d}%"
