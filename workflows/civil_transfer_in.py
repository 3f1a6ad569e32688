"""机关事业单位养老保险转入: the destination's case, beside which the annuity moves on its own."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.civil_tasks import CivilTask
    from workflows.asking_peer import ask_peer
    from workflows.booking import book
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.money_in import MoneyIn
    from workflows.opening_relation import open_relation
    from workflows.related_case import closed_case
    from workflows.review import review

#: The pinned fact that names the annuity's own case, where one was filed with this one.
COMPANION = "companion"


@workflow.defn(name="机关事业单位养老保险转入")
class CivilTransferIn(HomeProcedure):
    """One request to continue a pension out of the civil scheme or into it (互转).

    Waits for intake, reviewer, the origin's table and money, the booking clerk, and at last for the
    annuity's own case: both began with one application and end apart, and what becomes of one
    undoes nothing of the other. Basis: 人社部规〔2017〕1号, 人社厅发〔2017〕7号; docs/rules.md A4.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the continued relation, and to the end of the annuity's case."""
        case = self.case
        await receive_and_accept(case)
        found = await examine(case.desk, "CIVIL_PENSION", DESTINATION, self.kind)
        await review(case, CivilTask.REVIEW, findings=found.codes)
        money = MoneyIn(case)
        money.announce(await ask_peer(case))
        await money.match()
        await open_relation(case, self.kind)
        await book(case, money, task=CivilTask.BOOKING, kind=self.kind)
        if annuity := case.filing.facts.get(COMPANION):
            await closed_case(case, annuity)
        await deliver(case, "BOOKED")

    @property
    def kind(self) -> str:
        """The scheme that takes the person in."""
        to_enterprise = self.case.filing.facts.get("direction") == "CIVIL_TO_ENTERPRISE"
        return "PENSION" if to_enterprise else "CIVIL_PENSION"
