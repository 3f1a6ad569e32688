"""A case under a generic procedure: its pinned terms, and what any of its steps may meet.

Used by the online procedure and by every other that decides an item where it was filed.
"""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.general import GeneralTerms
    from domain.casework import ClockKind
    from domain.general_tasks import GeneralTask
    from workflows.happenings import Decided, Expired, Happening, Instructed
    from workflows.home_case import AT_HOME, HomeCase

#: While the decision is open the applicant may also hand in a deferred material.
WHILE_OPEN = AT_HOME | {Verb.HAND_IN}
#: After the decision a withdrawal is refused with its reason.
DECIDED = frozenset({Verb.WITHDRAW, Verb.HAND_IN, Verb.SUSPEND, Verb.RESUME})


@dataclass(slots=True)
class GeneralCase(HomeCase):
    """One item. ``supplied`` and ``too_late`` are about the materials of 容缺受理."""

    decided: bool = False
    supplied: bool = False
    in_time: bool = False  # what was handed in last came before the limit ran out
    too_late: bool = False
    fee_paid: bool = False
    mode_changed: bool = False
    holds_originals: bool = False
    certificate: str = ""  # the key of the result's number
    made: bool = False  # the result stands under that number

    @property
    def terms(self) -> GeneralTerms:
        """The definition as it was pinned when the case was filed."""
        if self.filing.general is None:
            raise ValueError("not filed under a generic procedure")
        return self.filing.general

    @property
    def competent(self) -> str:
        """The office that decides; intake never moves it."""
        return self.terms.competent

    @property
    def may_change_mode(self) -> bool:
        """Whether this is an online case whose originals a window elsewhere can collect, once."""
        filing, terms = self.filing, self.terms
        away = self.origin != filing.locality and self.origin in filing.counters
        offered = terms.mode == "FULLY_ONLINE" and "PROXY_INTAKE" in terms.modes
        return away and offered and not self.mode_changed and not self.decided

    def guard(self, command: Command) -> RejectionCode | None:
        """A decision is not withdrawn, and nobody is sent to a window that there is not."""
        if command.verb is Verb.WITHDRAW and self.decided:
            return RejectionCode.ALREADY_DECIDED
        if command.outcome == "DEMAND_ORIGINALS" and not self.may_change_mode:
            return RejectionCode.NO_OTHER_MODE
        if command.verb is Verb.HAND_IN and not self.awaits_material:
            return RejectionCode.NOT_NOW
        enterprise = self.filing.facts.get("applicant") == "ENTERPRISE"
        if enterprise and command.verb in (Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY):
            return RejectionCode.UNKNOWN_PERSON
        return HomeCase.guard(self, command)

    @property
    def awaits_material(self) -> bool:
        """Whether something may be handed in: a correction, or a deferred material."""
        correcting = self.desk.timers.effect(ClockKind.CORRECTION) is not None
        return correcting or self.desk.timers.effect(ClockKind.DEFERRAL) is not None

    async def next(self) -> Happening:
        """What happens next; a deferred material may come, or fail to come, during any step."""
        while True:
            happening = await HomeCase.next(self)
            match happening:
                case Instructed(command=command) if command.verb is Verb.HAND_IN:
                    if self.desk.timers.effect(ClockKind.CORRECTION) is not None:
                        return happening
                    self.supplied, self.in_time = True, not self.too_late
                    self.desk.note("DEFERRED_HANDED_IN")
                    return happening
                case Expired(clock=ClockKind.DEFERRAL):
                    self.too_late = True
                    return happening
            return happening

    async def decision_on(
        self, task: GeneralTask, office: str, *, findings: tuple[str, ...] = (), clock: ClockKind
    ) -> Decided:
        """Put one task and wait until a person has decided it."""
        self.desk.open_task(task, office, clock=clock, findings=findings)
        return await self.decision()
