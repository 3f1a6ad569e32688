"""The verdict of a drill: green for what the policies ask for, red for anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.loader import load_catalog
from catalog.supervision_policies import ladder_policy
from domain.calendar import SHANGHAI
from domain.limits import Unit
from domain.supervision import Ended, Rung, Step, WatchedTask, answered, climb, days_late, settle
from embedded.drill.configured import configuration
from embedded.drill.expected import Configuration
from embedded.drill.facts import CaseFact, Facts, Patrolled, RungFact, Seen, TaskFact
from embedded.drill.verdict import Fault, judge, reached

CATALOG = load_catalog()
CALENDAR = CATALOG.calendar
LOCALITY = "330902"
LEAD = f"{LOCALITY}-ZW-01"
LEG, OWN = "3309022026100900001/X/1", "3309022026100900002/Y/1"
BEGINS = date(2026, 10, 9)
POLICY = ladder_policy(CATALOG, LOCALITY, BEGINS)
RULES = partial(configuration, CATALOG)


def executed(
    due_on: date,
    *,
    days: int = 70,
    answers: frozenset[Rung] = frozenset(),
    done_on: date | None = None,
    moved: tuple[date, date] | None = None,
    length: int = 10,
    unit: Unit = Unit.WD,
    task_id: str = LEG,
    office: str = f"{LOCALITY}-RS-01",
) -> Facts:
    """What a locality that follows the rules does with one task: a patrol each day, each rung."""
    ladder: tuple[Step, ...] = ()
    rungs: list[RungFact] = []
    patrols: list[Patrolled] = []
    round_ = 1
    for number in range(days):
        today = BEGINS + timedelta(days=number)
        at = datetime(today.year, today.month, today.day, 10, tzinfo=SHANGHAI).astimezone(UTC)
        now_due = moved[1] if moved and today >= moved[0] else due_on
        open_ = done_on is None or today <= done_on
        task = WatchedTask(
            due_on=now_due,
            open=open_,
            closed_on=None if open_ else done_on,
            length=length,
            unit=unit,
        )
        new: tuple[Step, ...] = ()
        if CALENDAR.is_working(today):
            over = settle(task, ladder, POLICY, today, CALENDAR)
            if over is not None:
                how = "WITHDRAWN" if over is Ended.DUE_MOVED else "CLOSED"
                rungs = [replace(one, ended=one.ended or how) for one in rungs]
                ladder, round_ = (), round_ + 1
            new = climb(task, ladder, POLICY, today, CALENDAR)
        for step in new:
            by_superior = POLICY.by_superior(step.rung, leg=task_id == LEG, own=office == LEAD)
            rungs.append(
                RungFact(
                    number=f"JC{len(rungs):04d}",
                    task_id=task_id,
                    rung=step.rung,
                    round=round_,
                    issued_at=at,
                    issued_on=today,
                    reply_due=step.reply_due,
                    task_due_on=step.task_due_on,
                    issuer="000000-ZW-00" if by_superior else LEAD,
                    office=office,
                    warning=step.rung.warning,
                    rule=POLICY.rules[step.rung].key,
                    days_late=days_late(now_due, today, CALENDAR),
                    answered_at=at + timedelta(hours=2) if step.rung in answers else None,
                    ended="",
                    told_home=task_id == LEG and step.rung.level > 0,
                )
            )
        ladder += tuple(answered(one) if one.rung in answers else one for one in new)
        seen = (Seen(task_id=task_id, due_on=now_due, length=length, unit=unit),) if open_ else ()
        case = (task_id.partition("/")[0], "EXAMINATION", "")
        patrols.append(
            Patrolled(
                locality=LOCALITY,
                at=at,
                day=today,
                seen=seen,
                issued=len(new),
                stages=(case,),
                stages_after=(case,),
            )
        )
    return Facts(
        patrols=tuple(patrols),
        tasks=(
            TaskFact(
                task_id=task_id,
                case_no=task_id.partition("/")[0],
                home_case_no="3710022026100900001",
                locality=LOCALITY,
                office=office,
                kind="PENSION_EXAMINATION",
                title="核对",
                matter="样例",
                leg=task_id == LEG,
                opened_on=BEGINS,
                due_on=due_on,
                closed_on=done_on,
            ),
        ),
        rungs=tuple(rungs),
        cases=(
            CaseFact(
                case_no=task_id.partition("/")[0],
                home_case_no="3710022026100900001",
                locality=LOCALITY,
                kind="LEG",
                matter="样例",
                example="pension",
                stage="EXAMINATION",
                ending="",
                escalation=6,
                closed=False,
                wanted=("COMPLETED",),
            ),
        ),
    )


SILENT = executed(date(2026, 10, 16))


def damaged(which: Rung, **changes: object) -> Facts:
    """The silent office's facts with one rung changed."""
    return replace(
        SILENT,
        rungs=tuple(
            replace(one, **changes) if one.rung == which else one  # type: ignore[arg-type]
            for one in SILENT.rungs
        ),
    )


def without(*gone: Rung) -> Facts:
    """The silent office's facts without some rungs."""
    return replace(SILENT, rungs=tuple(one for one in SILENT.rungs if one.rung not in gone))


def faults(facts: Facts) -> set[Fault]:
    return {one.fault for one in judge(facts, RULES, CALENDAR)}


