"""Breaking Chinese text into lines: between any two characters, but not before closing marks.

Called by flow. Latin words and numbers stay whole unless one alone is wider than the line.
"""

from __future__ import annotations

import re

from slips.faces import Face, advance

#: Millimetres of one point.
MM_PER_PT = 25.4 / 72

# A character U+3000 and above stands alone; anything narrower forms words with its neighbours.
_TOKEN = re.compile(r"[^\s\u2e80-\U0010ffff]+|[\u2e80-\U0010ffff]|\s")
_NOT_FIRST = frozenset("，。、；：！？）》〉」』】〕”’…—·%％℃,.;:!?)]}")
_NOT_LAST = frozenset("（《〈「『【〔“‘([{￥¥")


def width(text: str, face: Face, size: float) -> float:
    """Width of one line in mm at `size` points."""
    return sum(advance(char, face) for char in text) * size * MM_PER_PT


def _tokens(text: str) -> list[str]:
    """Unbreakable pieces: closing marks stick to what precedes, opening ones to what follows."""
    pieces: list[str] = []
    for token in _TOKEN.findall(text):
        if pieces and (token[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST):
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces


def _cut(piece: str, face: Face, size: float, room: float) -> list[str]:
    """A piece in parts that fit; a single character wider than `room` stays one part."""
    parts = [""]
    for char in piece:
        if parts[-1] and width(parts[-1] + char, face, size) > room:
            parts.append("")
        parts[-1] += char
    return parts


def break_lines(
    text: str, face: Face, size: float, room: float, *, indent: float = 0.0
) -> list[str]:
    """The lines of `text` in `room` mm; the first line of each paragraph has `indent` mm less.

    A line break in the text starts a new paragraph. Spaces at a line's end are dropped.
    """
    lines: list[str] = []
    for paragraph in text.replace("\r", "").replace("\t", " ").split("\n"):
        line, left = "", room - indent
        for token in _tokens(paragraph):
            for part in _cut(token, face, size, room - indent):
                wide = width(part, face, size)
                if line and wide > left + 1e-6:
                    lines.append(line.rstrip())
                    line, left = "", room
                    if part.isspace() and part != "\u3000":
                        continue
                line += part
                left -= wide
        lines.append(line.rstrip())
    return lines
