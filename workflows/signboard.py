"""What operators see of a case in the Temporal Web UI: search attributes and a card in Markdown.

No names, identity numbers or addresses: the card speaks of offices, stages, dates and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from temporalio import workflow
from temporalio.common import SearchAttributeUpdate

with workflow.unsafe.imports_passed_through():
    from contracts import visibility
    from domain.attribution import Holder
    from domain.calendar import SHANGHAI
    from domain.casework import CLOCK_LABELS, STAGE_LABELS, ClockKind
    from domain.supervision import LADDER, Rung
    from domain.task_table import TASKS

if TYPE_CHECKING:
    from workflows.book import Book

HOLDER_LABELS = {
    Holder.OURS: "本地机构",
    Holder.THEIRS: "对方地区机构",
    Holder.APPLICANT: "申请人",
    Holder.COURIER: "寄递企业",
    Holder.UNCOUNTED: "不计时",
}


@dataclass(slots=True)
class Signboard:
    """Shows a case to operators; told after each transition."""

    title: str
    locality: str
    peer: str
    runbook: str
    offices: dict[str, str]
    items: tuple[str, ...] = ()  # of a composite case: one line each
    _shown: tuple[object, ...] = ()

    def forget(self) -> None:
        """Show the search attributes again even where they did not change."""
        self._shown = ()

    def show(self, book: Book) -> None:
        """Refresh the card, and the search attributes where they changed."""
        due = book.timers.due.get(book.running_clock or "")
        attributes = (book.stage, book.holder, book.office, due, book.overdue, book.escalation)
        if attributes != self._shown:
            self._shown = attributes
            updates: list[SearchAttributeUpdate[Any]] = [
                visibility.STAGE.value_set(STAGE_LABELS[book.stage]),
                visibility.BALL_HOLDER.value_set(HOLDER_LABELS[book.holder]),
                visibility.OFFICE.value_set(book.office),
                visibility.OVERDUE.value_set(book.overdue),
                visibility.ESCALATION_LEVEL.value_set(book.escalation),
            ]
            if due is not None and due.at is not None:
                updates.append(visibility.DUE_DATE.value_set(due.at))
            else:
                updates.append(visibility.DUE_DATE.value_unset())
            workflow.upsert_search_attributes(updates)
        workflow.set_current_details(self._card(book))

    def _card(self, book: Book) -> str:
        due = book.timers.due.get(book.running_clock or "")
        if due is None:
            due_text = "无"
        elif due.due_on is None:
            due_text = "已中止计时"
        else:
            label = CLOCK_LABELS[ClockKind(due.kind)]
            provisional = "（该年放假安排未公布，暂定）" if due.provisional else ""
            due_text = f"{due.due_on.isoformat()} 24时　{label}{provisional}{self._resting(book)}"
        late = f"**已超期**，督办级别 {_rung(book.escalation)}" if book.overdue else "未超期"
        lines = [
            f"### {self.title}",
            "",
            f"- **阶段**　{STAGE_LABELS[book.stage]}",
            f"- **球在谁手**　{self._holder(book)}",
            f"- **到期**　{due_text}",
            f"- **督办**　{late}{self._peer_late(book)}",
            f"- **材料保管**　{self._office(book.custodian)}",
            f"- **办件编号**　{book.case_no}",
            f"- **更新于**　{workflow.now().astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            "",
            "**下一步**",
            "",
        ]
        tasks = list(book.tasks.values())
        if book.ending is not None:
            lines.append("- 已办结，无待办。")
        elif not tasks:
            lines.append(f"- 等待{self._holder(book)}，本地无待办。")
        for task in tasks:
            holder = f"，经办 {task.assignee}" if task.assignee else "，待认领"
            title = TASKS[task.spec.kind].title
            lines.append(f"- {self._office(task.office)}：{title}（{task.task_id}{holder}）")
        if self.items:
            lines += ["", "**各事项**", "", *(f"- {line}" for line in self.items)]
        lines += ["", f"处置手册：{self.runbook}"]
        return "\n".join(lines)

    @staticmethod
    def _resting(book: Book) -> str:
        """What the date is of while the case's own limit stands still."""
        if book.running_clock == book.due_clock:
            return ""
        resting = book.timers.due.get(book.due_clock or "")
        expected = resting.estimated_on if resting else None
        then = f"，预计恢复后于 {expected.isoformat()} 届满" if expected else ""
        return f"（{CLOCK_LABELS[ClockKind(book.due_clock or '')]}已中止计时{then}）"

    def _peer_late(self, book: Book) -> str:
        if book.peer_lateness is None:
            return ""
        rung, level = book.peer_lateness
        return f"；对方地区 {self.peer} 超期，当地已{Rung(rung).label}（{level} 级）"

    def _holder(self, book: Book) -> str:
        if book.holder is Holder.OURS:
            return self._office(book.office)
        if book.holder is Holder.THEIRS:
            return f"{HOLDER_LABELS[book.holder]} {self.peer}"
        return HOLDER_LABELS[book.holder]

    def _office(self, code: str) -> str:
        name = self.offices.get(code)
        return f"{name} {code}" if name else code


def _rung(level: int) -> str:
    """The level with the name of its rung."""
    return f"{level}（{LADDER[level].label}）" if 0 < level < len(LADDER) else str(level)
