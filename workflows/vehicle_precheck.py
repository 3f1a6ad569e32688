"""核查锁定与交易: the pre-check against the national register, the lock, the sale and its invoice.

First steps of 机动车转让登记 (docs/rules.md A9 (1) and (2)).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from domain.attribution import Holder
    from domain.casework import ActCode, CertificateKind, ClockKind, Ending, Stage
    from domain.schemes.vehicle_acts import VehicleAct
    from domain.vehicle_tasks import VehicleTask
    from workflows.business import DESTINATION, examine
    from workflows.home_case import AT_HOME, CaseEnds
    from workflows.review import review
    from workflows.vehicle_case import VEHICLE, VehicleCase


async def check_register(case: VehicleCase) -> Examined:
    """What the national register says now; the case's own lock is none of the reasons."""
    facts = {**case.filing.facts, "case": case.filing.case_no}
    case.corrected = False
    return await examine(case.desk, VEHICLE, DESTINATION, VEHICLE, facts=facts)


async def check_and_lock(case: VehicleCase) -> None:
    """A clerk decides on the findings; a car that another case holds cannot be locked (V2)."""
    refused: tuple[str, ...] = ()
    while VehicleAct.LOCK not in case.done:
        found = await check_register(case)
        case.direct = found.facts.get("direct", "yes") == "yes"
        decided = await review(
            case, VehicleTask.PRECHECK, findings=found.codes + refused, act=ActCode.EXAMINED
        )
        outcome = await case.act("LOCK")
        if outcome.done:
            case.did(VehicleAct.LOCK, by=decided.command, receipt=outcome.receipt_no)
            continue
        case.desk.note("REGISTER_REFUSED", code=outcome.code)
        refused = (f"REGISTER:{outcome.code}",)
        case.desk.timers.start(ClockKind.DECISION, case.filing.rules.review, case.desk.today)


async def check_sale_and_invoice(case: VehicleCase) -> None:
    """The sale is checked and invoiced here; the invoice belongs to this transfer alone (V4)."""
    desk, station = case.desk, case.filing.desks.station
    desk.timers.start(ClockKind.DECISION, case.filing.rules.limits["market"], desk.today)
    findings: tuple[str, ...] = ()
    while VehicleAct.INVOICE not in case.done:
        desk.move(Stage.MARKET, Holder.OURS, office=station, due=ClockKind.DECISION, allows=AT_HOME)
        desk.open_task(VehicleTask.MARKET, station, clock=ClockKind.DECISION, findings=findings)
        decided = await case.decision()
        if decided.outcome == "REFUSE":
            raise CaseEnds(Ending.REFUSED, ActCode.NOT_PASSED, by=decided.command)
        case.invoice_no = case.invoice_no or await case.numbered(CertificateKind.INVOICE)
        outcome = await case.act("INVOICE_ISSUE", invoice_no=case.invoice_no)
        if outcome.done:
            case.did(VehicleAct.INVOICE, by=decided.command, invoice=case.invoice_no)
        else:
            desk.note("REGISTER_REFUSED", code=outcome.code)
            findings = (f"REGISTER:{outcome.code}",)
    desk.timers.stop(ClockKind.DECISION)
