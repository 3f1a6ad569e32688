"""住房公积金转出协办: the origin centre's leg, until the destination has booked."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from domain.housing_fund_tasks import FundTask
    from workflows.relation_out import RelationOut


@workflow.defn(name="住房公积金转出协办")
class HousingFundTransferOut(RelationOut):
    """The origin's part: check, close the account, issue the 账户信息表 and remit in one act.

    Basis: 全国住房公积金异地转移接续业务操作规程; docs/rules.md A7, D P4, P6, P7.
    """

    scheme = "HOUSING_FUND"
    examination = FundTask.EXAMINATION
    release = FundTask.RELEASE

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())
