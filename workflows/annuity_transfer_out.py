"""职业年金转出协办: the old manager's leg; what was only booked is funded before anything moves."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.civil_tasks import AnnuityTask
    from domain.schemes.civil_annuity import AnnuityReason
    from workflows.annuity_funding import fund_unit_part
    from workflows.blocking import refuse_if_blocked
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.money_out import MoneyOut

KIND = "ANNUITY"
#: A clerk compares the contributions with the rates and may go on.
SETTLED = frozenset((AnnuityReason.AMOUNT_DIFFERS.value,))


@workflow.defn(name="职业年金转出协办")
class AnnuityTransferOut(LegProcedure):
    """The old manager's part: fund, examine, end, remit. Without a plan there nothing moves.

    Basis: 国办发〔2015〕18号, 人社厅发〔2017〕7号; docs/rules.md A4, D P4-P6.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the contact letter to the new manager's confirmation."""
        leg = self.leg
        await take_in_papers(leg)
        await fund_unit_part(leg, self.examine)
        money = MoneyOut(leg, self.examine)
        examined, command = await examine_and_release(
            leg,
            self.examine,
            examination=AnnuityTask.EXAMINATION,
            release=AnnuityTask.RELEASE,
        )
        refuse_if_blocked(leg, examined, command, SETTLED)
        await end_relation(leg, KIND, command)
        money.release(examined, command)
        await money.answer(examined)
        await money.follow()

    async def examine(self) -> Examined:
        """The annuity here, by its own rules."""
        request = self.leg.request
        return await examine(
            self.desk, KIND, ORIGIN, KIND, letter_no=request.number, facts=request.facts
        )
