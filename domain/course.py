"""Where a case stands on its procedure: each step done, running or to come, in both localities.

Pure; called by the case page, which draws it as a picture and tells it as a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.routes import Route
from domain.stages import FINAL_STAGES, Stage


class Progress(StrEnum):
    """How far one step is."""

    DONE = "DONE"
    RUNNING = "RUNNING"
    COMING = "COMING"

    @property
    def label(self) -> str:
        """As people read it."""
        return {"DONE": "已完成", "RUNNING": "正在办理", "COMING": "尚未开始"}[self.value]


@dataclass(frozen=True, slots=True)
class Step:
    """One step in its lane; ``column`` and ``width`` count columns of the picture.

    ``own``: of this locality. ``surmised``: the other side's, of which only letters tell.
    """

    stage: Stage
    own: bool
    progress: Progress
    column: int
    width: int
    surmised: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A case's steps, first the home lane's, then the leg's, each in its order."""

    home: tuple[Step, ...]
    leg: tuple[Step, ...]
    columns: int

    @property
    def steps(self) -> tuple[Step, ...]:
        """Both lanes by column, so that they can be read one after the other."""
        return tuple(sorted((*self.home, *self.leg), key=lambda one: (one.column, not one.own)))


def course(
    route: Route, visited: Sequence[Stage], now: Stage, *, closed: bool, leg: bool = False
) -> Course:
    """The course of a case whose own steps were ``visited`` (in order, ``now`` last).

    ``leg``: the case is the other locality's help to a home case. The partner's steps are
    surmised from where this case stands: both sides follow each other by letters.
    """
    regular = tuple(one.stage for one in route.leg) if leg else route.home
    own = _own(regular, visited, now, closed=closed)
    partner = _partner(route, own, now, closed=closed, leg=leg)
    home, beside = (partner, own) if leg else (own, partner)
    return _placed(route, home, beside, own_is_leg=leg)


def _own(
    regular: tuple[Stage, ...], visited: Sequence[Stage], now: Stage, *, closed: bool
) -> list[tuple[Stage, Progress]]:
    """Regular steps and detours; a step that was passed over is not shown."""
    seen = list(dict.fromkeys((*visited, now)))
    last_regular = max((regular.index(one) for one in seen if one in regular), default=-1)
    at = regular.index(now) if now in regular else last_regular
    order = [one for one in regular if one in seen or (not closed and regular.index(one) > at)]
    for number, stage in enumerate(seen):
        if stage in order:
            continue
        before = [one for one in seen[:number] if one in order]
        place = max((order.index(one) for one in before[-1:]), default=-1) + 1
        order.insert(place, stage)
    if closed and now in order:
        order.remove(now)
        order.append(now)
    here = order.index(now) if now in order else -1
    done = Progress.DONE
    return [
        (
            stage,
            done
            if closed or number < here or (stage in seen and _left(stage, now, regular))
            else Progress.RUNNING
            if number == here
            else Progress.COMING,
        )
        for number, stage in enumerate(order)
    ]


def _left(stage: Stage, now: Stage, regular: tuple[Stage, ...]) -> bool:
    """Whether a step that was come to is over though the case stands before it again: an end, or
    a detour such as a correction, which nobody has to go through once more."""
    return stage in FINAL_STAGES or (stage != now and stage not in regular)


def _partner(
    route: Route,
    own: list[tuple[Stage, Progress]],
    now: Stage,
    *,
    closed: bool,
    leg: bool,
) -> list[tuple[Stage, Progress]]:
    """The other side, as far as this side's steps tell."""
    at = _home_span(route, own, now, leg=leg)
    order = {stage: number for number, stage in enumerate(route.home)}
    spans = (
        [(stage, order[stage], order[stage]) for stage in route.home]
        if leg
        else [(one.stage, order[one.first], order[one.last]) for one in route.leg]
    )
    told = []
    for stage, first, last in spans:
        if last < at[0]:
            progress = Progress.DONE
        elif first > at[1]:
            progress = Progress.COMING
        else:
            progress = Progress.RUNNING
        if closed:
            if progress is Progress.COMING:
                continue
            progress = Progress.DONE
        told.append((stage, progress))
    return told


def _home_span(
    route: Route, own: list[tuple[Stage, Progress]], now: Stage, *, leg: bool
) -> tuple[int, int]:
    """Between which home steps the case stands, by number; a detour counts as the step before."""
    order = {stage: number for number, stage in enumerate(route.home)}
    besides = {one.stage: (order[one.first], order[one.last]) for one in route.leg}
    spans = besides if leg else {stage: (number, number) for stage, number in order.items()}
    passed = [stage for stage, progress in own if progress is not Progress.COMING]
    if now in spans:
        return spans[now]
    known = [spans[stage] for stage in passed if stage in spans]
    return known[-1] if known else (-1, -1)


def _placed(
    route: Route,
    home: list[tuple[Stage, Progress]],
    beside: list[tuple[Stage, Progress]],
    *,
    own_is_leg: bool,
) -> Course:
    """Columns: a home step is as wide as the other side's steps that begin during it."""
    first_of = {one.stage: one.first for one in route.leg}
    shown = [stage for stage, _ in home]
    groups: dict[Stage, list[tuple[Stage, Progress]]] = {}
    anchor = shown[0] if shown else Stage.SUBMITTED
    for stage, progress in beside:
        wanted = first_of.get(stage, anchor)
        anchor = wanted if wanted in shown else anchor if anchor in shown else shown[-1]
        groups.setdefault(anchor, []).append((stage, progress))
    column, tops, bottoms = 0, [], []
    for stage, progress in home:
        below = groups.get(stage, [])
        width = max(1, len(below))
        tops.append(Step(stage, not own_is_leg, progress, column, width, own_is_leg))
        for number, (under, how) in enumerate(below):
            bottoms.append(Step(under, own_is_leg, how, column + number, 1, not own_is_leg))
        column += width
    return Course(tuple(tops), tuple(bottoms), column)
