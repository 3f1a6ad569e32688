"""听证: a hearing before the decision, as the special procedure that the law makes of it.

Held by the desk of every case. The limit of the decision stands still from the day on which the
hearing is asked for or announced until its record is on file; nobody decides meanwhile, and what
is decided afterwards rests on the record (行政许可法 arts 45-48, docs/rules.md B1).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import PinnedLimit
    from contracts.commands import Command, RejectionCode, Verb
    from domain.casework import ActCode, ClockKind
    from domain.clock_rules import pause_reasons
    from domain.clocks import Effect, Limit, PauseReason, Unit
    from domain.hearing_steps import PENDING, HearingDeed, HearingStep, refusal
    from domain.offices import Role
    from domain.special_procedures import SpecialProcedure

if TYPE_CHECKING:
    from workflows.clock_desk import ClockDesk
    from workflows.desk import Desk

HEARING_VERBS = frozenset(Verb(deed.value) for deed in HearingDeed)
#: The applicant's own, or of whoever else is concerned; a clerk may take them down.
_PARTY_VERBS = frozenset({Verb.HEARING_ASK, Verb.HEARING_WAIVE})
_DATED = frozenset({Verb.HEARING_SET, Verb.HEARING_ANNOUNCE})
_LIMITED = frozenset({Verb.HEARING_TELL, Verb.HEARING_ASK, Verb.HEARING_ANNOUNCE})
_CLOCKS = (ClockKind.HEARING_ASK, ClockKind.HEARING_HOLD, ClockKind.HEARING_NOTICE)

_ART_47 = "行政许可法第四十七条第一款"
_ART_48 = "行政许可法第四十八条第一款第一项"


class HearingDesk:
    """One case's hearing: how far it is, who chairs it, and for which limit it is held."""

    def __init__(self, book: Desk, clocks: ClockDesk) -> None:
        self._book = book
        self._clocks = clocks
        self._step = HearingStep.NONE
        self._public = False
        self._kind = ""  # the limit of the decision that the hearing comes before
        self._chair = ""
        self._day: date | None = None

    # ------------------------------------------------------------------ what is refused

    def refusal(self, command: Command) -> RejectionCode | None:
        """Why something about the hearing is refused, or None."""
        if not self._has_place():
            return RejectionCode.NOT_NOW
        return self._form(command) or self._untimely(command.verb)

    def asked_now(self) -> frozenset[Verb]:
        """What the hearing can be asked where it stands today, whoever asks."""
        if not self._has_place():
            return frozenset()
        return frozenset(verb for verb in HEARING_VERBS if self._untimely(verb) is None)

    def keeps_standing(self) -> bool:
        """Whether the limit stands still for the hearing, and nobody may let it run on."""
        mine = bool(self._kind) and self._book.due_clock == self._kind
        return mine and self._step in PENDING and self._step is not HearingStep.TOLD

    def _has_place(self) -> bool:
        """Whether the limit that is due now may stand still for a hearing at all."""
        book = self._book
        stoppable = PauseReason.SPECIAL_PROCEDURE in pause_reasons(book.due_clock or "")
        return Verb.SUSPEND in book.allows and stoppable and self._clocks.tells_applicant

    def _untimely(self, verb: Verb) -> RejectionCode | None:
        """Why it cannot follow on what has been done so far, or None."""
        found = refusal(HearingDeed(verb.value), self._step, public=self._public)
        if found is not None:
            return RejectionCode(found.value)
        late = self._book.overdue and not self._clocks.is_paused(self._book.due_clock or "")
        if late and verb in (Verb.HEARING_TELL, Verb.HEARING_ANNOUNCE):
            return RejectionCode.NOT_NOW  # the days to decide are over
        if verb is Verb.HEARING_HELD and not self._may_be_held():
            return RejectionCode.HEARING_NOTICE_SHORT
        return None

    def _form(self, command: Command) -> RejectionCode | None:
        if command.verb not in _PARTY_VERBS:
            if Role.APPROVER.value not in command.roles:
                return RejectionCode.MISSING_ROLE
            if command.office != self._book.office:
                return RejectionCode.FOREIGN_OFFICE
        if not command.digest:
            return RejectionCode.MISSING_REASON
        if command.verb in _LIMITED and (not command.days or command.unit not in set(Unit)):
            return RejectionCode.MALFORMED
        if command.verb in _DATED:
            if command.on is None or not command.assignee or not command.notice_days:
                return RejectionCode.MALFORMED
            if command.on <= self._book.today:
                return RejectionCode.HEARING_NOTICE_SHORT
            if command.assignee in self._reviewers():
                return RejectionCode.HEARING_CHAIR_DECIDES
        return None

    def _reviewers(self) -> frozenset[str]:
        """Who has reviewed or holds what is to be decided (art 48 no. 3)."""
        holding = {task.assignee for task in self._book.tasks.values() if task.assignee}
        return frozenset({*self._book.deciders.values(), *holding})

    def _may_be_held(self) -> bool:
        """The day that was told has come, and the days of the notice are over."""
        told = self._book.timers.effect(ClockKind.HEARING_NOTICE) is not None
        return not told and self._day is not None and self._book.today >= self._day

    def decision_refusal(self, command: Command) -> RejectionCode | None:
        """Why a decision on a task, or letting the limit run on, is refused for the hearing."""
        if not self._kind or self._book.due_clock != self._kind:
            return None
        if command.verb not in (Verb.DECIDE, Verb.RESUME):
            return None
        if self._step in PENDING and not (
            command.verb is Verb.RESUME and self._step is HearingStep.TOLD
        ):
            return RejectionCode.HEARING_PENDING
        if command.verb is Verb.DECIDE and self._step is HearingStep.HELD:
            if command.actor == self._chair:
                return RejectionCode.HEARING_CHAIR_DECIDES
            if not command.digest:
                return RejectionCode.HEARING_RECORD_NOT_CITED
        return None

    # ------------------------------------------------------------------ what is done

    def change(self, command: Command) -> None:
        """Do what the command asks, and tell the applicant in writing."""
        match command.verb:
            case Verb.HEARING_TELL:
                self._tell_right(command)
            case Verb.HEARING_ASK:
                self._asked(command)
            case Verb.HEARING_ANNOUNCE:
                self._announce(command)
            case Verb.HEARING_SET:
                self._set(command)
            case Verb.HEARING_HELD:
                self._held(command)
            case _:
                self._waive(command)

    def _tell_right(self, command: Command) -> None:
        book = self._book
        self._kind, self._step = book.due_clock or "", HearingStep.TOLD
        book.record(ActCode.HEARING_TOLD, by=command)
        told = _length(command)
        self._start(ClockKind.HEARING_ASK, told, Effect.LAPSED)
        book.tell("HEARING_RIGHT", by=command, length=Limit(told.length, told.unit, "").label)

    def _asked(self, command: Command) -> None:
        book = self._book
        self._step = HearingStep.ASKED
        book.timers.stop(ClockKind.HEARING_ASK)
        book.note("HEARING_ASKED", by="APPLICANT" if command.actor == "APPLICANT" else "OFFICE")
        self._start(ClockKind.HEARING_HOLD, _length(command), Effect.REMIND)
        self._stand_still(command)

    def _announce(self, command: Command) -> None:
        book = self._book
        self._kind, self._public = book.due_clock or "", True
        book.record(ActCode.HEARING_ANNOUNCED, by=command, told=self._dated(command))
        self._stand_still(command)

    def _set(self, command: Command) -> None:
        book = self._book
        if self._step is HearingStep.SET:
            book.timers.stop(ClockKind.HEARING_NOTICE)
            book.note("HEARING_SET_ANEW")
        book.record(ActCode.HEARING_NOTICED, by=command, told=self._dated(command))

    def _dated(self, command: Command) -> dict[str, str]:
        """Day and chair are known from now on; told to those who take part."""
        assert command.on is not None
        self._step, self._day, self._chair = HearingStep.SET, command.on, command.assignee or ""
        day = command.on.isoformat()
        notice = PinnedLimit(length=command.notice_days or 0, unit=Unit.WD, basis=_ART_48)
        self._start(ClockKind.HEARING_NOTICE, notice, Effect.REMIND)
        self._book.tell("HEARING_SET", by=command, day=day)
        return {"day": day, "chair": self._chair}

    def _held(self, command: Command) -> None:
        book, day = self._book, self._day
        assert day is not None
        self._step = HearingStep.HELD
        book.record(ActCode.HEARING_HELD, by=command, day=day.isoformat(), chair=self._chair)
        self._run_on(command)
        book.tell("HEARING_OVER", by=None)

    def _waive(self, command: Command) -> None:
        self._step = HearingStep.WAIVED
        self._book.note("HEARING_WAIVED")
        self._run_on(command)

    def expired(self, kind: str) -> bool:
        """Whether the limit that ran out is one of a hearing; what its end means is done."""
        if kind not in _CLOCKS:
            return False
        if kind == ClockKind.HEARING_ASK:
            self._step = HearingStep.LAPSED
            self._book.note("HEARING_NOT_ASKED")
        elif kind == ClockKind.HEARING_HOLD:
            self._book.note("HEARING_LATE")  # what stands in for the limit makes the case late
        self._book.timers.stop(kind)
        return True

    # ------------------------------------------------------------------ the limits

    def _start(self, kind: ClockKind, limit: PinnedLimit, effect: Effect) -> None:
        limit = limit.model_copy(update={"effect": effect})
        self._book.timers.start(kind, limit, self._book.today)

    def _stand_still(self, command: Command) -> None:
        """The days of the hearing are not counted, and the applicant is told how many (art 45)."""
        if self._book.overdue or self._clocks.is_paused(self._kind):
            return  # what has run out stays so; what stands still already need not be stopped
        named = command.model_copy(update={"procedure": SpecialProcedure.HEARING.value})
        self._clocks.pause(
            self._kind, PauseReason.SPECIAL_PROCEDURE, named, expected=_length(command)
        )

    def _run_on(self, command: Command) -> None:
        self._book.timers.stop(*_CLOCKS)
        if self._clocks.is_paused(self._kind):
            self._clocks.resume(self._kind, command, SpecialProcedure.HEARING.value)


def _length(command: Command) -> PinnedLimit:
    """The length that the command carries: what the policies of its day say."""
    return PinnedLimit(
        length=command.days or 0,
        unit=Unit(command.unit or Unit.WD),
        basis=_ART_47,
        effect=Effect.ESCALATE,
    )
