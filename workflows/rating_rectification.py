"""差评整改: a low rating is called back, verified, put right, told to its giver and published."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from contracts.tidings import Tidings, TidingsKind
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.rating_tasks import RatingTask
    from workflows.happenings import Decided
    from workflows.office_procedure import OfficeProcedure


class RatingExcluded(Exception):
    """An appeal was upheld: the rating counts no more."""


@workflow.defn(name="差评整改")
class RatingRectification(OfficeProcedure):
    """One low rating: the lead office calls back, verifies and confirms, the rated one rectifies.

    Started when a low rating is taken in. Who rated is known to the lead office only; an upheld
    appeal ends the case. Basis: 国办发〔2019〕51号, docs/rules.md B4.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        self.desk.note("LOW_RATING", **filing.facts)
        try:
            await self.story()
        except RatingExcluded:
            self.desk.record(ActCode.RATING_EXCLUDED, rating=filing.facts["rating"])
            return await self.end(Ending.WITHDRAWN, Stage.WITHDRAWN)
        return await self.end(Ending.COMPLETED, Stage.ARCHIVED)

    def hear(self, tidings: Tidings) -> None:
        """An upheld appeal is the only news that this case takes."""
        if tidings.kind is TidingsKind.RATING:
            raise RatingExcluded

    async def story(self) -> None:
        """From the call-back to the publication."""
        desk, facts = self.desk, self.filing.facts
        about = (
            f"LEVEL:{facts['level']}",
            f"OCCASION:{facts['occasion']}",
            f"MATTER:{facts['matter']}",
        )
        called = await self._task(
            RatingTask.CALL_BACK, Stage.CALLING_BACK, ClockKind.CONTACT, "contact", about
        )
        desk.record(ActCode.RATER_CALLED, by=called.command, answer=called.outcome)
        verified = await self._task(
            RatingTask.VERIFICATION,
            Stage.VERIFYING,
            ClockKind.VERIFICATION,
            "verification",
            (*about, called.outcome),
        )
        finding = verified.outcome
        desk.record(ActCode.RATING_VERIFIED, by=verified.command, finding=finding)
        if finding == "UNFOUNDED":
            await self._inform(finding)
        else:
            await self._until_it_is_right(finding, about)
        desk.record(
            ActCode.RATING_PUBLISHED,
            rating=facts["rating"],
            finding=finding,
            level=facts["level"],
        )

    async def _until_it_is_right(self, finding: str, about: tuple[str, ...]) -> None:
        """Rectified, told and confirmed; what is not confirmed is rectified once more."""
        desk = self.desk
        findings = (*about, finding)
        while True:
            done = await self._task(
                RatingTask.RECTIFICATION,
                Stage.RECTIFYING,
                ClockKind.RECTIFICATION,
                finding.lower(),
                findings,
                office=self.filing.desks.station,
            )
            desk.record(ActCode.RECTIFIED, by=done.command)
            await self._inform(finding)
            confirmed = await self._task(
                RatingTask.CONFIRMATION,
                Stage.CONFIRMING,
                ClockKind.CONFIRMING,
                "confirmation",
                findings,
            )
            if confirmed.outcome == "PASS":
                desk.record(ActCode.RECTIFICATION_CONFIRMED, by=confirmed.command)
                return
            desk.note("RECTIFICATION_SENT_BACK")
            findings = (*about, finding, "SENT_BACK")

    async def _inform(self, finding: str) -> None:
        """The person hears what was done, by voice or by message."""
        informed = await self._task(
            RatingTask.FEEDBACK, Stage.FEEDING_BACK, ClockKind.FEEDBACK, "feedback", (finding,)
        )
        self.desk.record(ActCode.RATER_INFORMED, by=informed.command, how=informed.outcome)
        self.desk.tell("RATING_HANDLED", by=informed.command)

    async def _task(
        self,
        kind: RatingTask,
        stage: Stage,
        clock: ClockKind,
        limit: str,
        findings: tuple[str, ...],
        *,
        office: str | None = None,
    ) -> Decided:
        """Lateness never decides here: the task waits until somebody does."""
        while True:
            decided = await self.step(
                kind,
                stage,
                office or self.filing.desks.bureau,
                clock,
                self.limit(limit),
                findings=findings,
            )
            if decided is not None:
                return decided
