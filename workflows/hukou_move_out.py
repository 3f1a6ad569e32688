"""户口迁出协办 at the origin: one request to move out, until the last person is settled."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, HukouLegFiling
    from contracts.letters import LetterVerb
    from domain.casework import ActCode, ClockKind, Ending, PersonStatus
    from domain.hukou import LEG_ENDING_STAGE
    from workflows.hukou_aftercare import follow_until_settled
    from workflows.hukou_cancellation import cancel_registration
    from workflows.hukou_comparison import compare_and_confirm
    from workflows.hukou_leg import HukouLeg
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure


@workflow.defn(name="户口迁出协办")
class HukouMoveOut(LegProcedure):
    """The origin's own leg of a hukou migration, with its own tasks, clock and registers.

    Starts when the letter 申请迁出 reaches this locality's counter. Waits for the clerk who phones,
    the approver who cancels, and afterwards for the destination's confirmation; refuses with code
    and remedy, forwards what belongs to another station. Ends when nobody of the request is in
    transit. Basis: 户口登记条例 art 10; docs/rules.md A1 steps 4 and 6, A1-X.
    """

    leg: HukouLeg
    state_type = HukouLeg
    answer_verb = LetterVerb.MOVE_OUT_ANSWER
    refused_ending = Ending.ORIGIN_REFUSED
    refused_act = ActCode.ORIGIN_REFUSED
    ending_stage = LEG_ENDING_STAGE

    @workflow.init
    def __init__(self, filing: HukouLegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: HukouLegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the papers' arrival until nobody is in transit."""
        await take_in_papers(self.leg, ClockKind.ORIGIN)
        await compare_and_confirm(self.leg)
        while (step := await cancel_registration(self.leg)) is not None:
            await compare_and_confirm(self.leg, again_from=step)
        await follow_until_settled(self.leg)

    def ending(self) -> Ending:
        """By what became of the persons."""
        if self.leg.persons_in(PersonStatus.LANDED):
            return Ending.COMPLETED
        if self.leg.persons_in(PersonStatus.RESTORED):
            return Ending.RESTORED
        return Ending.DECEASED
