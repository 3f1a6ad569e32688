"""异地代收属地办理: the competent home office's leg, until the person has the document."""

from __future__ import annotations

from typing import ClassVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from domain.casework import DECIDING_LEG_STAGE, Ending, Stage
    from workflows import proxy_fee
    from workflows.leg_case import LegRefuses
    from workflows.leg_procedure import LegProcedure
    from workflows.proxy_acceptance import accept
    from workflows.proxy_deciding import decide, follow, make
    from workflows.proxy_leg import HomeOfficeRefuses, ProxyLeg
    from workflows.proxy_originals import give_back, take_in


@workflow.defn(name="异地代收属地办理")
class ProxyHomeOffice(LegProcedure):
    """The home office accepts, decides, makes the document and makes it valid on delivery.

    Basis: 行政许可法 arts 32, 38, 44; docs/rules.md A11, D X1-X3.
    """

    leg: ProxyLeg
    state_type = ProxyLeg
    ending_stage: ClassVar[dict[Ending, Stage]] = DECIDING_LEG_STAGE
    ended = Ending.COMPLETED

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)
        self.desk.adds = self.leg.said_on_receipt

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the window's letter to the confirmed delivery."""
        leg = self.leg
        received_on = await take_in(leg)
        examined, since = await accept(leg, received_on)
        await decide(leg, examined, since)
        await proxy_fee.take_fee(leg)
        await make(leg, examined)
        self.ended = await follow(leg)

    def ending(self) -> Ending:
        """Delivered, or kept because nobody came."""
        return self.ended

    async def undo(self) -> None:
        """Nothing was made: the originals go back, and what was paid."""
        give_back(self.leg)
        proxy_fee.give_back(self.leg)

    async def refuse(self, refusal: LegRefuses) -> CaseResult:
        """不予受理, 不予签发 and 补交不来 are three different acts."""
        if isinstance(refusal, HomeOfficeRefuses):
            self.refused_act, self.refused_ending = refusal.act, refusal.ending
        return await super().refuse(refusal)
