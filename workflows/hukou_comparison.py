"""核对与核实: the origin takes in the papers, compares with the population register, phones.

Basis: domain.md A1 step 4; wrong station means forwarding and not refusal. First steps of
HukouMoveOut; ends with the person's confirmed will, or raises what ends the leg.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.papers import PaperDesk
    from activities.population import PopulationDesk
    from contracts.acts import (
        CompareRequest,
        Comparison,
        PersonFinding,
        TakeInRequest,
        TakenIn,
    )
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.letters import LetterVerb
    from domain.attribution import Holder
    from domain.hukou import ClockKind, Ending, OriginRefusal, PersonStatus, Stage
    from domain.hukou_tasks import TaskKind
    from workflows.happenings import Arrived, Decided
    from workflows.leg_case import LegCase, LegRefuses, LegStops
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT

_CLOCK_VERBS = frozenset({Verb.SUSPEND, Verb.RESUME, Verb.EXTEND})
#: What a clerk may set aside after checking: everything else the register itself forbids.
_MAY_PROCEED = frozenset({OriginRefusal.NEEDS_APPROVAL.value, OriginRefusal.IDENTITY_DIFFERS.value})


async def take_in_papers(leg: LegCase) -> None:
    """Pull the documents under the letter's grant; a second open request is refused by number."""
    leg.desk.timers.start(ClockKind.ORIGIN, leg.filing.rules.origin, leg.filing.received_on)
    leg.desk.move(
        Stage.RECEIVED,
        Holder.OURS,
        office=leg.station,
        due=ClockKind.ORIGIN,
        allows=_CLOCK_VERBS,
    )
    await leg.desk.flush()
    taken = await _pull(leg, TakeInRequest(case_no=leg.desk.case_no, letter=leg.request))
    while taken.code == OriginRefusal.DOCUMENTS_UNUSABLE:
        await leg.mail.send(leg.letter(LetterVerb.REJECT_DOCUMENT, reason_code="DIGEST_MISMATCH"))
        leg.desk.move(Stage.RECEIVED, Holder.THEIRS, due=ClockKind.ORIGIN)
        happening = await leg.next()
        while not isinstance(happening, Arrived):
            happening = await leg.next()
        leg.desk.move(Stage.RECEIVED, Holder.OURS, due=ClockKind.ORIGIN)
        taken = await _pull(leg, TakeInRequest(case_no=leg.desk.case_no, letter=happening.letter))
    if taken.code:
        raise LegRefuses(OriginRefusal(taken.code), other_case_no=taken.other_case_no)


async def compare_and_confirm(leg: LegCase) -> None:
    """Until the register agrees and the person has said yes; raises LegRefuses or LegStops."""
    while True:
        await _compare(leg)
        if await _confirm_by_phone(leg):
            return


async def _pull(leg: LegCase, request: TakeInRequest) -> TakenIn:
    taken: TakenIn = await workflow.execute_activity_method(
        PaperDesk.take_in,
        request,
        start_to_close_timeout=OUTSIDE_TIMEOUT,
        retry_policy=OUTSIDE_RETRY,
        summary="凭函调取随函文书并核对摘要",
    )
    return taken


async def _compare(leg: LegCase) -> None:
    desk = leg.desk
    desk.move(
        Stage.COMPARISON, Holder.OURS, office=leg.station, due=ClockKind.ORIGIN, allows=_CLOCK_VERBS
    )
    await desk.flush()
    compared: Comparison = await workflow.execute_activity_method(
        PopulationDesk.compare,
        CompareRequest(case_no=desk.case_no, office=leg.station),
        start_to_close_timeout=OUTSIDE_TIMEOUT,
        retry_policy=OUTSIDE_RETRY,
        summary="与人口库核对",
    )
    differing = [finding for finding in compared.findings if finding.code != "OK"]
    elsewhere = next((f for f in differing if f.code == "OTHER_LOCALITY"), None)
    if elsewhere is not None and elsewhere.person == 1:
        await leg.mail.send(
            leg.letter(
                LetterVerb.FORWARD,
                forward_locality=elsewhere.locality,
                reason_code="NOT_COMPETENT",
            )
        )
        raise LegStops(Ending.FORWARDED)
    other_station = next((f for f in differing if f.code == "OTHER_STATION"), None)
    if other_station is not None and other_station.office is not None:
        await _forward_within(leg, other_station.office)
        differing = [finding for finding in differing if finding.code != "OTHER_STATION"]
    if differing:
        await _settle_discrepancy(leg, differing)


async def _forward_within(leg: LegCase, station: str) -> None:
    """The same locality, another station: it takes over, and the destination is told."""
    leg.desk.note("FORWARDED_WITHIN", station=station)
    leg.station = station
    leg.desk.custodian = station
    leg.desk.move(Stage.COMPARISON, Holder.OURS, office=station, due=ClockKind.ORIGIN)
    await leg.mail.send(
        leg.letter(
            LetterVerb.FORWARD,
            forward_locality=leg.filing.locality,
            forward_office=station,
            reason_code="NOT_COMPETENT",
        )
    )


async def _settle_discrepancy(leg: LegCase, differing: list[PersonFinding]) -> None:
    codes = tuple(f"{finding.person}:{finding.code}" for finding in differing)
    firm = any(finding.code not in _MAY_PROCEED for finding in differing)

    def guard(command: Command) -> RejectionCode | None:
        if firm and command.outcome == "PROCEED":
            return RejectionCode.CANNOT_PROCEED
        return None

    leg.desk.guard = guard
    leg.desk.open_task(TaskKind.DISCREPANCY, leg.station, clock=ClockKind.ORIGIN, findings=codes)
    while True:
        happening = await leg.next()
        match happening:
            case Decided(outcome="PROCEED"):
                leg.desk.guard = lambda command: None
                return
            case Decided(command=command):
                leg.desk.guard = lambda command: None
                _refuse(leg, command)
                return
            case Arrived(letter=letter):
                leg.desk.guard = lambda command: None
                leg.desk.supersede_tasks()
                await _take_update(
                    leg,
                    letter.number,
                    TakeInRequest(case_no=leg.desk.case_no, letter=letter, update=True),
                )
                await _compare(leg)
                return


def _refuse(leg: LegCase, command: Command) -> None:
    """The whole request, or followers only: those stay, the others go on."""
    followers = tuple(number for number in command.persons if number != 1)
    if followers and 1 not in command.persons:
        for number in followers:
            leg.set_person(number, PersonStatus.ENDED)
        leg.desk.note("FOLLOWERS_REFUSED", reason=command.reason_code or "")
        return
    raise LegRefuses(OriginRefusal(command.reason_code or ""), by=command)


async def _take_update(leg: LegCase, letter_no: str, request: TakeInRequest) -> None:
    await leg.desk.flush()
    await _pull(leg, request)
    leg.desk.note("PAPERS_UPDATED", letter=letter_no)


async def _confirm_by_phone(leg: LegCase) -> bool:
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
                findings=(f"ATTEMPT:{attempts + 1}",),
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
                desk.supersede_tasks()
                await _take_update(
                    leg,
                    letter.number,
                    TakeInRequest(case_no=desk.case_no, letter=letter, update=True),
                )
                return False
