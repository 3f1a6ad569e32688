"""What the children of a composite case wait for, and how the whole ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.endings import Ending
from domain.scenario import (
    SETTLED,
    ChildStanding,
    ChildState,
    all_settled,
    cycle_in,
    ending_of,
    hopeless,
    ready,
    state_of_ending,
)

GRANTED, WAITING, REFUSED = ChildState.GRANTED, ChildState.WAITING, ChildState.REFUSED


def child(item: str, state: ChildState = WAITING, *after: str) -> ChildStanding:
    return ChildStanding(item, after, state)


def test_a_child_is_ready_when_all_it_rests_on_is_granted() -> None:
    children = (child("A", GRANTED), child("B", ChildState.OPEN), child("C", WAITING, "A", "B"))
    assert ready(children) == ()
    assert ready((children[0], child("B", GRANTED), children[2])) == ("C",)


def test_what_was_not_ticked_holds_nobody() -> None:
    assert ready((child("B", WAITING, "A"),)) == ("B",)


def test_whatever_rests_on_a_refusal_is_hopeless_all_the_way_down() -> None:
    children = (
        child("A", REFUSED),
        child("B", WAITING, "A"),
        child("C", WAITING, "B"),
        child("D"),
    )
    assert hopeless(children) == ("B", "C")


@given(st.lists(st.sampled_from(sorted(ChildState)), min_size=1, max_size=6))
def test_the_order_moves_on_or_is_at_its_end(states: list[ChildState]) -> None:
    children = tuple(
        child(str(number), state, *(() if number == 0 else (str(number - 1),)))
        for number, state in enumerate(states)
    )
    running = any(one.state in (ChildState.WANTED, ChildState.OPEN) for one in children)
    assert running or ready(children) or hopeless(children) or all_settled(children)


@pytest.mark.parametrize(
    ("states", "ending"),
    [
        ((GRANTED, GRANTED), Ending.COMPLETED),
        ((GRANTED, REFUSED), Ending.PARTLY),
        ((REFUSED, ChildState.NOT_STARTED), Ending.NONE_GRANTED),
        ((ChildState.WITHDRAWN, ChildState.NOT_STARTED), Ending.WITHDRAWN),
    ],
)
def test_the_whole_ends_as_its_children_did(states: tuple[ChildState, ...], ending: Ending) -> None:
    assert ending_of(child(str(n), state) for n, state in enumerate(states)) is ending


@pytest.mark.parametrize("ending", list(Ending))
def test_every_ending_of_a_case_settles_the_child(ending: Ending) -> None:
    assert state_of_ending(ending) in SETTLED


def test_items_that_wait_for_each_other_are_named_in_their_order() -> None:
    assert cycle_in({"A": ("B",), "B": ("C",), "C": ("A",)}) == ("A", "B", "C", "A")
    assert cycle_in({"A": (), "B": ("A",), "C": ("A", "B")}) == ()
