"""Whether the escalations that are configured did execute, and nothing else did. Pure.

`judge` compares what the register of supervision holds with what the policies ask for
(`embedded.drill.expected`); each difference is one sentence for people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.calendar import Calendar
from domain.supervision import Rung
from embedded.drill.expected import RUNGS, Due, Rules, expect
from embedded.drill.facts import Facts, Patrolled, RungFact, TaskFact


class Fault(StrEnum):
    """What kind of difference it is."""

    MISSING = "该发未发"
    UNASKED = "不该发而发"
    DOUBLE = "重复"
    SKIPPED = "跳级"
    NOT_LATE = "未超期而督办"
    WRONG = "内容不符"
    NOT_ENDED = "未随办结关闭"
    NOT_TOLD = "未函告对方"
    CASE_MOVED = "督办改变了办件"
    OUTCOME = "结局不符"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: about which task or case, and what is wrong, in a sentence."""

    fault: Fault
    about: str
    text: str


def judge(facts: Facts, rules: Rules, calendar: Calendar) -> list[Difference]:
    """Every difference between what is configured and what was executed; empty if there is none."""
    expectation = expect(facts, rules, calendar)
    wanted = {(one.task_id, one.round, one.rung): one for one in expectation.rungs}
    found: list[Difference] = []
    found += _doubled(facts)
    found += _compared(facts, wanted, rules)
    found += _in_order(facts)
    found += _late_only(facts)
    found += _ended(facts, expectation.ended)
    found += _untouched(facts.patrols)
    found += _outcomes(facts)
    return found


def reached(facts: Facts) -> dict[str, int]:
    """How many rungs of each kind there were, lowest first; 0 for one that was not rehearsed."""
    counted = Counter(one.rung for one in facts.rungs)
    return {rung: counted[rung] for rung in RUNGS}


def _doubled(facts: Facts) -> Iterator[Difference]:
    counted = Counter((one.task_id, one.round, one.rung) for one in facts.rungs)
    for (task_id, _, rung), number in counted.items():
        if number > 1:
            text = f"{_name(rung)}发了 {number} 次，应只发一次"
            yield Difference(Fault.DOUBLE, task_id, text)


def _compared(
    facts: Facts, wanted: Mapping[tuple[str, int, str], Due], rules: Rules
) -> Iterator[Difference]:
    tasks = {one.task_id: one for one in facts.tasks}
    there = {(one.task_id, one.round, one.rung): one for one in facts.rungs}
    for key, due in wanted.items():
        rung = there.get(key)
        if rung is None:
            text = f"{due.issued_on} 应发{_name(due.rung)}，登记里没有"
            yield Difference(Fault.MISSING, due.task_id, text)
            continue
        for text in _unlike(due, rung, tasks[due.task_id], rules):
            yield Difference(Fault.WRONG, due.task_id, f"{_name(due.rung)}{text}")
        if due.tells and not rung.told_home:
            text = f"{_name(due.rung)} {rung.number} 没有函告来函地区"
            yield Difference(Fault.NOT_TOLD, due.task_id, text)
    for key, rung in there.items():
        if key not in wanted:
            text = f"{rung.issued_on} 发了{_name(rung.rung)} {rung.number}，按标准不该发"
            yield Difference(Fault.UNASKED, rung.task_id, text)


def _unlike(due: Due, rung: RungFact, task: TaskFact, rules: Rules) -> Iterator[str]:
    here = rules(task.locality, due.issued_on)
    issuer = here.superior if due.by_superior else here.lead
    for what, asked, given in (
        ("发出日期", due.issued_on, rung.issued_on),
        ("答复期限", due.reply_due, rung.reply_due),
        ("应办日", due.task_due_on, rung.task_due_on),
        ("预警类型", due.warning, rung.warning),
        ("规则编号", due.rule, rung.rule),
        ("超期天数", due.days_late, rung.days_late),
        ("签发机构", issuer, rung.issuer),
        ("责任机构", task.office, rung.office),
    ):
        if asked != given:
            yield f"的{what}应为 {asked or '无'}，实为 {given or '无'}"


def _in_order(facts: Facts) -> Iterator[Difference]:
    rounds: dict[tuple[str, int], list[RungFact]] = {}
    for one in sorted(facts.rungs, key=lambda one: (one.issued_at, one.number)):
        rounds.setdefault((one.task_id, one.round), []).append(one)
    for (task_id, _), climbed in rounds.items():
        levels = [RUNGS.index(one.rung) for one in climbed]
        if sorted(set(levels)) != list(range(len(set(levels)))):
            names = "、".join(_name(one.rung) for one in climbed)
            yield Difference(Fault.SKIPPED, task_id, f"发出的是{names}，中间有跳级")


def _late_only(facts: Facts) -> Iterator[Difference]:
    tasks = {one.task_id: one for one in facts.tasks}
    for one in facts.rungs:
        done = tasks[one.task_id].closed_on
        early = RUNGS.index(one.rung) > 0 and one.issued_on <= one.task_due_on
        if early or (done is not None and one.issued_on > done):
            state = "还没有超期" if early else "已经办结"
            text = f"{one.issued_on} 发{_name(one.rung)}时{state}"
            yield Difference(Fault.NOT_LATE, one.task_id, text)


def _ended(facts: Facts, ended: Mapping[tuple[str, int], str]) -> Iterator[Difference]:
    for one in facts.rungs:
        asked = ended.get((one.task_id, one.round), "")
        if one.ended != asked:
            words = {"CLOSED": "随办结关闭", "WITHDRAWN": "撤回", "": "仍未关闭"}
            text = f"{_name(one.rung)} {one.number} 应{words[asked]}，实为{words[one.ended]}"
            yield Difference(Fault.NOT_ENDED, one.task_id, text)


def _untouched(patrols: tuple[Patrolled, ...]) -> Iterator[Difference]:
    for patrol in patrols:
        before = {case: (stage, ending) for case, stage, ending in patrol.stages}
        for case, stage, ending in patrol.stages_after:
            if before.get(case, (stage, ending)) != (stage, ending):
                text = f"{patrol.day} 巡查前后阶段不同：{before[case][0]} → {stage}"
                yield Difference(Fault.CASE_MOVED, case, text)


def _outcomes(facts: Facts) -> Iterator[Difference]:
    for case in facts.cases:
        if case.closed and case.ending not in case.wanted:
            text = f"样例 {case.example} 应以 {'或'.join(case.wanted)} 结束，实为 {case.ending}"
            yield Difference(Fault.OUTCOME, case.case_no, text)


def _name(rung: str) -> str:
    return Rung(rung).label
