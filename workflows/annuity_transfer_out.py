"""职业年金转出协办: the old manager's leg; what was only booked is funded before anything moves."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from domain.civil_tasks import AnnuityTask
    from domain.schemes.civil_annuity import AnnuityReason
    from workflows.annuity_funding import fund_unit_part
    from workflows.relation_out import RelationOut

#: A clerk compares the contributions with the rates and may go on.
SETTLED = frozenset((AnnuityReason.AMOUNT_DIFFERS.value,))


@workflow.defn(name="职业年金转出协办")
class AnnuityTransferOut(RelationOut):
    """The old manager's part: fund, examine, end, remit. Without a plan there nothing moves.

    Basis: 国办发〔2015〕18号, 人社厅发〔2017〕7号; docs/rules.md A4, D P4-P6.
    """

    scheme = "ANNUITY"
    examination = AnnuityTask.EXAMINATION
    release = AnnuityTask.RELEASE
    settled = SETTLED

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def prepare(self) -> None:
        """What was only booked is funded before anything moves."""
        await fund_unit_part(self.leg, self.examine)
