"""机关事业单位养老保险转出协办: the origin's leg, out of the civil scheme or into it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from domain.civil_tasks import CivilTask
    from domain.schemes.pension_findings import Effect, OriginReason
    from workflows.relation_out import RelationOut

#: What the examining clerk may settle on the spot; everything else is not released.
SETTLED = frozenset(one.value for one in OriginReason if one.effect is Effect.SETTLE)


@workflow.defn(name="机关事业单位养老保险转出协办")
class CivilTransferOut(RelationOut):
    """The origin's part: inside one pool the relation alone, else account and pooled part with it.

    From an enterprise into the civil scheme the sums are those of A2. Basis: 人社部规〔2017〕1号;
    docs/rules.md A4, D P4-P6.
    """

    scheme = "CIVIL_PENSION"
    examination = CivilTask.EXAMINATION
    release = CivilTask.RELEASE
    settled = SETTLED

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    @property
    def kind(self) -> str:
        """The scheme that lets the person go; into the civil scheme the rules are those of A2."""
        inwards = self.leg.request.facts.get("direction") == "ENTERPRISE_TO_CIVIL"
        return "PENSION" if inwards else "CIVIL_PENSION"
