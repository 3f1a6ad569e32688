"""送达: the last duty of every home procedure; the way of delivery is on record.

Basis: docs/rules.md B3. Called once the substance of the case is done. What is posted and has a
list (plates and papers of a car) is a parcel with a custodian until the person has signed.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.parcels import ParcelItem, ParcelNews
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.common_tasks import CommonTask
    from domain.custody import PERSON
    from domain.transports import Service
    from workflows.clock_desk import PAUSE_VERBS
    from workflows.happenings import Decided
    from workflows.home_case import HomeCase
    from workflows.parcels import ENDS, parcel_news, send_parcel
    from workflows.returning import RETURN

_MAILED = "MAILED"


async def deliver(
    case: HomeCase, notice: str, things: tuple[ParcelItem, ...] = ()
) -> Decided | None:
    """Tell the applicant that it is done (``notice``) and hand the result over.

    ``things``: what goes by parcel where the clerk decides to post it. A parcel that does not
    reach the person brings the task back, with what became of it. The decision that sends the
    result back to an earlier step instead, where the procedure has passed one that may be redone.
    """
    desk, filing = case.desk, case.filing
    if desk.timers.effect(ClockKind.CONFIRMATION) is None:
        desk.timers.start(ClockKind.CONFIRMATION, filing.rules.delivery, desk.today)
    facts: dict[str, str] = {}
    findings: tuple[str, ...] = ()
    while True:
        desk.move(
            Stage.DELIVERY,
            Holder.OURS,
            office=filing.desks.intake,
            due=ClockKind.CONFIRMATION,
            allows=PAUSE_VERBS,
        )
        desk.open_task(
            CommonTask.DELIVERY,
            filing.desks.intake,
            clock=ClockKind.CONFIRMATION,
            findings=findings,
        )
        if not findings:
            desk.tell(notice)
        decided = await case.decision()
        if decided.outcome == RETURN:
            return decided
        if decided.outcome != _MAILED or not things:
            break
        key, ended = await _post(case, things)
        if ended == ParcelNews.SIGNED:
            facts = {"parcel": key}
            break
        desk.note("DELIVERY_FAILED", parcel=key, news=ended)
        findings = (f"PARCEL:{ended}",)
    desk.record(ActCode.DELIVERED, by=decided.command, way=decided.outcome, told=facts or None)
    return None


async def _post(case: HomeCase, things: tuple[ParcelItem, ...]) -> tuple[str, str]:
    """Packed by the office in charge and given to the courier; the parcel and how it ended."""
    desk, filing = case.desk, case.filing
    key = send_parcel(
        case,
        kind="RESULT",
        service=Service.EMS,
        items=things,
        to_office=PERSON,
        to_locality=filing.locality,
    )
    due = ClockKind.CONFIRMATION
    desk.move(Stage.DELIVERY, Holder.OURS, office=filing.desks.station, due=due)
    news = await parcel_news(case, key, ParcelNews.HANDED_OVER, *ENDS)
    if news.code == ParcelNews.HANDED_OVER:
        desk.move(Stage.DELIVERY, Holder.COURIER, due=due)
        news = await parcel_news(case, key, *ENDS)
    return key, news.code
