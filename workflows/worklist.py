"""The open tasks of a case: put on an office's worklist, decided, or taken off again.

Base of the case's book; the draft that a step fills begins here.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import ids
    from contracts.commands import Command, OpenTaskRef
    from contracts.transitions import TaskClosed, TaskOpened
    from domain.task_table import TASKS
    from domain.tasks import TaskStatus
    from workflows.draft import Draft
    from workflows.validation import OpenTask


class Worklist:
    """The tasks of one case, as the running case knows them."""

    def __init__(self, case_no: str) -> None:
        self.case_no = case_no
        self.draft = Draft()
        self.tasks: dict[str, OpenTask] = {}
        self.stand_ins: dict[str, str] = {}  # a limit that stands still, and the one that runs
        self._task_numbers: dict[str, int] = {}

    def open_task(
        self,
        kind: str,
        office: str,
        *,
        clock: str | None = None,
        findings: tuple[str, ...] = (),
    ) -> str:
        """Put a task on an office's worklist."""
        spec = TASKS[kind]
        number = self._task_numbers.get(kind, 0) + 1
        self._task_numbers[kind] = number
        task_id = ids.task_id(self.case_no, kind, number)
        self.tasks[task_id] = OpenTask(task_id, spec, office)
        self.draft.tasks_opened.append(
            TaskOpened(
                task_id=task_id,
                kind=kind,
                title=spec.title,
                office=office,
                role=spec.role.value,
                clock=self.stand_ins.get(clock, clock) if clock else None,
                findings=findings,
            )
        )
        return task_id

    def is_yet_to_open(self, task_id: str) -> bool:
        """Whether the case has not come to that task, which the register may know already."""
        try:
            case_no, kind, number = ids.parse_task_id(task_id)
        except ids.MalformedId:
            return False
        known = kind in TASKS and case_no == self.case_no
        return known and number > self._task_numbers.get(kind, 0)

    def supersede_tasks(self) -> None:
        """Take every open task off the worklists: the law or another event settled them."""
        for task_id in list(self.tasks):
            self.close_task(task_id, TaskStatus.SUPERSEDED, None)

    def close_task(self, task_id: str, status: TaskStatus, command: Command | None) -> None:
        """Decided by a command, or settled without one."""
        self.tasks.pop(task_id, None)
        self.draft.tasks_closed.append(
            TaskClosed(
                task_id=task_id,
                status=status,
                outcome=command.outcome if command else None,
                command_id=command.command_id if command else None,
                reason_code=command.reason_code if command else None,
            )
        )

    def open_tasks(self) -> tuple[OpenTaskRef, ...]:
        """The tasks that wait for a person now."""
        return tuple(
            OpenTaskRef(task_id=task.task_id, kind=task.spec.kind, office=task.office)
            for task in self.tasks.values()
        )
