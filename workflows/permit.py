"""准予迁入证明: issued once for the whole family, used by the origin's answer, or voided.

Basis: docs/rules.md A1 step 3 and A1-X (a). Called by the home procedure's request to the origin.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.transitions import CertificateChanged
    from domain.casework import ActCode, CertificateKind, CertificateStatus, ClockKind
    from workflows.hukou_home import HukouHome


async def issue_permit(case: HukouHome) -> None:
    """One number for the whole family, valid for the policy's calendar days."""
    desk, limit = case.desk, case.filing.rules.permit_validity
    key = desk.issue(
        CertificateKind.PERMIT, validity_days=limit.length, office=case.filing.desks.bureau
    )
    desk.record(ActCode.PERMIT_ISSUED, office=case.filing.desks.bureau)
    desk.timers.start(ClockKind.PERMIT, limit, desk.today)
    await desk.flush()
    permit = desk.certificates[key]
    case.permit_no, case.permit_until = permit.number, permit.valid_until


def use_permit(case: HukouHome) -> None:
    """The origin has cancelled under it: it served."""
    _lay_down(case, CertificateStatus.USED, "")


def void_permit(case: HukouHome, reason: str) -> None:
    """The permit can no longer be used for any move."""
    if case.permit_no is not None:
        case.desk.record(ActCode.PERMIT_VOIDED, office=case.filing.desks.bureau, reason=reason)
    _lay_down(case, CertificateStatus.VOID, reason)


def _lay_down(case: HukouHome, status: CertificateStatus, reason: str) -> None:
    case.desk.timers.stop(ClockKind.PERMIT)
    if case.permit_no is not None:
        case.desk.draft.certificates_changed.append(
            CertificateChanged(number=case.permit_no, status=status, reason=reason)
        )
        case.permit_no = case.permit_until = None
