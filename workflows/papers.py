"""Taking in the papers of a letter, at either side; called by the steps that need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.papers import PaperDesk
    from contracts.acts import TakeInRequest, TakenIn
    from contracts.letters import Letter
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT

if TYPE_CHECKING:
    from workflows.desk import Desk


async def take_in_letter(
    desk: Desk, letter: Letter, summary: str, *, update: bool = False
) -> TakenIn:
    """Pull what the letter names, check the digests and file it on the case."""
    await desk.flush()
    taken: TakenIn = await workflow.execute_activity_method(
        PaperDesk.take_in,
        TakeInRequest(case_no=desk.case_no, letter=letter, update=update),
        start_to_close_timeout=OUTSIDE_TIMEOUT,
        retry_policy=OUTSIDE_RETRY,
        summary=summary,
    )
    return taken
