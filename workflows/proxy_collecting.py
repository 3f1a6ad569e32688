"""代收件: the window takes the papers in for another place, and never accepts or refuses (X1).

First step of the window's procedure. Whether the papers suffice in law is the home office's
business; the window sees to form and identity. Basis: docs/rules.md A11.
"""

from __future__ import annotations

from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Verb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.proxy_tasks import ProxyTask
    from domain.schemes.proxy_reasons import CORRECTION_LAPSED, OUT_OF_SCOPE
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.happenings import Decided, Expired, Instructed
    from workflows.home_case import AT_HOME, CaseEnds
    from workflows.proxy_case import ProxyCase

_AT_WINDOW = AT_HOME - CLOCK_VERBS


async def collect(case: ProxyCase) -> None:
    """Until the papers are complete and collected; raises CaseEnds where they never are."""
    desk, received_on = case.desk, case.filing.received_on
    findings = case.filing.findings
    while True:
        desk.timers.start(ClockKind.COLLECTION, case.filing.rules.limits["collection"], received_on)
        desk.move(
            Stage.SUBMITTED,
            Holder.OURS,
            office=case.filing.desks.intake,
            due=ClockKind.COLLECTION,
            allows=_AT_WINDOW,
        )
        desk.open_task(
            ProxyTask.COLLECTION,
            case.filing.desks.intake,
            clock=ClockKind.COLLECTION,
            findings=findings,
        )
        decided = await case.decision()
        desk.timers.stop(ClockKind.COLLECTION)
        match decided:
            case Decided(outcome="COLLECT", command=command):
                desk.record(ActCode.COLLECTED, by=command, effective_on=received_on)
                desk.tell("PROXY_COLLECTED")
                case.collected_on = received_on
                return
            case Decided(outcome="NOT_COLLECT", command=command):
                raise CaseEnds(
                    Ending.NOT_COLLECTED,
                    ActCode.NOT_COLLECTED,
                    by=command,
                    reason_code=OUT_OF_SCOPE,
                )
        desk.record(ActCode.SHORTFALL_TOLD, by=decided.command)
        desk.tell("PROXY_SHORTFALL", by=decided.command)
        received_on, findings = await _await_papers(case), ()


async def _await_papers(case: ProxyCase) -> date:
    """The day the missing papers came; nothing was sent anywhere when they never come."""
    desk = case.desk
    desk.timers.start(ClockKind.CORRECTION, case.filing.rules.correction, desk.today)
    desk.move(
        Stage.CORRECTION,
        Holder.APPLICANT,
        due=ClockKind.CORRECTION,
        allows=_AT_WINDOW | {Verb.HAND_IN},
    )
    while True:
        happening = await case.next()
        if isinstance(happening, Expired):
            raise CaseEnds(
                Ending.NOT_COLLECTED, ActCode.NOT_COLLECTED, reason_code=CORRECTION_LAPSED
            )
        if isinstance(happening, Instructed) and happening.command.verb is Verb.HAND_IN:
            desk.timers.stop(ClockKind.CORRECTION)
            desk.note("CORRECTION_HANDED_IN")
            return happening.command.on or desk.today
