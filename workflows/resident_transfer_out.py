"""城乡居民养老保险转出协办: the origin agency's leg, until the destination has confirmed."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.casework import ActCode
    from domain.resident_tasks import ResidentTask
    from workflows.blocking import refuse_if_blocked
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.money_out import MoneyOut

KIND = "RESIDENT_PENSION"


@workflow.defn(name="城乡居民养老保险转出协办")
class ResidentTransferOut(LegProcedure):
    """The origin's part: settle the interest, end the relation, remit the whole account, keep it.

    Basis: 人社部发〔2019〕84号; docs/rules.md A3, D P4-P6.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the 接收函 to the destination's confirmation of full arrival."""
        leg = self.leg
        await take_in_papers(leg)
        money = MoneyOut(leg, self.examine)
        examined, command = await examine_and_release(
            leg,
            self.examine,
            examination=ResidentTask.EXAMINATION,
            release=ResidentTask.RELEASE,
        )
        refuse_if_blocked(leg, examined, command)
        await end_relation(leg, KIND, command)
        leg.desk.record(
            ActCode.INTEREST_SETTLED,
            by=command,
            interest_fen=examined.facts.get("interest_fen", "0"),
        )
        money.release(examined, command)
        await money.answer(examined)
        await money.follow()

    async def examine(self) -> Examined:
        """The person's account here, by the rules of A3."""
        request = self.leg.request
        return await examine(
            self.desk, KIND, ORIGIN, KIND, letter_no=request.number, facts=request.facts
        )
