"""转出: the leg of every relation that leaves with its money; subclasses name scheme and tasks.

From the contact letter to the destination's confirmation the steps are the same whatever the
scheme: papers, examination, release by a second person, the ending act with table and money, and
what the destination still asks. Basis: docs/rules.md A0, D P4-P6.
"""

from __future__ import annotations

from typing import Any, ClassVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.commands import Command
    from workflows.blocking import refuse_if_blocked
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import Choose, Wait, examine_and_release
    from workflows.money_out import MoneyOut


class RelationOut(LegProcedure):
    """``scheme`` names the family whose rules examine; the tasks are of its task table."""

    scheme: ClassVar[str]
    examination: ClassVar[str]
    release: ClassVar[str]
    #: Obstacles that the examining clerk may settle; None: what two people release goes.
    settled: ClassVar[frozenset[str] | None] = None
    wait: Wait | None = None

    @property
    def kind(self) -> str:
        """The register that lets the person go."""
        return self.scheme

    @property
    def choose(self) -> str | Choose:
        """The examiner's task, or how the findings choose it."""
        return self.examination

    async def story(self) -> None:
        """From the contact letter to the destination's confirmation."""
        leg = self.leg
        await take_in_papers(leg)
        await self.prepare()
        money = MoneyOut(leg, self.examine)
        examined, command = await examine_and_release(
            leg, self.examine, examination=self.choose, release=self.release, wait=self.wait
        )
        if self.settled is not None:
            refuse_if_blocked(leg, examined, command, self.settled)
        await end_relation(leg, self.kind, command, "END", **self.ending_facts())
        self.ended(examined, command)
        money.release(examined, command, **self.told(examined))
        await money.answer(examined)
        await money.follow()
        await self.settle(examined)

    async def examine(self) -> Examined:
        """The person's record here, by the rules of the scheme and in the light of the letter."""
        request = self.leg.request
        return await examine(
            self.desk,
            self.scheme,
            ORIGIN,
            self.kind,
            letter_no=request.number,
            facts=request.facts,
        )

    async def prepare(self) -> None:
        """What has to be in order before anything can be examined."""

    def ending_facts(self) -> dict[str, str | int]:
        """What the register is told beside the letter's number."""
        return {}

    def ended(self, examined: Examined, command: Command) -> None:
        """Acts that belong to the ending and stand before the release."""

    def told(self, examined: Examined) -> dict[str, Any]:
        """Coded facts of the table that the act of issuing keeps."""
        return {}

    async def settle(self, examined: Examined) -> None:
        """What is left with the person once the destination has all."""
