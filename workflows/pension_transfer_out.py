"""企业职工基本养老保险关系转出协办: the origin agency's leg, until the destination has booked."""

from __future__ import annotations

from functools import partial

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from domain.pension_tasks import PensionTask
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.leg_waiting import wait_for_person
    from workflows.money_out import MoneyOut

_TASKS = {
    "NONE": PensionTask.EXAMINATION,
    "SETTLE": PensionTask.EXAMINATION,
    "WAIT": PensionTask.ARREARS,
}


@workflow.defn(name="企业养老保险转出协办")
class PensionTransferOut(LegProcedure):
    """The origin's part: examine, compute, end the relation, issue the table and remit in one act.

    Basis: 人社部发〔2009〕187号; docs/rules.md A2 step 3, D P4-P6, P8.
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
            examination=_task,
            release=PensionTask.RELEASE,
            wait=partial(wait_for_person, leg, PensionTask.WAITING),
        )
        await end_relation(leg, "PENSION", command)
        money.release(examined, command)
        await money.answer(examined)
        await money.follow()

    async def examine(self) -> Examined:
        """The person's record here, by the rules of A2."""
        return await examine(
            self.desk,
            "PENSION",
            ORIGIN,
            "PENSION",
            letter_no=self.leg.request.number,
            facts=self.leg.request.facts,
        )


def _task(examined: Examined) -> str:
    """What stands in the way decides what the clerk is asked; unreadable records go nowhere."""
    return _TASKS.get(examined.facts.get("effect", ""), PensionTask.OBSTACLE)
