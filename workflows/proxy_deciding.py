"""审查决定、制作证件: two persons decide, the document is made once and its result goes out.

Called by the home office's leg after acceptance. Making is the point of no return: until then the
application may be taken back. Basis: 行政许可法 arts 38, 42, 44; docs/rules.md A11.
"""

from __future__ import annotations

from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.commands import Verb
    from contracts.letters import Answer, LetterVerb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.proxy_tasks import ProxyTask
    from domain.schemes.proxy_matters import decision_limit, valid_until
    from workflows.business import register_act
    from workflows.happenings import Arrived, Decided
    from workflows.leg_papers import CLOCK_VERBS, take_update
    from workflows.proxy_leg import HomeOfficeRefuses, ProxyLeg


async def decide(leg: ProxyLeg, examined: Examined, since: date) -> None:
    """Until it is granted; raises HomeOfficeRefuses. The limit runs from the acceptance."""
    desk = leg.desk
    key = decision_limit(leg.proxied, leg.request.from_locality, leg.filing.locality)
    desk.timers.start(ClockKind.DECISION, leg.filing.rules.limits[key], since)
    findings = examined.codes
    while True:
        reviewed = await _decision(leg, Stage.EXAMINATION, ProxyTask.REVIEW, findings)
        desk.record(ActCode.EXAMINED, by=reviewed.command, outcome=reviewed.outcome)
        asked = (*examined.codes, f"REVIEW:{reviewed.outcome}")
        decided = await _decision(leg, Stage.APPROVAL, ProxyTask.DECISION, asked)
        if decided.outcome == "RETURN":
            desk.note("RETURNED_TO_EXAMINATION")
            findings = (*examined.codes, "RETURNED")
            continue
        desk.timers.stop(ClockKind.DECISION)
        if decided.outcome == "REFUSE":
            raise HomeOfficeRefuses(decided.command.reason_code or "", by=decided.command)
        desk.record(ActCode.GRANTED, by=decided.command)
        return


async def make(leg: ProxyLeg, examined: Examined) -> None:
    """One document per application; a register that says no opens the task again."""
    desk = leg.desk
    desk.timers.start(ClockKind.MAKING, leg.filing.rules.limits["making"], desk.today)
    findings: tuple[str, ...] = ()
    while True:
        made = await _decision(
            leg, Stage.MAKING, ProxyTask.MAKING, findings, clock=ClockKind.MAKING
        )
        leg.heed_withdrawals()
        leg.past_no_return = True
        outcome = await register_act(
            desk,
            leg.proxied.register,
            "MAKE",
            locality=leg.filing.locality,
            key=f"MAKE:{leg.request.number}",
            summary="登记制证",
            facts=_validity(leg),
        )
        if outcome.done:
            break
        leg.past_no_return = False
        desk.note("REGISTER_REFUSED", code=outcome.code)
        findings = (f"REGISTER:{outcome.code}",)
    desk.timers.stop(ClockKind.MAKING)
    desk.record(
        ActCode.MADE, by=made.command, receipt=outcome.receipt_no, old=examined.facts["old"]
    )
    leg.awaiting = frozenset({LetterVerb.CONFIRM})
    desk.move(Stage.RESULT_SENT, Holder.THEIRS, allows=frozenset())
    number = leg.mail.prepare(
        leg.letter(LetterVerb.ANSWER, answer=Answer.GRANTED, facts={"old": examined.facts["old"]})
    )
    desk.complete(made.command)
    await leg.mail.post(number)


async def follow(leg: ProxyLeg) -> Ending:
    """Until the window says that it was delivered, or that nobody ever came for it."""
    while True:
        happening = await leg.next()
        if isinstance(happening, Arrived):
            break
    if happening.letter.facts.get("result") != "DELIVERED":
        leg.desk.record(ActCode.RESULT_KEPT)
        return Ending.UNCLAIMED
    await _activate(leg)
    return Ending.COMPLETED


async def _activate(leg: ProxyLeg) -> None:
    """The new document becomes valid and the old one void in one act of the register (X3)."""
    desk, attempt = leg.desk, 1
    while True:
        outcome = await register_act(
            desk,
            leg.proxied.register,
            "ACTIVATE",
            locality=leg.filing.locality,
            key=f"ACTIVATE:{leg.request.number}:{attempt}",
            summary="登记启用新证、旧证作废",
        )
        if outcome.done:
            desk.record(ActCode.NEW_IN_FORCE, receipt=outcome.receipt_no)
            return
        desk.note("REGISTER_REFUSED", code=outcome.code)
        desk.move(Stage.RESULT_SENT, Holder.OURS, office=leg.station)
        desk.open_task(ProxyTask.ACTIVATION, leg.station, findings=(f"REGISTER:{outcome.code}",))
        while not isinstance(await leg.next(), Decided):
            pass
        attempt += 1


async def _decision(
    leg: ProxyLeg,
    stage: Stage,
    task: str,
    findings: tuple[str, ...],
    *,
    clock: ClockKind = ClockKind.DECISION,
) -> Decided:
    """The decision on a task; newer papers of the window are put before the same person."""
    allows: frozenset[Verb] = CLOCK_VERBS if clock is ClockKind.DECISION else frozenset()
    while True:
        leg.desk.move(stage, Holder.OURS, office=leg.station, due=clock, allows=allows)
        leg.desk.open_task(task, leg.station, clock=clock, findings=findings)
        while True:
            match await leg.next():
                case Decided() as decided:
                    return decided
                case Arrived(letter=letter):
                    await take_update(leg, letter)
                    break


def _validity(leg: ProxyLeg) -> dict[str, str | int]:
    if not leg.proxied.validity:
        return {}
    months = leg.filing.rules.numbers[leg.proxied.validity]
    return {"valid_to": valid_until(leg.desk.today, months).isoformat()}
