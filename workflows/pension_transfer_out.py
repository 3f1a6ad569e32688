"""企业职工基本养老保险关系转出协办: the origin agency's leg, until the destination has booked."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from contracts.commands import Command
    from domain.pension_tasks import PensionTask
    from workflows.leg_review import Choose
    from workflows.leg_waiting import wait_for_person
    from workflows.relation_out import RelationOut

_TASKS = {
    "NONE": PensionTask.EXAMINATION,
    "SETTLE": PensionTask.EXAMINATION,
    "WAIT": PensionTask.ARREARS,
}


@workflow.defn(name="企业养老保险转出协办")
class PensionTransferOut(RelationOut):
    """The origin's part: examine, compute, end the relation, issue the table and remit in one act.

    Basis: 人社部发〔2009〕187号; docs/rules.md A2 step 3, D P4-P6, P8.
    """

    scheme = "PENSION"
    examination = PensionTask.EXAMINATION
    release = PensionTask.RELEASE

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    @property
    def choose(self) -> Choose:
        """What stands in the way decides what the clerk is asked; unreadable records go nowhere."""
        return lambda examined: _TASKS.get(examined.facts.get("effect", ""), PensionTask.OBSTACLE)

    async def wait(self, command: Command) -> None:
        """Arrears and evidence that only the person can bring."""
        await wait_for_person(self.leg, PensionTask.WAITING, command)
