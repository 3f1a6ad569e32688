"""协商: table and money of a housing fund differ, or the person disputes them.

Called by 住房公积金转入. The two centres settle it in writing; nothing is booked before. Basis:
全国住房公积金异地转移接续业务操作规程; docs/rules.md A7, D P2.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter
    from domain.casework import ClockKind, Stage
    from domain.housing_fund_tasks import FundTask
    from workflows.happenings import Decided
    from workflows.money_in import MoneyIn


class NegotiatedMoney(MoneyIn):
    """Money whose differences the centres negotiate; a dispute lasts until the origin answers."""

    trouble_stage = Stage.NEGOTIATION
    missing_task = FundTask.NEGOTIATION
    differs_task = FundTask.NEGOTIATION
    disputed = False

    @property
    def agrees(self) -> bool:
        """Table, money and person say the same."""
        return not self.disputed and self.left_fen == self.table_fen

    async def dispute(self) -> None:
        """The person does not agree: the origin is asked to check its table."""
        self.disputed = True
        await self._ask_origin("PERSON_DISPUTES")
        self._negotiate()

    def _show(self) -> None:
        super()._show()
        if self.desk.tasks or self.disputed:
            self.desk.move(
                Stage.NEGOTIATION,
                self.desk.holder,
                due=ClockKind.NEGOTIATION,
                allows=frozenset(),
            )

    def _open_difference(self) -> None:
        super()._open_difference()
        self._negotiate()

    def _ask_for_money(self) -> None:
        super()._ask_for_money()
        self._negotiate()

    def _negotiate(self) -> None:
        timers = self.desk.timers
        timers.stop(ClockKind.NEGOTIATION)
        timers.start(
            ClockKind.NEGOTIATION, self.case.filing.rules.limits["negotiation"], self.desk.today
        )

    async def _decided(self, decided: Decided) -> None:
        await super()._decided(decided)
        if decided.outcome == "KEEP_WAITING":
            self.desk.note("NEGOTIATED")

    async def _take_amended(self, letter: Letter) -> None:
        """Corrected or confirmed: either is the origin's answer to a dispute."""
        self.disputed = False
        await super()._take_amended(letter)

    async def match(self) -> int:
        """As for all money; the negotiation is over when they agree."""
        total = await super().match()
        self.desk.timers.stop(ClockKind.NEGOTIATION)
        return total
