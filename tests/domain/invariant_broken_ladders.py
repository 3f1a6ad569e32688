"""Lawful and broken examples of K3 and K4: rungs, and whose days were used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from catalog.loader import load_catalog
from catalog.supervision_policies import ladder_policy
from domain.attribution import Holder
from domain.calendar import SHANGHAI
from domain.invariants.facts import Case, Task, UsedDays
from domain.invariants.registers import Registers
from domain.invariants.rungs import IssuedRung, RungPaper, RungRecord
from domain.responsibility import Days
from domain.supervision import Step, WatchedTask, answered, climb
from tests.domain.invariant_damage import Broken, case, tasks
from tests.domain.invariant_facts import CALENDAR, HOME, NOW, event
from tests.domain.invariant_world import change, landed, on_the_way

DUE = date(2026, 10, 12)  # a Monday, six weeks before the day of the check
POLICY = ladder_policy(load_catalog(), HOME, DUE)
LEAD, SUPERIOR = "371002-ZW-00", "370000-ZW-00"
Rungs = tuple[IssuedRung, ...]


def morning(day: date) -> datetime:
    """The patrol of a day."""
    return datetime.combine(day, time(9), tzinfo=SHANGHAI)


def rungs(task: Task, home: bool, days: int, *, replied: int | None = None) -> Rungs:
    """The rungs of a task after so many daily patrols; one of them is answered next day."""
    ladder: list[Step] = []
    found: list[IssuedRung] = []
    watched = WatchedTask(due_on=DUE, length=15)
    for number in range(-30, days):
        today = DUE + timedelta(number)
        if not CALENDAR.is_working(today):
            continue
        for step in climb(watched, ladder, POLICY, today, CALENDAR):
            told = len(ladder) == replied
            ladder.append(answered(step) if told else step)
            by_superior = not home and step.rung.level >= POLICY.superior_level
            paper = f"{step.rung}_SLIP" if step.rung.on_paper else ""
            found.append(
                IssuedRung(
                    number=f"D{len(ladder)}",
                    task_id=task.task_id,
                    office=task.office,
                    rung=step.rung.value,
                    round=1,
                    issuer=SUPERIOR if by_superior else LEAD,
                    issued_at=morning(today),
                    due_on=step.reply_due,
                    task_due_on=step.task_due_on,
                    policy=POLICY,
                    lead=LEAD,
                    superior=SUPERIOR,
                    paper=paper,
                    slips=(RungPaper(kind=paper, case_no=task.task_id.split("/")[0]),)
                    if paper
                    else (),
                    records=(RungRecord(kind="REPLIED", at=morning(today) + timedelta(hours=3)),)
                    if told
                    else (),
                )
            )
    return tuple(found)


def laddered(
    how: Callable[[Rungs], Rungs] = tuple, *, days: int = 30, replied: int | None = None
) -> Registers:
    """On the way, and the open landing task has been late for weeks."""

    def with_ladder(home: Case) -> Case:
        task = home.tasks[-1]
        return replace(home, rungs=how(rungs(task, True, days, replied=replied)))

    return change(on_the_way(), "HOME", with_ladder)


def own_laddered(how: Callable[[Rungs], Rungs] = tuple) -> Registers:
    """The late task lies with the lead office: the superior issues what comes after the date."""

    def own(found: Rungs) -> Rungs:
        warned, *late = (replace(one, lead=one.office) for one in found)
        superior = (replace(one, issuer=SUPERIOR) for one in late)
        return how((replace(warned, issuer=warned.lead), *superior))

    return laddered(own)


def leg_laddered(how: Callable[[Rungs], Rungs] = tuple) -> Registers:
    """A leg's task was done late, after the superior had come in; its ladder is closed."""

    def with_ladder(leg: Case) -> Case:
        done = replace(leg.tasks[0], closed_at=NOW)
        closed = RungRecord(kind="CLOSED", at=NOW, reason="DONE")
        ladder = tuple(
            replace(one, records=(*one.records, closed)) for one in rungs(done, False, 36)
        )
        return replace(leg, tasks=(done, *leg.tasks[1:]), rungs=how(ladder))

    return change(landed(), "LEG", with_ladder)


def second_round() -> Registers:
    """The date moved, which withdrew the first ladder, and it was late again."""
    return laddered(lambda found: (*ended(found[:3], "WITHDRAWN", "DUE_MOVED"), *again(found)))


def again(found: Rungs) -> Rungs:
    """The same ladder as a second round."""
    return tuple(replace(one, round=2, number=f"E{one.number}") for one in found)


def ended(found: Rungs, kind: str, reason: str) -> Rungs:
    """These rungs with an ending."""
    end = RungRecord(kind=kind, at=NOW, reason=reason)
    return tuple(replace(one, records=(*one.records, end)) for one in found)


def at(found: Rungs, index: int, **changes: Any) -> Rungs:
    """The ladder with one rung changed."""
    return tuple(replace(one, **changes) if n == index else one for n, one in enumerate(found))


