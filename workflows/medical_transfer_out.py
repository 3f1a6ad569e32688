"""基本医疗保险关系转出协办: the origin agency's leg, until the balance is confirmed."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.medical_tasks import MedicalTask
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.money_out import MoneyOut


@workflow.defn(name="基本医疗保险转出协办")
class MedicalTransferOut(LegProcedure):
    """The origin's part: validate, end the relation, upload the 信息表, remit the balance.

    Basis: 医保办发〔2021〕43号; docs/rules.md A6, D P4-P6.
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
            examination=MedicalTask.EXAMINATION,
            release=MedicalTask.RELEASE,
        )
        await end_relation(leg, "MEDICAL", command)
        money.release(examined, command)
        await money.answer(examined)
        await money.follow()

    async def examine(self) -> Examined:
        """The person's record here, by the rules of A6."""
        return await examine(
            self.desk, "MEDICAL", ORIGIN, "MEDICAL", letter_no=self.leg.request.number
        )
