"""机关事业单位养老保险转出协办: the origin's leg, out of the civil scheme or into it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.civil_tasks import CivilTask
    from domain.schemes.pension_findings import Effect, OriginReason
    from workflows.blocking import refuse_if_blocked
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.money_out import MoneyOut

#: What the examining clerk may settle on the spot; everything else is not released.
SETTLED = frozenset(one.value for one in OriginReason if one.effect is Effect.SETTLE)


@workflow.defn(name="机关事业单位养老保险转出协办")
class CivilTransferOut(LegProcedure):
    """The origin's part: inside one pool the relation alone, else account and pooled part with it.

    From an enterprise into the civil scheme the sums are those of A2. Basis: 人社部规〔2017〕1号;
    docs/rules.md A4, D P4-P6.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the contact letter to the destination's confirmation."""
        leg = self.leg
        await take_in_papers(leg)
        money = MoneyOut(leg, self.examine)
        examined, command = await examine_and_release(
            leg,
            self.examine,
            examination=CivilTask.EXAMINATION,
            release=CivilTask.RELEASE,
        )
        refuse_if_blocked(leg, examined, command, SETTLED)
        await end_relation(leg, self.kind, command)
        money.release(examined, command)
        await money.answer(examined)
        await money.follow()

    @property
    def kind(self) -> str:
        """The scheme that lets the person go."""
        inwards = self.leg.request.facts.get("direction") == "ENTERPRISE_TO_CIVIL"
        return "PENSION" if inwards else "CIVIL_PENSION"

    async def examine(self) -> Examined:
        """The relation here, by the rules of A4 or, into the civil scheme, of A2."""
        request = self.leg.request
        return await examine(
            self.desk,
            "CIVIL_PENSION",
            ORIGIN,
            self.kind,
            letter_no=request.number,
            facts=request.facts,
        )
