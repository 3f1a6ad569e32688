"""失业保险关系转出协办: the origin agency's leg, until the destination has what moves."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.unemployment_tasks import UnemploymentTask
    from workflows.relation_out import RelationOut


@workflow.defn(name="失业保险转出协办")
class UnemploymentTransferOut(RelationOut):
    """The origin's part: check the scene, compute, end the relation, issue the table.

    Money, where the scene moves any, is ordered in the same act and names the payout batch that it
    leaves with. Basis: 失业保险条例 art 22; docs/rules.md A5, D U1-U3.
    """

    scheme = "UNEMPLOYMENT"
    examination = UnemploymentTask.EXAMINATION
    release = UnemploymentTask.RELEASE

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    def told(self, examined: Examined) -> dict[str, str]:
        """The scene with its months, which the destination records."""
        return examined.facts
