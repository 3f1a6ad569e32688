"""评价申诉复核: an appeal against a low rating is upheld or rejected, with reasons."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import ids
    from contracts.cases import CaseFiling, CaseResult
    from contracts.tidings import Tidings, TidingsKind, TidingsSent
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.rating_tasks import RatingTask
    from workflows.office_procedure import OfficeProcedure


@workflow.defn(name="评价申诉复核")
class RatingAppealReview(OfficeProcedure):
    """One appeal: the lead office's supervisor decides whether the rating counts.

    Started when the rated office or the person appeals (误评, 恶意差评). Upheld, the rating leaves
    the figures and its 差评整改 ends. Basis: 国办发〔2019〕51号, docs/rules.md B4.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        desk, facts = self.desk, filing.facts
        desk.note("RATING_APPEALED", **facts)
        decided = None
        while decided is None:
            decided = await self.step(
                RatingTask.APPEAL,
                Stage.APPEALED,
                filing.desks.bureau,
                ClockKind.APPEAL,
                self.limit("appeal"),
                findings=(f"PARTY:{facts['party']}", f"GROUND:{facts['ground']}"),
            )
        if decided.outcome == "UPHOLD":
            desk.record(ActCode.APPEAL_UPHELD, by=decided.command, rating=facts["rating"])
            if facts["rectification"]:
                self._tell(facts["rectification"])
        else:
            desk.record(ActCode.APPEAL_REJECTED, by=decided.command, rating=facts["rating"])
        return await self.end(Ending.COMPLETED, Stage.ARCHIVED)

    def _tell(self, rectification: str) -> None:
        """The 差评整改 hears of it in the same transaction, delivered by the worker's round."""
        self.desk.draft.tidings.append(
            TidingsSent(
                to_workflow=ids.case_workflow_id(rectification),
                tidings=Tidings(
                    key=f"appeal:{self.desk.case_no}", kind=TidingsKind.RATING, code="EXCLUDED"
                ),
            )
        )
