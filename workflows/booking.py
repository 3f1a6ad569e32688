"""记账接续: the destination continues the relation, and tells the origin.

Called once table and money agree, or at once where no money moves. The register's act, the ledger
entry and the confirmation belong together. Basis: docs/rules.md A0 rule 2, D P2.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import LetterVerb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from workflows.business import register_act
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.home_case import AFTER_NO_RETURN, HomeCase
    from workflows.money_in import MoneyIn


async def book(
    case: HomeCase,
    money: MoneyIn,
    *,
    task: str,
    kind: str,
    action: str = "CREDIT",
    tells: bool = True,
) -> bool:
    """A clerk books; a refusal of the register opens the task again with its code.

    ``tells`` False: the caller confirms to the origin itself, once late money is settled. Returns
    False where the person disputes the table and nothing was booked.
    """
    desk, station = case.desk, case.filing.desks.station
    limit = case.filing.rules.limits["booking"]
    desk.timers.start(ClockKind.BOOKING, limit, desk.today)
    findings: tuple[str, ...] = (f"TOTAL:{money.table_fen}", f"MONTHS:{money.months}")
    while True:
        desk.move(
            Stage.BOOKING,
            Holder.OURS,
            office=station,
            due=ClockKind.BOOKING,
            allows=AFTER_NO_RETURN | CLOCK_VERBS,
        )
        desk.open_task(task, station, clock=ClockKind.BOOKING, findings=findings)
        decided = await case.decision()
        if decided.outcome == "ASK_CORRECTION":
            # A wrong table goes back even where its sum agrees; the limit starts anew with it.
            desk.timers.stop(ClockKind.BOOKING)
            await money.ask_correction("CONTENT_WRONG")
            await money.match()
            desk.timers.start(ClockKind.BOOKING, limit, desk.today)
            findings = (f"TOTAL:{money.table_fen}", f"MONTHS:{money.months}")
            continue
        if decided.outcome == "DISPUTE":
            desk.timers.stop(ClockKind.BOOKING)
            desk.note("TABLE_DISPUTED")
            return False
        outcome = await register_act(
            desk,
            kind,
            action,
            locality=case.filing.locality,
            key=f"{action}:{money.letter_no}:{money.version}",
            record="STATEMENT",
            summary="业务系统记账接续",
            facts={
                "letter_no": money.letter_no,
                "amount_fen": money.table_fen,
                "months": money.months,
            },
        )
        if outcome.done:
            break
        desk.note("REGISTER_REFUSED", code=outcome.code)
        findings = (f"REGISTER:{outcome.code}",)
    desk.timers.stop(ClockKind.BOOKING)
    money.book()
    desk.record(
        ActCode.BOOKED,
        by=decided.command,
        receipt=outcome.receipt_no,
        total_fen=str(money.table_fen),
        months=str(money.months),
    )
    if tells:
        await confirm(case, money)
    return True


async def confirm(case: HomeCase, money: MoneyIn) -> None:
    """办结告知: the origin may close its side."""
    await case.mail.send(case.to_leg(LetterVerb.CONFIRM, amount_fen=money.table_fen))
