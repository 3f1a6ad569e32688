"""The case's desk: takes commands and letters, and lets the procedure wait for what happens next.

The draft is written before each wait begins, so a clerk's update returns once the register shows
the new state. Whatever the procedure wakes up to is the cause of its next transition.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from contracts.commands import REJECTIONS, Command, CommandReceipt, RejectionCode, Verb
    from contracts.letters import Letter, LetterVerb, ReceiptCode, ReceiptStatus, Verdict
    from contracts.transitions import ClockChanged, TaskHeld
    from domain.clocks import Effect
    from domain.hukou import Stage
    from domain.tasks import TaskStatus
    from workflows.book import Book
    from workflows.happenings import Arrived, Decided, Expired, Happening, Instructed
    from workflows.signboard import Signboard
    from workflows.validation import check_clock_command, check_task_command

#: A procedure's own rule on a command or a letter, asked before it is taken.
Guard = Callable[[Command], RejectionCode | None]
Judge = Callable[[Letter], ReceiptCode | None]

TASK_VERBS = frozenset({Verb.DECIDE, Verb.CLAIM, Verb.RELEASE, Verb.ASSIGN})
CLOCK_VERBS = {Verb.SUSPEND: "PAUSE", Verb.RESUME: "RESUME", Verb.EXTEND: "EXTEND"}


class Stale(ApplicationError):
    """A command that was overtaken by the law or another event after it was taken."""

    def __init__(self, code: RejectionCode) -> None:
        super().__init__(REJECTIONS[code], type=code.value, non_retryable=True)


class Desk(Book):
    """The book, with an inbox and the people and letters that come to it."""

    def __init__(self, *, case_no: str, office: str, stage: Stage, signboard: Signboard) -> None:
        super().__init__(case_no=case_no, office=office, stage=stage, signboard=signboard)
        self.guard: Guard = lambda command: None
        self.judge: Judge = lambda letter: ReceiptCode.NOT_EXPECTED
        self.deciders: dict[str, str] = {}
        self.extension_cap = 0
        self._inbox: deque[Happening] = deque()
        self._receipts: dict[str, CommandReceipt] = {}
        self._failures: dict[str, RejectionCode] = {}
        self._clock_paused = False
        self._clock_extended = False
        self.timers.on_expiry = lambda kind: self._inbox.append(Expired(kind))

    def check(self, command: Command) -> None:
        """The validator of every command: raises what the clerk shall read."""
        code = self._refusal(command)
        if code is not None:
            raise ApplicationError(REJECTIONS[code], type=code.value, non_retryable=True)

    def _refusal(self, command: Command) -> RejectionCode | None:
        if not command.command_id or not command.actor:
            return RejectionCode.MALFORMED
        if command.verb in TASK_VERBS:
            refusal = check_task_command(command, self.tasks, self.deciders)
        elif command.verb not in self.allows:
            refusal = RejectionCode.NOT_NOW
        elif command.verb in CLOCK_VERBS:
            refusal = check_clock_command(
                command,
                paused=self._clock_paused,
                extended=self._clock_extended,
                cap=self.extension_cap,
            )
        else:
            refusal = None
        return refusal or self.guard(command)

    async def take(self, command: Command) -> CommandReceipt:
        """The handler of every command: answers once the register shows the new state."""
        if command.verb in (Verb.CLAIM, Verb.RELEASE, Verb.ASSIGN):
            self._hold(command)
            await self.flush()
        else:
            if command.verb is Verb.DECIDE:
                task = self.tasks[command.task_id or ""]
                task.decided = True
                self._inbox.append(Decided(command, task.spec.kind))
            else:
                self._inbox.append(Instructed(command))
            await workflow.wait_condition(
                lambda: command.command_id in self._receipts or command.command_id in self._failures
            )
        if command.command_id in self._failures:
            raise Stale(self._failures[command.command_id])
        return self._receipts.pop(command.command_id)

    def _hold(self, command: Command) -> None:
        task = self.tasks[command.task_id or ""]
        task.assignee = {
            Verb.CLAIM: command.actor,
            Verb.RELEASE: None,
            Verb.ASSIGN: command.assignee,
        }[command.verb]
        self.draft.tasks_held.append(TaskHeld(task_id=task.task_id, assignee=task.assignee))
        self.draft.causes.append(command.command_id)

    def receive(self, letter: Letter) -> Verdict:
        """The handler of every letter: judged at once, so that the receipt tells the truth."""
        if letter.verb in (LetterVerb.REMIND, LetterVerb.CLARIFY):
            code = None
        else:
            code = self.judge(letter)
        if code is not None:
            return Verdict(status=ReceiptStatus.REFUSED, code=code)
        self._inbox.append(Arrived(letter))
        return Verdict(status=ReceiptStatus.ACCEPTED)

    async def next(self) -> Happening:
        """Write what the step decided, then wait for what happens next."""
        while True:
            await self.flush()
            await workflow.wait_condition(lambda: bool(self._inbox))
            happening = self._inbox.popleft()
            if self._taken(happening):
                return happening

    async def decision_on(self, task_id: str) -> Decided:
        """Wait for one task only; everything else keeps waiting in the inbox."""
        await self.flush()

        def decided() -> Decided | None:
            return next(
                (
                    item
                    for item in self._inbox
                    if isinstance(item, Decided) and item.command.task_id == task_id
                ),
                None,
            )

        await workflow.wait_condition(lambda: decided() is not None)
        found = decided()
        assert found is not None
        self._inbox.remove(found)
        self._taken(found)
        return found

    def _taken(self, happening: Happening) -> bool:
        """Book the happening as a cause of the next step; False where nothing is left to decide."""
        match happening:
            case Decided(command=command, kind=kind):
                if command.task_id not in self.tasks:
                    self._failures[command.command_id] = RejectionCode.TASK_NOT_OPEN
                    return False
                self.draft.causes.append(command.command_id)
                self.deciders[kind] = command.actor
                self.close_task(command.task_id, TaskStatus.DONE, command)
            case Instructed(command=command):
                refusal = self._refusal(command)
                if refusal is not None:
                    self._failures[command.command_id] = refusal
                    return False
                self.draft.causes.append(command.command_id)
                if command.verb in CLOCK_VERBS:
                    self._change_clock(command)
                    return False
            case Arrived(letter=letter):
                self.draft.causes.append(letter.number)
                if letter.verb in (LetterVerb.REMIND, LetterVerb.CLARIFY):
                    self.note(letter.verb, letter=letter.number, reason=letter.reason_code or "")
                    self.escalation = max(self.escalation, 1)
                    self.draft.moved = True
                    return False
            case Expired(clock=kind):
                self.draft.causes.append(f"clock:{kind}")
                if self.timers.effect(kind) is Effect.ESCALATE:
                    self.mark_overdue(kind)
                    return False
        return True

    def mark_overdue(self, kind: str) -> None:
        """Lateness is shown and escalated; it never decides the case."""
        self.overdue = True
        self.escalation = max(self.escalation, 1)
        self.draft.moved = True
        self.note("OVERDUE", clock=kind)

    def _change_clock(self, command: Command) -> None:
        self._clock_paused = command.verb is Verb.SUSPEND
        self._clock_extended = self._clock_extended or command.verb is Verb.EXTEND
        self.draft.clocks_changed.append(
            ClockChanged(
                kind=self.due_clock or "",
                change=CLOCK_VERBS[command.verb],
                on=self.today,
                reason=command.reason_code or "",
                length=command.days or 0,
                actor=command.actor,
                command_id=command.command_id,
            )
        )
        self.note(command.verb, clock=self.due_clock or "", reason=command.reason_code or "")

    def _written(self, causes: list[str]) -> None:
        receipt = CommandReceipt(
            command_id="",
            case_no=self.case_no,
            stage=self.stage.value,
            transition=self._sequence,
            open_tasks=self.open_tasks(),
        )
        for cause in causes:
            if cause.startswith("c-"):
                self._receipts[cause] = receipt.model_copy(update={"command_id": cause})

    def refuse_leftovers(self) -> None:
        """At the end: whoever still waits for an answer gets one."""
        for happening in self._inbox:
            if isinstance(happening, Decided | Instructed):
                self._failures[happening.command.command_id] = RejectionCode.TASK_NOT_OPEN
        self._inbox.clear()
