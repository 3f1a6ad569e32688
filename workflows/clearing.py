"""先转后清: months that two places have counted are cleared once the transfer is booked.

Called by the pension procedure after the booking. The person chooses which place's record stays;
of the other the account part is refunded, and the months count once (P3). Basis: 人社部发〔2009〕
187号, 人社部规〔2016〕5号; docs/rules.md A2.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.pension_tasks import PensionTask
    from workflows.business import examine, register_act
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.home_case import AFTER_NO_RETURN, HomeCase
    from workflows.money_in import MoneyIn

_KIND = "PENSION"
_REFUND_OF = {"CLEAN_HERE": "refund_here", "CLEAN_THERE": "refund_there"}


async def clear_overlaps(case: HomeCase, money: MoneyIn) -> None:
    """Nothing to do where no month is counted twice; else a task, the refund and its record."""
    desk, station = case.desk, case.filing.desks.station
    found = await examine(desk, _KIND, "BOOKING", _KIND, letter_no=money.letter_no)
    months = int(found.facts.get("overlap_months", "0"))
    if not months:
        return
    desk.timers.start(ClockKind.BOOKING, case.filing.rules.limits["booking"], desk.today)
    desk.tell("OVERLAP_TO_CLEAR")
    findings = found.codes
    while True:
        desk.move(
            Stage.CLEARING,
            Holder.OURS,
            office=station,
            due=ClockKind.BOOKING,
            allows=AFTER_NO_RETURN | CLOCK_VERBS,
        )
        desk.open_task(PensionTask.OVERLAP, station, clock=ClockKind.BOOKING, findings=findings)
        decided = await case.decision()
        refund_fen = int(found.facts[_REFUND_OF[decided.outcome]])
        outcome = await register_act(
            desk,
            _KIND,
            "REFUND",
            locality=case.filing.locality,
            key=f"REFUND:{money.letter_no}:{decided.outcome}",
            summary="业务系统清理重复缴费并退还",
            facts={"letter_no": money.letter_no, "amount_fen": refund_fen, "months": months},
        )
        if outcome.done:
            break
        desk.note("REGISTER_REFUSED", code=outcome.code)
        findings = (*found.codes, f"REGISTER:{outcome.code}")
    desk.timers.stop(ClockKind.BOOKING)
    desk.record(
        ActCode.OVERLAP_CLEARED,
        by=decided.command,
        cleared=decided.outcome,
        receipt=outcome.receipt_no,
        refund_fen=str(refund_fen),
        months=str(months),
    )
    desk.tell("OVERLAP_CLEARED")
