"""户口迁移 at the destination: the case from application to archive, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, HukouFiling
    from workflows.delivery import deliver
    from workflows.home_case import CaseEnds
    from workflows.home_procedure import HomeProcedure
    from workflows.hukou_home import HukouHome
    from workflows.hukou_landing import land_everybody
    from workflows.hukou_origin_request import arrange_move_out
    from workflows.hukou_review import review_and_approve
    from workflows.intake import receive_and_accept
    from workflows.permit import void_permit


@workflow.defn(name="户口迁移")
class HukouMigration(HomeProcedure):
    """One application to move household registration here, with the family that moves along.

    Starts when an application is filed. Waits for the intake clerk, the reviewer, the county
    bureau, the origin's counter, the landing desk and the delivery window; takes the updates
    办理 and 申请 and letters. The origin's cancellation is the point of no return: before it a
    withdrawal or refusal leaves the world as it was, after it the case finishes forward or the
    origin restores the registration. Basis: 户口登记条例 art 6, 10, 13; docs/rules.md A1.
    """

    case: HukouHome
    state_type = HukouHome

    @workflow.init
    def __init__(self, filing: HukouFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: HukouFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the papers' receipt to the delivery of the new household page."""
        await receive_and_accept(self.case)
        await review_and_approve(self.case)
        await arrange_move_out(self.case)
        await land_everybody(self.case)
        await deliver(self.case, "LANDED")

    async def undo(self, end: CaseEnds) -> None:
        """The permit can no longer be used."""
        void_permit(self.case, end.ending)
