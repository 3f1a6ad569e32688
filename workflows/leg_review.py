"""核对与审批 at the answering office: a handler examines, another person releases (four eyes).

Called by the legs of transfers once the papers are in. Refusals are typed; new papers of the asking
side start the examination again. Basis: docs/rules.md A0 rules 1 and 4.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.commands import Command
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from workflows.happenings import Arrived, Decided, Told
    from workflows.leg_case import LegCase, LegRefuses
    from workflows.leg_papers import take_update

Examine = Callable[[], Awaitable[Examined]]
#: Which task the clerk gets, where the findings leave no choice.
Choose = Callable[[Examined], str]
#: Waits for what only the person can do, after the outcome WAIT.
Wait = Callable[[Command], Awaitable[None]]


async def examine_and_release(
    leg: LegCase,
    examine: Examine,
    *,
    examination: str | Choose,
    release: str,
    wait: Wait | None = None,
) -> tuple[Examined, Command]:
    """What was examined and the command that releases it; raises LegRefuses or LegStops.

    The outcome RECHECK examines again, WAIT does so after ``wait``. After the return nothing may
    be taken back: the caller does the ending act at once.
    """
    desk = leg.desk
    while True:
        examined = await examine()
        kind = examination if isinstance(examination, str) else examination(examined)
        decided = await _ask(leg, Stage.EXAMINATION, kind, examined)
        if decided is None:
            continue
        if decided.outcome == "WAIT" and wait is not None:
            await wait(decided.command)
            continue
        if decided.outcome == "RECHECK":
            desk.note("EXAMINED_AGAIN")
            continue
        desk.record(ActCode.EXAMINED, by=decided.command, outcome=decided.outcome)
        decided = await _ask(leg, Stage.RELEASING, release, examined)
        if decided is None or decided.outcome == "RETURN":
            desk.note("RETURNED_TO_EXAMINATION")
            continue
        leg.heed_withdrawals()
        leg.past_no_return = True
        return examined, decided.command


async def _ask(leg: LegCase, stage: Stage, task: str, examined: Examined) -> Decided | None:
    """The decision; None where new papers came and all is examined again."""
    desk = leg.desk
    desk.move(stage, Holder.OURS, office=leg.station, due=ClockKind.RELEASE)
    desk.open_task(task, leg.station, clock=ClockKind.RELEASE, findings=_findings(examined))
    while True:
        match await leg.next():
            case Decided(outcome="REFUSE", command=command):
                raise LegRefuses(command.reason_code or "", by=command)
            case Decided() as decided:
                return decided
            case Arrived(letter=letter):
                await take_update(leg, letter)
                return None
            case Told():
                desk.note("NEWS_TOO_EARLY")


def _findings(examined: Examined) -> tuple[str, ...]:
    sums = (f"TOTAL:{examined.total_fen}", f"MONTHS:{examined.months}")
    return (*examined.codes, *sums, *(f"{key}:{value}" for key, value in examined.facts.items()))
