"""A procedure that an office works on by itself: no applicant, no other locality, one task at once.

Base of what follows ratings and of hotline tickets: each step puts one task under one limit, and
news from within the house may end the procedure at any of them.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult, PinnedLimit
    from contracts.commands import Verb
    from contracts.tidings import Tidings
    from domain.attribution import Holder
    from domain.casework import ClockKind, Ending, Stage
    from workflows.closing import close_file
    from workflows.happenings import Decided, Expired, Told
    from workflows.home_procedure import HomeProcedure


class OfficeProcedure(HomeProcedure):
    """Steps and ending; subclasses tell the story and say what news means."""

    def hear(self, tidings: Tidings) -> None:
        """News while a task is open: raises what ends the procedure, or notes what is too late."""

    def limit(self, name: str) -> PinnedLimit:
        """A limit of this procedure as it was pinned at filing."""
        limits: dict[str, PinnedLimit] = self.filing.rules.limits
        return limits[name]

    @property
    def filing(self) -> CaseFiling:
        """What started the procedure."""
        return self.case.filing

    async def step(
        self,
        kind: str,
        stage: Stage,
        office: str,
        clock: ClockKind,
        limit: PinnedLimit | None,
        *,
        findings: tuple[str, ...] = (),
        allows: frozenset[Verb] = frozenset(),
    ) -> Decided | None:
        """One task for one office; None where its limit ran out and silence decides.

        ``limit`` None: the clock runs already.
        """
        desk = self.desk
        if limit is not None:
            desk.timers.start(clock, limit, desk.today)
        desk.move(stage, Holder.OURS, office=office, due=clock, allows=allows)
        desk.open_task(kind, office, clock=clock, findings=findings)
        while True:
            match await desk.next():
                case Decided() as decided:
                    desk.timers.stop(clock)
                    return decided
                case Expired(clock=ran_out) if ran_out == clock:
                    desk.timers.stop(clock)
                    desk.supersede_tasks()
                    return None
                case Told(tidings=tidings):
                    self.hear(tidings)

    async def end(self, ending: Ending, stage: Stage, reason: str | None = None) -> CaseResult:
        """Close and archive; nothing stays open."""
        result = await close_file(self.desk, ending, stage, reason)
        self.desk.refuse_leftovers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result
