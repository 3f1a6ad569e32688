"""款表核对: the destination waits until table and money agree, and settles what differs.

Called by home procedures after the answer. Money and table arrive in either order; only what agrees
is booked (P2), the rest stands in suspense or goes back. Basis: docs/rules.md A0 rule 2, D P1, P2.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter, LetterVerb, ReceiptCode
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
    from workflows.happenings import Arrived, Decided, Expired, Instructed, Told
    from workflows.home_case import AFTER_NO_RETURN, HomeCase
    from workflows.papers import take_in_letter


class MoneyIn:
    """What one letter announced and what came for it. Subclasses say where a case waits for it."""

    stage = Stage.MATCHING
    trouble_stage = Stage.MATCHING
    limit_name = "money"  # of the rules: how long money may be on its way
    waiting_notice = "MONEY_WAITED_FOR"
    missing_task: str = TransferTask.MONEY_MISSING
    differs_task: str = TransferTask.MONEY_DIFFERS

    def __init__(self, case: HomeCase) -> None:
        self.case = case
        self.desk = case.desk
        self.table_fen = 0
        self.version = 1
        self.arrived_fen = 0
        self.returned_fen = 0
        self.returns = 0
        self.months = 0
        self.asked = False  # a correction of the table is waited for
        self._returning = False  # a return is under way or has arrived
        self._waits_at: int | None = None  # the clerk waits while so much is here
        self._booked: list[int] = []

    @property
    def letter_no(self) -> str:
        """Money travels under the number of the request (P6)."""
        return self.case.request_no

    def announce(self, answer: Letter) -> None:
        """The table is here: its sum is booked as announced with the next step."""
        self.table_fen = answer.amount_fen or 0
        self.version = int(answer.facts.get("version", "1"))
        self.case.past_no_return = True
        self.months = answer.months or self.months
        self._entry(EntryKind.ANNOUNCED, _remitted(answer))
        self._hear_what_was_kept()

    def _hear_what_was_kept(self) -> None:
        for tidings in self.case.tidings:
            self._hear(tidings)
        self.case.tidings.clear()

    async def match(self) -> int:
        """Until table and money agree; the sum in fen. The booking clock runs from that day."""
        desk = self.desk
        desk.judge = self.judge
        self._hear_what_was_kept()
        self._watch()
        if not self.agrees:
            desk.tell(self.waiting_notice)
        if self._too_much and workflow.patched("excess-before-the-table"):
            self._open_difference()
        while self.asked or not self.agrees:
            self._show()
            match await desk.next():
                case Told(tidings=tidings):
                    self._hear(tidings)
                case Arrived(letter=letter):
                    await self._take_amended(letter)
                case Expired(clock=ClockKind.MONEY):
                    self._ask_for_money()
                case Decided() as decided:
                    await self._decided(decided)
                case Instructed(command=command):
                    self.case.record_deaths(command)
            if self._too_much:
                self._open_difference()
        desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED
        desk.supersede_tasks()
        desk.timers.stop(ClockKind.MONEY)
        desk.record(ActCode.MONEY_MATCHED, total_fen=str(self.table_fen))
        return self.table_fen

    @property
    def left_fen(self) -> int:
        """What is here and has not gone back."""
        return self.arrived_fen - self.returned_fen

    @property
    def _too_much(self) -> bool:
        """More is here than the table says, and nobody is dealing with it yet."""
        known = self.asked or bool(self.desk.tasks) or self._waits_at == self.left_fen
        return self.left_fen > self.table_fen and not known

    @property
    def agrees(self) -> bool:
        """Table and money say the same (P2)."""
        return self.left_fen == self.table_fen

    def book(self) -> None:
        """Out of suspense, to the person: written with the act that continues the relation."""
        if self.table_fen:
            kind = EntryKind.CORRECTED if self._booked else EntryKind.MATCHED
            self._entry(kind, self.table_fen)
            self._booked.append(self.table_fen)

    async def ask_correction(self, reason: str = "SUM_DIFFERS") -> None:
        """商请更正: the table goes back with what is wrong; a newer or the same one follows."""
        self.asked = True
        await self._ask_origin(reason)

    async def _ask_origin(self, reason: str) -> None:
        if workflow.patched("corrected-before-the-receipt"):
            # Who is asked may answer sooner than its receipt is here.
            self.desk.judge = self.judge
        await self.case.mail.send(
            self.case.to_leg(
                LetterVerb.AMEND_REQUEST,
                reason_code=reason,
                facts={"table_fen": str(self.table_fen), "arrived_fen": str(self.left_fen)},
            )
        )

    async def settle_late(self) -> None:
        """Money that came after the booking: what the table does not say goes back."""
        for tidings in self.case.tidings:
            self._hear(tidings)
        self.case.tidings.clear()
        while self.left_fen > self.table_fen:
            self._waits_at = None
            if not self.desk.tasks:
                self._open_difference()
            match await self.desk.next():
                case Told(tidings=tidings):
                    self._hear(tidings)
                case Decided(outcome="RETURN_EXCESS") as decided:
                    await self._decided(decided)
                case Instructed(command=command):
                    self.case.record_deaths(command)

    def judge(self, letter: Letter) -> ReceiptCode | None:
        """Corrections of this request's table, whenever they come."""
        if letter.verb is not LetterVerb.AMENDED or letter.in_reply_to != self.letter_no:
            return ReceiptCode.NOT_EXPECTED
        return None

    def _hear(self, tidings: Tidings) -> None:
        if tidings.kind is TidingsKind.FUNDS_ARRIVED and tidings.letter_no == self.letter_no:
            # The totals only grow: an older piece of news that comes later says less.
            self.arrived_fen = max(self.arrived_fen, tidings.total_fen)
            self.desk.note("MONEY_ARRIVED", total_fen=str(self.arrived_fen))
        elif tidings.kind is TidingsKind.FUNDS_BOUNCED:
            self.returned_fen -= tidings.amount_fen
            self._returning = False
            self.desk.note("RETURN_BOUNCED", fen=str(tidings.amount_fen))

    def _watch(self) -> None:
        limit = self.case.filing.rules.limits[self.limit_name]
        self.desk.timers.stop(ClockKind.MONEY)
        self.desk.timers.start(
            ClockKind.MONEY, limit.model_copy(update={"effect": Effect.REMIND}), self.desk.today
        )

    def _show(self) -> None:
        ours = bool(self.desk.tasks)
        self.desk.move(
            self.trouble_stage if ours else self.stage,
            Holder.OURS if ours else Holder.THEIRS,
            office=self.case.filing.desks.station,
            due=ClockKind.MONEY,
            allows=AFTER_NO_RETURN,
        )

    def _ask_for_money(self) -> None:
        self.desk.mark_overdue(ClockKind.MONEY)
        self._watch()
        self._waits_at = None
        if not self.desk.tasks and not self._too_much and not self.agrees:
            self.desk.open_task(
                self.missing_task,
                self.case.filing.desks.station,
                findings=(f"TABLE:{self.table_fen}", f"ARRIVED:{self.left_fen}"),
            )

    def _open_difference(self) -> None:
        self.desk.open_task(
            self.differs_task,
            self.case.filing.desks.station,
            findings=(f"TABLE:{self.table_fen}", f"ARRIVED:{self.left_fen}"),
        )

    async def _take_amended(self, letter: Letter) -> None:
        """A newer table wins, an older one that comes late does not."""
        await take_in_letter(self.desk, letter, "凭函调取更正文书并核对摘要")
        version = int(letter.facts.get("version", "1"))
        self.asked, self._waits_at = False, None
        self.desk.supersede_tasks()
        if version <= self.version:
            self.desk.note("TABLE_CONFIRMED", code=letter.reason_code or "")
        else:
            self.version, self.table_fen = version, letter.amount_fen or 0
            self.months = letter.months or self.months
            self._entry(EntryKind.ANNOUNCED, _remitted(letter))
            self._write_off(int(letter.facts.get("bank_owes_fen", "0")))
            self.desk.note("TABLE_CORRECTED", total_fen=str(self.table_fen))

    async def _decided(self, decided: Decided) -> None:
        command = decided.command
        if decided.outcome == "RETURN_EXCESS" and self._returning:
            # One return of a letter is under way at a time (P6); a bounced one may go again.
            self.desk.note("RETURN_UNDER_WAY", fen=str(self.returned_fen))
            self._waits_at = self.left_fen
        elif decided.outcome == "RETURN_EXCESS" and self.left_fen > self.table_fen:
            self._return(self.left_fen - self.table_fen)
            self.desk.record(ActCode.MONEY_RETURNED, by=command, fen=str(self.returned_fen))
            await self.case.mail.send(
                self.case.to_leg(
                    LetterVerb.PROGRESS,
                    reason_code="EXCESS_RETURNED",
                    amount_fen=self.returned_fen,
                )
            )
        elif decided.outcome in ("ASK_CORRECTION", "ASK_PEER"):
            await self.ask_correction()
        else:
            self._waits_at = self.left_fen

    def _write_off(self, owed_fen: int) -> None:
        """The origin has paid again what the bank lost on the way: the bank owes that (P1)."""
        if owed_fen:
            self._entry(EntryKind.WRITTEN_OFF, owed_fen)
            self.desk.note("BANK_OWES", fen=str(owed_fen))

    def _return(self, excess_fen: int) -> None:
        """Money in suspense goes back to where it came from."""
        self.returns += 1
        self._returning = True
        self.returned_fen += excess_fen
        # The number of the return: the same sum may go back again after a bounce.
        self._entry(EntryKind.RETURN_SENT, excess_fen, suffix=str(self.returns))
        family = self.case.filing.family
        self.desk.draft.remittances.append(
            RemittanceOrdered(
                key=remittance_key(self.letter_no, RemittancePurpose.RETURN, self.returns),
                letter_no=self.letter_no,
                attempt=self.returns,
                purpose=RemittancePurpose.RETURN,
                from_account=fund_account(self.case.filing.locality, family),
                to_account=fund_account(self.case.origin, family),
                amount_fen=excess_fen,
            )
        )

    def _entry(self, kind: EntryKind, amount_fen: int, suffix: str = "") -> None:
        self.desk.draft.ledger.append(
            LedgerEntry(
                key=f"{kind}:{self.version}{suffix and ':' + suffix}",
                letter_no=self.letter_no,
                kind=kind,
                amount_fen=amount_fen,
                version=self.version,
            )
        )


def _remitted(letter: Letter) -> int:
    """What was ordered under the letter, which a corrected table may say less than."""
    return int(letter.facts.get("remitted_fen", str(letter.amount_fen or 0)))
