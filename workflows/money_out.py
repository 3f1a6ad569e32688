"""划转: the origin's money of one letter, from the order to the other side's confirmation.

Called by the legs of families that move money. Ledger entry, order and letter belong to the ending
act and are written with it (P4); the bank's news come from the worker's bank round. Basis:
docs/rules.md A0 rule 2 and D P1, P4, P6.
"""

from __future__ import annotations

from typing import Any

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.commands import Command
    from contracts.letters import Answer, Letter, LetterVerb, ReceiptCode
    from contracts.money import (
        LedgerEntry,
        RemittanceOrdered,
        RemittancePurpose,
        fund_account,
        remittance_key,
    )
    from contracts.tidings import Tidings, TidingsKind
    from domain.accounts import EntryKind
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.clocks import Effect
    from domain.transfer_tasks import TransferTask
    from workflows.happenings import Arrived, Decided, Expired, Told
    from workflows.leg_case import LegCase
    from workflows.leg_review import Examine

_AFTERCARE = frozenset({LetterVerb.CONFIRM, LetterVerb.AMEND_REQUEST, LetterVerb.PROGRESS})
_TOO_LATE = frozenset(
    {LetterVerb.WITHDRAW, LetterVerb.INVALIDATE_DOCUMENT, LetterVerb.UPDATE_DOCUMENT}
)


