"""协同环节: takes what each part of a joint case answers, and what the lead office does about it.

Beside every step of the case (`workflows.joint_case`). A refusal is a regular answer; whether
the matter is granted all the same is the deciding office's alone, and it cannot while a part that
must agree stands against it.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command
    from contracts.letters import Answer, Letter, LetterVerb, Receipt, ReceiptStatus
    from domain.casework import ActCode, ClockKind
    from domain.joint import PartState
    from domain.joint_tasks import JointReason, JointTask
    from workflows.happenings import Arrived, Decided, Expired, Happening, Posted
    from workflows.joint_asking import AskingParts
    from workflows.joint_case import Part
    from workflows.papers import take_in_letter

_OF_THE_LEAD = frozenset(
    {JointTask.NEGATIVE, JointTask.LATE, JointTask.MISROUTED, JointTask.UNDELIVERED}
)


class Parts(AskingParts):
    """Everything that happens to the parts of one case."""

    async def heed(self, happening: Happening) -> bool:
        """Whether it was about a part; then it has been dealt with."""
        match happening:
            case Posted(number=number, receipt=receipt):
                self._posted(number, receipt)
            case Arrived(letter=letter):
                await self._letter(letter)
            case Expired(clock=clock) if (part := self.case.part_of_clock(clock)) is not None:
                self.ran_out(part)
            case Expired(clock=ClockKind.RECHECK):
                self.look_again()
            case Decided(kind=JointTask.PART, command=command):
                self._own_office(command)
            case Decided(kind=kind, command=command) if kind in _OF_THE_LEAD:
                self._lead(JointTask(kind), command)
            case _:
                return False
        return True

    def _posted(self, number: str, receipt: Receipt | None) -> None:
        part = next((one for one in self.case.parts.values() if one.request_no == number), None)
        if part is None:
            return  # newer papers, or a request that was voided
        if receipt is None:
            self.to_lead(part, JointTask.UNDELIVERED)
        elif receipt.status is ReceiptStatus.REFUSED:
            self._no(part, receipt.code or "")
        else:
            part.leg_case_no = receipt.case_no
            if part.state is PartState.ASKED:
                self.start_clock(part, receipt)

    async def _letter(self, letter: Letter) -> None:
        part = self.case.part_of_letter(letter)
        if part is None:
            return
        match letter.verb:
            case LetterVerb.ANSWER:
                await take_in_letter(self.desk, letter, "凭函调取协助意见并核对摘要")
                if letter.answer is Answer.REFUSED:
                    self.desk.record(
                        ActCode.PART_REFUSED,
                        office=letter.from_office,
                        reason=letter.reason_code or "",
                        part=part.pinned.label,
                    )
                    self._no(part, letter.reason_code or "")
                else:
                    self._yes(part, letter.from_office)
            case LetterVerb.FORWARD:
                self.forwarded(part, letter)
            case LetterVerb.REJECT_DOCUMENT:
                self.papers_again(part, "DOCUMENTS_AGAIN")
            case _:
                self.desk.note(
                    "PART_PROGRESS", part=str(part.number), code=letter.reason_code or ""
                )

    def _own_office(self, command: Command) -> None:
        part = self.case.part_of_task(command.task_id or "")
        if part is None:
            return
        part.task = ""
        if command.outcome == "AGREE":
            self._yes(part, command.office, command)
        elif command.outcome == "DISAGREE":
            self.desk.record(
                ActCode.PART_REFUSED,
                by=command,
                reason=command.reason_code or "",
                part=part.pinned.label,
            )
            self._no(part, command.reason_code or "")
        else:
            self.desk.note("PART_MISROUTED", part=str(part.number), office=command.office)
            self.desk.timers.stop(part.clock)
            self.to_lead(part, JointTask.MISROUTED)

    def _yes(self, part: Part, office: str, command: Command | None = None) -> None:
        self.desk.record(ActCode.PART_DONE, by=command, office=office, part=part.pinned.label)
        self._answered(part, PartState.AGREED)

    def _no(self, part: Part, code: str) -> None:
        """A refusal is a regular answer; of a part that must agree the lead office takes note."""
        overtaken = part.state is PartState.PROMISED
        part.reason_code = code
        self._answered(part, PartState.REFUSED)
        self.desk.tell("PART_REFUSED", reason=code, part=part.pinned.label)
        if part.pinned.required and not overtaken:
            self.to_lead(part, JointTask.NEGATIVE, f"REFUSED:{code}")

    def _answered(self, part: Part, state: PartState) -> None:
        self.take_off(part)
        self.desk.timers.stop(part.clock)
        part.state, part.late = state, False

    # ------------------------------------------------------------------ what the lead office does

    def _lead(self, kind: JointTask, command: Command) -> None:
        part = self.case.part_of_task(command.task_id or "")
        if part is None:
            return
        part.lead_task = ""
        match kind, command.outcome:
            case JointTask.NEGATIVE, "ASK_AGAIN":
                self.desk.note("PART_ASKED_AGAIN", part=str(part.number))
                self.void(part)
                self.ask(part)
            case JointTask.NEGATIVE, _:
                part.settled = True
            case JointTask.MISROUTED, "REFER":
                part.reason_code = JointReason.PART_NOT_COMPETENT
                part.state, part.settled = PartState.REFUSED, True
            case JointTask.MISROUTED, outcome:
                self.desk.note(f"PART_{outcome}", part=str(part.number))
                self.ask(part)
            case JointTask.UNDELIVERED, _:
                self.case.mail.carry(part.request_no)
            case JointTask.LATE, "PROMISED":
                self._promised(part, command)
            case JointTask.LATE, outcome:
                self.desk.note(f"PART_{outcome}", part=str(part.number))
                self.urge(part)

    def _promised(self, part: Part, command: Command) -> None:
        """先行办理: the answer is still wanted, and the promise is checked afterwards (B3)."""
        part.state, part.on_promise = PartState.PROMISED, True
        self.desk.record(ActCode.PART_PROMISED, by=command, part=part.pinned.label)
        self.desk.tell("PART_PROMISED", by=command, part=part.pinned.label)
        self.urge(part)
