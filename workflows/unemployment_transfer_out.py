"""失业保险关系转出协办: the origin agency's leg, until the destination has what moves."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.unemployment_tasks import UnemploymentTask
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.money_out import MoneyOut


@workflow.defn(name="失业保险转出协办")
class UnemploymentTransferOut(LegProcedure):
    """The origin's part: check the scene, compute, end the relation, issue the table.

    Money, where the scene moves any, is ordered in the same act and names the payout batch that it
    leaves with. Basis: 失业保险条例 art 22; docs/rules.md A5, D U1-U3.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the contact letter to the destination's confirmation."""
        leg = self.leg
        await take_in_papers(leg)
        money = MoneyOut(leg, self.examine)
        examined, command = await examine_and_release(
            leg,
            self.examine,
            examination=UnemploymentTask.EXAMINATION,
            release=UnemploymentTask.RELEASE,
        )
        await end_relation(leg, "UNEMPLOYMENT", command)
        money.release(examined, command, **examined.facts)
        await money.answer(examined)
        await money.follow()

    async def examine(self) -> Examined:
        """The person's record here, in the light of the scene that was applied for."""
        request = self.leg.request
        return await examine(
            self.desk,
            "UNEMPLOYMENT",
            ORIGIN,
            "UNEMPLOYMENT",
            letter_no=request.number,
            facts=request.facts,
        )
