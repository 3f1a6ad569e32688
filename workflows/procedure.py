"""What every procedure answers to: updates of people, letters of other localities, one query.

Subclasses tell the story in ``run``; the published names here are an API once used.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, CommandReceipt, OpenTaskRef
    from contracts.letters import Letter, Verdict
    from contracts.payload import Payload
    from contracts.tidings import Tidings
    from domain.casework import STAGE_LABELS
    from workflows.desk import Desk


class Position(Payload):
    """Where a case stands, for the query."""

    stage: str
    stage_name: str
    holder: str
    open_tasks: tuple[OpenTaskRef, ...]
    allows: tuple[str, ...] = ()  # what may be asked of the case as a whole now


class Procedure:
    """Base of all procedures; ``desk`` is set up in the subclass's ``@workflow.init``."""

    desk: Desk

    @workflow.update(name="办理", description="办理待办、认领、退领、分派")
    async def decide(self, command: Command) -> CommandReceipt:
        """A clerk's decision on a task, or who holds it."""
        return await self.desk.take(command)

    @decide.validator
    def _check_decide(self, command: Command) -> None:
        self.desk.check(command)

    @workflow.update(name="申请", description="撤回、补正、死亡登记、更正身份、中止与延长时限")
    async def instruct(self, command: Command) -> CommandReceipt:
        """Something asked of the case as a whole."""
        return await self.desk.take(command)

    @instruct.validator
    def _check_instruct(self, command: Command) -> None:
        self.desk.check(command)

    @workflow.update(name="收信", description="对方地区来函")
    async def take_letter(self, letter: Letter) -> Verdict:
        """A letter handed over by the counter; its number is the update id."""
        return self.desk.receive(letter)

    @workflow.signal(name="告知", description="资金到账、寄递消息等内部消息")
    def inform(self, tidings: Tidings) -> None:
        """News from within the house."""
        self.desk.inform(tidings)

    @workflow.query(name="办件现状", description="阶段、球在谁手、待办")
    def position(self) -> Position:
        """Where the case stands."""
        return Position(
            stage=self.desk.stage.value,
            stage_name=STAGE_LABELS[self.desk.stage],
            holder=self.desk.holder.value,
            open_tasks=self.desk.open_tasks(),
            allows=self.desk.asked_now(),
        )
