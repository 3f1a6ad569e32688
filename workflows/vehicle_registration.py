"""调取档案、查验、登记: from the origin's electronic file to the flip of the register in one act.

Later steps of 机动车转让登记 (docs/rules.md A9 (3) to (6)).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter, LetterVerb
    from contracts.parcels import ParcelItem
    from domain.attribution import Holder
    from domain.casework import (
        ActCode,
        CertificateKind,
        CertificateStatus,
        ClockKind,
        Ending,
        PersonStatus,
        Stage,
    )
    from domain.schemes.vehicle_acts import VehicleAct
    from domain.transports import ItemKind
    from domain.vehicle_tasks import VehicleTask
    from workflows.asking import Asking
    from workflows.asking_peer import ask_peer
    from workflows.happenings import Decided, Expired
    from workflows.home_case import AT_HOME, CaseEnds
    from workflows.vehicle_case import VehicleCase
    from workflows.vehicle_precheck import check_register

_NEW = (CertificateKind.PLATE, CertificateKind.OWNERSHIP, CertificateKind.LICENCE)
#: What the new owner gets: plates come in pairs.
NEW_PAPERS = tuple(
    ParcelItem(
        code=kind.value,
        kind=ItemKind.VEHICLE_PAPER,
        count=2 if kind is CertificateKind.PLATE else 1,
    )
    for kind in _NEW
)


class VehicleAsking(Asking):
    """The request says whether the paper file stays at the origin: the destination's rule."""

    case: VehicleCase

    def request(self) -> Letter:
        letter = self.case.transfer_request()
        facts = {**letter.facts, "direct": "yes" if self.case.direct else "no"}
        return letter.model_copy(update={"facts": facts})


async def take_file_over(case: VehicleCase) -> None:
    """The origin confirms that nothing is pending and releases its electronic file."""
    await ask_peer(case, VehicleAsking)
    if not case.direct:
        # The origin's act, on its own record there: it takes the plates before it releases.
        case.done.append(VehicleAct.VOID_OLD)
    case.did(VehicleAct.RELEASE_FILE, letter=case.answer.number if case.answer else "")
    if case.persons[1] is PersonStatus.DECEASED:
        raise CaseEnds(Ending.DECEASED, ActCode.TERMINATED, reason_code="DECEASED")


async def inspect(case: VehicleCase) -> None:
    """The car is shown within the policy's days, or the lock ends."""
    desk, station, limits = case.desk, case.filing.desks.station, case.filing.rules.limits
    limit = limits["inspection" if case.direct else "destination_application"]
    desk.timers.start(ClockKind.INSPECTION, limit, desk.today)
    desk.move(
        Stage.INSPECTION,
        Holder.APPLICANT,
        office=station,
        due=ClockKind.INSPECTION,
        allows=AT_HOME,
    )
    desk.open_task(VehicleTask.INSPECTION, station, clock=ClockKind.INSPECTION)
    while True:
        match await case.next():
            case Expired(clock=ClockKind.INSPECTION):
                desk.tell("INSPECTION_OVERDUE")
                raise CaseEnds(Ending.LAPSED, ActCode.LAPSED, reason_code="INSPECTION_OVERDUE")
            case Decided(outcome="FAIL", command=command):
                raise CaseEnds(Ending.REFUSED, ActCode.NOT_PASSED, by=command)
            case Decided(command=command):
                desk.timers.stop(ClockKind.INSPECTION)
                case.did(VehicleAct.INSPECT, by=command)
                return


async def register(case: VehicleCase) -> None:
    """Old papers void, new owner, place and numbers: one act of the register (V1, V3)."""
    desk, station = case.desk, case.filing.desks.station
    desk.timers.start(ClockKind.BOOKING, case.filing.rules.limits["registration"], desk.today)
    refused: tuple[str, ...] = ()
    while VehicleAct.FLIP not in case.done:
        found = await check_register(case)
        desk.move(
            Stage.REGISTRATION, Holder.OURS, office=station, due=ClockKind.BOOKING, allows=AT_HOME
        )
        desk.open_task(
            VehicleTask.REGISTRATION,
            station,
            clock=ClockKind.BOOKING,
            findings=found.codes + refused,
        )
        decided = await case.decision()
        if decided.outcome == "REFUSE":
            raise CaseEnds(Ending.REFUSED, ActCode.NOT_PASSED, by=decided.command)
        if case.corrected:
            await check_register(case)
        code = await _flip(case, decided)
        refused = (f"REGISTER:{code}",)
    desk.timers.stop(ClockKind.BOOKING)
    await case.mail.send(case.to_leg(LetterVerb.CONFIRM))


async def _flip(case: VehicleCase, decided: Decided) -> str:
    """The register's refusal, or "" where the car has its new owner."""
    if VehicleAct.VOID_OLD not in case.done:
        case.did(VehicleAct.VOID_OLD, by=decided.command)
    for kind in _NEW:
        if kind not in case.numbers:
            case.numbers[kind] = await case.numbered(kind, prepared=True)
    outcome = await case.act(
        "FLIP",
        record="REGISTRATION",
        plate=case.numbers[CertificateKind.PLATE],
        certificate_no=case.numbers[CertificateKind.OWNERSHIP],
        licence_no=case.numbers[CertificateKind.LICENCE],
    )
    if not outcome.done:
        case.desk.note("REGISTER_REFUSED", code=outcome.code)
        return outcome.code
    case.did(
        VehicleAct.FLIP,
        by=decided.command,
        receipt=outcome.receipt_no,
        invoice=case.invoice_no,
    )
    for number in (*case.numbers.values(), case.invoice_no):
        case.lay_down(number, CertificateStatus.USED)
    case.did(VehicleAct.ISSUE_NEW, by=decided.command)
    return ""
