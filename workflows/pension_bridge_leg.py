"""城乡养老保险制度衔接协办: the other place ends its relation, sends the account, pays back."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.bridge_tasks import BridgeTask
    from workflows.blocking import refuse_if_blocked
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.money_out import MoneyOut
    from workflows.settling import Settling

FAMILY = "PENSION_BRIDGE"


@workflow.defn(name="城乡养老保险制度衔接协办")
class PensionBridgeLeg(LegProcedure):
    """The part of the place whose pension ends: examine, end, remit, then settle with the person.

    Basis: 人社部发〔2014〕17号, 社会保险经办条例 art 46; docs/rules.md A3, D P4-P6.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the contact letter to the last sum paid back or recovered."""
        leg = self.leg
        await take_in_papers(leg)
        money = MoneyOut(leg, self.examine)
        examined, command = await examine_and_release(
            leg,
            self.examine,
            examination=BridgeTask.EXAMINATION,
            release=BridgeTask.RELEASE,
        )
        refuse_if_blocked(leg, examined, command)
        both = self.direction == "END_RESIDENT"
        await end_relation(leg, self.kind, command, **({"double_pension": "yes"} if both else {}))
        money.release(examined, command)
        await money.answer(examined)
        await money.follow()
        await self.settling().settle(examined.facts)

    @property
    def direction(self) -> str:
        """As the contact letter says it."""
        return self.leg.request.facts.get("direction", "")

    @property
    def kind(self) -> str:
        """The register of the pension that ends here."""
        return "PENSION" if self.direction == "INTO_RESIDENT" else "RESIDENT_PENSION"

    async def examine(self) -> Examined:
        """The relation that ends, by the rules of 城乡衔接."""
        return await examine(
            self.desk, FAMILY, ORIGIN, self.kind, letter_no=self.leg.request.number
        )

    def settling(self) -> Settling:
        """What this place pays back or claims."""
        filing = self.leg.filing
        return Settling(
            self.desk,
            station=self.leg.station,
            locality=filing.locality,
            letter_no=self.leg.request.number,
            limit=filing.rules.limits["booking"],
            decision=self.leg.decision,
        )
