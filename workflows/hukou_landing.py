"""落户: landing under the migration certificate, reissue, restoration; each person on their own.

Basis: 户口登记条例 art 13; domain.md A1 step 5 and A1-X (b), (c). Called by HukouMigration once the
origin has cancelled. Landing and restoration exclude each other: whoever holds a 未落户证明 cannot
land on the old certificate (H4).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.papers import PaperDesk
    from activities.population import PopulationDesk
    from contracts.acts import ActOutcome, PersonAct, TakeInRequest, TakenIn
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.letters import Answer, Letter, LetterVerb, ReceiptCode
    from contracts.transitions import CertificateChanged
    from domain.attribution import Holder
    from domain.hukou import (
        ActCode,
        CertificateKind,
        CertificateStatus,
        ClockKind,
        Ending,
        PersonStatus,
        Stage,
    )
    from domain.hukou_tasks import TaskKind
    from workflows.happenings import Arrived, Decided, Expired, Instructed
    from workflows.home_case import CaseEnds, HomeCase
    from workflows.mail import blank
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT

_ANSWERS = frozenset({LetterVerb.CERTIFICATE_REISSUED, LetterVerb.REGISTRATION_RESTORED})
#: A 未落户证明 says what is so now; it is used at once and has no life of its own.
_PROOF_DAYS = 30


async def land_everybody(case: HomeCase) -> None:
    """Until each person has landed, is restored or dead; raises CaseEnds where nobody landed."""
    await _Landing(case).settle()
    if not case.persons_in(PersonStatus.LANDED):
        if case.persons_in(PersonStatus.RESTORED):
            raise CaseEnds(Ending.RESTORED, ActCode.TERMINATED, reason_code="RESTORED")
        raise CaseEnds(Ending.DECEASED, ActCode.TERMINATED, reason_code="DECEASED")


class _Landing:
    def __init__(self, case: HomeCase) -> None:
        self.case = case
        self.desk = case.desk
        self.restorations: frozenset[str] = frozenset()
        #: Persons whose fate is with the origin: number -> the letter that asked.
        self.asked: dict[int, str] = {}

    @property
    def waiting(self) -> tuple[int, ...]:
        """In transit and free to land."""
        return tuple(
            number
            for number in self.case.persons_in(PersonStatus.IN_TRANSIT)
            if number not in self.asked
        )

    async def settle(self) -> None:
        case, desk = self.case, self.desk
        desk.judge, desk.guard = self._judge, self._guard
        await self._take_in_answer()
        valid_until = min(ref.valid_until for ref in case.certificates.values())
        validity = case.filing.rules.certificate_validity
        days = (valid_until - desk.today).days
        desk.timers.start(
            ClockKind.CERTIFICATE,
            validity.model_copy(update={"length": max(days, 0), "promised": None}),
            desk.today,
        )
        desk.timers.start(ClockKind.LANDING, case.filing.rules.landing, desk.today)
        for number in case.persons_in(PersonStatus.DECEASED):
            if number in case.certificates:
                await self._ask_restoration((number,), None, reason="DECEASED")
        while self.waiting or self.asked:
            self._show()
            await self._step()
        desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED
        desk.guard = lambda command: None
        desk.supersede_tasks()
        desk.timers.stop(ClockKind.CERTIFICATE, ClockKind.LANDING)

    async def _take_in_answer(self) -> None:
        """The origin's papers cross by digest; what differs is sent back and asked for again."""
        letter = self.case.answer
        while letter is not None:
            await self.desk.flush()
            taken: TakenIn = await workflow.execute_activity_method(
                PaperDesk.take_in,
                TakeInRequest(case_no=self.desk.case_no, letter=letter),
                start_to_close_timeout=OUTSIDE_TIMEOUT,
                retry_policy=OUTSIDE_RETRY,
                summary="凭函调取迁出反馈并核对摘要",
            )
            if not taken.code:
                return
            await self.case.mail.send(
                self._letter(LetterVerb.REJECT_DOCUMENT, reason_code="DIGEST_MISMATCH")
            )
            happening = await self.desk.next()
            while not (
                isinstance(happening, Arrived)
                and happening.letter.verb is LetterVerb.UPDATE_DOCUMENT
            ):
                happening = await self.desk.next()
            letter = happening.letter

    def _show(self) -> None:
        station = self.case.filing.desks.station
        if self.waiting:
            self.desk.move(
                Stage.LANDING,
                Holder.OURS,
                office=station,
                due=ClockKind.CERTIFICATE,
                allows=frozenset({Verb.REPORT_DEATH}),
            )
            if not self.desk.tasks:
                self.desk.open_task(TaskKind.LANDING, station, clock=ClockKind.CERTIFICATE)
        else:
            self.desk.supersede_tasks()
            restoring = all(letter in self.restorations for letter in self.asked.values())
            self.desk.move(
                Stage.RESTORING if restoring else Stage.REISSUING,
                Holder.THEIRS,
                office=station,
                allows=frozenset(),
            )

    def _judge(self, letter: Letter) -> ReceiptCode | None:
        if letter.verb is LetterVerb.UPDATE_DOCUMENT:
            return None
        if letter.verb in _ANSWERS and letter.in_reply_to in self.asked.values():
            return None
        return ReceiptCode.NOT_EXPECTED

    def _guard(self, command: Command) -> RejectionCode | None:
        if command.verb is Verb.REPORT_DEATH or command.outcome is None:
            chosen = command.persons
        else:
            chosen = command.persons or self.waiting
        if any(number not in self.waiting for number in chosen):
            return RejectionCode.UNKNOWN_PERSON
        today = self.desk.today
        expired = [n for n in chosen if self.case.certificates[n].valid_until < today]
        if command.outcome == "LAND" and expired:
            return RejectionCode.CERTIFICATE_EXPIRED
        if command.outcome == "LAND_DIRECTLY" and not expired:
            return RejectionCode.CERTIFICATE_STILL_VALID
        return None

    async def _step(self) -> None:
        match await self.desk.next():
            case Decided(outcome="LAND" | "LAND_DIRECTLY", command=command):
                await self._land(command)
            case Decided(outcome="REISSUE", command=command):
                await self._ask_reissue(command)
            case Decided(command=command):
                await self._ask_restoration(command.persons or self.waiting, command)
            case Instructed(command=command):
                for number in command.persons:
                    self.desk.record(ActCode.DEATH_RECORDED, by=command, person=number)
                await self._ask_restoration(command.persons, command, reason="DECEASED")
            case Arrived(letter=letter) if letter.verb in _ANSWERS:
                self._take_answer(letter)
            case Expired(clock=ClockKind.LANDING):
                self.desk.timers.stop(ClockKind.LANDING)
                self.desk.tell("LANDING_DUE")
            case Expired(clock=kind):
                # An expired certificate is reissued or the person lands by force majeure: a task.
                self.desk.mark_overdue(kind)
                self.desk.timers.stop(kind)
                self.desk.tell("CERTIFICATE_EXPIRED")

    async def _land(self, command: Command) -> None:
        """The register writes the household; then the certificate is consumed (H3)."""
        case, desk = self.case, self.desk
        landed: list[int] = []
        await desk.flush()
        for number in command.persons or self.waiting:
            certificate = case.certificates[number]
            outcome: ActOutcome = await workflow.execute_activity_method(
                PopulationDesk.land,
                PersonAct(
                    case_no=desk.case_no,
                    person=number,
                    key=f"{desk.case_no}:LAND:{number}",
                    on=desk.today,
                    certificate_no=certificate.number,
                    office=case.filing.desks.station,
                ),
                start_to_close_timeout=OUTSIDE_TIMEOUT,
                retry_policy=OUTSIDE_RETRY,
                summary=f"人口库落户登记（第{number}人）",
            )
            if not outcome.done:
                desk.note("LANDING_REFUSED", person=str(number), code=outcome.code)
                continue
            landed.append(number)
            desk.record(
                ActCode.LANDED,
                by=command,
                person=number,
                certificate=certificate.number,
                receipt=outcome.receipt_no,
            )
            case.set_person(number, PersonStatus.LANDED)
            desk.draft.certificates_changed.append(
                CertificateChanged(number=certificate.number, status=CertificateStatus.USED)
            )
        if landed:
            await case.mail.send(
                self._letter(
                    LetterVerb.LANDING_CONFIRMED,
                    persons=tuple(landed),
                    certificates=tuple(case.certificates[number] for number in landed),
                )
            )

    def _prove_not_landed(self, command: Command | None, numbers: tuple[int, ...]) -> list[str]:
        desk, keys = self.desk, []
        for number in numbers:
            keys.append(
                desk.issue(
                    CertificateKind.NOT_LANDED,
                    validity_days=_PROOF_DAYS,
                    office=self.case.filing.desks.station,
                    person=number,
                )
            )
            desk.record(ActCode.NOT_LANDED_PROVEN, by=command, person=number)
        return keys

    async def _ask_reissue(self, command: Command) -> None:
        for number in command.persons or self.waiting:
            await self._ask(LetterVerb.REISSUE_REQUEST, number, command, command.reason_code or "")

    async def _ask_restoration(
        self, numbers: tuple[int, ...], command: Command | None, *, reason: str = "NOT_LANDING"
    ) -> None:
        for number in numbers:
            await self._ask(LetterVerb.RESTORE_REQUEST, number, command, reason)
            self.restorations |= {self.asked[number]}

    async def _ask(
        self, verb: LetterVerb, number: int, command: Command | None, reason: str
    ) -> None:
        """From here on the person cannot land on the old certificate, whatever comes back."""
        (key,) = self._prove_not_landed(command, (number,))
        await self.desk.flush()
        proof = self.desk.certificates[key]
        letter_no = self.case.mail.prepare(
            self._letter(
                verb,
                persons=(number,),
                certificates=(self.case.certificates[number],),
                proof_no=proof.number,
                reason_code=reason,
            ),
            "NOT_LANDED_PROOF",
        )
        self.asked[number] = letter_no
        receipt = await self.case.mail.post(letter_no)
        if receipt.code is not None:
            self.desk.note("REQUEST_REFUSED", code=receipt.code)
            del self.asked[number]

    def _take_answer(self, letter: Letter) -> None:
        case, desk = self.case, self.desk
        number = next(n for n, asked in self.asked.items() if asked == letter.in_reply_to)
        del self.asked[number]
        if letter.answer is Answer.REFUSED:
            desk.note("ORIGIN_DECLINED", verb=letter.verb, reason=letter.reason_code or "")
        elif letter.verb is LetterVerb.CERTIFICATE_REISSUED:
            (certificate,) = letter.certificates
            case.certificates[number] = certificate
            case.mail.keep_certificate(certificate, letter.from_locality)
            desk.timers.stop(ClockKind.CERTIFICATE)
            desk.timers.start(
                ClockKind.CERTIFICATE, case.filing.rules.certificate_validity, desk.today
            )
            desk.tell("CERTIFICATE_REISSUED")
        else:
            dead = letter.reason_code == "DECEASED"
            desk.draft.certificates_changed.append(
                CertificateChanged(
                    number=case.certificates[number].number,
                    status=CertificateStatus.VOID,
                    reason="RESTORED",
                )
            )
            case.set_person(number, PersonStatus.DECEASED if dead else PersonStatus.RESTORED)
            if not dead:
                desk.tell("RESTORED")

    def _letter(self, verb: LetterVerb, **fields: object) -> Letter:
        case = self.case
        return blank(
            verb,
            case.origin,
            case.origin_office,
            in_reply_to=case.request_no,
            peer_case_no=case.leg_case_no,
            **fields,
        )
