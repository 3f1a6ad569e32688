"""The report of a drill, on the terminal and as JSON: what escalated, when, why, and the verdict.

Used by `embedded.drill.__main__`; docs/recipes/rehearse-deadlines.md explains how to read it.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from catalog.catalog import Catalog
from domain.supervision import Rung
from embedded.demo.report import verdict
from embedded.drill.facts import Facts, RungFact, TaskFact
from embedded.drill.plan import Plan
from embedded.drill.rehearsal import Rehearsal
from embedded.drill.verdict import reached
from embedded.screen import console
from settings import PROJECT_ROOT

_ENDED = {"CLOSED": "随办结关闭", "WITHDRAWN": "应办日后移，撤回"}
#: What follows from the records of a rung, the newest first.
_RECORDED = (("CHECKED", "销号"), ("INTERVIEWED", "已约谈"), ("REPLIED", "已答复"))
_WHY = {
    "REMIND": "将到应办日",
    "OVERDUE": "过了应办日",
    "URGE": "仍未办理",
}
_COLUMNS = (
    *("日期", "地区", "办件", "待办", "级别", "原因", "应办", "超期"),
    *("规则", "签发", "答复", "结果"),
)
#: What is read as a whole; the others wrap.
_WHOLE = frozenset({"日期", "地区", "办件", "级别", "应办", "超期", "规则", "答复"})


def opening(plan: Plan) -> str:
    """What is about to be played, with the seed that plays it again."""
    kinds = len({case.example for case in plan.cases})
    return (
        f"演练 {plan.first} 至 {plan.last}，{len(plan.cases)} 件、{kinds} 种样例；"
        f"种子 {plan.seed}，再演一次用 --seed {plan.seed} --from {plan.first}"
    )


def show(done: Rehearsal, catalog: Catalog) -> None:
    """Everything for the terminal; the verdict comes last, where the eye is."""
    console.print(_escalations(done, catalog))
    console.print(_rungs(done.facts))
    console.print(_offices(done, catalog))
    closed = sum(case.closed for case in done.facts.cases)
    console.print(
        f"办件和协办环节 {len(done.facts.cases)} 件，办结 {closed} 件，"
        f"在办 {len(done.facts.cases) - closed} 件；用时 {done.seconds:.0f} 秒"
    )
    for note, count in Counter(done.notes).most_common():
        console.print(f"  [dim]{note}" + (f"（{count} 次）" if count > 1 else "") + "[/]")
    unseen = [Rung(rung).label for rung, count in reached(done.facts).items() if not count]
    if unseen:
        console.print(f"本次没有演练到：{'、'.join(unseen)}（可增加 --days 或换 --seed）")
    verdict(
        not done.violations,
        "不变量：" + (f"{len(done.violations)} 处违反" if done.violations else "没有违反"),
        [
            f"{one.invariant} {one.locality} {one.case_no or ''} {one.text}"
            for one in done.violations
        ],
    )
    verdict(
        not done.differences,
        f"督办 {len(done.facts.rungs)} 件："
        + (
            f"{len(done.differences)} 处与标准不符"
            if done.differences
            else "逐件与标准相符，没有遗漏、跳级、重复，未超期的没有督办，办件结局未受影响"
        ),
        [f"{one.fault}　{one.about}　{one.text}" for one in done.differences],
    )


def show_keeping(ui_url: str | None, settings_file: Path, last: date) -> None:
    """Where to look while the system stands on its last day."""
    python = Path(sys.executable)
    program = python.relative_to(PROJECT_ROOT) if PROJECT_ROOT in python.parents else "python"
    console.print(f"\n系统停在 {last} 继续运行，Temporal 界面 [bold]{ui_url}[/]，按 Ctrl-C 停止。")
    console.print("在另一个终端（命令行自己的日期仍是今天）：")
    console.print(f"  export TONGBAN_SETTINGS={shlex.quote(str(settings_file))}", soft_wrap=True)
    console.print(f"  {program} starter.py --locality 371002 supervision list", soft_wrap=True)


def as_json(done: Rehearsal, catalog: Catalog) -> str:
    """The same for programs. No personal data: numbers of cases, offices, codes and dates."""
    content = {
        "seed": done.plan.seed,
        "from": done.plan.first.isoformat(),
        "to": done.plan.last.isoformat(),
        "cases": len(done.plan.cases),
        "seconds": round(done.seconds, 1),
        "good": done.good,
        "tempers": {office: temper.name for office, temper in done.tempers.items()},
        "reached": reached(done.facts),
        "escalations": [
            {
                "date": rung.issued_on.isoformat(),
                "locality": task.locality,
                "case": rung_case(rung, done.facts),
                "task": rung.task_id,
                "kind": task.kind,
                "number": rung.number,
                "rung": rung.rung,
                "round": rung.round,
                "rule": rung.rule,
                "issuer": rung.issuer,
                "office": rung.office,
                "task_due": rung.task_due_on.isoformat(),
                "days_late": rung.days_late,
                "reply_due": rung.reply_due.isoformat() if rung.reply_due else None,
                "records": list(rung.records),
                "told_home": rung.told_home,
            }
            for rung, task in _with_tasks(done.facts)
        ],
        "differences": [
            {"fault": one.fault.name, "about": one.about, "text": one.text}
            for one in done.differences
        ],
        "violations": [
            {"invariant": one.invariant, "locality": one.locality, "case": one.case_no}
            for one in done.violations
        ],
        "notes": done.notes,
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def rung_case(rung: RungFact, facts: Facts) -> str:
    """The number of the case that a rung is about."""
    return next(one.case_no for one in facts.tasks if one.task_id == rung.task_id)


def _escalations(done: Rehearsal, catalog: Catalog) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="督办经过", title_justify="left")
    for column in _COLUMNS:
        table.add_column(column, overflow="fold", no_wrap=column in _WHOLE)
    before: dict[tuple[str, int], RungFact] = {}
    for rung, task in _with_tasks(done.facts):
        last = before.get((rung.task_id, rung.round))
        before[rung.task_id, rung.round] = rung
        table.add_row(
            f"{rung.issued_on:%m-%d}",
            catalog.locality(task.locality).short,
            task.case_no,
            f"{task.title}（{_office(catalog, task.office)}）",
            _label(rung),
            _why(rung, last),
            f"{rung.task_due_on:%m-%d}",
            str(rung.days_late or ""),
            rung.rule.removeprefix("supervision."),
            _office(catalog, rung.issuer),
            f"{rung.reply_due:%m-%d}" if rung.reply_due else "",
            _result(rung),
            style="bold" if rung.rung == Rung.CIRCULAR else None,
        )
    return table


def _rungs(facts: Facts) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="各级件数", title_justify="left")
    for column in ("级别", "件数", "已答复", "随办结关闭", "撤回", "函告对方"):
        table.add_column(column, justify="left" if column == "级别" else "right")
    for rung in reached(facts):
        mine = [one for one in facts.rungs if one.rung == rung]
        table.add_row(
            Rung(rung).label,
            *(
                str(sum(counted))
                for counted in (
                    [True for _ in mine],
                    [one.answered_at is not None for one in mine],
                    [one.ended == "CLOSED" for one in mine],
                    [one.ended == "WITHDRAWN" for one in mine],
                    [one.told_home for one in mine],
                )
            ),
        )
    return table


def _offices(done: Rehearsal, catalog: Catalog) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title="各机构", title_justify="left")
    for column in ("地区", "机构", "作风", "待办", "办结", "超期", "督办到"):
        table.add_column(column, justify="right" if column in ("待办", "办结", "超期") else "left")
    for office in sorted({task.office for task in done.facts.tasks}):
        tasks = [one for one in done.facts.tasks if one.office == office]
        rungs = [one for one in done.facts.rungs if one.office == office]
        late = {one.task_id for one in rungs if one.rung != Rung.REMIND}
        highest = max((Rung(one.rung).level for one in rungs), default=-1)
        table.add_row(
            catalog.locality(tasks[0].locality).short,
            _office(catalog, office),
            done.tempers[office].value,
            str(len(tasks)),
            str(sum(one.closed_on is not None for one in tasks)),
            str(len(late)),
            list(Rung)[highest].label if highest >= 0 else "",
        )
    return table


def _with_tasks(facts: Facts) -> Iterator[tuple[RungFact, TaskFact]]:
    tasks = {one.task_id: one for one in facts.tasks}
    for rung in sorted(facts.rungs, key=lambda one: (one.issued_at, one.number)):
        yield rung, tasks[rung.task_id]


def _label(rung: RungFact) -> str:
    name = Rung(rung.rung).label
    return name if rung.round == 1 else f"{name}（第 {rung.round} 轮）"


def _why(rung: RungFact, last: RungFact | None) -> str:
    if rung.rung in _WHY or last is None:
        return _WHY.get(rung.rung, "")
    answered = last.answered_at is not None and last.answered_at < rung.issued_at
    return "答复后仍未办" if answered else f"{Rung(last.rung).label}未答复"


def _result(rung: RungFact) -> str:
    parts: list[str] = [words for kind, words in _RECORDED if kind in rung.records][:1]
    if "REFERRED" in rung.records:
        parts.append("报请上级")
    if rung.told_home:
        parts.append("已函告对方")
    parts.append(_ENDED.get(rung.ended, "未办结"))
    return "，".join(parts)


def _office(catalog: Catalog, code: str) -> str:
    names: Sequence[Any] = [
        one for locality in catalog.localities.values() for one in locality.offices
    ]
    return next((one.name for one in names if one.code == code), "共同上级")
