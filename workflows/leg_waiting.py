"""等待本人处理: the answering office waits for what only the person can do, and says so in writing.

Called by legs whose examination may find something that the person can mend. The office's own
limit pauses meanwhile (补正), the other side is told and tells the applicant; a clerk looks again
or refuses, within the limit that stands in for the paused one. Basis: docs/rules.md A2 (arrears,
lump-sum evidence), B2.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command
    from contracts.letters import LetterVerb
    from domain.attribution import Holder
    from domain.casework import ClockKind, Stage
    from domain.limits import PauseReason
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.happenings import Arrived, Decided, Expired
    from workflows.leg_case import LegCase, LegRefuses
    from workflows.leg_papers import take_update
    from workflows.pausing import pause, resume


async def wait_for_person(leg: LegCase, task: str, command: Command) -> None:
    """Returns when all is to be examined again; raises LegRefuses or LegStops."""
    desk, code = leg.desk, command.reason_code or ""
    # How long the office may leave it at that; a leg that began earlier has no such limit pinned.
    review = leg.filing.rules.limits.get("waiting_review")
    pause(desk, ClockKind.RELEASE, PauseReason.CORRECTION, command, expected=review)
    desk.move(
        Stage.CORRECTION,
        Holder.APPLICANT,
        office=leg.station,
        due=ClockKind.RELEASE,
        allows=frozenset(),
    )
    desk.open_task(
        task,
        leg.station,
        clock=ClockKind.RELEASE if review else None,
        findings=(f"WAITS_FOR:{code}",),
    )
    await _tell(leg, code)
    while True:
        match await leg.next():
            case Decided(outcome="REFUSE", command=refusal):
                raise LegRefuses(refusal.reason_code or "", by=refusal)
            case Decided(command=again):
                return _go_on(leg, again)
            case Arrived(letter=letter):
                await take_update(leg, letter)
                return _go_on(leg, command)
            case Expired():
                desk.timers.stop(ClockKind.RECHECK)
                await _tell(leg, code)


async def _tell(leg: LegCase, code: str) -> None:
    """In writing, and again after every interval: silence of the person decides nothing."""
    leg.desk.timers.start(ClockKind.RECHECK, leg.filing.rules.limits["waiting"], leg.desk.today)
    await leg.mail.send(leg.letter(LetterVerb.PROGRESS, reason_code=code))


def _go_on(leg: LegCase, command: Command) -> None:
    leg.desk.timers.stop(ClockKind.RECHECK)
    resume(leg.desk, ClockKind.RELEASE, PauseReason.CORRECTION, command)
    leg.desk.move(
        Stage.EXAMINATION,
        Holder.OURS,
        office=leg.station,
        due=ClockKind.RELEASE,
        allows=CLOCK_VERBS,
    )
