"""K3: the rungs on file are those that the ladder's rules give, and they end with the work.

Sources: docs/rules.md B5 and D K3; docs/decisions/0027-the-ladder.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise

from domain.calendar import SHANGHAI, Calendar, CalendarBook
from domain.invariants.facts import Case, Found, Task, Violation
from domain.invariants.registers import Registers
from domain.invariants.rungs import IssuedRung, RungRecord
from domain.supervision import (
    LADDER,
    Ended,
    Rung,
    Step,
    WatchedTask,
    next_rung,
    working_day_after,
)
from domain.tasks import TaskStatus

_ANSWERS = frozenset({"REPLIED", "INTERVIEWED", "CHECKED"})
_ENDS = frozenset({"CLOSED", "WITHDRAWN"})
#: Working days after a task's last day within which a patrol has closed its ladder.
_PATROLLED_WITHIN = 2
_REASONS = {
    TaskStatus.DONE.value: Ended.DONE.value,
    TaskStatus.SUPERSEDED.value: Ended.SUPERSEDED.value,
}


def ladders_follow_the_rules(registers: Registers) -> Found:
    """K3: rungs in order and on their days, by lawful issuers, ended with the work or its date."""
    for case in registers.cases:
        tasks = {task.task_id: task for task in case.tasks}
        rounds: dict[tuple[str, int], list[IssuedRung]] = defaultdict(list)
        for rung in case.rungs:
            rounds[rung.task_id, rung.round].append(rung)
        book = registers.book(case.locality)
        for (task_id, number), ladder in rounds.items():
            yield from _order(case, ladder)
            yield from _days(case, ladder, book)
            for rung in ladder:
                yield from _people(case, rung, tasks[task_id])
            yield from _end(case, ladder, tasks[task_id], registers)
            if number > 1 and not all(map(_ends, rounds.get((task_id, number - 1), ()))):
                yield case.broken(
                    "K3",
                    f"督办件 {ladder[0].number} 开始新一轮时前一轮尚未结束；请核对督办登记。",
                )
        yield from _rounds(case, rounds)


def _rounds(case: Case, rounds: Collection[tuple[str, int]]) -> Found:
    found: dict[str, list[int]] = defaultdict(list)
    for task_id, number in rounds:
        found[task_id].append(number)
    for task_id, numbers in found.items():
        if sorted(numbers) != list(range(1, len(numbers) + 1)):
            yield case.broken("K3", f"待办 {task_id} 的督办轮次有缺漏；请核对督办登记。")


def _order(case: Case, ladder: list[IssuedRung]) -> Found:
    """None skipped, none twice."""
    climbed = [one.rung for one in ladder]
    if climbed != [rung.value for rung in LADDER[: len(climbed)]]:
        words = "、".join(Rung(one).label for one in climbed)
        yield case.broken(
            "K3", f"督办件 {ladder[-1].number} 一轮的级别为“{words}”，有跳级、重复或颠倒；请核对。"
        )


def _days(case: Case, ladder: list[IssuedRung], book: CalendarBook) -> Found:
    """Each rung on a day on which it was ready, with the reply date that its policy gives.

    Under any calendar that was in force: a rung does not say which one it was counted with.
    """
    calendars = tuple(
        {one.version: one for one in (book.in_force, *book.versions.values())}.values()
    )
    for rung in ladder:
        if not any(rung.due_on == _reply_due(rung, calendar) for calendar in calendars):
            yield case.broken(
                "K3",
                f"督办件 {rung.number} 登记的答复期限为 {rung.due_on}，与规则推算的不符；请核对。",
            )
    for position, rung in enumerate(ladder[1:], 1):
        if rung.rung != LADDER[min(position, len(LADDER) - 1)]:
            return  # out of order, which is told above
        before = tuple(_step(one, after) for one, after in pairwise(ladder[: position + 1]))
        if not any(_ready(rung, before, calendar) for calendar in calendars):
            yield case.broken(
                "K3",
                f"督办件 {rung.number}（{Rung(rung.rung).label}）发出时尚未到该级别的日期；"
                "请核对督办规则和答复登记。",
            )


def _ready(rung: IssuedRung, before: tuple[Step, ...], calendar: Calendar) -> bool:
    task = WatchedTask(due_on=rung.task_due_on)
    on = rung.issued_at.astimezone(SHANGHAI).date()
    return next_rung(task, before, rung.policy, on, calendar) is not None


def _reply_due(rung: IssuedRung, calendar: Calendar) -> object:
    within = rung.policy.rules[Rung(rung.rung)].answer_within
    on = rung.issued_at.astimezone(SHANGHAI).date()
    return working_day_after(on, within, calendar) if within else None


def _step(rung: IssuedRung, following: IssuedRung) -> Step:
    """The rung as the patrol that issued the following one saw it.

    An answer from before its own rung is one of a rehearsal, whose days come before their time.
    """
    told = any(
        one.kind in _ANSWERS and rung.issued_at <= one.at <= following.issued_at
        for one in rung.records
    )
    step = Step(
        rung=Rung(rung.rung),
        issued_on=rung.issued_at.astimezone(SHANGHAI).date(),
        task_due_on=rung.task_due_on,
        reply_due=rung.due_on,
    )
    return replace(step, answered=told)


def _people(case: Case, rung: IssuedRung, task: Task) -> Found:
    """Who issued it, whom it addresses, and the paper that was handed over."""
    by_superior = rung.policy.by_superior(
        Rung(rung.rung), leg=not case.is_home, own=rung.office == rung.lead
    )
    lawful = rung.superior if by_superior else rung.lead
    if rung.issuer != lawful:
        yield case.broken(
            "K3", f"督办件 {rung.number} 由 {rung.issuer} 发出，应由 {lawful} 发出；请核对。"
        )
    if rung.office != task.office:
        yield case.broken(
            "K3",
            f"督办件 {rung.number} 发给 {rung.office}，而待办属于 {task.office}；请核对责任机构。",
        )
    for slip in rung.slips:
        if (slip.kind, slip.case_no) != (rung.paper, case.case_no):
            yield case.broken(
                "K3", f"督办件 {rung.number} 的文书与其级别或办件不符；请核对文书登记。"
            )


def _end(case: Case, ladder: list[IssuedRung], task: Task, registers: Registers) -> Found:
    """A ladder ends as a whole, with the work or because the date moved, and not before."""
    ends = [_ends(rung) for rung in ladder]
    closed = task.status != TaskStatus.OPEN
    if any(ends) and not all(ends):
        yield case.broken("K3", f"待办 {task.task_id} 的同一轮督办只结束了一部分；请核对督办登记。")
    for rung, end in zip(ladder, ends, strict=True):
        if end is not None:
            yield from _ending(case, rung, end, task)
        if not closed or task.closed_at is None or rung.issued_at > registers.now:
            continue  # what a rehearsal issued for a day to come is judged on that day
        rehearsed = end is not None and end.at < rung.issued_at
        if task.closed_at < rung.issued_at and not rehearsed:
            yield case.broken("K3", f"督办件 {rung.number} 在事项办结之后发出；请核对。")
    if closed and task.closed_at is not None and not any(ends):
        done_on = task.closed_at.astimezone(SHANGHAI).date()
        calendar = registers.book(case.locality).in_force
        last = working_day_after(done_on, _PATROLLED_WITHIN, calendar)
        if last < registers.today and all(one.issued_at <= registers.now for one in ladder):
            yield case.broken(
                "K3",
                f"待办 {task.task_id} 于 {done_on} 办结，督办件 {ladder[-1].number} 至今未销；"
                "请查看督办巡查是否运行。",
            )


def _ending(case: Case, rung: IssuedRung, end: RungRecord, task: Task) -> Iterator[Violation]:
    expected = Ended.DUE_MOVED.value if end.kind == "WITHDRAWN" else _REASONS.get(task.status)
    if end.reason != expected:
        yield case.broken(
            "K3",
            f"督办件 {rung.number} 的结束理由与待办的办理情况不符；请核对督办登记。",
        )


def _ends(rung: IssuedRung) -> RungRecord | None:
    return next((one for one in rung.records if one.kind in _ENDS), None)
