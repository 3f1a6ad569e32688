"""职业年金转入: the annuity's own case, which ends apart from the pension's."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.civil_tasks import AnnuityTask
    from workflows.asking_peer import ask_peer
    from workflows.booking import book
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.money_in import MoneyIn
    from workflows.opening_relation import open_relation
    from workflows.review import review

KIND = "ANNUITY"


@workflow.defn(name="职业年金转入")
class AnnuityTransferIn(HomeProcedure):
    """One request to bring an annuity to the plan of the new employer.

    Filed together with the pension's case or later on its own, when the new employer has a plan at
    last. Waits for intake, reviewer, the old manager's table and money, and the booking clerk.
    Basis: 国办发〔2015〕18号, 人社部规〔2017〕1号; docs/rules.md A4.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the annuity in the new plan."""
        case = self.case
        await receive_and_accept(case)
        found = await examine(case.desk, KIND, DESTINATION, KIND)
        await review(case, AnnuityTask.REVIEW, findings=found.codes)
        money = MoneyIn(case)
        money.announce(await ask_peer(case))
        await money.match()
        await open_relation(case, KIND)
        await book(case, money, task=AnnuityTask.BOOKING, kind=KIND)
        await deliver(case, "BOOKED")
