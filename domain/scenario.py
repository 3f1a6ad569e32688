"""一件事: what the children of a composite case wait for, and what is said about them at its end.

Asked by the composite procedure (`workflows.scenario`), its screens and tests. A child is an
ordinary case; the composite only orders, bundles and tells (docs/rules.md section 0).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.endings import Ending


class ChildState(StrEnum):
    """Where one item of a composite case stands."""

    WAITING = "WAITING"  # for items that come first
    WANTED = "WANTED"  # to be filed
    OPEN = "OPEN"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"  # ended otherwise, for whatever reason
    WITHDRAWN = "WITHDRAWN"
    NOT_FILED = "NOT_FILED"  # the application was not taken in
    NOT_STARTED = "NOT_STARTED"  # what it rests on was not granted, or all was withdrawn

    @property
    def label(self) -> str:
        """The state in words, as screens and the closing note show it."""
        return CHILD_LABELS[self]


CHILD_LABELS: dict[ChildState, str] = {
    ChildState.WAITING: "等待前置事项",
    ChildState.WANTED: "待立案",
    ChildState.OPEN: "办理中",
    ChildState.GRANTED: "已办成",
    ChildState.REFUSED: "未办成",
    ChildState.WITHDRAWN: "已撤回",
    ChildState.NOT_FILED: "未予收件",
    ChildState.NOT_STARTED: "未启动",
}

#: Nothing more will happen to a child in one of these.
SETTLED = frozenset(
    {
        ChildState.GRANTED,
        ChildState.REFUSED,
        ChildState.WITHDRAWN,
        ChildState.NOT_FILED,
        ChildState.NOT_STARTED,
    }
)
#: Endings of a case that mean: the person has what was applied for.
_GRANTED = frozenset({Ending.COMPLETED, Ending.TEMPORARY_ACCOUNT, Ending.UNCLAIMED})


@dataclass(frozen=True, slots=True)
class ChildStanding:
    """One item as the rules see it; ``after`` names the items that must be granted first."""

    item: str
    after: tuple[str, ...]
    state: ChildState


def state_of_ending(ending: str) -> ChildState:
    """What the end of a child's case means for the composite."""
    if ending == Ending.WITHDRAWN:
        return ChildState.WITHDRAWN
    return ChildState.GRANTED if ending in _GRANTED else ChildState.REFUSED


def ready(children: Iterable[ChildStanding]) -> tuple[str, ...]:
    """The items that may be filed now: everything they rest on has been granted.

    An item that the applicant has not ticked is no child, and holds nobody.
    """
    known = {one.item: one for one in children}
    return tuple(
        one.item
        for one in known.values()
        if one.state is ChildState.WAITING
        and all(known[item].state is ChildState.GRANTED for item in one.after if item in known)
    )


def hopeless(children: Iterable[ChildStanding]) -> tuple[str, ...]:
    """The items that will never be filed, because something they rest on was not granted."""
    known = {one.item: one for one in children}
    lost = {
        one.item
        for one in known.values()
        if one.state in SETTLED and one.state is not ChildState.GRANTED
    }
    found: list[str] = []
    while True:
        more = [
            one.item
            for one in known.values()
            if one.state is ChildState.WAITING and one.item not in lost and lost & set(one.after)
        ]
        if not more:
            return tuple(found)
        found += more
        lost |= set(more)


def all_settled(children: Iterable[ChildStanding]) -> bool:
    """Whether the composite has nothing left to wait for."""
    return all(one.state in SETTLED for one in children)


def ending_of(children: Iterable[ChildStanding]) -> Ending:
    """How the whole ended: granted altogether, in part, or not at all (partial success)."""
    states = [one.state for one in children]
    granted = states.count(ChildState.GRANTED)
    if granted == len(states):
        return Ending.COMPLETED
    if granted:
        return Ending.PARTLY
    return (
        Ending.WITHDRAWN
        if all(one in (ChildState.WITHDRAWN, ChildState.NOT_STARTED) for one in states)
        else Ending.NONE_GRANTED
    )


def cycle_in(after: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Items that wait for each other in a circle, in that order; empty: none do."""
    done: set[str] = set()
    for start in after:
        path: list[str] = []
        found = _walk(start, after, done, path)
        if found:
            return found
    return ()


def _walk(
    item: str, after: dict[str, tuple[str, ...]], done: set[str], path: list[str]
) -> tuple[str, ...]:
    if item in path:
        return (*path[path.index(item) :], item)
    if item in done or item not in after:
        return ()
    path.append(item)
    for other in after[item]:
        found = _walk(other, after, done, path)
        if found:
            return found
    path.pop()
    done.add(item)
    return ()
