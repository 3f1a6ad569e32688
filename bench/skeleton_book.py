"""How the skeleton writes: fixed transitions through the register's own activity.

Base of both skeleton workflows. It has the real procedure's updates with a validator, its armed
deadlines and its search attributes, and no rules, no card and no endings other than the one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import datetime, timedelta
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ApplicationError

from activities.archive import Archive
from activities.case_register import CaseRegister
from bench.skeleton_rows import Rows
from contracts import ids, visibility
from contracts.acts import ArchiveRequest
from contracts.commands import Command, CommandReceipt
from contracts.letters import Letter, Receipt, ReceiptStatus, Verdict
from contracts.services import DOORS
from contracts.transitions import Transition, TransitionResult
from domain.attribution import Holder
from workflows.policies import LETTER_TIMEOUT, REGISTER_RETRY, REGISTER_TIMEOUT


class SkeletonBook:
    """Writes rows, waits for commands and letters, arms and disarms deadlines."""

    def __init__(self, case_no: str, office: str, stage: str) -> None:
        self.case_no, self.office, self.stage = case_no, office, stage
        self.holder = Holder.OURS
        self.due_clock: str | None = None
        self.sequence = 0
        self.ending: str | None = None
        self.causes: tuple[str, ...] = ()
        self._tasks: set[str] = set()
        self._inbox: deque[Command | Letter] = deque()
        self._receipts: dict[str, CommandReceipt] = {}
        self._timers: dict[str, asyncio.Task[None]] = {}

    @workflow.update(name="办理")
    async def decide(self, command: Command) -> CommandReceipt:
        """A decision; answered once the register shows the new state."""
        self._inbox.append(command)
        await workflow.wait_condition(lambda: command.command_id in self._receipts)
        return self._receipts.pop(command.command_id)

    @decide.validator
    def _check(self, command: Command) -> None:
        if command.task_id not in self._tasks:
            raise ApplicationError("not open", type="TASK_NOT_OPEN", non_retryable=True)

    @workflow.update(name="收信")
    async def take_letter(self, letter: Letter) -> Verdict:
        """A letter from the other side."""
        self._inbox.append(letter)
        return Verdict(status=ReceiptStatus.ACCEPTED)

    async def command(self) -> Command:
        """The next decision, a cause of the next write."""
        taken = await self._next()
        assert isinstance(taken, Command)
        self.causes = (taken.command_id,)
        return taken

    async def letter(self) -> Letter:
        """The next letter, a cause of the next write."""
        taken = await self._next()
        assert isinstance(taken, Letter)
        self.causes = (taken.number,)
        return taken

    async def _next(self) -> Command | Letter:
        await workflow.wait_condition(lambda: bool(self._inbox))
        return self._inbox.popleft()

    async def write(
        self,
        rows: Rows | None = None,
        *,
        stage: str | None = None,
        office: str | None = None,
        holder: Holder | None = None,
        due: str | None = None,
        shown: bool = True,
        answers: bool = True,
    ) -> TransitionResult:
        """One fixed transition; ``shown`` False where the real case shows nothing new.

        ``answers`` False: whoever decided waits for the next write.
        """
        rows = rows or Rows()
        self.sequence += 1
        self.stage, self.office = stage or self.stage, office or self.office
        self.holder, self.due_clock = holder or self.holder, due or self.due_clock
        self._tasks -= {task.task_id for task in rows.tasks_closed}
        self._tasks |= {task.task_id for task in rows.tasks_opened}
        for changed in rows.clocks_changed:
            self._disarm(changed.kind)
        causes: tuple[str, ...] = ()
        if answers:
            causes, self.causes = self.causes, ()
        result: TransitionResult = await workflow.execute_local_activity_method(
            CaseRegister.record,
            Transition(
                workflow_id=workflow.info().workflow_id,
                case_no=self.case_no,
                sequence=self.sequence,
                at=workflow.now(),
                causes=causes,
                stage=self.stage,
                holder=self.holder,
                office=self.office,
                custodian=self.office,
                due_clock=self.due_clock,
                ending=self.ending,
                open_tasks=tuple(self._tasks),
                **rows.filled(),
            ),
            start_to_close_timeout=REGISTER_TIMEOUT,
            retry_policy=REGISTER_RETRY,
        )
        for due_date in result.due:
            if due_date.at is not None:
                self._timers[due_date.kind] = asyncio.create_task(self._wait(due_date.at))
        for cause in causes:
            self._receipts[cause] = CommandReceipt(
                command_id=cause,
                case_no=self.case_no,
                stage=self.stage,
                transition=self.sequence,
            )
        if shown:
            self._show()
        return result

    async def send(self, letter: Letter) -> Receipt:
        """One letter over Nexus."""
        service, door = DOORS[letter.verb]
        counter: workflow.NexusClient[Any] = workflow.create_nexus_client(
            service=service, endpoint=ids.endpoint(letter.to_locality)
        )
        receipt: Receipt = await counter.execute_operation(
            door, letter, schedule_to_close_timeout=LETTER_TIMEOUT
        )
        return receipt

    async def pack(self) -> str:
        """The archive package, by the register's own activity."""
        packed = await workflow.execute_local_activity_method(
            Archive.pack,
            ArchiveRequest(case_no=self.case_no),
            start_to_close_timeout=REGISTER_TIMEOUT,
            retry_policy=REGISTER_RETRY,
        )
        return packed.digest

    def _show(self) -> None:
        workflow.upsert_search_attributes(
            [
                visibility.STAGE.value_set(self.stage),
                visibility.BALL_HOLDER.value_set(self.holder.value),
                visibility.OFFICE.value_set(self.office),
                visibility.OVERDUE.value_set(False),
                visibility.ESCALATION_LEVEL.value_set(0),
                visibility.DUE_DATE.value_set(workflow.now()),
            ]
        )

    async def _wait(self, until: datetime) -> None:
        await workflow.sleep(max(until - workflow.now(), timedelta(0)), summary="届满")

    def _disarm(self, kind: str) -> None:
        timer = self._timers.pop(kind, None)
        if timer is not None:
            timer.cancel()
