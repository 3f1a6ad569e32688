"""流动人员人事档案转出协办: the origin agency's leg, until the receiver's 回执 is back."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from contracts.commands import Command, RejectionCode
    from domain.casework import Ending
    from domain.file_tasks import WAYS, FileTask
    from domain.schemes.personnel_file import Transport
    from domain.transports import Service
    from workflows.business import ORIGIN, examine
    from workflows.file_dispatch import FileDispatch
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release

_TRANSPORTS = {
    Service.CONFIDENTIAL_POST: Transport.CONFIDENTIAL_POST,
    Service.MESSENGER: Transport.MESSENGER,
    Service.EMS: Transport.REGISTERED_MAIL,
}


@workflow.defn(name="流动人员人事档案转出协办")
class PersonnelFileOut(LegProcedure):
    """The origin's part: review, list, seal, dispatch in 15 working days, follow until the receipt.

    Special categories leave by 机要通信 or messenger only, nobody carries a file (R2); the leg
    closes on the returned 回执 (R4) or when the file is kept here again. Basis:
    人社部发〔2021〕112号; docs/rules.md A8.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)
        self.ways: frozenset[str] = frozenset()
        self.kept = False
        self.desk.guard = self.guard

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the 调档函 to the returned 回执."""
        leg = self.leg
        await take_in_papers(leg)
        examined, command = await examine_and_release(
            leg, self.examine, examination=FileTask.EXAMINATION, release=FileTask.RELEASE
        )
        dispatch = FileDispatch(leg, examined, WAYS[command.outcome or ""])
        await dispatch.release(command)
        await dispatch.send()
        self.kept = await dispatch.follow()

    async def examine(self) -> Examined:
        """The file in the register here, by the rules of A8."""
        examined = await examine(
            self.desk, "PERSONNEL_FILE", ORIGIN, "PERSONNEL_FILE", letter_no=self.leg.request.number
        )
        self.ways = frozenset(examined.facts.get("ways", "").split(","))
        return examined

    def guard(self, command: Command) -> RejectionCode | None:
        """Nobody carries a file; what the categories forbid is no choice (R2)."""
        if command.outcome not in WAYS:
            return None
        service = WAYS[command.outcome]
        if service is None:
            return RejectionCode.FILE_NOT_TO_PERSON
        if _TRANSPORTS[service] not in self.ways:
            return RejectionCode.TRANSPORT_NOT_ALLOWED
        return None

    def ending(self) -> Ending:
        """The file is there, or here again."""
        return Ending.CAME_BACK if self.kept else Ending.COMPLETED
