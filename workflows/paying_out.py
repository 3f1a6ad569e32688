"""支付: money that the bank pays to the person after the deposit centre's decision.

Called by 异地购房提取审核协办. The person's account is the bank's to find by the letter's number;
it never stands in a history. Basis: 住房公积金管理条例 art 25; docs/rules.md A7, D P1, P6.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter, LetterVerb
    from contracts.money import RemittancePurpose, payout_account
    from contracts.tidings import TidingsKind
    from domain.accounts import EntryKind
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.transfer_tasks import TransferTask
    from workflows.happenings import Arrived, Decided, Expired, Told
    from workflows.money_out import MoneyOut


class PayingOut(MoneyOut):
    """One decided withdrawal until the bank has paid it, and until home has confirmed."""

    paid_fen = 0

    def payee(self) -> str:
        """The bank's account for payments to people, here."""
        return payout_account(self.leg.filing.locality)

    async def pay(self) -> None:
        """Until the whole sum is paid; money that comes back is sent again by a clerk."""
        leg, desk = self.leg, self.desk
        desk.timers.start(ClockKind.PAYMENT, leg.filing.rules.limits["payment"], desk.today)
        while self.paid_fen < self.owed_fen:
            desk.move(
                Stage.PAYING,
                Holder.OURS,
                office=leg.station,
                due=ClockKind.PAYMENT,
                allows=frozenset(),
            )
            match await desk.next():
                case Told(tidings=tidings) if tidings.kind is TidingsKind.FUNDS_ARRIVED:
                    self.paid_fen = max(self.paid_fen, tidings.total_fen)
                case Told(tidings=tidings) if tidings.kind is TidingsKind.FUNDS_BOUNCED:
                    desk.note("MONEY_BOUNCED", fen=str(tidings.amount_fen))
                    desk.open_task(
                        TransferTask.MONEY_BOUNCED,
                        leg.station,
                        clock=ClockKind.PAYMENT,
                        findings=(f"BOUNCED:{tidings.amount_fen}",),
                    )
                case Decided(command=command):
                    self._entry(EntryKind.SENT_AGAIN, self.sent_fen, key=f"AGAIN:{self.attempts}")
                    self._order(RemittancePurpose.TRANSFER, self.sent_fen)
                    desk.record(ActCode.REMITTED_AGAIN, by=command, total_fen=str(self.sent_fen))
                case Expired(clock=kind):
                    desk.mark_overdue(kind)
                case Arrived():
                    await self._send_statement("DOCUMENTS_AGAIN")
        desk.timers.stop(ClockKind.PAYMENT)
        desk.record(ActCode.PAID_OUT, total_fen=str(self.paid_fen))
        await leg.mail.send(
            leg.letter(LetterVerb.PROGRESS, reason_code="PAID", amount_fen=self.paid_fen)
        )

    async def confirmed(self) -> Letter:
        """The purchase place has told the applicant."""
        return await self.follow()
