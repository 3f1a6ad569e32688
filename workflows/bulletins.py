"""日通报, 月通报 and 晨报: what supervisors and offices are told by the clock.

Started by the locality's Schedules. Each is one activity that may be repeated: a period has one
bulletin, a day one digest per office.
"""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.bulletin_desk import BulletinDesk
    from contracts.bulletins import (
        BulletinRequest,
        BulletinResult,
        DigestRequest,
        DigestResult,
    )
    from workflows.policies import REGISTER_RETRY

#: A month of a large locality takes seconds; a whole month of missed days takes minutes.
_RUN_TIMEOUT = timedelta(minutes=10)


@workflow.defn(name="日通报")
class DailyBulletin:
    """Issues the bulletin of every day that is over and has none; asks nobody anything."""

    @workflow.run
    async def run(self, request: BulletinRequest) -> BulletinResult:
        """Until the database answers."""
        return await _issue(request)


@workflow.defn(name="月通报")
class MonthlyBulletin:
    """Issues the bulletin of every month that is over and has none."""

    @workflow.run
    async def run(self, request: BulletinRequest) -> BulletinResult:
        """Until the database answers."""
        return await _issue(request)


@workflow.defn(name="晨报")
class MorningDigest:
    """Keeps what each office has before it this morning; nothing on a day off."""

    @workflow.run
    async def run(self, request: DigestRequest) -> DigestResult:
        """Until the database answers."""
        result: DigestResult = await workflow.execute_activity_method(
            BulletinDesk.digest,
            request,
            start_to_close_timeout=_RUN_TIMEOUT,
            retry_policy=REGISTER_RETRY,
            summary="汇总各机构今日待办",
        )
        workflow.set_current_details(f"已编制 {result.offices} 个机构的晨报")
        return result


async def _issue(request: BulletinRequest) -> BulletinResult:
    result: BulletinResult = await workflow.execute_activity_method(
        BulletinDesk.issue,
        request,
        start_to_close_timeout=_RUN_TIMEOUT,
        retry_policy=REGISTER_RETRY,
        summary="汇总并发布通报",
    )
    workflow.set_current_details(
        f"已发布 {'、'.join(result.numbers)}" if result.numbers else "没有应发布的期间"
    )
    return result
