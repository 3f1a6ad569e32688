"""户口迁移 at the destination: the case from application to archive, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, HukouFiling
    from contracts.letters import ReceiptCode
    from domain.attribution import Holder
    from domain.hukou import ENDING_STAGE, ActCode, ClockKind, Ending, PersonStatus, Stage
    from domain.hukou_tasks import TaskKind
    from workflows.closing import close_file
    from workflows.desk import Desk
    from workflows.happenings import Decided
    from workflows.home_case import CaseEnds, HomeCase
    from workflows.hukou_intake import receive_and_accept
    from workflows.hukou_landing import land_everybody
    from workflows.hukou_origin_request import arrange_move_out
    from workflows.hukou_review import review_and_approve
    from workflows.mail import Mail
    from workflows.permit import void_permit
    from workflows.procedure import Procedure
    from workflows.signboard import Signboard


@workflow.defn(name="户口迁移")
class HukouMigration(Procedure):
    """One application to move household registration here, with the family that moves along.

    Starts when an application is filed. Waits for the intake clerk, the reviewer, the county
    bureau, the origin's counter, the landing desk and the delivery window; takes the updates
    办理 and 申请 and letters. The origin's cancellation is the point of no return: before it a
    withdrawal or refusal leaves the world as it was, after it the case finishes forward or the
    origin restores the registration. Basis: 户口登记条例 art 6, 10, 13; docs/rules.md A1.
    """

    @workflow.init
    def __init__(self, filing: HukouFiling) -> None:
        self.desk = Desk(
            case_no=filing.case_no,
            office=filing.desks.intake,
            stage=Stage.SUBMITTED,
            signboard=Signboard(
                title=f"{filing.matter_name}：{filing.origin_name} → {filing.locality_name}",
                locality=filing.locality,
                peer=filing.origin,
                runbook="docs/runbook/hukou-migration.md",
                offices=filing.office_names,
            ),
        )
        self.desk.extension_cap = filing.rules.extension_cap
        mail = Mail(
            self.desk,
            locality=filing.locality,
            home_case_no=filing.case_no,
            station=filing.desks.station,
        )
        self.case = HomeCase(
            filing=filing,
            desk=self.desk,
            mail=mail,
            origin=filing.origin,
            origin_office=filing.origin_office,
            persons={number: PersonStatus.OPEN for number in range(1, filing.persons + 1)},
        )
        self.desk.guard = self.case.guard

    @workflow.run
    async def run(self, filing: HukouFiling) -> CaseResult:
        """The procedure."""
        try:
            await receive_and_accept(self.case)
            await review_and_approve(self.case)
            await arrange_move_out(self.case)
            await land_everybody(self.case)
            await self.deliver()
            result = await close_file(
                self.desk, Ending.COMPLETED, Stage.ARCHIVED, None, notice="COMPLETED"
            )
        except CaseEnds as end:
            result = await self.end_early(end)
        self.desk.refuse_leftovers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    async def deliver(self) -> None:
        """送达: the applicant gets the new household page; the way of delivery is on record."""
        desk, filing = self.desk, self.case.filing
        desk.timers.start(ClockKind.CONFIRMATION, filing.rules.delivery, desk.today)
        desk.move(
            Stage.DELIVERY,
            Holder.OURS,
            office=filing.desks.intake,
            due=ClockKind.CONFIRMATION,
            allows=frozenset(),
        )
        desk.open_task(TaskKind.DELIVERY, filing.desks.intake, clock=ClockKind.CONFIRMATION)
        desk.tell("LANDED")
        while True:
            happening = await desk.next()
            if isinstance(happening, Decided):
                desk.record(ActCode.DELIVERED, by=happening.command, way=happening.outcome)
                return

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
        void_permit(self.case, end.ending)
        self.case.end_open_persons()
        return await close_file(desk, end.ending, ENDING_STAGE[end.ending], end.reason_code)
