"""Asking and acting at the business registers (业务系统), at either side of a transfer.

Called by the steps of every family. What is personal stays in the activity; here are codes, sums
and receipts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.business import BusinessDesk
    from contracts.acts import ActOutcome, Examined, ExamineRequest, RegisterAct
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT

if TYPE_CHECKING:
    from workflows.desk import Desk

ORIGIN, DESTINATION = "ORIGIN", "DESTINATION"


async def examine(
    desk: Desk,
    family: str,
    side: str,
    kind: str,
    *,
    letter_no: str = "",
    facts: dict[str, str] | None = None,
    also: dict[str, str] | None = None,
    summary: str = "业务系统核对",
) -> Examined:
    """Look the subject up and apply the family's rules; asks until the register answers."""
    await desk.flush_unanswered()
    found: Examined = await workflow.execute_activity_method(
        BusinessDesk.examine,
        ExamineRequest(
            case_no=desk.case_no,
            family=family,
            side=side,
            kind=kind,
            letter_no=letter_no,
            facts=facts or {},
            also=also or {},
        ),
        start_to_close_timeout=OUTSIDE_TIMEOUT,
        retry_policy=OUTSIDE_RETRY,
        summary=summary,
    )
    return found


async def register_act(
    desk: Desk,
    kind: str,
    action: str,
    *,
    locality: str,
    key: str = "",
    record: str = "",
    summary: str = "业务系统登记",
    facts: dict[str, str | int] | None = None,
    subject_field: str = "",
) -> ActOutcome:
    """One act at a register under its key, repeated until it is done or refused."""
    await desk.flush_unanswered()
    outcome: ActOutcome = await workflow.execute_activity_method(
        BusinessDesk.act,
        RegisterAct(
            case_no=desk.case_no,
            key=f"{desk.case_no}:{key or action}",
            kind=kind,
            action=action,
            locality=locality,
            record=record,
            facts=facts or {},
            subject_field=subject_field,
        ),
        start_to_close_timeout=OUTSIDE_TIMEOUT,
        retry_policy=OUTSIDE_RETRY,
        summary=summary,
    )
    return outcome
