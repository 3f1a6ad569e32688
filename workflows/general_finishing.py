"""制作、送达, and what comes back from there: until the applicant has the result.

What nobody has received yet can be put right: whoever makes or delivers the result sends it back to
making, decision or review (docs/decisions/0038). Called by the procedures that decide at home.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.parcels import ParcelItem
    from domain.casework import ClockKind
    from domain.general_tasks import GeneralTask
    from domain.transports import ItemKind
    from workflows.delivery import deliver
    from workflows.general_case import GeneralCase
    from workflows.general_result import make_result, running_limit, void_result
    from workflows.returning import returned_to

#: Decides again from a step on, under the limit that runs; raises CaseEnds where it is refused.
DecideAgain = Callable[[str, ClockKind], Awaitable[None]]

_RESULT = (ParcelItem(code="RESULT", kind=ItemKind.RESULT),)


async def finish(case: GeneralCase, again: DecideAgain, *, by_system: bool = False) -> None:
    """Until the result is made and, where the definition has that step, delivered.

    ``by_system``: no person makes it (秒批秒办), and its caller delivers it.
    """
    while True:
        back = await make_result(case, by_system=by_system)
        if back is None and case.terms.step("DELIVERY") is not None and not by_system:
            back = await deliver(case, "GENERAL_MADE", _RESULT)
        if back is None:
            return
        step = returned_to(case.desk, back)
        if case.made:
            case.desk.tell("GENERAL_REDONE")
            await void_result(case, "TAKEN_BACK")
        if step != GeneralTask.MAKING:
            await again(step, running_limit(case))