class MoneyOut:
    """What the origin owes under one letter, and what became of it."""

    def __init__(self, leg: LegCase, examine: Examine, paper: str = "STATEMENT") -> None:
        self.leg = leg
        self.desk = leg.desk
        self.examine = examine
        self.paper = paper
        self.owed_fen = 0  # what the table says
        self.sent_fen = 0  # what was ordered under the letter
        self.back_fen = 0
        self.coming_fen = 0  # what the other side says it has sent back
        self.version = 0
        self.attempts = 0
        self.bounced = RemittancePurpose.TRANSFER
        self.bounced_fen = 0
        self.short_fen = 0  # what the other side misses of the table's sum
        self.supplemented = False  # one supplement of a letter at a time (P6)

    @property
    def letter_no(self) -> str:
        """Money travels under the number of the request (P6)."""
        return self.leg.request.number

    def release(self, examined: Examined, command: Command, **said: Any) -> None:
        """The ending act with its money: table issued and remittance ordered in one step.

        ``said``: coded facts of the table that the act keeps.
        """
        self.owed_fen = self.sent_fen = examined.total_fen
        self.version = 1
        self.desk.record(ActCode.RELEASED, by=command, total_fen=str(examined.total_fen))
        self.desk.record(ActCode.STATEMENT_ISSUED, by=command, told=said)
        if examined.total_fen:
            self._entry(EntryKind.SENT, examined.total_fen)
            self._order(RemittancePurpose.TRANSFER, examined.total_fen)
            self.desk.record(ActCode.REMITTED, by=command, total_fen=str(examined.total_fen))

    async def answer(self, examined: Examined) -> None:
        """信息表 to the asking side, written in the same step as :meth:`release`."""
        leg, desk = self.leg, self.desk
        desk.timers.stop(ClockKind.RELEASE)
        desk.judge = self.judge
        receipt = await leg.mail.send(
            leg.letter(
                LetterVerb.ANSWER,
                answer=Answer.GRANTED,
                persons=leg.request.persons,
                amount_fen=examined.total_fen,
                months=examined.months,
                facts=self._facts(examined),
            ),
            self.paper,
        )
        if receipt.code is not None:
            desk.note("ANSWER_NOT_TAKEN", code=receipt.code)

    def judge(self, letter: Letter) -> ReceiptCode | None:
        """After the point of no return: confirmations and questions about the table only."""
        if letter.verb in _AFTERCARE or letter.verb is LetterVerb.REJECT_DOCUMENT:
            return None
        late = letter.verb in _TOO_LATE
        return ReceiptCode.ALREADY_CANCELLED if late else ReceiptCode.NOT_EXPECTED

    async def follow(self) -> Letter:
        """Until the asking side confirms and what it sends back is here; its confirmation."""
        confirmed: Letter | None = None
        while confirmed is None or self.back_fen < self.coming_fen or self.desk.tasks:
            ours = bool(self.desk.tasks)
            self.desk.move(
                Stage.FOLLOWING,
                Holder.OURS if ours else Holder.THEIRS,
                office=self.leg.station,
                due=ClockKind.RELEASE if ours else ClockKind.MONEY if confirmed else None,
                allows=frozenset(),
            )
            match await self.desk.next():
                case Arrived(letter=letter) if letter.verb is LetterVerb.CONFIRM:
                    self.desk.record(ActCode.CONFIRMED, office=letter.from_office)
                    confirmed = letter
                    if self.back_fen < self.coming_fen:
                        self._wait_for_return()
                case Arrived(letter=letter) if letter.verb is LetterVerb.AMEND_REQUEST:
                    self._ask_correction(letter)
                case Arrived(letter=letter) if letter.verb is LetterVerb.PROGRESS:
                    self._heed(letter)
                case Arrived():
                    await self._send_statement("DOCUMENTS_AGAIN")
                case Told(tidings=tidings) if tidings.kind is TidingsKind.FUNDS_BOUNCED:
                    self._bounced(tidings)
                case Told(tidings=tidings):
                    self._take_back(tidings)
                case Decided() as decided:
                    await self._decided(decided)
                case Expired(clock=ClockKind.MONEY):
                    self.desk.mark_overdue(ClockKind.MONEY)
                    self._wait_for_return()
                case Expired(clock=kind):
                    self.desk.mark_overdue(kind)
        self.desk.timers.stop(ClockKind.MONEY)
        return confirmed

    def _wait_for_return(self) -> None:
        """Announced money may take as long as any; after that it is asked for again and again."""
        limit = self.leg.filing.rules.limits["money"]
        self.desk.timers.stop(ClockKind.MONEY)
        self.desk.timers.start(
            ClockKind.MONEY, limit.model_copy(update={"effect": Effect.REMIND}), self.desk.today
        )

    def _bounced(self, tidings: Tidings) -> None:
        """退汇: what came back is what goes out again, the transfer or its supplement."""
        purpose = tidings.code.partition("/")[2].partition("/")[0]
        if purpose == RemittancePurpose.RETURN:
            return
        if purpose == RemittancePurpose.SUPPLEMENT:
            self.bounced, self.supplemented = RemittancePurpose.SUPPLEMENT, False
        else:
            self.bounced = RemittancePurpose.TRANSFER
        self.bounced_fen = tidings.amount_fen
        self.desk.note("MONEY_BOUNCED", fen=str(tidings.amount_fen))
        self._open(TransferTask.MONEY_BOUNCED, f"BOUNCED:{tidings.amount_fen}")

    def _take_back(self, tidings: Tidings) -> None:
        """Returned money: what was sent too much is the person's again, the rest the bank's."""
        self.desk.note("MONEY_CAME_BACK", fen=str(tidings.amount_fen))
        self.back_fen += tidings.amount_fen
        over = min(tidings.amount_fen, max(0, self.sent_fen - self.owed_fen))
        if over:
            self.sent_fen -= over
            self._entry(EntryKind.RESTORED, over, key=f"RESTORED:{tidings.key}")
        if tidings.amount_fen > over:
            self._entry(
                EntryKind.BANK_SETTLED, tidings.amount_fen - over, key=f"SETTLED:{tidings.key}"
            )

    def _open(self, task: str, *findings: str) -> None:
        limit = self.leg.filing.rules.origin
        self.desk.timers.stop(ClockKind.RELEASE)
        self.desk.timers.start(ClockKind.RELEASE, limit, self.desk.today)
        self.desk.open_task(task, self.leg.station, clock=ClockKind.RELEASE, findings=findings)

    def _ask_correction(self, letter: Letter) -> None:
        table, arrived = letter.facts.get("table_fen", "0"), letter.facts.get("arrived_fen", "0")
        self.short_fen = max(0, int(table) - int(arrived))
        self._open(
            TransferTask.STATEMENT_CORRECTION,
            f"ASKED:{letter.reason_code or ''}",
            *(f"{name}:{value}" for name, value in letter.facts.items()),
        )

    def _heed(self, letter: Letter) -> None:
        """The other side sends money back: announced here before it arrives."""
        self.desk.note("PROGRESS", code=letter.reason_code or "")
        if letter.reason_code == "EXCESS_RETURNED" and letter.amount_fen is not None:
            # The same letter number never says two sums, so its number is the version.
            self.coming_fen = max(self.coming_fen, letter.amount_fen)
            self._entry(EntryKind.RETURN_ANNOUNCED, letter.amount_fen, key=letter.number)

    async def _decided(self, decided: Decided) -> None:
        if decided.outcome == "SEND_AGAIN":
            # Only what came back goes out again, under the same letter (P6).
            self._entry(EntryKind.SENT_AGAIN, self.bounced_fen, key=f"AGAIN:{self.attempts}")
            self._order(self.bounced, self.bounced_fen)
            self.supplemented |= self.bounced is RemittancePurpose.SUPPLEMENT
            self.desk.record(
                ActCode.REMITTED_AGAIN, by=decided.command, total_fen=str(self.bounced_fen)
            )
        elif decided.outcome == "CORRECT":
            await self._correct(decided)
        elif decided.outcome == "SUPPLEMENT":
            await self._make_whole(decided)
        else:
            await self._send_statement("CONFIRMED_UNCHANGED")
        if not self.desk.tasks:
            self.desk.timers.stop(ClockKind.RELEASE)

    async def _correct(self, decided: Decided) -> None:
        """A new table; what it owes more is sent after, what it owes less comes back."""
        examined = await self.examine()
        more = examined.total_fen - self.sent_fen
        if not examined.readable or (more > 0 and self.supplemented):
            # A table that cannot be drawn up, or a second supplement (P6): the clerk decides anew.
            self._open(TransferTask.STATEMENT_CORRECTION, *examined.codes, f"TO_SEND:{more}")
            return
        self.version += 1
        self.desk.record(
            ActCode.STATEMENT_CORRECTED, by=decided.command, total_fen=str(examined.total_fen)
        )
        if more > 0:
            self._supplement(more, decided)
        self.owed_fen = examined.total_fen
        await self._send_statement("CORRECTED", examined)

    async def _make_whole(self, decided: Decided) -> None:
        """补划: the bank brought less than was sent; the fund pays it again, the bank owes it."""
        if not self.short_fen or self.supplemented:
            self._open(TransferTask.STATEMENT_CORRECTION, f"SHORT:{self.short_fen}")
            return
        self.version += 1
        self._supplement(self.short_fen, decided)
        await self._send_statement("SUPPLEMENTED", bank_owes_fen=str(self.short_fen))

    def _supplement(self, amount_fen: int, decided: Decided) -> None:
        self._entry(EntryKind.SENT, amount_fen)
        self._order(RemittancePurpose.SUPPLEMENT, amount_fen)
        self.desk.record(ActCode.REMITTED, by=decided.command, total_fen=str(amount_fen))
        self.sent_fen += amount_fen
        self.supplemented = True

    async def _send_statement(
        self, reason: str, examined: Examined | None = None, **facts: str
    ) -> None:
        await self.leg.mail.send(
            self.leg.letter(
                LetterVerb.AMENDED,
                reason_code=reason,
                persons=self.leg.request.persons,
                amount_fen=self.owed_fen,
                months=examined.months if examined else None,
                facts={**self._facts(examined), **facts},
            ),
            self.paper,
        )

    def _facts(self, examined: Examined | None) -> dict[str, str]:
        return {
            **(examined.facts if examined else {}),
            "version": str(self.version),
            "remitted_fen": str(self.sent_fen),
        }

    def _entry(self, kind: EntryKind, amount_fen: int, key: str = "") -> None:
        self.desk.draft.ledger.append(
            LedgerEntry(
                key=key or f"{kind}:{self.version}:{self.attempts}",
                letter_no=self.letter_no,
                kind=kind,
                amount_fen=amount_fen,
                version=self.version,
            )
        )

    def payee(self) -> str:
        """Where the money goes: the same fund of the asking side."""
        return fund_account(self.leg.request.from_locality, self.leg.request.family)

    def _order(self, purpose: RemittancePurpose, amount_fen: int) -> None:
        self.attempts += 1
        filing, family = self.leg.filing, self.leg.request.family
        self.desk.draft.remittances.append(
            RemittanceOrdered(
                key=remittance_key(self.letter_no, purpose, self.attempts),
                letter_no=self.letter_no,
                attempt=self.attempts,
                purpose=purpose,
                from_account=fund_account(filing.locality, family),
                to_account=self.payee(),
                amount_fen=amount_fen,
            )
        )
