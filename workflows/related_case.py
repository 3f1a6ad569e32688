"""相关办件: a case that waits until another case of the same person has closed.

Called where one matter rests on another, and where two transfers of one application end apart. The
worker's case round tells it at once (``WAITS_FOR`` in the trail says for which); a timer looks
again, should the news get lost.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.related_case import RelatedCases
    from contracts.acts import CaseQuestion, CaseState
    from contracts.commands import Verb
    from contracts.tidings import TidingsKind
    from domain.attribution import Holder
    from domain.casework import ClockKind, Stage
    from domain.clocks import Effect
    from workflows.happenings import Expired, Told
    from workflows.home_case import HomeCase
    from workflows.policies import REGISTER_RETRY, REGISTER_TIMEOUT


async def wait_for_case(case: HomeCase, allows: frozenset[Verb]) -> None:
    """Until the other case closes or it is time to look again; instructions are heeded meanwhile.

    Nobody's days are counted: the person's own other case decides how long it takes.
    """
    desk = case.desk
    limit = case.filing.rules.limits["recheck"].model_copy(update={"effect": Effect.REMIND})
    desk.timers.start(ClockKind.RECHECK, limit, desk.today)
    desk.move(
        Stage.WAITING,
        Holder.UNCOUNTED,
        office=case.filing.desks.station,
        due=ClockKind.RECHECK,
        allows=allows,
    )
    while True:
        match await case.next():
            case Expired(clock=ClockKind.RECHECK):
                break
            case Told(tidings=tidings) if tidings.kind is TidingsKind.CASE_CLOSED:
                break
            case Told(tidings=tidings):
                case.keep_tidings(tidings)
    desk.timers.stop(ClockKind.RECHECK)


async def closed_case(case: HomeCase, other_case_no: str) -> str:
    """How the other case ended, once it has; nothing of this case may be undone meanwhile."""
    waited = False
    while True:
        state = await _ask(case, other_case_no)
        if state.closed:
            case.desk.note("WAITED_FOR", other_case_no=other_case_no, standing=state.ending)
            return state.ending
        if not waited:
            case.desk.note("WAITS_FOR", other_case_no=other_case_no)
            case.desk.tell("WAITING")
            waited = True
        await wait_for_case(case, frozenset())


async def _ask(case: HomeCase, other_case_no: str) -> CaseState:
    await case.desk.flush_unanswered()
    state: CaseState = await workflow.execute_activity_method(
        RelatedCases.ask,
        CaseQuestion(case_no=other_case_no),
        start_to_close_timeout=REGISTER_TIMEOUT,
        retry_policy=REGISTER_RETRY,
        summary="核对相关办件是否办结",
    )
    return state
