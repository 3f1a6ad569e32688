"""残疾人证迁入: the destination federation's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.casework import ActCode, Ending, PersonStatus
    from workflows.asking_peer import ask_peer
    from workflows.card_activation import activate, review_when_landed
    from workflows.delivery import deliver
    from workflows.giving_back import take_back_release
    from workflows.home_case import CaseEnds
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept


@workflow.defn(name="残疾人证迁入")
class CardMoveIn(HomeProcedure):
    """One disability card follows its holder to another county, its number unchanged.

    Waits for intake, for the hukou to land, the reviewer, the origin's file and the activation
    here, which is the point of no return: until then the origin takes its release back.
    Basis: 残疾人证管理办法; docs/rules.md A10.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the card that is active here."""
        case = self.case
        await receive_and_accept(case)
        await review_when_landed(case)
        await ask_peer(case)
        if case.persons[1] is PersonStatus.DECEASED:
            raise CaseEnds(Ending.DECEASED, ActCode.TERMINATED, reason_code="DECEASED")
        await activate(case)
        await deliver(case, "CARD_ACTIVATED")

    async def undo(self, end: CaseEnds) -> None:
        """A card that is not activated here is valid at the origin again (C2)."""
        if self.case.leg_case_no is not None:
            await take_back_release(self.case, end.reason_code or str(end.ending))
