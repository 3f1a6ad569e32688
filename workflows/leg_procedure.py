"""What every leg shares: desk and mail are set up, refusals and withdrawals are answered.

Base of the workflows that a letter of another locality opens; subclasses tell their story in
``run`` and give it to :meth:`LegProcedure.conclude`.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from contracts.families import family
    from contracts.letters import Answer, LetterVerb, ReceiptCode
    from domain.casework import LEG_ENDING_STAGE, ActCode, Ending, PersonStatus, Stage
    from workflows.closing import close_file
    from workflows.desk import Desk
    from workflows.leg_case import LegCase, LegRefuses, LegStops
    from workflows.mail import Mail
    from workflows.procedure import Procedure
    from workflows.signboard import Signboard


class LegProcedure(Procedure):
    """A leg from the letter to its own end; ``leg`` is what its steps share."""

    leg: LegCase
    #: The leg's own state; a matter with more to remember has a class of its own.
    state_type: ClassVar[type[LegCase]] = LegCase
    answer_verb = LetterVerb.ANSWER
    refused_ending = Ending.PEER_REFUSED
    refused_act = ActCode.PEER_REFUSED
    ending_stage: ClassVar[dict[Ending, Stage]] = LEG_ENDING_STAGE

    def __init__(self, filing: LegFiling) -> None:
        station, one = filing.desks.station, family(filing.letter.family)
        self.desk = Desk(
            case_no=filing.case_no,
            office=station,
            stage=Stage.RECEIVED,
            family=filing.letter.family,
            signboard=Signboard(
                title=f"{one.leg}：{filing.locality_name} → {filing.home_name}",
                locality=filing.locality,
                peer=filing.letter.from_locality,
                runbook=one.leg_runbook,
                offices=filing.office_names,
            ),
        )
        self.desk.clocks.pin(filing.rules)
        mail = Mail(
            self.desk,
            locality=filing.locality,
            home_case_no=filing.letter.home_case_no,
            station=station,
            family=filing.letter.family,
        )
        self.leg = self.state_type(
            filing=filing,
            desk=self.desk,
            mail=mail,
            station=station,
            persons=dict.fromkeys(filing.letter.persons, PersonStatus.OPEN),
        )
        self.desk.judge = self.leg.judge
        self.desk.clarify = self.leg.clarify
        self.desk.tell_peer = self.leg.tell_lateness
        self.desk.clocks.peer = self.leg.tell_clock

    async def conclude(self, story: Coroutine[Any, Any, None]) -> CaseResult:
        """Play the story to its regular end, or to a refusal or withdrawal before it."""
        try:
            await story
            result = await self._close(self.ending())
        except LegRefuses as refusal:
            result = await self.refuse(refusal)
        except LegStops as stop:
            result = await self.stop(stop)
        self.desk.refuse_leftovers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    def ending(self) -> Ending:
        """How the regular end is called."""
        return Ending.COMPLETED

    async def undo(self) -> None:
        """What was done here and must not stay behind a refusal or withdrawal (G9)."""

    async def refuse(self, refusal: LegRefuses) -> CaseResult:
        """不予办理: code, reason and remedy go back; everything stays as it was (G7, G9)."""
        leg, desk = self.leg, self.desk
        desk.judge = lambda letter: ReceiptCode.CASE_CLOSED
        desk.guard = lambda command: None
        desk.supersede_tasks()
        await self.undo()
        desk.record(
            self.refused_act,
            by=refusal.by,
            code=refusal.code,
            other_case=refusal.other_case_no,
            moved_to=refusal.moved_to,
        )
        self._end_persons()
        answer = await leg.mail.send(
            leg.letter(
                self.answer_verb,
                answer=Answer.REFUSED,
                reason_code=str(refusal.code),
                forward_locality=refusal.moved_to or None,
            ),
            "REFUSAL_NOTICE",
        )
        if answer.code is not None:
            desk.note("ANSWER_NOT_TAKEN", code=answer.code)
        return await self._close(self.refused_ending, str(refusal.code))

    async def stop(self, stop: LegStops) -> CaseResult:
        """Taken back or forwarded before the point of no return: nothing has changed here."""
        self.desk.judge = lambda letter: ReceiptCode.CASE_CLOSED
        self.desk.guard = lambda command: None
        self.desk.supersede_tasks()
        await self.undo()
        reason = stop.letter.reason_code if stop.letter else None
        self.desk.record(ActCode.TERMINATED, ending=stop.ending, reason=reason or "")
        self._end_persons()
        return await self._close(stop.ending, reason)

    def _end_persons(self) -> None:
        for number in self.leg.persons_in(PersonStatus.OPEN):
            self.leg.set_person(number, PersonStatus.ENDED)

    async def _close(self, ending: Ending, reason_code: str | None = None) -> CaseResult:
        return await close_file(self.desk, ending, self.ending_stage[ending], reason_code)
