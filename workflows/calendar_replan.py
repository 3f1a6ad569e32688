"""日历重排: after a change of calendar every open clock of the locality is counted again.

Started by the console that published or withdrew a notice, and by the worker's own round where the
console did not come to it; its id is the change, so that a repeat is the same run.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.replanning import ReplanDesk
    from contracts.calendars import ReplanProgress, ReplanRequest
    from workflows.policies import REGISTER_RETRY

#: A stretch takes ten seconds and beats with every page; who is silent for longer has died.
_STRETCH_TIMEOUT = timedelta(minutes=2)
_SILENCE = timedelta(seconds=15)


@workflow.defn(name="日历重排")
class CalendarReplan:
    """One re-plan: count clocks page by page, then wait until the running cases have been told.

    It decides nothing in any case. A date moves in the register, and the case takes it from there
    (告知, docs/decisions/0026-calendars.md). Ends when everybody knows, or when another change of
    calendar has taken its place. Basis: docs/rules.md B2.
    """

    @workflow.init
    def __init__(self, request: ReplanRequest) -> None:
        self._progress = ReplanProgress(entry=request.entry)

    @workflow.run
    async def run(self, request: ReplanRequest) -> ReplanProgress:
        """Until nothing is left to count and nobody is left to tell."""
        while self._progress.counting:
            self._show(await self._stretch(ReplanDesk.count, request, "逐批重排时限"))
            self._go_on_afresh(request)
        while True:
            self._show(await self._stretch(ReplanDesk.tell, request, "告知在办办件"))
            if not self._progress.untold:
                return self._progress
            self._go_on_afresh(request)

    @workflow.query(name="重排进度", description="已重排、变动、待重设计时器和待告知的时限数")
    def progress(self) -> ReplanProgress:
        """How far it has come."""
        return self._progress

    async def _stretch(
        self,
        step: Callable[[ReplanDesk, ReplanRequest], Awaitable[ReplanProgress]],
        request: ReplanRequest,
        summary: str,
    ) -> ReplanProgress:
        done: ReplanProgress = await workflow.execute_activity_method(
            step,
            request,
            start_to_close_timeout=_STRETCH_TIMEOUT,
            heartbeat_timeout=_SILENCE,
            retry_policy=REGISTER_RETRY,
            summary=summary,
        )
        return done

    def _go_on_afresh(self, request: ReplanRequest) -> None:
        """The place is kept in the database, so a new run of the same id goes on from there."""
        if workflow.info().is_continue_as_new_suggested():
            workflow.continue_as_new(request)

    def _show(self, progress: ReplanProgress) -> None:
        self._progress = progress
        lines = [
            f"### 日历重排：{progress.version}",
            "",
            f"- **已重排**　{progress.counted} / {progress.total} 个在办时限",
            f"- **到期日变动**　{progress.moved}，转为确定或暂定　{progress.confirmed}，"
            f"不变　{progress.same}",
            f"- **已届满不变**　{progress.expired}，保留原日期　{progress.kept}",
            f"- **提前的时限待重设计时器**　{progress.urgent_untold} / {progress.urgent}"
            f"{'，已全部重设' if progress.armed else ''}",
            f"- **待告知办件**　{progress.untold} / {progress.tidings}",
        ]
        if progress.superseded_by is not None:
            lines.append(f"- 已由第 {progress.superseded_by} 号历法变更取代")
        lines += ["", "处置手册：docs/runbook/calendars.md"]
        workflow.set_current_details("\n".join(lines))
