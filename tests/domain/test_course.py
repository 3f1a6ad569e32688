"""The picture of a case: what is done, running and to come follows from its own steps."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.families import ALONE, HUKOU, TRANSFERS
from domain.course import Progress, course
from domain.routes import PARCEL, ROUTES, Route, generic_route
from domain.stages import FINAL_STAGES, Stage

HUKOU_ROUTE = ROUTES["HUKOU_MIGRATION"]
ROUTE_LIST = [*ROUTES.values(), PARCEL]


def of(steps: Sequence[object], progress: Progress) -> list[str]:
    return [one.stage.value for one in steps if one.progress is progress]  # type: ignore[attr-defined]


def test_every_family_has_a_route_and_every_leg_its_steps() -> None:
    families = {HUKOU.code: HUKOU, **ALONE, **TRANSFERS}
    assert set(families) == set(ROUTES)
    for code, family in families.items():
        assert bool(ROUTES[code].leg) == bool(family.leg) or code == "GENERAL_ONLINE", code


@pytest.mark.parametrize("route", ROUTE_LIST)
def test_a_route_ends_once_and_its_other_side_keeps_step(route: Route) -> None:
    assert [stage for stage in route.home if stage in FINAL_STAGES] == [route.home[-1]]
    order = {stage: number for number, stage in enumerate(route.home)}
    firsts = [order[one.first] for one in route.leg]
    assert firsts == sorted(firsts)
    assert all(order[one.first] <= order[one.last] for one in route.leg)


def test_while_the_other_side_works_its_steps_are_running_too() -> None:
    found = course(
        HUKOU_ROUTE,
        [Stage.SUBMITTED, Stage.REVIEW, Stage.APPROVAL],
        Stage.ORIGIN_PROCESSING,
        closed=False,
    )
    assert of(found.home, Progress.DONE) == ["SUBMITTED", "REVIEW", "APPROVAL"]
    assert of(found.home, Progress.RUNNING) == ["ORIGIN_PROCESSING"]
    assert of(found.leg, Progress.RUNNING) == [
        *("RECEIVED", "COMPARISON", "CONFIRMATION", "CANCELLATION")
    ]
    assert all(one.surmised and not one.own for one in found.leg)


def test_a_leg_sees_its_own_steps_exactly_and_the_home_side_surmised() -> None:
    found = course(HUKOU_ROUTE, [Stage.RECEIVED], Stage.COMPARISON, closed=False, leg=True)
    assert of(found.leg, Progress.RUNNING) == ["COMPARISON"]
    assert of(found.leg, Progress.DONE) == ["RECEIVED"]
    assert of(found.home, Progress.RUNNING) == ["ORIGIN_PROCESSING"]
    assert not any(one.surmised for one in found.leg)


def test_a_detour_stands_where_it_was_taken() -> None:
    found = course(HUKOU_ROUTE, [Stage.SUBMITTED, Stage.CORRECTION], Stage.CORRECTION, closed=False)
    assert [one.stage for one in found.home][:3] == [
        *(Stage.SUBMITTED, Stage.CORRECTION, Stage.REVIEW)
    ]
    assert of(found.home, Progress.RUNNING) == ["CORRECTION"]
    back = course(
        HUKOU_ROUTE,
        [Stage.SUBMITTED, Stage.CORRECTION, Stage.SUBMITTED],
        Stage.SUBMITTED,
        closed=False,
    )
    assert of(back.home, Progress.DONE) == ["CORRECTION"]
    assert of(back.home, Progress.RUNNING) == ["SUBMITTED"]
    again = course(
        HUKOU_ROUTE,
        [Stage.SUBMITTED, Stage.CORRECTION, Stage.SUBMITTED, Stage.REVIEW],
        Stage.REVIEW,
        closed=False,
    )
    assert of(again.home, Progress.DONE) == ["SUBMITTED", "CORRECTION"]


def test_an_early_end_shows_what_was_done_and_nothing_to_come() -> None:
    found = course(
        HUKOU_ROUTE, [Stage.SUBMITTED, Stage.REVIEW, Stage.REFUSED], Stage.REFUSED, closed=True
    )
    assert [one.stage for one in found.home] == [Stage.SUBMITTED, Stage.REVIEW, Stage.REFUSED]
    assert {one.progress for one in found.steps} == {Progress.DONE}
    assert found.leg == ()


@given(st.sampled_from(ROUTE_LIST), st.integers(0, 8), st.booleans())
def test_an_open_case_has_one_running_step_and_no_two_steps_share_a_place(
    route: Route, number: int, leg: bool
) -> None:
    stages = [one.stage for one in route.leg] if leg and route.leg else list(route.home)
    at = min(number, len(stages) - 2)
    found = course(route, stages[: at + 1], stages[at], closed=False, leg=leg and bool(route.leg))
    own = [one for one in found.steps if one.own]
    assert [one.stage for one in own if one.progress is Progress.RUNNING] == [stages[at]]
    for lane in (found.home, found.leg):
        taken = [place for one in lane for place in range(one.column, one.column + one.width)]
        assert len(taken) == len(set(taken))
        assert all(place < found.columns for place in taken)


def test_an_item_has_the_steps_that_its_definition_declares() -> None:
    plain = generic_route(
        ["ACCEPTANCE", "DECISION", "DELIVERY"],
        fee=False,
        deferred=False,
        promised=False,
        parts_elsewhere=False,
    )
    assert plain.home == (Stage.SUBMITTED, Stage.APPROVAL, Stage.DELIVERY, Stage.ARCHIVED)
    whole = generic_route(
        ["ACCEPTANCE", "PARTICIPATION", "REVIEW", "DECISION", "MAKING", "DELIVERY"],
        fee=True,
        deferred=True,
        promised=True,
        parts_elsewhere=True,
    )
    assert whole.home[4:] == (
        *(Stage.PAYMENT, Stage.SUPPLEMENTING, Stage.MAKING, Stage.DELIVERY),
        *(Stage.AFTER_CHECK, Stage.ARCHIVED),
    )
    assert whole.leg[0].first is Stage.PARTICIPATION
