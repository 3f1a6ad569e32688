"""城乡居民养老保险转出协办: the origin agency's leg, until the destination has confirmed."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from contracts.commands import Command
    from domain.casework import ActCode
    from domain.resident_tasks import ResidentTask
    from workflows.relation_out import RelationOut


@workflow.defn(name="城乡居民养老保险转出协办")
class ResidentTransferOut(RelationOut):
    """The origin's part: settle the interest, end the relation, remit the whole account, keep it.

    Basis: 人社部发〔2019〕84号; docs/rules.md A3, D P4-P6.
    """

    scheme = "RESIDENT_PENSION"
    examination = ResidentTask.EXAMINATION
    release = ResidentTask.RELEASE
    settled = frozenset()

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    def ended(self, examined: Examined, command: Command) -> None:
        """The interest up to this day goes with the account."""
        interest = examined.facts.get("interest_fen", "0")
        self.desk.record(ActCode.INTEREST_SETTLED, by=command, interest_fen=interest)
