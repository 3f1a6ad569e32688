"""残疾人证迁出协办: the origin federation's leg, until the card is active at the destination."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.casework import ActCode
    from domain.disability_tasks import CardTask
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.giving_back import answer_and_follow
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.register_until_done import register_until_done

CARD = "DISABILITY_CARD"


@workflow.defn(name="残疾人证迁出协办")
class CardMoveOut(LegProcedure):
    """The origin's part: verify the card, release it with its forms, restore it where asked.

    Basis: 残疾人证管理办法; docs/rules.md A10, D C1, C2.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)
        self.released = False

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the request to the activation."""
        leg = self.leg
        await take_in_papers(leg)
        examined, command = await examine_and_release(
            leg,
            self.examine,
            examination=CardTask.EXAMINATION,
            release=CardTask.RELEASE,
        )
        receipt = await end_relation(leg, CARD, command, "RELEASE", case=leg.request.home_case_no)
        self.released = True
        self.desk.record(ActCode.RELEASED, by=command, receipt=receipt)
        self.desk.record(ActCode.STATEMENT_ISSUED, by=command)
        await answer_and_follow(leg, examined, "CARD_FILE", give_back=self.undo)

    async def examine(self) -> Examined:
        """The card here, by the rules of A10."""
        facts = {"case": self.leg.request.home_case_no}
        return await examine(self.desk, CARD, ORIGIN, CARD, facts=facts)

    async def undo(self) -> None:
        """恢复: the card is valid and active here again (C1, C2)."""
        if self.released:
            self.released = False
            await register_until_done(
                self.desk,
                CARD,
                "CANCEL_RELEASE",
                locality=self.leg.filing.locality,
                office=self.leg.station,
                task=CardTask.UNDO,
                facts={"case": self.leg.request.home_case_no},
            )
