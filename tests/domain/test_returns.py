"""Which earlier steps a task may be sent back to: passed by the case, and of the same work."""

from __future__ import annotations

import pytest

from domain.general_tasks import GeneralTask
from domain.task_table import TASKS
from domain.tasks import OutcomeSpec, earlier_steps, outcomes_now

RETURNS = [
    (kind, outcome)
    for kind, spec in TASKS.items()
    for outcome in spec.outcomes
    if outcome.returns_to
]


@pytest.mark.parametrize(("kind", "outcome"), RETURNS, ids=[kind for kind, _ in RETURNS])
def test_a_return_is_written_and_names_other_steps_that_exist(
    kind: str, outcome: OutcomeSpec
) -> None:
    assert outcome.needs_reason
    assert kind not in outcome.returns_to and set(outcome.returns_to) <= set(TASKS)
    assert len(set(outcome.returns_to)) == len(outcome.returns_to)


def test_whoever_decides_after_another_person_may_send_it_back_to_that_person() -> None:
    approving = {
        kind: spec
        for kind, spec in TASKS.items()
        if spec.not_by_deciders_of and kind != "VEHICLE_REGISTRATION"
    }
    for kind, spec in approving.items():
        steps = {step for one in spec.outcomes for step in one.returns_to}
        assert set(spec.not_by_deciders_of) <= steps, kind
    # Inspecting a car is an act in its register that is done once: what is wrong is refused.
    assert all(not one.returns_to for one in TASKS["VEHICLE_REGISTRATION"].outcomes)


def test_only_steps_that_the_case_has_passed_are_offered_the_nearest_first() -> None:
    making = TASKS[GeneralTask.MAKING]
    back = making.by_code["RETURN"]
    assert earlier_steps(back, {"GENERAL_REVIEW", "GENERAL_DECISION", "GENERAL_ACCEPTANCE"}) == (
        "GENERAL_DECISION",
        "GENERAL_REVIEW",
    )
    assert [one.code for one in outcomes_now(making, {"GENERAL_ACCEPTANCE"})] == ["MADE"]
    (_, now) = outcomes_now(making, {"GENERAL_REVIEW"})
    assert now.returns_to == ("GENERAL_REVIEW",)


def test_a_delivery_offers_no_return_where_nothing_can_be_done_again() -> None:
    codes = [one.code for one in outcomes_now(TASKS["DELIVERY"], {"REVIEW", "APPROVAL", "LANDING"})]
    assert codes == ["PICKED_UP", "MAILED", "ELECTRONIC"]
