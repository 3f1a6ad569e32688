"""个人账户余额: what follows a medical relation, booked to the account or paid to the person.

Called by 基本医疗保险转入 after delivery. Basis: 医保办发〔2021〕43号; docs/rules.md A6, D P1, P2.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.medical_tasks import MedicalTask
    from workflows.home_case import HomeCase
    from workflows.late_money import LateMoney


class MedicalBalance(LateMoney):
    """``use``: BOOKED or PAID_OUT, as the destination's policy has it."""

    limit_name = "balance"

    def __init__(self, case: HomeCase, use: str) -> None:
        super().__init__(case)
        self.use = use

    async def settle(self) -> None:
        """Matched first, then a clerk's act; a relation without a balance ends at once."""
        await self.match()
        if self.table_fen:
            await self._book()
        await self.confirm()

    async def _book(self) -> None:
        desk, filing = self.desk, self.case.filing
        findings: tuple[str, ...] = (f"TOTAL:{self.table_fen}", f"BALANCE_USE:{self.use}")
        desk.timers.start(ClockKind.BOOKING, filing.rules.limits["booking"], desk.today)
        while True:
            desk.move(
                Stage.BALANCE_FOLLOWS,
                Holder.OURS,
                office=filing.desks.station,
                due=ClockKind.BOOKING,
            )
            desk.open_task(
                MedicalTask.BALANCE,
                filing.desks.station,
                clock=ClockKind.BOOKING,
                findings=findings,
            )
            decided = await self.case.decision()
            receipt = ""
            if decided.outcome == "BOOK":
                code, receipt = await self._act("MEDICAL", "CREDIT", {"amount_fen": self.table_fen})
                if code:
                    desk.note("REGISTER_REFUSED", code=code)
                    findings = (f"REGISTER:{code}",)
                    continue
            break
        desk.timers.stop(ClockKind.BOOKING)
        self.book()
        act = ActCode.BOOKED if decided.outcome == "BOOK" else ActCode.PAID_OUT
        desk.record(act, by=decided.command, receipt=receipt, total_fen=str(self.table_fen))
        desk.tell("BALANCE_BOOKED" if act is ActCode.BOOKED else "BALANCE_PAID_OUT")
