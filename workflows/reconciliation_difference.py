"""对账差异处理: what the daily reconciliation found is worked on until it is gone or explained."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.reconciling import ReconciliationDesk
    from contracts.acts import ActOutcome
    from contracts.cases import CaseFiling, CaseResult
    from contracts.commands import Command
    from contracts.reconciling import AssignRequest
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.reconciliation_tasks import ReconciliationTask
    from workflows.closing import close_file
    from workflows.happenings import Decided, Expired, Told
    from workflows.home_procedure import HomeProcedure
    from workflows.policies import REGISTER_RETRY, REGISTER_TIMEOUT


@workflow.defn(name="对账差异处理")
class ReconciliationDifference(HomeProcedure):
    """One difference of one locality's books: a clerk settles, explains or assigns it.

    Started when a run finds something new. Waits for the handler of the fund, and for the run that
    no longer finds it: said to be settled is not settled until the books agree. Nobody applies, so
    nobody is notified. Basis: docs/rules.md D P1, P6.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        self.desk.note("DIFFERENCE_FOUND", **filing.facts)
        await self.story()
        result = await close_file(self.desk, Ending.COMPLETED, Stage.ARCHIVED, None)
        self.desk.refuse_leftovers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    async def story(self) -> None:
        """Until the difference is gone, or a clerk has explained why it may stand."""
        desk, facts = self.desk, self.case.filing.facts
        told = (f"{facts['kind']}:{facts['amount_fen']}", f"LETTER:{facts['letter_no']}")
        findings: tuple[str, ...] = told
        while True:
            decided = await self._decision(findings)
            if decided is None:
                return
            command = decided.command
            if decided.outcome == "EXPLAINED":
                desk.record(ActCode.DIFFERENCE_EXPLAINED, by=command)
                return
            if decided.outcome == "ASSIGN":
                assigned = await self._assign(command)
                if assigned.done:
                    desk.record(ActCode.MONEY_ASSIGNED, by=command, letter=assigned.receipt_no)
                    return
                desk.note("ASSIGNMENT_REFUSED", code=assigned.code)
                findings = (*told, f"NOT_ASSIGNED:{assigned.code}")
                continue
            desk.record(ActCode.DIFFERENCE_SETTLED, by=command)
            if await self._is_gone():
                return
            desk.note("DIFFERENCE_STILL_FOUND")
            findings = (*told, "STILL_FOUND")

    async def _decision(self, findings: tuple[str, ...]) -> Decided | None:
        """What the handler decides; None where a run no longer finds the difference."""
        desk, station = self.desk, self.case.filing.desks.station
        limit = self.case.filing.rules.limits["settle"]
        desk.timers.start(ClockKind.DIFFERENCE, limit, desk.today)
        desk.move(
            Stage.RECONCILING,
            Holder.OURS,
            office=station,
            due=ClockKind.DIFFERENCE,
            allows=frozenset(),
        )
        desk.open_task(
            ReconciliationTask.DIFFERENCE, station, clock=ClockKind.DIFFERENCE, findings=findings
        )
        while True:
            match await desk.next():
                case Decided() as decided:
                    desk.timers.stop(ClockKind.DIFFERENCE)
                    return decided
                case Told():
                    desk.note("DIFFERENCE_GONE")
                    return None

    async def _is_gone(self) -> bool:
        """The books have the last word: wait for the run after the repair."""
        desk = self.desk
        desk.timers.start(ClockKind.RECHECK, self.case.filing.rules.limits["recheck"], desk.today)
        desk.move(Stage.RECHECKING, Holder.OURS, due=ClockKind.RECHECK)
        while True:
            match await desk.next():
                case Told():
                    desk.note("DIFFERENCE_GONE")
                    return True
                case Expired(clock=ClockKind.RECHECK):
                    desk.timers.stop(ClockKind.RECHECK)
                    return False

    async def _assign(self, command: Command) -> ActOutcome:
        """The letter number stands in the command's text, which no history holds."""
        await self.desk.flush_unanswered()
        outcome: ActOutcome = await workflow.execute_activity_method(
            ReconciliationDesk.assign,
            AssignRequest(case_no=self.desk.case_no, command_id=command.command_id),
            start_to_close_timeout=REGISTER_TIMEOUT,
            retry_policy=REGISTER_RETRY,
            summary="将来款归入联系函",
        )
        return outcome
