"""失业保险关系转入: the destination agency's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from contracts.letters import Letter
    from domain.schemes.unemployment import first_month, landed
    from domain.unemployment_tasks import UnemploymentTask
    from workflows.asking_peer import ask_peer
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.late_money import LateMoney
    from workflows.review import review


@workflow.defn(name="失业保险转入")
class UnemploymentTransferIn(HomeProcedure):
    """One request to continue unemployment insurance here, in one of three scenes.

    Waits for intake, the reviewer, the origin's 转出信息表 and the clerk who records its months;
    money of a scene that has any comes with the origin's next payout batch and is booked then. The
    origin's ending act is the point of no return. Basis: 失业保险条例 art 22; docs/rules.md A5.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the recorded months, and to the money where there is any."""
        case = self.case
        await receive_and_accept(case)
        found = await examine(case.desk, "UNEMPLOYMENT", DESTINATION, "UNEMPLOYMENT")
        await review(case, UnemploymentTask.REVIEW, findings=found.codes)
        answer = await ask_peer(case)
        money = LateMoney(case)
        money.announce(answer)
        recorded, said = self.months_of(answer)
        await money.continue_relation(
            task=UnemploymentTask.RECORDING,
            kind="UNEMPLOYMENT",
            findings=tuple(f"{name.upper()}:{value}" for name, value in said.items()),
            new_here=found.facts["registered"] == "no",
            facts=recorded,
            said=said,
        )
        await deliver(case, "BOOKED")
        await money.settle()

    def months_of(self, answer: Letter) -> tuple[dict[str, int], dict[str, str]]:
        """What is recorded here, and what the act says of it: never more than was sent (U1)."""
        cap = self.case.filing.rules.numbers["months_cap"]
        paid = int(answer.facts.get("paid_months", "0"))
        left = landed(int(answer.facts.get("benefit_months", "0")), cap)
        said = {
            "scene": answer.facts.get("scene", ""),
            "paid_months": str(paid),
            "benefit_months": str(left),
        }
        recorded = {"months": paid}
        if left:
            recorded["remaining_months"] = left
            through = answer.facts.get("paid_through", "")
            said["first_month"] = first_month(through, self.desk.today)
        return recorded, said
