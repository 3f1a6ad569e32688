"""住房公积金转入: the destination centre's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.casework import ActCode, Ending
    from domain.housing_fund_tasks import FundTask
    from workflows.asking_peer import ask_peer
    from workflows.booking import book
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.home_case import CaseEnds
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.negotiated_money import NegotiatedMoney
    from workflows.review import review


@workflow.defn(name="住房公积金转入")
class HousingFundTransferIn(HomeProcedure):
    """One request to bring a fund account here; after landing the worker has one account (P7).

    Waits for intake, the reviewer who uploads the letter, the origin's 账户信息表 and its money,
    and the clerk who books after talking to the worker. An earlier letter about the same account
    that is not voided bars a new one. Basis: 住房公积金管理条例 art 13; docs/rules.md A7.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the booked account."""
        case = self.case
        await receive_and_accept(case)
        found = await examine(case.desk, "HOUSING_FUND", DESTINATION, "HOUSING_FUND")
        if found.facts["blocking_letter"]:
            raise CaseEnds(Ending.REFUSED, ActCode.NOT_PASSED, reason_code="LETTER_OPEN")
        await review(case, FundTask.REVIEW, findings=found.codes)
        money = NegotiatedMoney(case)
        money.announce(await ask_peer(case))
        await money.match()
        while not await book(case, money, task=FundTask.BOOKING, kind="HOUSING_FUND"):
            await money.dispute()
            await money.match()
        await deliver(case, "BOOKED")
