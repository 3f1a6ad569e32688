"""日历检查: the weekly look at a locality's calendar; started by its Schedule."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.calendar_checking import CalendarCheckDesk
    from contracts.calendars import CalendarCheckRequest, CalendarCheckResult
    from workflows.policies import REGISTER_RETRY

#: A count over the open clocks and some thousand days: seconds.
_RUN_TIMEOUT = timedelta(minutes=1)


@workflow.defn(name="日历检查")
class CalendarCheck:
    """One look. What it finds stands on record until it is gone; a repeat adds nothing.

    Looks for next year's notice from the month that policy names, for open clocks with provisional
    dates, and for days on which the second source differs. Basis: docs/rules.md B2.
    """

    @workflow.run
    async def run(self, request: CalendarCheckRequest) -> CalendarCheckResult:
        """Look until the database answers."""
        result: CalendarCheckResult = await workflow.execute_activity_method(
            CalendarCheckDesk.check,
            request,
            start_to_close_timeout=_RUN_TIMEOUT,
            retry_policy=REGISTER_RETRY,
            summary="检查放假安排、暂定时限和数据差异",
        )
        workflow.set_current_details(
            f"待处理 {result.standing} 项，新增 {result.opened} 项，消失 {result.closed} 项"
        )
        return result
