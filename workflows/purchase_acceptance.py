"""异地购房提取受理: the purchase place's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from contracts.letters import Letter, LetterVerb, ReceiptCode
    from domain.attribution import Holder
    from domain.casework import Stage
    from domain.housing_fund_tasks import PurchaseTask
    from workflows.asking_peer import ask_peer
    from workflows.asking_progress import AskingForMore
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.happenings import Arrived
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.review import review


@workflow.defn(name="异地购房提取受理")
class PurchaseAcceptance(HomeProcedure):
    """One application to withdraw a housing fund kept elsewhere for a home bought here.

    The purchase place checks identity, contract or title, invoice and tax, and forwards; it decides
    nothing. Waits for the deposit centre's decision and for the bank's payment, then tells the
    applicant. Basis: 住房公积金管理条例 art 24, 25; docs/rules.md A7.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the paid sum."""
        case = self.case
        await receive_and_accept(case)
        found = await examine(
            case.desk,
            "PURCHASE_WITHDRAWAL",
            DESTINATION,
            "HOUSING_FUND",
            also={"PURCHASE": "purchase_no"},
        )
        await review(case, PurchaseTask.VERIFICATION, findings=found.codes)
        answer = await ask_peer(case, AskingForMore)
        await self.await_payment()
        await deliver(case, "WITHDRAWAL_PAID")
        await case.mail.send(case.to_leg(LetterVerb.CONFIRM, amount_fen=answer.amount_fen))

    async def await_payment(self) -> None:
        """The deposit centre says when the bank has paid."""
        case, desk = self.case, self.case.desk
        desk.judge = self.judge
        desk.move(Stage.PAYING, Holder.THEIRS, office=case.filing.desks.station, allows=frozenset())
        while True:
            match await desk.next():
                case Arrived(letter=letter) if letter.verb is LetterVerb.PROGRESS:
                    desk.note("PROGRESS", code=letter.reason_code or "")
                    break
        desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED

    def judge(self, letter: Letter) -> ReceiptCode | None:
        """Only news about the current request."""
        ours = letter.in_reply_to == self.case.request_no
        return None if ours and letter.verb is LetterVerb.PROGRESS else ReceiptCode.NOT_EXPECTED
