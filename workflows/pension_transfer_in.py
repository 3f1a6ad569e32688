"""企业职工基本养老保险关系转入: the destination agency's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.pension_tasks import PensionTask
    from workflows.asking_peer import ask_peer
    from workflows.asking_progress import AskingWithProgress
    from workflows.booking import book, confirm
    from workflows.clearing import clear_overlaps
    from workflows.delivery import deliver
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.money_in import MoneyIn
    from workflows.pension_review import review_who


@workflow.defn(name="企业养老保险转入")
class PensionTransferIn(HomeProcedure):
    """One request to continue an employee's pension relation here.

    Waits for intake, the reviewer who decides who may transfer, the origin's 信息表 and its money,
    and the booking clerk. Nothing is booked until table and money agree (P2); the origin's ending
    act is the point of no return. Months that both places counted are cleared after the booking
    (先转后清). Basis: 国办发〔2009〕66号; docs/rules.md A2.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the continued relation."""
        case = self.case
        await receive_and_accept(case)
        await review_who(case)
        money = MoneyIn(case)
        money.announce(await ask_peer(case, AskingWithProgress))
        await money.match()
        await book(case, money, task=PensionTask.BOOKING, kind="PENSION", tells=False)
        await money.settle_late()
        await confirm(case, money)
        await clear_overlaps(case, money)
        await deliver(case, "BOOKED")
