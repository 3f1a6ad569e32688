"""城乡居民养老保险转入: the destination agency's case, which follows the person's hukou."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from contracts.letters import Letter
    from domain.resident_tasks import ResidentTask
    from workflows.asking import Asking
    from workflows.asking_peer import ask_peer
    from workflows.booking import book
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.home_procedure import HomeProcedure
    from workflows.hukou_condition import landed_hukou
    from workflows.intake import receive_and_accept
    from workflows.money_in import MoneyIn
    from workflows.opening_relation import open_relation
    from workflows.review import review

KIND = "RESIDENT_PENSION"


class AskingForAccount(Asking):
    """关系转入接收函: it tells the origin that the hukou has landed here."""

    def request(self) -> Letter:
        """The request with the landing as a fact."""
        letter = self.case.transfer_request()
        return letter.model_copy(update={"facts": {**letter.facts, "hukou": "LANDED"}})


@workflow.defn(name="城乡居民养老保险转入")
class ResidentTransferIn(HomeProcedure):
    """One request to continue a resident's pension account here.

    Waits for the person's own 户口迁移 where that is still open, then for intake, reviewer, the
    origin's table and money, and the booking clerk. The whole personal account comes at once; there
    is no pooled part. Basis: 国发〔2014〕8号, 人社部发〔2019〕84号; docs/rules.md A3.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the continued account."""
        case = self.case
        await receive_and_accept(case)
        landed = await landed_hukou(case)
        found = await examine(case.desk, KIND, DESTINATION, KIND)
        await review(case, ResidentTask.REVIEW, findings=(*landed, *found.codes))
        money = MoneyIn(case)
        money.announce(await ask_peer(case, AskingForAccount))
        await money.match()
        await open_relation(case, KIND)
        await book(case, money, task=ResidentTask.BOOKING, kind=KIND)
        await deliver(case, "BOOKED")
