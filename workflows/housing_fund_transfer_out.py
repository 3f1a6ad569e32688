"""住房公积金转出协办: the origin centre's leg, until the destination has booked."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.housing_fund_tasks import FundTask
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.money_out import MoneyOut


@workflow.defn(name="住房公积金转出协办")
class HousingFundTransferOut(LegProcedure):
    """The origin's part: check, close the account, issue the 账户信息表 and remit in one act.

    Basis: 全国住房公积金异地转移接续业务操作规程; docs/rules.md A7, D P4, P6, P7.
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
            examination=FundTask.EXAMINATION,
            release=FundTask.RELEASE,
        )
        await end_relation(leg, "HOUSING_FUND", command)
        money.release(examined, command)
        await money.answer(examined)
        await money.follow()

    async def examine(self) -> Examined:
        """The person's record here, by the rules of A7."""
        return await examine(
            self.desk, "HOUSING_FUND", ORIGIN, "HOUSING_FUND", letter_no=self.leg.request.number
        )
