"""流动人员人事档案接收: the receiving agency's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.file_tasks import FileTask
    from workflows.asking_peer import ask_peer
    from workflows.asking_progress import AskingForMore
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.file_takeover import FileTakeover
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.review import review


@workflow.defn(name="流动人员人事档案接收")
class PersonnelFileIn(HomeProcedure):
    """One request to have a person's file kept here; free of charge.

    Waits for intake, the 调档函, the origin's sealed parcel and the clerk who checks seal, identity
    and list. The 回执 goes back only for what is here; differences are recorded (R3). Basis:
    人社部发〔2021〕112号; docs/rules.md A8.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the file on the shelf and the 回执 on its way."""
        case = self.case
        await receive_and_accept(case)
        found = await examine(case.desk, "PERSONNEL_FILE", DESTINATION, "PERSONNEL_FILE")
        await review(case, FileTask.REVIEW, findings=found.codes)
        takeover = FileTakeover(case, await ask_peer(case, AskingForMore))
        await takeover.settle()
        await deliver(case, "FILE_TAKEN_IN")
