"""A case's procedure as a picture: an SVG with a lane for each locality, made on the server.

Colours are classes of the style sheet (the content policy knows no inline style); the same is told
as a list by the template, which is what screen readers and phones get.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from xml.sax.saxutils import escape

from domain.course import Course, Progress, Step
from domain.routes import step_label

#: Sizes in units of the picture; the page scales it.
_COLUMN, _LANE, _HEAD, _BOX, _GAP = 104, 74, 92, 46, 10
_MARKS = {Progress.DONE: "✓", Progress.RUNNING: "●", Progress.COMING: ""}


def picture(course: Course, upper: str, lower: str, title: str, say: Callable[[str], str]) -> str:
    """The picture; ``upper`` names the home lane, ``lower`` the other (unused without steps).

    ``say`` translates what is read. A rectangle per step, ordered by lines.
    """
    lanes = [(upper, course.home)] + ([(lower, course.leg)] if course.leg else [])
    width, height = _HEAD + course.columns * _COLUMN + _GAP, len(lanes) * _LANE + 8
    parts = [
        f'<svg class="course" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="course-title course-desc">',
        f'<title id="course-title">{escape(title)}</title>',
        f'<desc id="course-desc">{escape(_told(course, upper, lower, say))}</desc>',
    ]
    for number, (name, steps) in enumerate(lanes):
        top = 4 + number * _LANE
        parts.append(
            f'<rect class="lane" x="0" y="{top}" width="{width}" height="{_LANE - 6}" rx="6"/>'
            + _words(name, _HEAD // 2, top + (_LANE - 6) // 2, "lane-name", _HEAD - 12)
        )
        parts += _lines(steps, top)
        parts += [_step(one, top, say) for one in steps]
    return "".join([*parts, "</svg>"])


def _left(step: Step) -> int:
    return _HEAD + step.column * _COLUMN + _GAP // 2


def _lines(steps: tuple[Step, ...], top: int) -> list[str]:
    middle = top + (_LANE - 6) // 2
    return [
        f'<line class="way {after.progress.value.lower()}" x1="{_left(before) + _width(before)}" '
        f'y1="{middle}" x2="{_left(after)}" y2="{middle}"/>'
        for before, after in pairwise(steps)
    ]


def _width(step: Step) -> int:
    return step.width * _COLUMN - _GAP


def _step(step: Step, top: int, say: Callable[[str], str]) -> str:
    left, width, box = _left(step), _width(step), top + (_LANE - 6 - _BOX) // 2
    kind = f"step {step.progress.value.lower()}{' surmised' if step.surmised else ''}"
    label = say(step_label(step.stage))
    mark = _MARKS[step.progress]
    return (
        f'<g class="{kind}"><rect x="{left}" y="{box}" width="{width}" height="{_BOX}" rx="7"/>'
        + _words(f"{mark} {label}".strip(), left + width // 2, box + _BOX // 2, "", width - 8)
        + "</g>"
    )


def _words(text: str, x: int, y: int, kind: str, room: int) -> str:
    """One or two lines in the middle of their room; a Chinese character is 13 units wide."""
    lines = _broken(text, room)
    first = y + 5 - (len(lines) - 1) * 8
    spans = "".join(
        f'<tspan x="{x}" y="{first + number * 16}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f'<text class="{kind}" text-anchor="middle">{spans}</text>'


def _broken(text: str, room: int) -> list[str]:
    if _long(text) <= room:
        return [text]
    words = text.split(" ") if text.isascii() or text[2:].isascii() else list(text)
    joint = " " if len(words) != len(text) else ""
    best = min(
        range(1, max(2, len(words))),
        key=lambda cut: max(_long(joint.join(words[:cut])), _long(joint.join(words[cut:]))),
    )
    return [part for part in (joint.join(words[:best]), joint.join(words[best:])) if part]


def _long(text: str) -> int:
    return sum(7 if ord(one) < 0x2E80 else 13 for one in text)


def _told(course: Course, upper: str, lower: str, say: Callable[[str], str]) -> str:
    def lane(name: str, steps: tuple[Step, ...]) -> str:
        told = say("，").join(
            f"{say(step_label(one.stage))} {say(one.progress.label)}" for one in steps
        )
        return f"{name}{say('：')}{told}"

    lanes = [lane(upper, course.home)] + ([lane(lower, course.leg)] if course.leg else [])
    return say("；").join(lanes)
