"""Answers to commands: given once the register shows what came of them, and not earlier.

The book with the receipts of the commands that each step settles; base of the desk.
"""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from contracts.commands import REJECTIONS, Command, CommandReceipt, RejectionCode
    from domain.casework import Stage
    from workflows.book import Book
    from workflows.signboard import Signboard


class Refused(ApplicationError):
    """A command that is refused: by the validator, or overtaken by the law or another event."""

    def __init__(self, code: RejectionCode) -> None:
        super().__init__(REJECTIONS[code], type=code.value, non_retryable=True)


class Answers(Book):
    """Keeps who still waits for an answer."""

    def __init__(
        self, *, case_no: str, office: str, stage: Stage, signboard: Signboard, family: str
    ) -> None:
        super().__init__(
            case_no=case_no, office=office, stage=stage, signboard=signboard, family=family
        )
        self._receipts: dict[str, CommandReceipt] = {}
        self._failures: dict[str, RejectionCode] = {}
        self._postponed: list[str] = []

    async def answer_to(self, command: Command) -> CommandReceipt:
        """Wait for the receipt; raises Refused where the command was overtaken."""
        await workflow.wait_condition(
            lambda: command.command_id in self._receipts or command.command_id in self._failures
        )
        if command.command_id in self._failures:
            raise Refused(self._failures.pop(command.command_id))
        return self._receipts.pop(command.command_id)

    def postpone(self, command: Command) -> None:
        """Its answer depends on the other locality: nobody is told "done" before it is."""
        self.draft.causes.remove(command.command_id)
        self._postponed.append(command.command_id)

    def complete(self, command: Command) -> None:
        """What was postponed is done with the next step."""
        if command.command_id in self._postponed:
            self._postponed.remove(command.command_id)
            self.draft.causes.append(command.command_id)

    async def flush_unanswered(self) -> None:
        """Write what is decided before an outside act; the answer comes when the act is done."""
        waiting = [cause for cause in self.draft.causes if cause.startswith("c-")]
        self.draft.causes = [cause for cause in self.draft.causes if cause not in waiting]
        await self.flush()
        self.draft.causes = waiting + self.draft.causes

    def refuse(self, command: Command, code: RejectionCode) -> None:
        """What was postponed turned out to be impossible."""
        if command.command_id in self._postponed:
            self._postponed.remove(command.command_id)
            self._failures[command.command_id] = code

    def complete_all(self) -> None:
        """Whatever was postponed is answered with the next step as it stands."""
        self.draft.causes += self._postponed
        self._postponed.clear()

    def _written(self, causes: list[str]) -> None:
        receipt = CommandReceipt(
            command_id="",
            case_no=self.case_no,
            stage=self.stage.value,
            transition=self._sequence,
            open_tasks=self.open_tasks(),
        )
        for cause in causes:
            if cause.startswith("c-"):
                self._receipts[cause] = receipt.model_copy(update={"command_id": cause})
