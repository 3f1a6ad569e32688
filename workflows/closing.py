"""归档: the last two steps of every procedure. The case closes, then its file is packed.

Closing comes first, so that whoever caused the end reads the final stage in the answer.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.archive import Archive
    from contracts.acts import Archived, ArchiveRequest
    from contracts.cases import CaseResult
    from contracts.letters import ReceiptCode
    from domain.attribution import Holder
    from domain.casework import ActCode, Ending, Stage
    from workflows.desk import Desk
    from workflows.policies import REGISTER_RETRY, REGISTER_TIMEOUT


async def close_file(
    desk: Desk, ending: Ending, stage: Stage, reason_code: str | None, *, notice: str | None = None
) -> CaseResult:
    """Close the case and archive its file; nothing stays open behind a closed case."""
    desk.judge = lambda letter: ReceiptCode.CASE_CLOSED
    desk.clarify = None
    desk.tell_peer = None
    desk.supersede_tasks()
    desk.timers.stop_all()
    desk.ending = (ending.value, reason_code)
    desk.move(stage, Holder.UNCOUNTED, allows=frozenset())
    await desk.flush()
    packed: Archived = await workflow.execute_local_activity_method(
        Archive.pack,
        ArchiveRequest(case_no=desk.case_no),
        start_to_close_timeout=REGISTER_TIMEOUT,
        retry_policy=REGISTER_RETRY,
        summary="整理归档包",
    )
    desk.record(ActCode.ARCHIVED, package=packed.digest, papers=str(packed.papers))
    if notice is not None:
        desk.tell(notice)
    await desk.flush()
    return CaseResult(case_no=desk.case_no, ending=ending.value, reason_code=reason_code)
