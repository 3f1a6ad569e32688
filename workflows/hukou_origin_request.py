"""申请迁出: the permit, the letter to the origin, and everything the origin may answer.

Basis: docs/rules.md A1 steps 3-5 and A1-X (permit expires, peer silent, withdrawal, wrong station).
Called by HukouMigration after approval. Consent is never assumed from silence.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, Ending, Stage
    from domain.hukou import OriginRefusal
    from domain.hukou_tasks import TaskKind
    from workflows.asking import Reply
    from workflows.home_case import AT_HOME, CaseEnds
    from workflows.hukou_asking import HukouAsking
    from workflows.hukou_home import HukouHome
    from workflows.permit import issue_permit, void_permit


async def arrange_move_out(case: HukouHome) -> None:
    """Until the origin has cancelled the registration; raises CaseEnds where it never will."""
    while True:
        if case.permit_until is not None and case.permit_until < case.desk.today:
            void_permit(case, "EXPIRED")
        if case.refusal_code == OriginRefusal.PERMIT_INVALID:
            void_permit(case, "REFUSED_BY_ORIGIN")
        if case.filing.needs_permit and case.permit_no is None:
            await issue_permit(case)
        reply = await HukouAsking(case).settle()
        if reply is Reply.ANSWERED:
            return
        if reply is Reply.REFUSED:
            await _decide_after_refusal(case)
        elif reply is Reply.EXPIRED:
            await _decide_after_expiry(case)


async def _decide_after_refusal(case: HukouHome) -> None:
    case.desk.move(
        Stage.ORIGIN_REFUSED, Holder.OURS, office=case.filing.desks.station, allows=AT_HOME
    )
    case.desk.open_task(
        TaskKind.ORIGIN_REFUSAL,
        case.filing.desks.station,
        findings=(
            f"REFUSED:{case.refusal_code}",
            *((f"NOW_IN:{case.moved_to}",) if case.moved_to else ()),
        ),
    )
    decided = await case.decision()
    if decided.outcome == "CONCLUDE":
        void_permit(case, "ORIGIN_REFUSED")
        raise CaseEnds(
            Ending.ORIGIN_REFUSED,
            ActCode.REFUSED,
            by=decided.command,
            reason_code=case.refusal_code,
        )
    case.desk.note("ASKED_AGAIN")


async def _decide_after_expiry(case: HukouHome) -> None:
    case.desk.move(
        Stage.ORIGIN_PROCESSING, Holder.OURS, office=case.filing.desks.station, allows=AT_HOME
    )
    case.desk.open_task(TaskKind.PERMIT_EXPIRED, case.filing.desks.station)
    decided = await case.decision()
    if decided.outcome == "CONCLUDE":
        raise CaseEnds(
            Ending.PERMIT_EXPIRED,
            ActCode.TERMINATED,
            by=decided.command,
            reason_code="PERMIT_EXPIRED",
        )
