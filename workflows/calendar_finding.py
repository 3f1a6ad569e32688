"""历法事项处理: what the weekly calendar check found is worked on until it is gone or explained."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.calendar_checking import CalendarCheckDesk
    from contracts.calendars import CalendarCheckRequest, CalendarCheckResult
    from contracts.cases import CaseFiling, CaseResult
    from contracts.tidings import Tidings, TidingsKind
    from domain.calendar_tasks import CalendarTask
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from workflows.happenings import Decided
    from workflows.office_procedure import OfficeProcedure
    from workflows.policies import REGISTER_RETRY

#: A count over the open clocks and some thousand days: seconds.
_CHECK_TIMEOUT = timedelta(minutes=1)


class _Gone(Exception):
    """A check no longer finds it."""


@workflow.defn(name="历法事项处理")
class CalendarFinding(OfficeProcedure):
    """One finding about a locality's calendar: its lead office sees to it, or says why it stands.

    Started when a check finds something new: no notice for next year, dates that are provisional, a
    difference from the second source, a re-plan that does not end. Said to be seen to is not gone
    until a check says so; where a check finds it gone, the case ends by itself. Nobody applies, so
    nobody is notified. Basis: docs/rules.md B2.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        self.desk.note("CALENDAR_FOUND", **filing.facts)
        try:
            await self._story()
        except _Gone:
            self.desk.timers.stop(ClockKind.CALENDAR_FINDING)
            self.desk.supersede_tasks()
            self.desk.note("CALENDAR_FINDING_GONE")
        return await self.end(Ending.COMPLETED, Stage.ARCHIVED)

    def hear(self, tidings: Tidings) -> None:
        """A check does not find it any more."""
        if tidings.kind is TidingsKind.CALENDAR_FINDING:
            raise _Gone

    async def _story(self) -> None:
        """Until it has been explained, or a check no longer finds it."""
        desk, kind = self.desk, self.filing.facts["kind"]
        findings: tuple[str, ...] = (f"CALENDAR:{kind}",)
        while True:
            decided = await self._decision(findings)
            if decided.outcome == "EXPLAINED":
                desk.record(ActCode.CALENDAR_EXPLAINED, by=decided.command)
                return
            desk.record(ActCode.CALENDAR_SEEN_TO, by=decided.command)
            if not await self._stands():
                raise _Gone
            desk.note("CALENDAR_FINDING_STANDS")
            findings = (f"CALENDAR:{kind}", "STILL_FOUND")

    async def _decision(self, findings: tuple[str, ...]) -> Decided:
        decided = await self.step(
            CalendarTask.FINDING,
            Stage.CALENDAR_FINDING,
            self.filing.desks.station,
            ClockKind.CALENDAR_FINDING,
            self.limit("settle"),
            findings=findings,
        )
        assert decided is not None, "the limit escalates, and decides nothing"
        return decided

    async def _stands(self) -> bool:
        """The check has the last word."""
        await self.desk.flush_unanswered()
        found: CalendarCheckResult = await workflow.execute_activity_method(
            CalendarCheckDesk.check,
            CalendarCheckRequest(locality=self.filing.locality),
            start_to_close_timeout=_CHECK_TIMEOUT,
            retry_policy=REGISTER_RETRY,
            summary="再检查一次历法",
        )
        return self.filing.facts["finding"] in found.keys
