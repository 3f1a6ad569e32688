"""联办协办: one part of a joint case of another locality, performed by this locality's office."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from contracts.letters import Answer, Letter, LetterVerb, ReceiptCode
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.joint_tasks import JointReason, JointTask
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.happenings import Arrived, Decided
    from workflows.leg_case import LegCase, LegRefuses, LegStops
    from workflows.leg_papers import take_in_papers, take_update
    from workflows.leg_procedure import LegProcedure


@dataclass(slots=True)
class PartLeg(LegCase):
    """One part. ``answered``: the opinion is out, and only the end of the case is waited for."""

    answered: bool = False

    def judge(self, letter: Letter) -> ReceiptCode | None:
        """An opinion binds nobody until the case has ended: it may be taken back at any time."""
        if letter.verb is LetterVerb.CONFIRM:
            return None if self.answered else ReceiptCode.NOT_EXPECTED
        if letter.verb is LetterVerb.UPDATE_DOCUMENT and self.answered:
            return ReceiptCode.ALREADY_CANCELLED
        return LegCase.judge(self, letter)


@workflow.defn(name="联办协办")
class GeneralPart(LegProcedure):
    """This locality's part: examined by one person, signed by another, answered by letter.

    Then the leg waits for how the case ended. It performs its own legal act only; the matter itself
    is decided by the competent office of the case. Basis: docs/rules.md section 0 (JOINT), A0.
    """

    leg: PartLeg
    state_type = PartLeg
    refused_act = ActCode.PART_REFUSED
    refused_ending = Ending.PART_REFUSED

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the letter to the word that the case has ended."""
        leg = self.leg
        await take_in_papers(leg, ClockKind.PARTICIPATION, leg.filing.rules.limits["participation"])
        await self._opinion()
        leg.heed_withdrawals()
        await self._answer()

    async def _opinion(self) -> None:
        """Until the office agrees; raises LegRefuses where it does not."""
        returned: tuple[str, ...] = ()
        while True:
            examined = await self._decision(
                JointTask.EXAMINATION, Stage.PART_HANDLING, self._findings(*returned)
            )
            if examined is None:
                continue
            if examined.outcome == "REDIRECT":
                await self._redirect(examined)
                continue
            found = (
                f"EXAMINED:{examined.outcome}",
                *(
                    (f"REFUSED:{examined.command.reason_code}",)
                    if examined.outcome != "PASS"
                    else ()
                ),
            )
            self.desk.record(ActCode.ITEM_REVIEWED, by=examined.command, outcome=examined.outcome)
            signed = await self._decision(
                JointTask.OPINION, Stage.PART_ISSUING, self._findings(*found)
            )
            if signed is None:
                continue
            if signed.outcome == "RETURN":
                self.desk.note("RETURNED_TO_EXAMINATION")
                returned = ("RETURNED",)
                continue
            if examined.outcome == "REFUSE":
                raise LegRefuses(examined.command.reason_code or "", by=signed.command)
            self.desk.record(ActCode.PART_DONE, by=signed.command)
            return

    def _findings(self, *more: str) -> tuple[str, ...]:
        return (f"PART:{self.leg.request.facts.get('label', '')}", *more)

    async def _decision(
        self, task: JointTask, stage: Stage, findings: tuple[str, ...]
    ) -> Decided | None:
        """One person's decision; None where newer papers ask for a new examination."""
        leg, desk = self.leg, self.desk
        desk.move(
            stage,
            Holder.OURS,
            office=leg.station,
            due=ClockKind.PARTICIPATION,
            allows=CLOCK_VERBS,
        )
        desk.open_task(task, leg.station, clock=ClockKind.PARTICIPATION, findings=findings)
        while True:
            match await leg.next():
                case Decided() as decided:
                    return decided
                case Arrived(letter=letter):
                    await take_update(leg, letter)
                    return None

    async def _redirect(self, decided: Decided) -> None:
        """To the office of this locality that has the power; without one the lead is told."""
        leg, desk = self.leg, self.desk
        office = leg.filing.desks.bureau
        there = office if office != leg.station else None
        desk.record(ActCode.REDIRECTED, by=decided.command, office_to=there or "")
        desk.complete(decided.command)
        await leg.mail.send(
            leg.letter(
                LetterVerb.FORWARD,
                forward_locality=leg.filing.locality if there else None,
                forward_office=there,
                reason_code=JointReason.PART_NOT_COMPETENT,
            )
        )
        if there is None:
            raise LegStops(Ending.FORWARDED)
        leg.station = leg.mail.station = desk.custodian = there

    async def _answer(self) -> None:
        """协助意见, and then the word that the case has ended."""
        leg, desk = self.leg, self.desk
        desk.timers.stop(ClockKind.PARTICIPATION)
        leg.answered = True
        desk.move(Stage.PART_ANSWERED, Holder.THEIRS, allows=frozenset())
        answer = await leg.mail.send(
            leg.letter(LetterVerb.ANSWER, answer=Answer.GRANTED, facts={"opinion": "AGREE"})
        )
        if answer.code is not None:
            desk.note("ANSWER_NOT_TAKEN", code=answer.code)
        while True:
            match await leg.next():
                case Arrived(letter=letter) if letter.verb is LetterVerb.CONFIRM:
                    desk.note("CASE_ENDED", ending=letter.facts.get("ending", ""))
                    return
