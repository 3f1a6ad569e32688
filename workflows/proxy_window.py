"""异地代收代办: the collecting window's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from contracts.letters import LetterVerb, ReceiptCode
    from workflows.asking_peer import ask_peer
    from workflows.home_case import CaseEnds
    from workflows.home_procedure import HomeProcedure
    from workflows.proxy_asking import AskHomeOffice
    from workflows.proxy_case import ProxyCase
    from workflows.proxy_collecting import collect
    from workflows.proxy_handing_over import HandingOver, take_over


@workflow.defn(name="异地代收代办")
class ProxyWindow(HomeProcedure):
    """One application collected here for the home office of another locality.

    Waits for the window's clerk, the home office's decision and document, and the person who
    fetches it. The window collects, sends on and hands over; it never accepts or decides (X1).
    The making of the document is the point of no return. Basis: docs/rules.md A11.
    """

    case: ProxyCase
    state_type = ProxyCase
    handing_over: HandingOver | None = None

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the counter to the signed delivery."""
        case = self.case
        await collect(case)
        result = await ask_peer(case, AskHomeOffice)
        await take_over(case, result)
        self.handing_over = HandingOver(case, result)
        await self.handing_over.deliver()

    async def undo(self, end: CaseEnds) -> None:
        """A made document that reaches nobody goes back; originals are answered for to the end."""
        if self.handing_over is not None:
            await self.handing_over.confirm("UNCLAIMED")
        if self.case.originals is not None:
            self.desk.judge = lambda letter: (
                None if letter.verb is LetterVerb.PROGRESS else ReceiptCode.CASE_CLOSED
            )
            await self.case.originals.settle()
