"""移送属地: the window sends on what it collected and serves the home office until it has acted.

Called by the window's procedure through `asking_peer`. A correction is made at the window under the
same case number; whether it suffices, and what its absence means, the home office says (X1).
"""

from __future__ import annotations

from collections import deque

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, Verb
    from contracts.letters import FEE_BACK, Letter, LetterVerb, Receipt
    from contracts.parcels import ParcelWord
    from contracts.tidings import Tidings
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, PersonStatus, Stage
    from domain.clocks import Effect
    from workflows.asking import Asking, Reply
    from workflows.happenings import Told
    from workflows.papers import take_in_letter
    from workflows.parcels import tell_parcel
    from workflows.proxy_case import ProxyCase
    from workflows.proxy_fee import BACK, DUE
    from workflows.proxy_parcels import TAKEN

#: What the applicant is told of the home office's fee.
_OF_THE_FEE = {DUE: "GENERAL_FEE", BACK: "GENERAL_FEE_BACK"}
_WHILE_AWAY = frozenset({Verb.WITHDRAW, Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY})


class AskHomeOffice(Asking):
    """One transmission to a home office, with the corrections it asks for."""

    case: ProxyCase

    done_notice = "PROXY_MADE"
    too_late_notice = "PROXY_TOO_LATE"
    also_taken = frozenset({LetterVerb.AMEND_REQUEST, LetterVerb.PROGRESS})
    followed_by = frozenset({LetterVerb.PROGRESS})  # news of the parcel with the document

    def __init__(self, case: ProxyCase) -> None:
        super().__init__(case)
        self._news: deque[Tidings] = deque()

    def request(self) -> Letter:
        """代收件移送函: with the day of collection, on which applying in time depends.

        Originals are packed in the same step; a letter tells when they have left.
        """
        originals = "yes" if self.case.send_originals() else "no"
        collected_on = self.case.collected_on or self.case.filing.received_on
        letter = self.case.transfer_request()
        return letter.model_copy(
            update={
                "facts": {
                    **letter.facts,
                    "collected_on": collected_on.isoformat(),
                    "originals": originals,
                }
            }
        )

    def told(self, told: Told) -> None:
        """News of the originals' parcel are worked on after this step."""
        self._news.append(told.tidings)

    async def _step(self) -> Reply | None:
        reply = await super()._step()
        while self._news and self.case.originals is not None:
            tidings, sending = self._news.popleft(), self.case.originals
            left = sending.left
            await sending.heed(tidings)
            if sending.left and not left:
                self.desk.record(ActCode.ORIGINALS_SENT, parcel=sending.key)
        return reply

    async def other_letter(self, letter: Letter) -> None:
        """The home office has the originals, asks for a correction, or for its fee."""
        if letter.verb is LetterVerb.AMEND_REQUEST:
            await self._correct(letter)
        elif letter.reason_code == TAKEN and self.case.originals is not None:
            self.case.originals.taken(letter)
        elif letter.reason_code in _OF_THE_FEE:
            amount = f"{int(letter.facts['amount_fen']) / 100:.2f}"
            self.desk.tell(_OF_THE_FEE[letter.reason_code], amount=amount)

    def taken_back(self, receipt: Receipt) -> None:
        """What was paid at the home office goes back; the applicant hears it from the window."""
        paid = receipt.facts.get(FEE_BACK)
        if paid is not None:
            self.desk.tell("GENERAL_FEE_RETURNED", amount=f"{int(paid) / 100:.2f}")

    async def _correct(self, letter: Letter) -> None:
        """补正: the applicant comes to the window; the peer's limit does not run against it."""
        desk, rules = self.desk, self.case.filing.rules
        await take_in_letter(desk, letter, "凭函调取补正告知并核对摘要")
        desk.timers.stop(ClockKind.PEER)
        reminding = rules.correction.model_copy(update={"effect": Effect.REMIND})
        desk.timers.start(ClockKind.CORRECTION, reminding, desk.today)
        desk.move(
            Stage.CORRECTION,
            Holder.APPLICANT,
            office=self.case.filing.desks.intake,
            due=ClockKind.CORRECTION,
            allows=_WHILE_AWAY | {Verb.HAND_IN},
        )
        desk.note("CORRECTION_ASKED", letter=letter.number, reason=letter.reason_code or "")
        desk.tell("PROXY_CORRECTION", reason=letter.reason_code or "")

    async def ran_out(self, clock: str) -> Reply | None:
        """The applicant is reminded; only the home office may say that it is too late."""
        self.desk.note("CORRECTION_OVERDUE", clock=clock)
        return None

    async def _instructed(self, command: Command) -> None:
        if command.verb is not Verb.HAND_IN:
            await super()._instructed(command)
            return
        desk, case = self.desk, self.case
        desk.timers.stop(ClockKind.CORRECTION)
        desk.note("CORRECTION_HANDED_IN")
        self._back_to_them()
        desk.complete(command)
        receipt = await case.mail.send(
            case.to_leg(LetterVerb.AMENDED, persons=case.persons_in(PersonStatus.OPEN)),
            self.paper,
            "APPLICANT",
        )
        if receipt.code is not None:
            desk.note("UPDATE_REFUSED", code=receipt.code)

    def _back_to_them(self) -> None:
        desk, rules = self.desk, self.case.filing.rules
        theirs = rules.origin.model_copy(update={"effect": Effect.REMIND})
        desk.timers.stop(ClockKind.PEER)
        desk.timers.start(ClockKind.PEER, theirs, desk.today)
        desk.move(
            self.stage,
            Holder.THEIRS,
            office=self.case.filing.desks.station,
            due=ClockKind.PEER,
            allows=_WHILE_AWAY,
        )

    def _follow_forwarding(self, letter: Letter) -> Reply | None:
        """Redirected within the locality: the competent office's limit starts anew there."""
        reply = super()._follow_forwarding(letter)
        if reply is None:
            self._back_to_them()
        return reply

    def leave(self, reply: Reply) -> Reply:
        """Nobody is asked any more, and no correction is waited for."""
        self.desk.timers.stop(ClockKind.CORRECTION)
        sending = self.case.originals
        if sending is not None and sending.key and not sending.left:
            # Nobody there awaits it: it must not leave.
            tell_parcel(self.desk, sending.key, ParcelWord.CALL_OFF)
            self.case.originals = None
        return super().leave(reply)
