"""The drill itself on the real system: what is configured is executed, in virtual time."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest_asyncio

from catalog.loader import load_catalog
from domain.calendar import SHANGHAI
from embedded.drill import report
from embedded.drill.rehearsal import Asked, Rehearsal, plan_of, rehearse
from embedded.drill.verdict import reached
from tests.platform.builders import state_directory

CATALOG = load_catalog()
#: Short limits, so that few days reach far up; money, a hall and two police stations.
EXAMPLES = ("unemployment", "housing-fund", "proxy-temp-id", "medical")
SEED = 4
DAYS = 18


def quiet_monday() -> date:
    """The next Monday whose weeks know neither holiday nor make-up day: which rungs are reached
    shall not depend on the day of the run."""

    def is_plain(day: date) -> bool:
        return CATALOG.calendar.is_working(day) is (day.weekday() < 5)

    today = datetime.now(SHANGHAI).date()
    monday = today + timedelta(7 - today.weekday())
    while not all(is_plain(monday + timedelta(number)) for number in range(DAYS + 3)):
        monday += timedelta(7)
    return monday


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def done() -> AsyncIterator[Rehearsal]:
    """Two weeks and a half with a few cases, played once for all tests of this module."""
    asked = Asked(seed=SEED, days=DAYS, cases=4, first=quiet_monday(), only=EXAMPLES)
    plan = plan_of(asked, CATALOG)
    with state_directory() as directory:
        async with rehearse(plan, CATALOG, directory, lambda _: None) as (_, rehearsal):
            yield rehearsal


async def test_the_escalations_that_are_configured_do_execute(done: Rehearsal) -> None:
    assert done.differences == []
    assert done.facts.rungs


async def test_lateness_climbs_to_the_rungs_that_want_an_answer(done: Rehearsal) -> None:
    counted = reached(done.facts)
    assert all(counted[rung] for rung in ("REMIND", "OVERDUE", "URGE", "SUPERVISION_ORDER"))


async def test_no_invariant_is_broken_after_weeks_of_lateness(done: Rehearsal) -> None:
    assert done.violations == []
    assert done.notes == []


async def test_every_day_is_lived_by_the_whole_system(done: Rehearsal) -> None:
    patrolled = {one.day for one in done.facts.patrols}
    assert patrolled == set(done.plan.days)
    opened = {one.opened_on for one in done.facts.tasks}
    assert opened <= set(done.plan.days)
    assert len(opened) > 1


async def test_the_report_names_each_rung_with_its_reason_and_no_person(done: Rehearsal) -> None:
    told = json.loads(report.as_json(done, CATALOG))
    assert told["good"]
    assert len(told["escalations"]) == len(done.facts.rungs)
    assert all(one["rule"].startswith("supervision.") for one in told["escalations"])
    assert "样例" not in json.dumps(told["escalations"], ensure_ascii=False)
