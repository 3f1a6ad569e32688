"""中止、恢复、延长、撤销延期: what happens to a running limit by a person's command or by a step.

Held by the desk of every case. While a limit stands still another one stands in for it, so that a
pause that outlasts what the applicant was told becomes due like any other work (docs/rules.md B2).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import PinnedLimit, Rules
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.letters import Letter
    from contracts.transitions import ClockChanged
    from domain.casework import ClockKind
    from domain.clocks import Effect, Limit, PauseReason, Unit
    from domain.licensing import Approver
    from domain.special_procedures import SpecialProcedure
    from workflows.validation import check_clock_command

if TYPE_CHECKING:
    from workflows.book import Book

#: What a command does to the limit that is due now.
CHANGES = {
    Verb.SUSPEND: "PAUSE",
    Verb.RESUME: "RESUME",
    Verb.EXTEND: "EXTEND",
    Verb.REVOKE_EXTENSION: "REVOKE",
}
CLOCK_VERBS = frozenset(CHANGES)
#: Where nothing can be extended a limit may still stand still.
PAUSE_VERBS = frozenset({Verb.SUSPEND, Verb.RESUME})

#: How a leg says to the home of the case what became of its limit: code and words for people.
TellPeer = Callable[[str, dict[str, str]], Awaitable[None]]
_NEWS = frozenset({"SUSPENDED", "SUSPENDED_SPECIAL", "RESUMED", "EXTENDED", "EXTENSION_REVOKED"})

_ART_45 = "行政许可法第四十五条：所需时间书面告知申请人"
#: The pinned limit after which a pause of unknown length is looked at again.
REVIEW = "pause_review"


class ClockDesk:
    """Which limits of a case stand still or were extended, and the changes people ask for."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.cap = 0
        self.approver: str = Approver.HEAD
        self.review: PinnedLimit | None = None
        self.tells_applicant = False
        self.peer: TellPeer | None = None
        self._untold: list[tuple[str, dict[str, str]]] = []
        self._paused: set[str] = set()
        self._extended: set[str] = set()
        self._revoked: set[str] = set()
        book.timers.on_stopped = self._forget

    def pin(self, rules: Rules) -> None:
        """Caps, approver and review interval, as they were when the case was filed."""
        self.cap, self.approver = rules.extension_cap, rules.extension_approver
        self.review = rules.limits.get(REVIEW)

    def is_paused(self, kind: str) -> bool:
        """Whether that limit stands still."""
        return kind in self._paused

    def is_extended(self, kind: str) -> bool:
        """Whether that limit was extended before; it is once only."""
        return kind in self._extended

    def may_revoke(self, kind: str) -> bool:
        """Whether an extension of that limit still counts."""
        return kind in self._extended and kind not in self._revoked

    def refusal(self, command: Command) -> RejectionCode | None:
        """Why a command about the limit that is due now is refused, or None."""
        kind = self._book.due_clock
        if kind is None:
            return RejectionCode.NOT_NOW
        paused = kind in self._paused
        return check_clock_command(
            command,
            kind=kind,
            paused=paused,
            extended=kind in self._extended,
            revoked=kind in self._revoked,
            overdue=self._book.overdue and not paused,
            cap=self.cap,
        )

    def change(self, command: Command) -> None:
        """Do what the command asks, and tell the applicant in writing."""
        kind = self._book.due_clock or ""
        match command.verb:
            case Verb.SUSPEND:
                self.pause(kind, PauseReason(command.reason_code or ""), command)
            case Verb.RESUME:
                self.resume(kind, command)
            case Verb.EXTEND:
                self._extended.add(kind)
                self._write(kind, command, approver=command.approver or self.approver)
                unit = self._book.timers.unit(kind)
                self._tell("EXTENDED", command, length=Limit(command.days or 0, unit, "").label)
            case _:
                self._revoked.add(kind)
                self._write(kind, command)
                self._tell("EXTENSION_REVOKED", command)

    def pause(
        self,
        kind: str,
        reason: PauseReason,
        command: Command,
        *,
        expected: PinnedLimit | None = None,
        told: bool = True,
    ) -> None:
        """From today the limit stands still; ``expected`` where a step knows the length itself."""
        self._paused.add(kind)
        length = expected or _told_length(command)
        # A correction has a limit of its own that wakes the case.
        stand_in = length or (None if reason is PauseReason.CORRECTION else self.review)
        if stand_in is not None and ClockKind.SUSPENSION not in self._book.stand_ins.values():
            self._book.stand_ins[kind] = ClockKind.SUSPENSION
            self._book.timers.start(ClockKind.SUSPENSION, stand_in, self._book.today)
        self._write(
            kind,
            command,
            change="PAUSE",
            reason=reason,
            procedure=command.procedure or "",
            expected=f"{length.length}{length.unit.value}" if length else "",
        )
        if told:
            special = SpecialProcedure(command.procedure) if command.procedure else None
            self._tell(
                "SUSPENDED_SPECIAL" if special else "SUSPENDED",
                command,
                procedure=special.label if special else reason.label,
                length=Limit(length.length, length.unit, "").label if length else "",
            )

    def resume(
        self, kind: str, command: Command, reason: str | None = None, *, told: bool = True
    ) -> None:
        """From today the limit runs on."""
        self._paused.discard(kind)
        self._write(kind, command, change="RESUME", reason=reason)
        self._end_stand_in(kind)
        if told:
            self._tell("RESUMED", command)

    def _write(
        self,
        kind: str,
        command: Command,
        *,
        change: str | None = None,
        reason: str | None = None,
        procedure: str = "",
        expected: str = "",
        approver: str = "",
    ) -> None:
        book, told = self._book, command.reason_code or "" if reason is None else reason
        change = change or CHANGES[command.verb]
        book.draft.clocks_changed.append(
            ClockChanged(
                kind=kind,
                change=change,
                on=book.today,
                reason=told,
                length=(command.days or 0) if change == "EXTEND" else 0,
                actor=command.actor,
                command_id=command.command_id,
                procedure=procedure,
                expected=expected,
                approver=approver,
                stand_in=book.stand_ins.get(kind, ""),
            )
        )
        facts = {"procedure": procedure, "expected": expected, "approver": approver}
        book.note(_NOTED[change], clock=kind, reason=told, **{k: v for k, v in facts.items() if v})

    def _tell(self, template: str, command: Command, **facts: str) -> None:
        told = {name: word for name, word in facts.items() if word}
        if self.tells_applicant:
            self._book.tell(template, by=command, **told)
        elif self.peer is not None:
            self._untold.append((template, told))

    async def tell_peer(self) -> None:
        """A leg writes to the home of the case, which alone writes to the applicant (A0 rule 4)."""
        while self._untold and self.peer is not None:
            await self.peer(*self._untold.pop(0))

    def peer_told(self, letter: Letter) -> None:
        """The other locality's limit stands still, runs on or is longer: the applicant is told."""
        if self.tells_applicant and letter.reason_code in _NEWS:
            told = {name: letter.facts.get(name, "") for name in ("procedure", "length")}
            self._book.tell(f"PEER_{letter.reason_code}", by=None, **told)

    def _end_stand_in(self, kind: str) -> None:
        if self._book.stand_ins.pop(kind, None) is None:
            return
        self._book.timers.stop(ClockKind.SUSPENSION)
        if self._book.overdue:
            # It was the pause that was late; the limit itself has days left.
            self._book.overdue, self._book.escalation = False, 0
        self._book.draft.moved = True

    def _forget(self, kind: str) -> None:
        """The limit has been met or started anew: nothing of its former run is left."""
        self._extended.discard(kind)
        self._revoked.discard(kind)
        if kind in self._paused:
            self._paused.discard(kind)
            self._book.note("RESUME", clock=kind, reason="STOPPED")
            self._end_stand_in(kind)


_NOTED = {change: verb for verb, change in CHANGES.items()}


def _told_length(command: Command) -> PinnedLimit | None:
    """How long the pause takes, by the command that asks for it."""
    if command.verb is not Verb.SUSPEND or not command.days:
        return None
    unit = Unit(command.unit or Unit.WD)
    return PinnedLimit(length=command.days, unit=unit, basis=_ART_45, effect=Effect.ESCALATE)
