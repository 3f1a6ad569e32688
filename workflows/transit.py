"""在途: what home asks the origin about persons whose registration is cancelled and not yet landed.

Reissue and restoration, each on a 未落户证明 (docs/rules.md A1-X (b), (c)); used by hukou_landing.
From the moment of asking until the answer a person cannot land on the old certificate (H4).
"""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command
    from contracts.letters import Answer, Letter, LetterVerb
    from contracts.transitions import CertificateChanged
    from domain.casework import (
        ActCode,
        CertificateKind,
        CertificateStatus,
        ClockKind,
        PersonStatus,
        Stage,
    )
    from domain.clocks import Effect
    from workflows.hukou_home import HukouHome
    from workflows.papers import take_in_letter

ANSWERS = frozenset({LetterVerb.CERTIFICATE_REISSUED, LetterVerb.REGISTRATION_RESTORED})
#: A 未落户证明 says what is so now; it is used at once and has no life of its own.
_PROOF_DAYS = 30


class Transit:
    """The persons in transit of one case, and what was asked for them."""

    def __init__(self, case: HukouHome) -> None:
        self.case = case
        self.desk = case.desk
        #: Persons whose fate is with the origin: number -> the letter that asked.
        self.asked: dict[int, str] = {}
        self._restorations: set[str] = set()

    @property
    def free(self) -> tuple[int, ...]:
        """In transit and free to land."""
        return tuple(
            number
            for number in self.case.persons_in(PersonStatus.IN_TRANSIT)
            if number not in self.asked
        )

    @property
    def stage(self) -> Stage:
        """What the case waits for while nobody is free to land."""
        restoring = all(letter in self._restorations for letter in self.asked.values())
        return Stage.RESTORING if restoring else Stage.REISSUING

    def watch_validity(self) -> None:
        """Let the clock run for the certificate that expires first among those still to be used."""
        desk, today = self.desk, self.desk.today
        ends = [
            certificate.valid_until
            for number, certificate in self.case.certificates.items()
            if number in self.free and certificate.valid_until >= today
        ]
        running = desk.timers.due.get(ClockKind.CERTIFICATE)
        if ends and running is not None and running.due_on == min(ends):
            return
        desk.timers.stop(ClockKind.CERTIFICATE)
        if ends:
            limit = self.case.filing.rules.certificate_validity
            issued_on = min(ends) - timedelta(days=limit.length)
            desk.timers.start(ClockKind.CERTIFICATE, limit, issued_on)

    async def ask_reissue(self, numbers: tuple[int, ...], command: Command) -> None:
        """申请补发, one letter for each person."""
        for number in numbers:
            await self._ask(
                LetterVerb.REISSUE_REQUEST, number, command, command.reason_code or "LOST"
            )

    async def ask_restoration(
        self, numbers: tuple[int, ...], command: Command | None, *, reason: str = "NOT_LANDING"
    ) -> None:
        """商请恢复户口, one letter for each person; for the dead it ends the registration."""
        for number in numbers:
            letter_no = await self._ask(LetterVerb.RESTORE_REQUEST, number, command, reason)
            self._restorations.add(letter_no)

    async def confirm_landing(self, numbers: tuple[int, ...]) -> None:
        """告知落户: the origin closes its side."""
        receipt = await self.case.mail.send(
            self.case.to_leg(
                LetterVerb.LANDING_CONFIRMED,
                persons=numbers,
                certificates=tuple(self.case.certificates[number] for number in numbers),
            )
        )
        if receipt.code is not None:
            self.desk.note("CONFIRMATION_REFUSED", code=receipt.code)

    async def remind(self) -> None:
        """The origin is late with a reissue or restoration: urge, and wait on."""
        if self.asked:
            self.desk.overdue, self.desk.escalation = True, self.desk.escalation + 1
            await self.case.mail.send(self.case.to_leg(LetterVerb.REMIND, reason_code="OVERDUE"))
            self._wait(self.case.filing.rules.reminder_interval.length)

    async def take_answer(self, letter: Letter) -> None:
        """补发反馈 or 恢复户口反馈, granted or refused."""
        case, desk = self.case, self.desk
        number = next(n for n, asked in self.asked.items() if asked == letter.in_reply_to)
        del self.asked[number]
        if letter.answer is Answer.REFUSED:
            desk.note("ORIGIN_DECLINED", verb=letter.verb, person=str(number))
            desk.tell("REISSUE_REFUSED")
            await take_in_letter(desk, letter, "凭函调取不予补发反馈并核对摘要")
        elif letter.verb is LetterVerb.CERTIFICATE_REISSUED:
            (certificate,) = letter.certificates
            case.certificates[number] = certificate
            case.mail.keep_certificate(certificate, letter.from_locality)
            desk.tell("CERTIFICATE_REISSUED")
        else:
            self._end_transit(number, dead=letter.reason_code == "DECEASED")
        if not self.asked:
            desk.timers.stop(ClockKind.PEER)
        self.watch_validity()

    def _end_transit(self, number: int, *, dead: bool) -> None:
        self.desk.draft.certificates_changed.append(
            CertificateChanged(
                number=self.case.certificates[number].number,
                status=CertificateStatus.VOID,
                reason="RESTORED",
            )
        )
        self.case.set_person(number, PersonStatus.DECEASED if dead else PersonStatus.RESTORED)
        if not dead:
            self.desk.tell("RESTORED")

    async def _ask(
        self, verb: LetterVerb, number: int, command: Command | None, reason: str
    ) -> str:
        """未落户证明 first; from here on the person cannot land, whatever comes back."""
        case, desk = self.case, self.desk
        key = desk.issue(
            CertificateKind.NOT_LANDED,
            validity_days=_PROOF_DAYS,
            office=case.filing.desks.station,
            person=number,
        )
        desk.record(ActCode.NOT_LANDED_PROVEN, by=command, person=number)
        await desk.flush()
        letter_no = case.mail.prepare(
            case.to_leg(
                verb,
                persons=(number,),
                certificates=(case.certificates[number],),
                proof_no=desk.certificates[key].number,
                reason_code=reason,
            ),
            "NOT_LANDED_PROOF",
        )
        self.asked[number] = letter_no
        self._wait(case.filing.rules.origin.length)
        receipt = await case.mail.post(letter_no)
        if receipt.code is not None:
            desk.note("REQUEST_REFUSED", code=receipt.code)
            del self.asked[number]
        return letter_no

    def _wait(self, working_days: int) -> None:
        limit = self.case.filing.rules.origin.model_copy(
            update={"length": working_days, "promised": None, "effect": Effect.REMIND}
        )
        self.desk.timers.stop(ClockKind.PEER)
        self.desk.timers.start(ClockKind.PEER, limit, self.desk.today)