def test_an_office_that_stays_silent_climbs_the_whole_ladder_and_the_verdict_is_green() -> None:
    assert judge(SILENT, RULES, CALENDAR) == []
    assert set(reached(SILENT).values()) == {1}


@settings(deadline=None, max_examples=40)
@given(
    due=st.integers(0, 40),
    length=st.integers(1, 60),
    unit=st.sampled_from(Unit),
    answers=st.frozensets(st.sampled_from(Rung)),
    done=st.none() | st.integers(0, 60),
    moves=st.none() | st.tuples(st.integers(0, 50), st.integers(0, 40)),
    office=st.sampled_from((f"{LOCALITY}-RS-01", LEAD)),
)
def test_whatever_happens_the_rules_and_the_count_of_days_ask_for_the_same(
    due: int,
    length: int,
    unit: Unit,
    answers: frozenset[Rung],
    done: int | None,
    moves: tuple[int, int] | None,
    office: str,
) -> None:
    due_on = BEGINS + timedelta(days=due)
    moved = None
    if moves is not None:
        moved = (BEGINS + timedelta(days=moves[0]), due_on + timedelta(days=moves[1]))
    facts = executed(
        due_on,
        length=length,
        unit=unit,
        answers=answers,
        done_on=None if done is None else BEGINS + timedelta(days=done),
        moved=moved,
        office=office,
    )
    assert judge(facts, RULES, CALENDAR) == []


def test_what_the_lead_office_would_tell_itself_its_superior_tells() -> None:
    facts = executed(date(2026, 10, 16), office=LEAD)
    assert [one.issuer for one in facts.rungs] == [LEAD] + ["000000-ZW-00"] * 6
    assert judge(facts, RULES, CALENDAR) == []
    itself = replace(facts, rungs=tuple(replace(one, issuer=LEAD) for one in facts.rungs))
    assert {one.fault for one in judge(itself, RULES, CALENDAR)} == {Fault.WRONG}


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (lambda: without(Rung.CIRCULAR), Fault.MISSING),
        (lambda: without(Rung.URGE), Fault.SKIPPED),
        (lambda: without(*Rung), Fault.MISSING),
        (lambda: replace(SILENT, rungs=(*SILENT.rungs, SILENT.rungs[-1])), Fault.DOUBLE),
        (lambda: damaged(Rung.OVERDUE, round=2), Fault.UNASKED),
        (lambda: damaged(Rung.OVERDUE, issued_on=date(2026, 10, 16)), Fault.NOT_LATE),
        (lambda: damaged(Rung.URGE, reply_due=date(2026, 10, 30)), Fault.WRONG),
        (lambda: damaged(Rung.INTERVIEW, issuer="330902-ZW-01"), Fault.WRONG),
        (lambda: damaged(Rung.RECTIFY_BY, warning="YELLOW"), Fault.WRONG),
        (lambda: damaged(Rung.URGE, told_home=False), Fault.NOT_TOLD),
        (lambda: damaged(Rung.URGE, ended="CLOSED"), Fault.NOT_ENDED),
    ],
)
def test_every_damage_makes_the_verdict_red(damage: Callable[[], Facts], fault: Fault) -> None:
    assert fault in faults(damage())


def test_a_rung_after_the_work_was_done_is_named() -> None:
    done = replace(SILENT.tasks[0], closed_on=date(2026, 10, 20))
    assert Fault.NOT_LATE in faults(replace(SILENT, tasks=(done,)))


def test_a_patrol_that_changed_a_case_is_named() -> None:
    first, *rest = SILENT.patrols
    touched = replace(first, stages_after=(("3309022026100900001", "REFUSED", "REFUSED"),))
    assert Fault.CASE_MOVED in faults(replace(SILENT, patrols=(touched, *rest)))


def test_a_case_with_another_ending_than_its_example_is_named() -> None:
    case = replace(SILENT.cases[0], closed=True, ending="REFUSED")
    assert Fault.OUTCOME in faults(replace(SILENT, cases=(case,)))


@pytest.mark.parametrize("rung", [one for one in Rung if one.level > 0])
def test_a_ladder_that_is_configured_otherwise_makes_the_verdict_red(rung: Rung) -> None:
    def tampered(locality: str, on: date) -> Configuration:
        here = configuration(CATALOG, locality, on)
        later = tuple(
            replace(one, after=one.after + 30, must_answer=False) if one.rung == rung else one
            for one in here.rungs
        )
        before = tuple(replace(one, must_answer=False) for one in later)
        return replace(here, rungs=before)

    found = judge(SILENT, tampered, CALENDAR)
    assert {one.fault for one in found} & {Fault.UNASKED, Fault.WRONG}
    assert any(rung.label in one.text for one in found)


def test_answers_that_are_asked_for_longer_make_the_verdict_red() -> None:
    def tampered(locality: str, on: date) -> Configuration:
        here = configuration(CATALOG, locality, on)
        return replace(here, rungs=tuple(replace(one, reply=one.reply * 2) for one in here.rungs))

    assert Fault.WRONG in {one.fault for one in judge(SILENT, tampered, CALENDAR)}


def test_a_home_task_is_issued_by_the_lead_office_up_to_the_top() -> None:
    own = executed(date(2026, 10, 16), task_id=OWN)
    assert judge(own, RULES, CALENDAR) == []
    assert {one.issuer for one in own.rungs} == {"330902-ZW-01"}
