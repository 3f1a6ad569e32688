"""Asks everybody who takes part in a joint case, urges who is late, and tells all of the end.

Base of `workflows.joint_parts`. An office of the own locality gets a task, another locality a
letter; several letters travel at once. Silence is never consent (docs/rules.md A0, section 0).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter, LetterVerb, Receipt
    from contracts.transitions import LetterVoided
    from domain.casework import ClockKind, PersonStatus
    from domain.clocks import Effect
    from domain.joint import PartState, may_go_on_promise, may_leave_out
    from domain.joint_tasks import JointTask
    from domain.tasks import TaskStatus
    from workflows.joint_case import JointCase, Part


class AskingParts:
    """What the case says to those who perform its parts."""

    def __init__(self, case: JointCase) -> None:
        self.case = case
        self.desk = case.desk

    def ask_all(self) -> None:
        """Every part that nobody has been asked for yet, all in one step."""
        for part in self.case.parts.values():
            if part.state is PartState.OPEN:
                self.ask(part)

    def ask(self, part: Part) -> None:
        """A task for an own office, a letter for another locality."""
        case, desk = self.case, self.desk
        part.state, part.settled, part.late, part.reminders = PartState.ASKED, False, False, 0
        if case.is_here(part):
            self.start_clock(part)
            part.task = desk.open_task(
                JointTask.PART,
                part.office or case.filing.desks.station,
                clock=part.clock,
                findings=(f"PART:{part.pinned.label}",),
            )
            return
        part.leg_case_no = None
        part.request_no = case.mail.prepare(self._request(part), "JOINT_REQUEST", "APPLICANT")
        case.mail.carry(part.request_no)

    def _request(self, part: Part) -> Letter:
        case, pinned = self.case, part.pinned
        letter = case.transfer_request()
        return letter.model_copy(
            update={
                "to_locality": part.locality,
                "to_office": part.office,
                "facts": {
                    **letter.facts,
                    "item": case.terms.item,
                    "organ": pinned.organ,
                    "label": pinned.label,
                    "before": pinned.before,
                },
            }
        )

    def start_clock(self, part: Part, receipt: Receipt | None = None) -> None:
        """Its limit: ours for an own office, as we know theirs for another locality."""
        rules = self.case.filing.rules
        limit = rules.limits["part" if self.case.is_here(part) else "participation"]
        since = receipt.received_on if receipt else None
        self.desk.timers.start(
            part.clock,
            limit.model_copy(update={"effect": Effect.REMIND}),
            since or self.desk.today,
        )

    def ran_out(self, part: Part) -> None:
        """Its limit has passed: urge, and let the lead office take it up (consent: never)."""
        part.late = True
        part.reminders += 1
        self.desk.note("PART_LATE", part=str(part.number), reminders=str(part.reminders))
        if part.reminders == 1:
            self.desk.tell("PART_LATE", part=part.pinned.label)
        enough = part.reminders > self.case.filing.rules.peer_reminders
        needed = part.pinned.required and part.state is PartState.ASKED
        if needed and (enough or self.case.is_here(part) or may_go_on_promise(part.standing)):
            self.to_lead(part, JointTask.LATE, f"REMINDERS:{part.reminders}")
        self.urge(part)

    def urge(self, part: Part) -> None:
        """A letter to another locality; an own office's overdue task climbs the ladder itself.

        After the next interval the question comes up again.
        """
        rules, timers = self.case.filing.rules, self.desk.timers
        interval = rules.reminder_interval.model_copy(update={"effect": Effect.REMIND})
        if self.case.is_here(part):
            if timers.effect(ClockKind.RECHECK) is None:
                timers.start(ClockKind.RECHECK, interval, self.desk.today)
            return
        self.case.mail.announce(self.case.to_part(part, LetterVerb.REMIND, reason_code="OVERDUE"))
        timers.stop(part.clock)
        timers.start(part.clock, interval, self.desk.today)

    def look_again(self) -> None:
        """Own offices that are still late: the lead office is asked again."""
        self.desk.timers.stop(ClockKind.RECHECK)
        for part in self.case.parts.values():
            if self.case.is_here(part) and part.late and part.state is PartState.ASKED:
                self.ran_out(part)

    def forwarded(self, part: Part, letter: Letter) -> None:
        """A wrong office is not a refusal: the part follows to the competent one."""
        locality = letter.forward_locality or part.locality
        self.desk.note(
            "PART_FORWARDED",
            part=str(part.number),
            locality=locality,
            office=letter.forward_office or "",
        )
        if locality == part.locality and letter.forward_office:
            part.office = letter.forward_office  # the same leg goes on there
            return
        self.desk.timers.stop(part.clock)
        if letter.forward_locality is None or locality not in self.case.filing.counters:
            self.to_lead(part, JointTask.MISROUTED)
            return
        self.void(part)
        part.locality, part.office = locality, letter.forward_office
        self.ask(part)

    def papers_again(self, part: Part, reason: str) -> None:
        """Newer papers, or the same ones after a differing digest."""
        number = self.case.mail.prepare(
            self.case.to_part(
                part,
                LetterVerb.UPDATE_DOCUMENT,
                reason_code=reason,
                persons=self.case.persons_in(PersonStatus.OPEN),
            ),
            "JOINT_REQUEST",
            "APPLICANT",
        )
        self.case.mail.carry(number)

    async def tell_end(self, ending: str) -> None:
        """Everybody who was asked hears how the case ended, once each (B3: peers are told).

        A leg that has not answered is taken back, one that has is told; one that refused has
        closed already.
        """
        await self.desk.flush()
        await self.case.mail.arrived()
        for part in self.case.parts.values():
            if not part.request_no or part.state is PartState.REFUSED:
                continue
            if part.state is PartState.AGREED:
                letter = self.case.to_part(part, LetterVerb.CONFIRM, facts={"ending": ending})
            else:
                letter = self.case.to_part(part, LetterVerb.WITHDRAW, reason_code=ending)
                self.void(part)
            receipt = await self.case.mail.send(letter)
            if receipt.code is not None:
                self.desk.note("PART_NOT_TOLD", part=str(part.number), code=receipt.code)

    def leave_out(self) -> None:
        """Decided without them: optional parts are waited for no more."""
        for part in self.case.parts.values():
            if may_leave_out(part.standing):
                self.take_off(part)
                self.desk.timers.stop(part.clock)
                part.state = PartState.LEFT_OUT
                self.desk.note("PART_LEFT_OUT", part=str(part.number))

    def to_lead(self, part: Part, kind: JointTask, *findings: str) -> None:
        """A task for the office that took the application in; one per part at a time."""
        if part.lead_task:
            return
        part.lead_task = self.desk.open_task(
            kind,
            self.case.filing.desks.intake,
            clock=self.desk.due_clock,
            findings=(f"PART:{part.pinned.label}", *findings),
        )

    def take_off(self, part: Part) -> None:
        """Whatever is on a worklist about the part is settled."""
        for task in (part.task, part.lead_task):
            if task in self.desk.tasks:
                self.desk.close_task(task, TaskStatus.SUPERSEDED, None)
        part.task = part.lead_task = ""

    def void(self, part: Part) -> None:
        """The earlier letter asks nothing any more; its answer stays on file."""
        if part.request_no:
            self.desk.draft.letters_voided.append(
                LetterVoided(number=part.request_no, reason=part.reason_code)
            )
        part.request_no = part.reason_code = ""
