"""The case's desk: takes commands and letters, and lets the procedure wait for what happens next.

The draft is written before each wait begins, so a clerk's update returns once the register shows
the new state. Whatever the procedure wakes up to is the cause of its next transition.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeGuard

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, CommandReceipt, RejectionCode, Verb
    from contracts.letters import (
        Letter,
        LetterVerb,
        Receipt,
        ReceiptCode,
        ReceiptStatus,
        Verdict,
    )
    from contracts.tidings import Tidings, TidingsKind
    from contracts.transitions import ClockChanged, ReceiptFiled, TaskHeld
    from domain.casework import Stage
    from domain.clock_rules import MAY_EXTEND, pause_reasons
    from domain.clocks import Effect
    from domain.tasks import TaskStatus
    from workflows.answers import Answers, Refused
    from workflows.clock_desk import CLOCK_VERBS, ClockDesk
    from workflows.happenings import (
        Acknowledged,
        Arrived,
        Decided,
        Expired,
        Happening,
        Instructed,
        Posted,
        Told,
    )
    from workflows.hearing_desk import HEARING_VERBS, HearingDesk
    from workflows.papers import take_in_letter
    from workflows.signboard import Signboard
    from workflows.validation import (
        check_clock_form,
        check_instruction,
        check_question,
        check_task_command,
    )

#: A procedure's own rule on a command or a letter, asked before it is taken.
Guard = Callable[[Command], RejectionCode | None]
Judge = Callable[[Letter], ReceiptCode | None]
#: What the receipt of a letter that was taken says beside that.
Adds = Callable[[Letter], dict[str, str]]
#: How a clerk's question reaches the other locality; None where there is nobody to ask.
Clarify = Callable[[Command], Awaitable[None]]
#: How the locality that asked hears of a rung of the ladder; None where there is nobody to tell.
TellPeer = Callable[[Tidings], None]

TASK_VERBS = frozenset({Verb.DECIDE, Verb.CLAIM, Verb.RELEASE, Verb.ASSIGN})
_MESSAGES = frozenset(
    {LetterVerb.REMIND, LetterVerb.CLARIFY, LetterVerb.LATENESS, LetterVerb.TELL_CLOCK}
)


class Desk(Answers):
    """The book, with an inbox and the people and letters that come to it."""

    def __init__(
        self, *, case_no: str, office: str, stage: Stage, signboard: Signboard, family: str
    ) -> None:
        super().__init__(
            case_no=case_no, office=office, stage=stage, signboard=signboard, family=family
        )
        self.guard: Guard = lambda command: None
        self.judge: Judge = lambda letter: ReceiptCode.NOT_EXPECTED
        self.adds: Adds = lambda letter: {}
        self.deciders: dict[str, str] = {}
        self.clocks = ClockDesk(self)
        self.hearings = HearingDesk(self, self.clocks)
        self.clarify: Clarify | None = None
        self.tell_peer: TellPeer | None = None
        self._inbox: deque[Happening] = deque()
        self._only_task: str | None = None
        self._at_rest = False  # nothing to do but wait for what happens next
        self._known: set[str] = set()  # news already told
        self.timers.on_expiry = lambda kind: self._inbox.append(Expired(kind))
        self.timers.on_disarmed = self._forget_expiry

    def check(self, command: Command) -> None:
        """The validator of every command: raises what the clerk shall read."""
        code = self._refusal(command)
        if code is None and command.verb in CLOCK_VERBS:
            code = check_clock_form(command, approver=self.clocks.approver)
        if code is not None:
            raise Refused(code)

    def _refusal(self, command: Command) -> RejectionCode | None:
        if not command.command_id or not command.actor:
            return RejectionCode.MALFORMED
        if self._comes_early(command):
            return None  # judged when it is taken
        if self._only_task is not None and command.task_id != self._only_task:
            return RejectionCode.LETTER_UNDELIVERED
        if command.verb in TASK_VERBS:
            refusal = check_task_command(command, self.tasks, self.deciders)
        elif command.verb is Verb.CLARIFY and self.clarify is not None:
            refusal = check_question(command)
        elif command.verb in HEARING_VERBS:
            refusal = self.hearings.refusal(command)
        elif command.verb not in self.allows:
            refusal = RejectionCode.NOT_NOW
        elif command.verb in CLOCK_VERBS:
            refusal = self.clocks.refusal(command)
        else:
            refusal = check_instruction(command)
        return refusal or self.hearings.decision_refusal(command) or self.guard(command)

    def asked_now(self) -> tuple[str, ...]:
        """The verbs about the case as a whole that its state takes, whoever asks."""
        if self._only_task is not None:
            return ()
        clock = self.due_clock or ""
        possible = set(self.allows)
        if not clock:
            possible -= CLOCK_VERBS
        else:
            paused = self.clocks.is_paused(clock)
            possible -= {Verb.SUSPEND, Verb.EXTEND} if paused else {Verb.RESUME}
            if not pause_reasons(clock) or (self.overdue and not paused):
                possible -= {Verb.SUSPEND}
            if clock not in MAY_EXTEND or self.overdue or self.clocks.is_extended(clock):
                possible -= {Verb.EXTEND}
            if not self.clocks.may_revoke(clock):
                possible -= {Verb.REVOKE_EXTENSION}
        if self.clarify is not None:
            possible.add(Verb.CLARIFY)
        if self.hearings.keeps_standing():
            possible -= {Verb.RESUME}
        possible |= self.hearings.asked_now()
        return tuple(sorted(verb.value for verb in possible))

    def _comes_early(self, command: Command) -> bool:
        """Whether the command is about a task that this run is still on its way to.

        After a crash the register may be ahead: it shows the task of a step that the new worker is
        writing again in this very moment. The clerk who decides it then is not told it is gone.
        """
        about_to_move = bool(self._inbox) and self._only_task is None
        busy = not self._at_rest or about_to_move or self._writing.locked()
        coming = command.verb in TASK_VERBS and self.is_yet_to_open(command.task_id or "")
        return busy and coming

    async def take(self, command: Command) -> CommandReceipt:
        """The handler of every command: answers once the register shows the new state."""
        if self._comes_early(command):
            await workflow.wait_condition(lambda: not self._comes_early(command))
            self.check(command)
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
        return await self.answer_to(command)

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
        code = None if letter.verb in _MESSAGES else self.judge(letter)
        if code is not None:
            return Verdict(status=ReceiptStatus.REFUSED, code=code)
        self._inbox.append(Arrived(letter))
        return Verdict(status=ReceiptStatus.ACCEPTED, facts=self.adds(letter))

    def inform(self, tidings: Tidings) -> None:
        """The handler of news from within the house; a repeat under its key is nothing new."""
        if tidings.key not in self._known:
            self._known.update((tidings.key, *(one.key for one in tidings.more)))
            self._inbox.append(Told(tidings))

    def acknowledge(self, receipt: Receipt) -> None:
        """A letter that nobody waited for has arrived; its receipt is filed with the next step."""
        self._inbox.append(Acknowledged(receipt))

    def posted(self, number: str, receipt: Receipt | None) -> None:
        """A letter that travelled beside the case has arrived, or could not be given for a day."""
        self._inbox.append(Posted(number, receipt))

    # ------------------------------------------------------------------ waiting

    async def next(self) -> Happening:
        """Write what the step decided, then wait for what happens next."""
        while True:
            await self.flush()
            await self._rest(lambda: bool(self._inbox))
            happening = self._inbox.popleft()
            if not self._taken(happening):
                if isinstance(happening, Arrived) and happening.letter.verb is LetterVerb.CLARIFY:
                    await take_in_letter(self, happening.letter, "凭函调取核实函")
                await self.clocks.tell_peer()
                continue
            if self._is_question(happening) and self.clarify is not None:
                await self.clarify(happening.command)
                continue
            return happening

    async def _rest(self, until: Callable[[], bool]) -> None:
        """Wait with nothing left to do."""
        self._at_rest = True
        await workflow.wait_condition(until)
        self._at_rest = False

    @staticmethod
    def _is_question(happening: Happening) -> TypeGuard[Instructed]:
        return isinstance(happening, Instructed) and happening.command.verb is Verb.CLARIFY

    async def decision_on(self, task_id: str) -> None:
        """Wait for one task only. Letters wait; other commands are sent away until then.

        One command of a case is in flight at a time: whoever waited here would block the very
        decision that is waited for.
        """
        self._only_task = task_id
        self.complete_all()
        self._send_away(
            lambda command: command.task_id != task_id, RejectionCode.LETTER_UNDELIVERED
        )
        await self.flush()

        def decided() -> list[Decided]:
            return [item for item in self._inbox if isinstance(item, Decided)]

        await self._rest(lambda: bool(decided()))
        found = decided()[0]
        self._inbox.remove(found)
        self._only_task = None
        self._taken(found)

    def _send_away(self, which: Callable[[Command], bool], code: RejectionCode) -> None:
        for happening in list(self._inbox):
            if isinstance(happening, Decided | Instructed) and which(happening.command):
                self._inbox.remove(happening)
                self._failures[happening.command.command_id] = code
                task = self.tasks.get(happening.command.task_id or "")
                if task is not None:
                    task.decided = False

    def _forget_expiry(self, kind: str) -> None:
        self._inbox = deque(item for item in self._inbox if item != Expired(kind))

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
                    self.clocks.change(command)
                    return False
                if command.verb in HEARING_VERBS:
                    self.hearings.change(command)
                    return False
            case Arrived(letter=letter):
                self.draft.causes.append(letter.number)
                return self._still_expected(letter)
            case Told(tidings=tidings):
                self.draft.causes.append(tidings.key)
                if tidings.kind is TidingsKind.CALENDAR:
                    self.draft.causes.extend(one.key for one in tidings.more)
                    for one in (tidings, *tidings.more):
                        self._recount(one)
                    return False
                if tidings.kind is TidingsKind.SUPERVISION:
                    self._supervised(tidings)
                    return False
                if tidings.kind is TidingsKind.SHOW_AGAIN:
                    self.show_again()
                    return False
            case Acknowledged(receipt=receipt):
                self.draft.receipts.append(ReceiptFiled(receipt=receipt))
                return False
            case Posted(receipt=posted):
                if posted is not None:
                    self.draft.receipts.append(ReceiptFiled(receipt=posted))
            case Expired(clock=kind):
                self.draft.causes.append(f"clock:{kind}")
                if self.hearings.expired(kind):
                    return False
                if self.timers.effect(kind) is Effect.ESCALATE:
                    self.mark_overdue(kind)
                    return False
        return True

    def _still_expected(self, letter: Letter) -> bool:
        """False for mere messages, and for what another letter has settled in the meantime."""
        if letter.verb in _MESSAGES:
            self.note(letter.verb, letter=letter.number, reason=letter.reason_code or "")
            if letter.verb is LetterVerb.REMIND:
                self.escalation = max(self.escalation, 1)
            if letter.verb is LetterVerb.LATENESS:
                self.peer_is_late(letter)
            if letter.verb is LetterVerb.TELL_CLOCK:
                self.clocks.peer_told(letter)
            self.draft.moved = True
            return False
        code = self.judge(letter)
        if code is not None:
            self.note("LETTER_OVERTAKEN", letter=letter.number, code=code)
        return code is None

    def mark_overdue(self, kind: str) -> None:
        """Lateness is shown and escalated; it never decides the case."""
        self.overdue = True
        self.escalation = max(self.escalation, 1)
        self.draft.moved = True
        self.note("OVERDUE", clock=kind)

    def _recount(self, tidings: Tidings) -> None:
        """Another calendar is in force: take the register's date for the limit, and arm it.

        Where the earlier calendar was wrong and had made the case late, it is late no more.
        """
        kind = tidings.code
        if self.timers.effect(kind) is None:
            return  # met in the meantime
        self.draft.clocks_changed.append(ClockChanged(kind=kind, change="RECOUNT", on=self.today))
        self.note("DUE_DATE_MOVED", clock=kind, calendar=tidings.facts.get("version", ""))
        if "applicant" in tidings.facts:  # as releases did that left the notice to the case
            self.tell("DUE_DATE_MOVED", clock=kind)
        if "expired" in tidings.facts and kind == self.due_clock:
            self.overdue, self.escalation, self.draft.moved = False, 0, True

    def _supervised(self, tidings: Tidings) -> None:
        """A rung of the ladder was issued on a task of this case, or its ladder was withdrawn."""
        task = tidings.facts.get("task", "")
        self.supervise(task, tidings.supervision_level)
        self.note("SUPERVISION", rung=tidings.code, **tidings.facts)
        if self.tell_peer is not None and tidings.facts.get("tell_peer"):
            self.tell_peer(tidings)

    def refuse_leftovers(self) -> None:
        """At the end: whoever still waits for an answer gets one."""
        self._send_away(lambda command: True, RejectionCode.TASK_NOT_OPEN)
        self._inbox.clear()
        self._at_rest = True
