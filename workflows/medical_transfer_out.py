"""基本医疗保险关系转出协办: the origin agency's leg, until the balance is confirmed."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from domain.medical_tasks import MedicalTask
    from workflows.relation_out import RelationOut


@workflow.defn(name="基本医疗保险转出协办")
class MedicalTransferOut(RelationOut):
    """The origin's part: validate, end the relation, upload the 信息表, remit the balance.

    Basis: 医保办发〔2021〕43号; docs/rules.md A6, D P4-P6.
    """

    scheme = "MEDICAL"
    examination = MedicalTask.EXAMINATION
    release = MedicalTask.RELEASE

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())
