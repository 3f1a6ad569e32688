"""城乡养老保险制度衔接协办: the other place ends its relation, sends the account, pays back."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.bridge_tasks import BridgeTask
    from workflows.relation_out import RelationOut
    from workflows.settling import Settling


@workflow.defn(name="城乡养老保险制度衔接协办")
class PensionBridgeLeg(RelationOut):
    """The part of the place whose pension ends: examine, end, remit, then settle with the person.

    Basis: 人社部发〔2014〕17号, 社会保险经办条例 art 46; docs/rules.md A3, D P4-P6.
    """

    scheme = "PENSION_BRIDGE"
    examination = BridgeTask.EXAMINATION
    release = BridgeTask.RELEASE
    settled = frozenset()

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    @property
    def direction(self) -> str:
        """As the contact letter says it."""
        return self.leg.request.facts.get("direction", "")

    @property
    def kind(self) -> str:
        """The register of the pension that ends here."""
        return "PENSION" if self.direction == "INTO_RESIDENT" else "RESIDENT_PENSION"

    def ending_facts(self) -> dict[str, str | int]:
        """A resident's pension that ran beside an employee's is told to be one."""
        return {"double_pension": "yes"} if self.direction == "END_RESIDENT" else {}

    async def settle(self, examined: Examined) -> None:
        """The last sum paid back or recovered."""
        await self.settling().settle(examined.facts)

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
