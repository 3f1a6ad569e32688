"""落户为前提: a case that rests on a finished 户口迁移 waits for it instead of being refused.

Called by the home procedures of A3 and A10 before their review. The limit of the review begins
when the condition is met; what the case waits for stands in its trail (``WAITS_FOR``), from which
the worker's case round knows whom to tell.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.hukou_standing import HukouStandingDesk
    from contracts.acts import HukouQuestion, HukouStanding, Standing
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.transfer_tasks import TransferTask
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.home_case import AT_HOME, CaseEnds, HomeCase
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT
    from workflows.related_case import wait_for_case

#: Findings for the reviewer; without a landing the remedy is to move the hukou first.
LANDED, NOT_LANDED = "HUKOU_LANDED", "HUKOU_NOT_LANDED"


async def hukou_condition(case: HomeCase) -> tuple[str, ...]:
    """``(HUKOU_LANDED,)`` or ``(HUKOU_NOT_LANDED,)``, once no 户口迁移 is open here any more."""
    waited_for = ""
    while True:
        found = await _ask(case)
        if found.standing is not Standing.ON_ITS_WAY:
            break
        if found.waits_for != waited_for:
            case.desk.note("WAITS_FOR", other_case_no=found.waits_for)
            case.desk.tell("WAITING")
            waited_for = found.waits_for
        case.desk.timers.stop(ClockKind.DECISION)
        await wait_for_case(case, AT_HOME - CLOCK_VERBS)
    if waited_for:
        case.desk.timers.start(ClockKind.DECISION, case.filing.rules.review, case.desk.today)
        case.desk.note("WAITED_FOR", other_case_no=waited_for, standing=found.standing)
    return (LANDED if found.standing is Standing.LANDED else NOT_LANDED,)


async def _ask(case: HomeCase) -> HukouStanding:
    await case.desk.flush_unanswered()
    found: HukouStanding = await workflow.execute_activity_method(
        HukouStandingDesk.ask,
        HukouQuestion(case_no=case.desk.case_no),
        start_to_close_timeout=OUTSIDE_TIMEOUT,
        retry_policy=OUTSIDE_RETRY,
        summary="核对是否已在本地落户",
    )
    return found


async def landed_hukou(case: HomeCase) -> tuple[str, ...]:
    """As :func:`hukou_condition`, but a clerk decides where nothing has landed and nothing is open.

    Raises CaseEnds where the application is refused: the remedy is to move the hukou first.
    """
    while True:
        found = await hukou_condition(case)
        if LANDED in found:
            return found
        desk, station = case.desk, case.filing.desks.station
        desk.move(Stage.REVIEW, Holder.OURS, office=station, due=ClockKind.DECISION, allows=AT_HOME)
        desk.open_task(
            TransferTask.HUKOU_MISSING, station, clock=ClockKind.DECISION, findings=found
        )
        decided = await case.decision()
        if decided.outcome == "REFUSE":
            raise CaseEnds(
                Ending.REFUSED, ActCode.NOT_PASSED, by=decided.command, reason_code=NOT_LANDED
            )
        desk.note("HUKOU_CHECKED_AGAIN")
