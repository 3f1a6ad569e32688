"""退还与追回: what the person gets back or owes when two pensions become one.

Called by both sides of 城乡衔接 once the money between the places is settled. The register is told
first: it refuses a second refund under one letter. Basis: 人社部发〔2014〕17号, 社会保险经办条例
art 46.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import PinnedLimit
    from domain.attribution import Holder
    from domain.bridge_tasks import BridgeTask
    from domain.casework import ActCode, ClockKind, Stage
    from workflows.business import register_act
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.desk import Desk
    from workflows.happenings import Decided


class Settling:
    """One side's settlement with the person under one letter."""

    def __init__(
        self,
        desk: Desk,
        *,
        station: str,
        locality: str,
        letter_no: str,
        limit: PinnedLimit,
        decision: Callable[[], Awaitable[Decided]],
    ) -> None:
        self._desk = desk
        self._station = station
        self._locality = locality
        self._letter_no = letter_no
        self._limit = limit
        self._decision = decision

    async def settle(self, facts: Mapping[str, str]) -> None:
        """Pay back ``refund_fen``, then see to it that ``recover_fen`` is recovered."""
        refund, recover = int(facts.get("refund_fen", "0")), int(facts.get("recover_fen", "0"))
        if refund:
            await self._refund(refund, int(facts.get("refund_months", "0")))
        if recover:
            decided = await self._ask(BridgeTask.RECOVERY, (f"RECOVER:{recover}",))
            self._desk.record(
                ActCode.RECOVERY_SETTLED,
                by=decided.command,
                total_fen=str(recover),
                way=decided.outcome,
            )

    async def _refund(self, amount_fen: int, months: int) -> None:
        findings: tuple[str, ...] = (f"REFUND:{amount_fen}", f"MONTHS:{months}")
        while True:
            decided = await self._ask(BridgeTask.REFUND, findings)
            outcome = await register_act(
                self._desk,
                "RESIDENT_PENSION",
                "REFUND",
                locality=self._locality,
                key=f"REFUND:{self._letter_no}",
                summary="业务系统登记退还",
                facts={"letter_no": self._letter_no, "amount_fen": amount_fen, "months": months},
            )
            if outcome.done:
                break
            self._desk.note("REGISTER_REFUSED", code=outcome.code)
            findings = (f"REGISTER:{outcome.code}",)
        self._desk.record(ActCode.REFUNDED, by=decided.command, total_fen=str(amount_fen))

    async def _ask(self, task: str, findings: tuple[str, ...]) -> Decided:
        desk = self._desk
        desk.timers.stop(ClockKind.BOOKING)
        desk.timers.start(ClockKind.BOOKING, self._limit, desk.today)
        desk.move(
            Stage.BOOKING,
            Holder.OURS,
            office=self._station,
            due=ClockKind.BOOKING,
            allows=CLOCK_VERBS,
        )
        desk.open_task(task, self._station, clock=ClockKind.BOOKING, findings=findings)
        decided = await self._decision()
        desk.timers.stop(ClockKind.BOOKING)
        return decided
