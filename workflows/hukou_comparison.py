"""核对与核实: the origin compares with the population register and phones.

Basis: docs/rules.md A1 step 4; wrong station means forwarding and not refusal. First steps of
HukouMoveOut; ends with the person's confirmed will, or raises what ends the leg.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.population import PopulationDesk
    from contracts.acts import CompareRequest, Comparison, PersonFinding
    from contracts.commands import Command, RejectionCode
    from contracts.letters import LetterVerb
    from domain.attribution import Holder
    from domain.casework import ClockKind, Ending, PersonStatus, Stage
    from domain.hukou import OriginRefusal
    from domain.hukou_tasks import TaskKind
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.happenings import Arrived, Decided
    from workflows.hukou_leg import HukouLeg
    from workflows.leg_case import LegRefuses, LegStops
    from workflows.leg_papers import take_update
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT
    from workflows.returning import RETURNED

#: What a clerk may set aside after checking: everything else the register itself forbids.
_MAY_PROCEED = frozenset({OriginRefusal.NEEDS_APPROVAL.value, OriginRefusal.IDENTITY_DIFFERS.value})


async def compare_and_confirm(leg: HukouLeg, *, again_from: str = "") -> None:
    """Until the register agrees and the person has said yes; raises LegRefuses or LegStops.

    ``again_from``: the step to which the approver sent it back; of the call only the call is made
    again.
    """
    again = (RETURNED,) if again_from else ()
    if again_from == TaskKind.PHONE_CONFIRMATION and await _confirm_by_phone(leg, again):
        return
    while True:
        await _compare(leg)
        if await _confirm_by_phone(leg, again):
            return


async def _compare(leg: HukouLeg) -> None:
    """What the register says of each person; a wrong office is no refusal, it is pointed on."""
    leg.desk.move(
        Stage.COMPARISON, Holder.OURS, office=leg.station, due=ClockKind.ORIGIN, allows=CLOCK_VERBS
    )
    findings = await _ask_register(leg)
    main = findings[1]
    if main.code == "OTHER_LOCALITY":
        await _point_elsewhere(leg, main.locality or "")
    if main.code == "OTHER_STATION" and main.office in leg.filing.office_names:
        await _forward_within(leg, main.office)
    differing = {
        number: finding.code
        for number, finding in findings.items()
        if finding.code not in ("OK", "OTHER_STATION")
    }
    while differing:
        decided = await _decide_discrepancy(leg, differing)
        if isinstance(decided, Arrived):
            await take_update(leg, decided.letter)
            return await _compare(leg)
        if decided.outcome == "PROCEED":
            return
        _refuse(leg, decided.command)
        staying = leg.persons_in(PersonStatus.OPEN)
        differing = {number: code for number, code in differing.items() if number in staying}


async def _ask_register(leg: HukouLeg) -> dict[int, PersonFinding]:
    await leg.desk.flush()
    compared: Comparison = await workflow.execute_activity_method(
        PopulationDesk.compare,
        CompareRequest(case_no=leg.desk.case_no, office=leg.station),
        start_to_close_timeout=OUTSIDE_TIMEOUT,
        retry_policy=OUTSIDE_RETRY,
        summary="与人口库核对",
    )
    return {finding.person: finding for finding in compared.findings}


async def _point_elsewhere(leg: HukouLeg, locality: str) -> None:
    """Registered in another locality: it is asked there, or the refusal says where that is."""
    if locality not in leg.filing.counters:
        raise LegRefuses(OriginRefusal.ALREADY_MOVED, moved_to=locality)
    await leg.mail.send(
        leg.letter(LetterVerb.FORWARD, forward_locality=locality, reason_code="NOT_COMPETENT")
    )
    raise LegStops(Ending.FORWARDED)


async def _forward_within(leg: HukouLeg, station: str) -> None:
    """The same locality, another station: it takes over, and the destination is told."""
    leg.desk.note("FORWARDED_WITHIN", station=station)
    leg.station = leg.mail.station = leg.desk.custodian = station
    leg.desk.move(Stage.COMPARISON, Holder.OURS, office=station, due=ClockKind.ORIGIN)
    await leg.mail.send(
        leg.letter(
            LetterVerb.FORWARD,
            forward_locality=leg.filing.locality,
            forward_office=station,
            reason_code="NOT_COMPETENT",
        )
    )


async def _decide_discrepancy(leg: HukouLeg, differing: dict[int, str]) -> Decided | Arrived:
    firm = any(code not in _MAY_PROCEED for code in differing.values())

    def guard(command: Command) -> RejectionCode | None:
        if firm and command.outcome == "PROCEED":
            return RejectionCode.CANNOT_PROCEED
        if set(command.persons) - set(leg.persons_in(PersonStatus.OPEN)):
            return RejectionCode.UNKNOWN_PERSON
        return None

    leg.desk.guard = guard
    leg.desk.open_task(
        TaskKind.DISCREPANCY,
        leg.station,
        clock=ClockKind.ORIGIN,
        findings=tuple(f"{number}:{code}" for number, code in differing.items()),
    )
    while True:
        happening = await leg.next()
        if isinstance(happening, Decided | Arrived):
            leg.desk.guard = lambda command: None
            return happening


def _refuse(leg: HukouLeg, command: Command) -> None:
    """The whole request, or followers only: those stay, the others go on."""
    code = OriginRefusal(command.reason_code or "")
    if not command.persons or 1 in command.persons:
        raise LegRefuses(code, by=command)
    for number in command.persons:
        leg.refuse_person(number, code)


async def _confirm_by_phone(leg: HukouLeg, findings: tuple[str, ...] = ()) -> bool:
    """True once the person has said yes; False where new papers came and all is compared again."""
    desk = leg.desk
    desk.move(Stage.CONFIRMATION, Holder.OURS, office=leg.station, due=ClockKind.ORIGIN)
    attempts = 0
    while True:
        if not desk.tasks:
            desk.open_task(
                TaskKind.PHONE_CONFIRMATION,
                leg.station,
                clock=ClockKind.ORIGIN,
                findings=(*findings, f"ATTEMPT:{attempts + 1}"),
            )
        match await leg.next():
            case Decided(outcome="CONFIRMED"):
                return True
            case Decided(outcome="DENIED", command=command):
                raise LegRefuses(OriginRefusal.DENIED_BY_PERSON, by=command)
            case Decided(command=command):
                attempts += 1
                desk.note("UNREACHABLE", attempt=str(attempts))
                if attempts >= leg.filing.rules.phone_attempts:
                    raise LegRefuses(OriginRefusal.UNREACHABLE, by=command)
            case Arrived(letter=letter):
                await take_update(leg, letter)
                return False
