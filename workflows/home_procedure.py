"""What every home procedure shares: desk and mail are set up, endings are recorded and told.

Base of the workflows that run where an application was filed; subclasses tell their story in
``run`` and give it to :meth:`HomeProcedure.conclude`.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, ClassVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from contracts.families import family
    from contracts.letters import ReceiptCode
    from contracts.transitions import LetterVoided
    from domain.casework import ENDING_STAGE, Ending, PersonStatus, Stage
    from workflows.closing import close_file
    from workflows.desk import Desk
    from workflows.home_case import CaseEnds, HomeCase
    from workflows.mail import Mail
    from workflows.procedure import Procedure
    from workflows.signboard import Signboard


class HomeProcedure(Procedure):
    """A case from application to archive; ``case`` is what its steps share."""

    case: HomeCase
    #: The case's own state; a matter with more to remember has a class of its own.
    state_type: ClassVar[type[HomeCase]] = HomeCase

    def __init__(self, filing: CaseFiling) -> None:
        self.desk = Desk(
            case_no=filing.case_no,
            office=filing.desks.intake,
            stage=Stage.SUBMITTED,
            family=filing.family,
            signboard=Signboard(
                title=f"{filing.matter_name}：{filing.origin_name} → {filing.locality_name}",
                locality=filing.locality,
                peer=filing.origin,
                runbook=family(filing.family).home_runbook,
                offices=filing.office_names,
            ),
        )
        self.desk.clocks.pin(filing.rules)
        self.desk.clocks.tells_applicant = True
        mail = Mail(
            self.desk,
            locality=filing.locality,
            home_case_no=filing.case_no,
            station=filing.desks.station,
            family=filing.family,
        )
        self.case = self.state_type(
            filing=filing,
            desk=self.desk,
            mail=mail,
            origin=filing.origin,
            origin_office=filing.origin_office,
            persons={number: PersonStatus.OPEN for number in range(1, filing.persons + 1)},
        )
        self.desk.guard = self.case.guard

    async def conclude(self, story: Coroutine[Any, Any, None]) -> CaseResult:
        """Play the story to its regular end, or to what ends it early."""
        try:
            await story
            result = await close_file(
                self.desk, Ending.COMPLETED, Stage.ARCHIVED, None, notice="COMPLETED"
            )
        except CaseEnds as end:
            result = await self.end_early(end)
        self.desk.refuse_leftovers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    async def end_early(self, end: CaseEnds) -> CaseResult:
        """An ending before the regular one: recorded with its reason, told to the applicant."""
        desk = self.desk
        desk.judge = lambda letter: ReceiptCode.CASE_CLOSED
        desk.supersede_tasks()
        desk.record(end.act, by=end.by, ending=end.ending, reason=end.reason_code or "")
        desk.tell(
            f"ENDED_{end.ending}",
            by=end.by,
            reason=end.reason_code or "",
            place=self.case.moved_to or "",
        )
        if self.case.request_no and self.case.answer is None:
            desk.draft.letters_voided.append(
                LetterVoided(number=self.case.request_no, reason=end.ending)
            )
        await self.undo(end)
        self.case.end_open_persons()
        return await close_file(desk, end.ending, ENDING_STAGE[end.ending], end.reason_code)

    async def undo(self, end: CaseEnds) -> None:
        """What was done here and must not stay behind an early end (G9)."""
