"""The two Chinese faces, what they can print and how wide: for compose (measuring) and paint.

Both come with a package under the SIL Open Font License 1.1; nothing is looked up on the machine.
A character that neither face has is never dropped: it is printed as its code point, 〔U+2A6A5〕,
which can be selected and looked up, and the slip says that it is to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from pylopdf_fonts_zh_cn import sans_path, serif_path


class Face(StrEnum):
    """SONG sets text, HEI sets titles and labels."""

    SONG = "song"
    HEI = "hei"


FILES: dict[Face, Path] = {Face.SONG: serif_path(), Face.HEI: sans_path()}


@dataclass(frozen=True, slots=True)
class _Metrics:
    glyphs: dict[int, str]
    advances: dict[str, tuple[int, int]]
    units: int


@cache
def _metrics(face: Face) -> _Metrics:
    # As in paint: loaded by whoever draws.
    from fontTools.ttLib import TTFont

    with TTFont(FILES[face], lazy=True) as font:
        return _Metrics(
            dict(font.getBestCmap()), dict(font["hmtx"].metrics), int(font["head"].unitsPerEm)
        )


def _has(face: Face, char: str) -> bool:
    return ord(char) in _metrics(face).glyphs


def _face_for(char: str, wanted: Face) -> Face | None:
    if _has(wanted, char):
        return wanted
    other = Face.HEI if wanted is Face.SONG else Face.SONG
    return other if _has(other, char) else None


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text` that cannot be printed, each once, in order of appearance.

    Line breaks and tabs are layout, not characters.
    """
    found = (c for c in text if c not in "\r\n\t" and _face_for(c, Face.SONG) is None)
    return tuple(dict.fromkeys(found))


def printable(text: str) -> str:
    """`text` with every character that cannot be printed as 〔U+hex〕."""
    lost = missing(text)
    return "".join(f"〔U+{ord(c):04X}〕" if c in lost else c for c in text)


def advance(char: str, face: Face) -> float:
    """Width of a printable character in em."""
    found = _face_for(char, face)
    if found is None:
        raise ValueError(f"U+{ord(char):04X} has no glyph; pass the text through printable()")
    metrics = _metrics(found)
    return metrics.advances[metrics.glyphs[ord(char)]][0] / metrics.units


def runs(text: str, face: Face) -> Iterator[tuple[str, Face]]:
    """`text` cut where the face changes: a character that `face` lacks is taken from the other."""
    held, current = "", face
    for char in text:
        found = _face_for(char, face) or face
        if found is not current and held:
            yield held, current
            held = ""
        current = found
        held += char
    if held:
        yield held, current
