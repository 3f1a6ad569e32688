"""属地受理: the home office alone accepts, asks for correction, redirects or does not accept.

Its five working days run from the day IT has the papers, anew after a correction and at the office
that an application was redirected to. Basis: 行政许可法 art 32; docs/rules.md A11.
"""

from __future__ import annotations

from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.commands import Command, RejectionCode
    from contracts.letters import LetterVerb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.proxy_tasks import ProxyTask
    from domain.schemes.proxy_intake import ProxyRefusal
    from domain.schemes.proxy_reasons import CORRECTION_LAPSED
    from workflows.business import ORIGIN, examine
    from workflows.clock_desk import PAUSE_VERBS
    from workflows.happenings import Arrived, Decided, Expired
    from workflows.leg_case import LegStops
    from workflows.leg_papers import take_update
    from workflows.proxy_leg import CorrectionLapsed, NotAccepted, ProxyLeg


async def accept(leg: ProxyLeg, received_on: date) -> tuple[Examined, date]:
    """What the register said, and the day from which the decision's limit runs."""
    desk = leg.desk
    while True:
        examined = await _look(leg)
        _ask(leg, examined)
        happening = await leg.next()
        desk.guard = lambda command: None
        match happening:
            case Expired():
                desk.supersede_tasks()
                desk.timers.stop(ClockKind.INTAKE)
                desk.record(ActCode.DEEMED_ACCEPTED, effective_on=received_on)
                return examined, received_on
            case Decided(outcome="ACCEPT", command=command):
                start = max(desk.today, received_on)
                desk.timers.stop(ClockKind.INTAKE)
                desk.record(ActCode.ACCEPTED, by=command, effective_on=start)
                return examined, start
            case Decided(outcome="NOT_ACCEPT", command=command):
                raise NotAccepted(command.reason_code or "", by=command)
            case Decided(outcome="REDIRECT", command=command):
                received_on = await _redirect(leg, examined, command)
            case Decided(command=command):
                received_on = await _correct(leg, command)
            case Arrived(letter=letter):
                await take_update(leg, letter)


async def _look(leg: ProxyLeg) -> Examined:
    return await examine(
        leg.desk,
        "PROXY_INTAKE",
        ORIGIN,
        leg.proxied.register,
        letter_no=leg.request.number,
        facts={**leg.request.facts, "matter": leg.request.matter, "station": leg.station},
        summary="核对证件登记",
    )


def _ask(leg: ProxyLeg, examined: Examined) -> None:
    elsewhere = ProxyRefusal.WRONG_HOME_OFFICE in examined.codes

    def guard(command: Command) -> RejectionCode | None:
        """Another's matter cannot be accepted here, and one's own cannot be sent away."""
        wrong = "ACCEPT" if elsewhere else "REDIRECT"
        return RejectionCode.CANNOT_PROCEED if command.outcome == wrong else None

    leg.desk.guard = guard
    leg.desk.move(
        Stage.ACCEPTANCE, Holder.OURS, office=leg.station, due=ClockKind.INTAKE, allows=PAUSE_VERBS
    )
    leg.desk.open_task(
        ProxyTask.ACCEPTANCE,
        leg.station,
        clock=ClockKind.INTAKE,
        findings=(*examined.codes, *(f"{k}:{v}" for k, v in examined.facts.items() if v)),
    )


async def _redirect(leg: ProxyLeg, examined: Examined, command: Command) -> date:
    """To the competent office: of this locality it takes over; another locality is asked anew."""
    desk, here = leg.desk, leg.filing.locality
    locality = examined.facts["home_locality"] or here
    office = examined.facts["home_office"] or None
    desk.timers.stop(ClockKind.INTAKE)
    desk.record(ActCode.REDIRECTED, by=command, locality=locality, office_to=office or "")
    if locality != here and locality not in leg.filing.counters:
        raise NotAccepted(ProxyRefusal.WRONG_HOME_OFFICE, by=command, moved_to=locality)
    await leg.mail.send(
        leg.letter(
            LetterVerb.FORWARD,
            forward_locality=locality,
            forward_office=office,
            reason_code="NOT_COMPETENT",
        )
    )
    if locality != here or office is None:
        raise LegStops(Ending.FORWARDED)
    leg.station = leg.mail.station = desk.custodian = office
    desk.timers.start(ClockKind.INTAKE, leg.filing.rules.intake, desk.today)
    return desk.today


async def _correct(leg: ProxyLeg, command: Command) -> date:
    """一次性告知: everything at once; the day on which the correction came."""
    desk = leg.desk
    desk.timers.stop(ClockKind.INTAKE)
    desk.record(ActCode.CORRECTION_NOTICE, by=command, code=command.reason_code or "")
    leg.awaiting = frozenset({LetterVerb.AMENDED})
    desk.timers.start(ClockKind.CORRECTION, leg.filing.rules.correction, desk.today)
    desk.move(Stage.CORRECTION, Holder.APPLICANT, due=ClockKind.CORRECTION, allows=PAUSE_VERBS)
    number = leg.mail.prepare(
        leg.letter(LetterVerb.AMEND_REQUEST, reason_code=command.reason_code),
        "CORRECTION_LIST",
        command_id=command.command_id,
    )
    desk.complete(command)
    await leg.mail.post(number)
    while True:
        match await leg.next():
            case Expired():
                raise CorrectionLapsed(CORRECTION_LAPSED)
            case Arrived(letter=letter):
                leg.awaiting = frozenset()
                desk.timers.stop(ClockKind.CORRECTION)
                await take_update(leg, letter)
                desk.timers.start(ClockKind.INTAKE, leg.filing.rules.intake, desk.today)
                desk.note("CORRECTION_HANDED_IN")
                return desk.today