def earlier(found: Rungs) -> Rungs:
    """The last rung came on the day of the one before it."""
    last, before = found[-1], found[-2]
    return (*found[:-1], replace(last, issued_at=before.issued_at, due_on=before.due_on))


def done(closed_at: datetime, how: Callable[[Rungs], Rungs] = tuple) -> Registers:
    """The late task was done at that moment."""
    return tasks(laddered(how), "HOME", "LANDING", status="DONE", closed_at=closed_at)


def used(**days: int) -> Registers:
    """A case filed six days ago that the applicant held from the third day on."""
    filed_at = NOW - timedelta(6)

    def how(home: Case) -> Case:
        asked = replace(event("STEP", 1, 9, home), at=NOW - timedelta(4), holder="APPLICANT")
        back = replace(event("STEP", 1, 10, home), at=NOW - timedelta(1))
        told = {Holder[name]: Days(number, number) for name, number in days.items()}
        # The six days contain one weekend, which falls to the applicant.
        told[Holder.APPLICANT] = Days(days["APPLICANT"] - 2, days["APPLICANT"])
        return replace(
            home,
            filed_at=filed_at,
            events=(asked, back, *home.events),
            used=UsedDays(as_of=NOW, days=told),
        )

    return change(on_the_way(), "HOME", how)


def counted() -> Registers:
    """The same with the days that the trail gives: until the third day, from then, yesterday."""
    return used(OURS=3, APPLICANT=3)


BROKEN: list[Broken] = [
    ("K3", "a rung is skipped", "有跳级", lambda: laddered(lambda found: found[:2] + found[3:])),
    ("K3", "a rung came twice", "有跳级", lambda: laddered(lambda found: (*found, found[-1]))),
    (
        "K3",
        "another date to answer",
        "答复期限",
        lambda: laddered(lambda found: at(found, 3, due_on=DUE)),
    ),
    ("K3", "a rung before its day", "尚未到该级别", lambda: laddered(earlier)),
    (
        "K3",
        "climbed although it was answered",
        "尚未到该级别",
        lambda: laddered(
            lambda found: at(
                found, 2, records=(RungRecord(kind="REPLIED", at=found[2].issued_at),)
            ),
        ),
    ),
    (
        "K3",
        "another office issued it",
        "应由 371002-ZW-00 发出",
        lambda: laddered(lambda found: at(found, 1, issuer="371002-GA-00")),
    ),
    (
        "K3",
        "the superior's rung by somebody else",
        f"应由 {SUPERIOR} 发出",
        lambda: leg_laddered(lambda found: at(found, 5, issuer=LEAD)),
    ),
    (
        "K3",
        "the lead office supervises itself",
        f"应由 {SUPERIOR} 发出",
        lambda: own_laddered(lambda found: at(found, 1, issuer=found[1].lead)),
    ),
    (
        "K3",
        "it addresses another office",
        "请核对责任机构",
        lambda: laddered(lambda found: at(found, 3, office="371002-GA-02")),
    ),
    (
        "K3",
        "the paper of another rung",
        "文书与其级别或办件不符",
        lambda: laddered(lambda found: at(found, 3, slips=found[4].slips)),
    ),
    (
        "K3",
        "issued after the work was done",
        "在事项办结之后发出",
        lambda: done(morning(DUE), lambda found: ended(found, "CLOSED", "DONE")),
    ),
    ("K3", "still open weeks after the work", "至今未销", lambda: done(morning(DUE))),
    (
        "K3",
        "closed while the work is open",
        "结束理由",
        lambda: laddered(lambda found: ended(found, "CLOSED", "DONE")),
    ),
    (
        "K3",
        "withdrawn for the reason of a closing",
        "结束理由",
        lambda: laddered(lambda found: ended(found, "WITHDRAWN", "DONE")),
    ),
    (
        "K3",
        "half of it ended",
        "只结束了一部分",
        lambda: laddered(lambda found: (*ended(found[:2], "WITHDRAWN", "DUE_MOVED"), *found[2:])),
    ),
    (
        "K3",
        "a new round beside an open one",
        "前一轮尚未结束",
        lambda: laddered(lambda found: (*found, *again(found))),
    ),
    ("K3", "a round is missing", "轮次有缺漏", lambda: laddered(again)),
    (
        "K4",
        "a day belongs to nobody",
        "各方用时合计 5 日",
        lambda: used(OURS=2, APPLICANT=3),
    ),
    (
        "K4",
        "a day is told twice",
        "各方用时合计 7 日",
        lambda: used(OURS=4, APPLICANT=3),
    ),
    (
        "K4",
        "the applicant is blamed for our day",
        "“申请人”用时登记为 4 日",
        lambda: used(OURS=2, APPLICANT=4),
    ),
    (
        "K4",
        "days of a case that took none",
        "按日历应为 0 日",
        lambda: case(landed(), "HOME", used=UsedDays(as_of=NOW, days={Holder.OURS: Days(1, 1)})),
    ),
]
