"""户口迁出协办 at the origin: one request to move out, until the last person is settled."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from contracts.letters import Answer, LetterVerb, ReceiptCode
    from domain.hukou import LEG_ENDING_STAGE, ActCode, Ending, PersonStatus, Stage
    from workflows.closing import close_file
    from workflows.desk import Desk
    from workflows.hukou_aftercare import follow_until_settled
    from workflows.hukou_cancellation import cancel_registration
    from workflows.hukou_comparison import compare_and_confirm, take_in_papers
    from workflows.leg_case import LegCase, LegRefuses, LegStops
    from workflows.mail import Mail
    from workflows.procedure import Procedure
    from workflows.signboard import Signboard


@workflow.defn(name="户口迁出协办")
class HukouMoveOut(Procedure):
    """The origin's own leg of a hukou migration, with its own tasks, clock and registers.

    Starts when the letter 申请迁出 reaches this locality's counter. Waits for the clerk who phones,
    the approver who cancels, and afterwards for the destination's confirmation; refuses with code
    and remedy, forwards what belongs to another station. Ends when nobody of the request is in
    transit. Basis: 户口登记条例 art 10; docs/rules.md A1 steps 4 and 6, A1-X.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        station = filing.desks.station
        self.desk = Desk(
            case_no=filing.case_no,
            office=station,
            stage=Stage.RECEIVED,
            signboard=Signboard(
                title=f"户口迁出协办：{filing.locality_name} → {filing.home_name}",
                locality=filing.locality,
                peer=filing.letter.from_locality,
                runbook="docs/runbook/hukou-move-out.md",
                offices=filing.office_names,
            ),
        )
        self.desk.extension_cap = filing.rules.extension_cap
        mail = Mail(
            self.desk,
            locality=filing.locality,
            home_case_no=filing.letter.home_case_no,
            station=station,
        )
        self.leg = LegCase(
            filing=filing,
            desk=self.desk,
            mail=mail,
            station=station,
            persons=dict.fromkeys(filing.letter.persons, PersonStatus.OPEN),
        )
        self.desk.judge = self.leg.judge
        self.desk.clarify = self.leg.clarify

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        try:
            await take_in_papers(self.leg)
            await compare_and_confirm(self.leg)
            while not await cancel_registration(self.leg):
                await compare_and_confirm(self.leg)
            await follow_until_settled(self.leg)
            result = await self._close(self._ending())
        except LegRefuses as refusal:
            result = await self.refuse(refusal)
        except LegStops as stop:
            result = await self.stop(stop)
        self.desk.refuse_leftovers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    def _ending(self) -> Ending:
        if self.leg.persons_in(PersonStatus.LANDED):
            return Ending.COMPLETED
        if self.leg.persons_in(PersonStatus.RESTORED):
            return Ending.RESTORED
        return Ending.DECEASED

    async def refuse(self, refusal: LegRefuses) -> CaseResult:
        """不予迁出: code, reason and remedy go back; the registration stays as it was (G7, G9)."""
        leg, desk = self.leg, self.desk
        desk.judge = lambda letter: ReceiptCode.CASE_CLOSED
        desk.guard = lambda command: None
        desk.supersede_tasks()
        desk.record(
            ActCode.ORIGIN_REFUSED,
            by=refusal.by,
            code=refusal.code,
            other_case=refusal.other_case_no,
            moved_to=refusal.moved_to,
        )
        self._end_persons()
        answer = await leg.mail.send(
            leg.letter(
                LetterVerb.MOVE_OUT_ANSWER,
                answer=Answer.REFUSED,
                reason_code=refusal.code.value,
                forward_locality=refusal.moved_to or None,
            ),
            "REFUSAL_NOTICE",
        )
        if answer.code is not None:
            desk.note("ANSWER_NOT_TAKEN", code=answer.code)
        return await self._close(Ending.ORIGIN_REFUSED, refusal.code.value)

    async def stop(self, stop: LegStops) -> CaseResult:
        """Taken back or forwarded before the point of no return: nothing has changed here."""
        self.desk.judge = lambda letter: ReceiptCode.CASE_CLOSED
        self.desk.guard = lambda command: None
        self.desk.supersede_tasks()
        reason = stop.letter.reason_code if stop.letter else None
        self.desk.record(ActCode.TERMINATED, ending=stop.ending, reason=reason or "")
        self._end_persons()
        return await self._close(stop.ending, reason)

    def _end_persons(self) -> None:
        for number in self.leg.persons_in(PersonStatus.OPEN):
            self.leg.set_person(number, PersonStatus.ENDED)

    async def _close(self, ending: Ending, reason_code: str | None = None) -> CaseResult:
        return await close_file(self.desk, ending, LEG_ENDING_STAGE[ending], reason_code)
