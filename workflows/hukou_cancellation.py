"""注销户口、签发迁移证: the point of no return, by an approver who did not make the phone call.

Basis: 户口登记条例 art 10; docs/rules.md A1 step 4. The certificate's number is reserved first and
goes into the register's own act, so that whoever is in transit always owns exactly one certificate
(H2).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.population import PopulationDesk
    from contracts.acts import ActOutcome, PersonAct
    from contracts.commands import Command
    from contracts.letters import CertificateRef
    from contracts.transitions import CertificateChanged
    from domain.attribution import Holder
    from domain.casework import (
        ActCode,
        CertificateKind,
        CertificateStatus,
        ClockKind,
        PersonStatus,
        Stage,
    )
    from domain.hukou import OriginRefusal
    from domain.hukou_tasks import TaskKind
    from workflows.happenings import Arrived, Decided
    from workflows.hukou_leg import HukouLeg
    from workflows.leg_case import LegRefuses
    from workflows.leg_papers import take_update
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT
    from workflows.returning import RETURN, returned_to


async def cancel_registration(leg: HukouLeg) -> str | None:
    """Decide, then cancel each person and issue the certificates; raises LegRefuses before that.

    Otherwise the step to which the approver sends it back, or "" where new papers came first.
    """
    desk = leg.desk
    desk.move(Stage.CANCELLATION, Holder.OURS, office=leg.station, due=ClockKind.ORIGIN)
    desk.open_task(TaskKind.CANCELLATION, leg.station, clock=ClockKind.ORIGIN)
    decided = await _decision(leg)
    if isinstance(decided, Arrived):
        await take_update(leg, decided.letter)
        return ""
    if decided.outcome == RETURN:
        return returned_to(desk, decided)
    command = decided.command
    leg.heed_withdrawals()
    if decided.outcome == "REFUSE":
        raise LegRefuses(OriginRefusal(command.reason_code or ""), by=command)
    permit_until = leg.request.permit_valid_until
    if leg.request.needs_permit and (permit_until is None or permit_until < desk.today):
        raise LegRefuses(OriginRefusal.PERMIT_INVALID, by=command)
    leg.past_no_return = True
    for number, certificate in (await _prepare_certificates(leg)).items():
        if 1 in leg.refused:  # nobody follows a main person who stays
            _take_back(leg, number, certificate, leg.refused[1])
            continue
        outcome = await _cancel(leg, number, certificate)
        if outcome.done:
            _book(leg, command, number, certificate, outcome.receipt_no)
        else:
            _take_back(leg, number, certificate, _refusal_of(outcome.code))
    if 1 in leg.refused:
        leg.past_no_return = False
        raise LegRefuses(leg.refused[1], by=command)
    return None


async def _decision(leg: HukouLeg) -> Decided | Arrived:
    while True:
        happening = await leg.next()
        if isinstance(happening, Decided | Arrived):
            return happening


async def _prepare_certificates(leg: HukouLeg) -> dict[int, CertificateRef]:
    keys = {
        number: leg.desk.issue(
            CertificateKind.MIGRATION,
            validity_days=leg.filing.rules.certificate_validity.length,
            office=leg.station,
            person=number,
            prepared=True,
        )
        for number in leg.persons_in(PersonStatus.OPEN)
    }
    await leg.desk.flush_unanswered()
    return {number: leg.desk.certificates[key] for number, key in keys.items()}


async def _cancel(leg: HukouLeg, number: int, certificate: CertificateRef) -> ActOutcome:
    outcome: ActOutcome = await workflow.execute_activity_method(
        PopulationDesk.cancel,
        PersonAct(
            case_no=leg.desk.case_no,
            person=number,
            key=f"{leg.desk.case_no}:CANCEL:{number}",
            on=leg.desk.today,
            certificate_no=certificate.number,
            locality=leg.request.from_locality,
        ),
        start_to_close_timeout=OUTSIDE_TIMEOUT,
        retry_policy=OUTSIDE_RETRY,
        summary=f"人口库注销户口（第{number}人）",
    )
    return outcome


def _book(
    leg: HukouLeg, command: Command, number: int, certificate: CertificateRef, receipt_no: str
) -> None:
    desk = leg.desk
    desk.record(ActCode.CANCELLED, by=command, person=number, receipt=receipt_no)
    desk.record(
        ActCode.CERTIFICATE_ISSUED, by=command, person=number, certificate=certificate.number
    )
    desk.draft.certificates_changed.append(
        CertificateChanged(number=certificate.number, status=CertificateStatus.VALID)
    )
    leg.certificates[number] = certificate
    leg.set_person(number, PersonStatus.IN_TRANSIT)


def _take_back(leg: HukouLeg, number: int, certificate: CertificateRef, code: str) -> None:
    leg.desk.draft.certificates_changed.append(
        CertificateChanged(
            number=certificate.number, status=CertificateStatus.VOID, reason="NOT_CANCELLED"
        )
    )
    leg.refuse_person(number, code)


def _refusal_of(code: str) -> OriginRefusal:
    """The register's own no, in the words of the answer."""
    return {
        "DECEASED": OriginRefusal.DECEASED,
        "UNDER_INVESTIGATION": OriginRefusal.UNDER_INVESTIGATION,
        "NOT_REGISTERED": OriginRefusal.NOT_REGISTERED_HERE,
        "IDENTITY_CORRECTED": OriginRefusal.IDENTITY_DIFFERS,
        "IDENTITY_DIFFERS": OriginRefusal.IDENTITY_DIFFERS,
    }.get(code, OriginRefusal.ALREADY_MOVED)
