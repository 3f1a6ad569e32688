"""资金随后: the relation is continued at once, and its money is matched and booked when it comes.

Used by 失业保险 and 医疗保险, whose relation does not wait for money (docs/rules.md A5, A6). The
case has been delivered by then; nothing is asked of the applicant any more.
"""

from __future__ import annotations

from typing import Any

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import LetterVerb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from workflows.business import register_act
    from workflows.money_in import MoneyIn


class LateMoney(MoneyIn):
    """Money that follows its table; no clock of the applicant runs while it is waited for."""

    stage = Stage.BALANCE_FOLLOWS
    trouble_stage = Stage.BALANCE_FOLLOWS
    waiting_notice = "BALANCE_FOLLOWS"

    async def continue_relation(
        self,
        *,
        task: str,
        kind: str,
        findings: tuple[str, ...] = (),
        new_here: bool = False,
        facts: dict[str, int],
        said: dict[str, Any],
    ) -> None:
        """A clerk records what the table says; ``said`` are the coded facts that the act keeps."""
        case, desk = self.case, self.desk
        station = case.filing.desks.station
        desk.timers.start(ClockKind.BOOKING, case.filing.rules.limits["booking"], desk.today)
        while True:
            desk.move(
                Stage.REGISTRATION,
                Holder.OURS,
                office=station,
                due=ClockKind.BOOKING,
                allows=frozenset(),
            )
            desk.open_task(task, station, clock=ClockKind.BOOKING, findings=findings)
            decided = await case.decision()
            if new_here:
                await self._act(kind, "OPEN", {"months": 0})
            code, receipt = await self._act(kind, "RECORD_MONTHS", facts)
            if not code:
                break
            desk.note("REGISTER_REFUSED", code=code)
            findings = (f"REGISTER:{code}",)
        desk.timers.stop(ClockKind.BOOKING)
        desk.record(ActCode.RELATION_CONTINUED, by=decided.command, receipt=receipt, told=said)

    async def settle(self) -> None:
        """To the fund: matched, booked and confirmed; nothing of it is the person's own."""
        await self.match()
        if self.table_fen:
            self.book()
            self.desk.record(ActCode.BOOKED, total_fen=str(self.table_fen))
        await self.confirm()

    async def confirm(self) -> None:
        """The origin's leg may close."""
        case = self.case
        await case.mail.send(case.to_leg(LetterVerb.CONFIRM, amount_fen=self.table_fen))

    async def _act(self, kind: str, action: str, facts: dict[str, int]) -> tuple[str, str]:
        outcome = await register_act(
            self.desk,
            kind,
            action,
            locality=self.case.filing.locality,
            key=f"{action}:{self.letter_no}:{self.version}",
            summary="业务系统登记接续",
            facts={"letter_no": self.letter_no, **facts},
        )
        return ("" if outcome.done else outcome.code), outcome.receipt_no
