"""落户: landing under the migration certificate; each person of the case on their own.

Basis: 户口登记条例 art 13; docs/rules.md A1 step 5 and A1-X (b), (c). Called by HukouMigration once
the origin has cancelled. Landing and restoration exclude each other: whoever holds a 未落户证明
cannot land on the old certificate (H4).
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.population import PopulationDesk
    from contracts.acts import ActOutcome, PersonAct
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.letters import Letter, LetterVerb, ReceiptCode
    from contracts.transitions import CertificateChanged
    from domain.attribution import Holder
    from domain.casework import ActCode, CertificateStatus, ClockKind, Ending, PersonStatus, Stage
    from domain.hukou_tasks import TaskKind
    from workflows.happenings import Arrived, Decided, Expired, Instructed
    from workflows.home_case import CaseEnds
    from workflows.hukou_home import HukouHome
    from workflows.papers import take_in_letter
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT
    from workflows.transit import ANSWERS, Transit

#: How often the origin's papers are asked for again before a clerk lands by the certificate alone.
_PAPER_ROUNDS = 3


async def land_everybody(case: HukouHome) -> None:
    """Until each person has landed, is restored or dead; raises CaseEnds where nobody landed."""
    await _Landing(case).settle()
    if not case.persons_in(PersonStatus.LANDED):
        if case.persons_in(PersonStatus.RESTORED):
            raise CaseEnds(Ending.RESTORED, ActCode.TERMINATED, reason_code="RESTORED")
        raise CaseEnds(Ending.DECEASED, ActCode.TERMINATED, reason_code="DECEASED")


class _Landing:
    def __init__(self, case: HukouHome) -> None:
        self.case = case
        self.desk = case.desk
        self.transit = Transit(case)
        self.papers_missing = 0
        self.findings: tuple[str, ...] = ()

    async def settle(self) -> None:
        case, desk = self.case, self.desk
        desk.judge, desk.guard = self._judge, self._guard
        desk.timers.start(ClockKind.LANDING, case.filing.rules.landing, desk.today)
        self.transit.watch_validity()
        self._show(tasks=False)
        if case.answer is not None:
            await self._take_in_papers(case.answer)
        for number in case.persons_in(PersonStatus.DECEASED):
            if number in case.certificates:
                await self.transit.ask_restoration((number,), None, reason="DECEASED")
        while self.transit.free or self.transit.asked:
            self._show()
            await self._step()
        desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED
        desk.guard = case.guard
        desk.supersede_tasks()
        desk.timers.stop(ClockKind.CERTIFICATE, ClockKind.LANDING, ClockKind.PEER)

    async def _take_in_papers(self, letter: Letter) -> None:
        """The origin's papers cross by digest; what differs is sent back and asked for again."""
        taken = await take_in_letter(self.desk, letter, "凭函调取迁出反馈并核对摘要")
        if not taken.code:
            return
        self.papers_missing += 1
        if self.papers_missing >= _PAPER_ROUNDS:
            self.desk.note("PAPERS_UNUSABLE", letter=letter.number)
            self.findings = ("PAPERS:UNUSABLE",)
            return
        await self.case.mail.send(
            self.case.to_leg(LetterVerb.REJECT_DOCUMENT, reason_code="DIGEST_MISMATCH")
        )

    def _show(self, *, tasks: bool = True) -> None:
        station, free = self.case.filing.desks.station, self.transit.free
        if not free:
            self.desk.supersede_tasks()
        self.desk.move(
            Stage.LANDING if free else self.transit.stage,
            Holder.OURS if free else Holder.THEIRS,
            office=station,
            due=ClockKind.CERTIFICATE if free else ClockKind.PEER,
            allows=frozenset({Verb.REPORT_DEATH}) if free else frozenset(),
        )
        if free and tasks and not self.desk.tasks:
            self.desk.open_task(
                TaskKind.LANDING, station, clock=ClockKind.CERTIFICATE, findings=self.findings
            )

    def _judge(self, letter: Letter) -> ReceiptCode | None:
        if letter.verb is LetterVerb.UPDATE_DOCUMENT:
            return None
        if letter.verb in ANSWERS and letter.in_reply_to in self.transit.asked.values():
            return None
        return ReceiptCode.NOT_EXPECTED

    def _guard(self, command: Command) -> RejectionCode | None:
        free = self.transit.free
        chosen = command.persons or (free if command.outcome is not None else ())
        if any(number not in free for number in chosen):
            return RejectionCode.UNKNOWN_PERSON
        today = self.desk.today
        expired = [n for n in chosen if self.case.certificates[n].valid_until < today]
        if command.outcome == "LAND" and expired:
            return RejectionCode.CERTIFICATE_EXPIRED
        needs_expiry = command.outcome == "LAND_DIRECTLY" or command.reason_code == "EXPIRED"
        if needs_expiry and len(expired) < len(chosen):
            return RejectionCode.CERTIFICATE_STILL_VALID
        return None

    async def _step(self) -> None:
        transit = self.transit
        match await self.desk.next():
            case Decided(outcome="LAND" | "LAND_DIRECTLY", command=command):
                await self._land(command)
            case Decided(outcome="REISSUE", command=command):
                await transit.ask_reissue(command.persons or transit.free, command)
            case Decided(command=command):
                await transit.ask_restoration(command.persons or transit.free, command)
            case Instructed(command=command):
                for number in command.persons:
                    self.desk.record(ActCode.DEATH_RECORDED, by=command, person=number)
                await transit.ask_restoration(command.persons, command, reason="DECEASED")
            case Arrived(letter=letter) if letter.verb is LetterVerb.UPDATE_DOCUMENT:
                await self._take_in_papers(letter)
            case Arrived(letter=letter):
                await transit.take_answer(letter)
            case Expired(clock=ClockKind.PEER):
                await transit.remind()
            case Expired(clock=ClockKind.LANDING):
                self.desk.timers.stop(ClockKind.LANDING)
                self.desk.tell("LANDING_DUE")
            case Expired(clock=kind):
                # An expired certificate is reissued or the person lands by force majeure: a task.
                self.desk.mark_overdue(kind)
                self.desk.tell("CERTIFICATE_EXPIRED")
                transit.watch_validity()

    async def _land(self, command: Command) -> None:
        """The register writes the household; then the certificate is consumed (H3)."""
        case, desk = self.case, self.desk
        landed: list[int] = []
        self.findings = ()
        for number in command.persons or self.transit.free:
            outcome = await self._enter(number)
            if not outcome.done:
                desk.note("LANDING_REFUSED", person=str(number), code=outcome.code)
                self.findings += (f"REGISTER:{number}:{outcome.code}",)
                continue
            landed.append(number)
            desk.record(
                ActCode.LANDED,
                by=command,
                person=number,
                certificate=case.certificates[number].number,
                receipt=outcome.receipt_no,
            )
            case.set_person(number, PersonStatus.LANDED)
            desk.draft.certificates_changed.append(
                CertificateChanged(
                    number=case.certificates[number].number, status=CertificateStatus.USED
                )
            )
        self.transit.watch_validity()
        if landed:
            await self.transit.confirm_landing(tuple(landed))

    async def _enter(self, number: int) -> ActOutcome:
        case, desk = self.case, self.desk
        await desk.flush_unanswered()
        outcome: ActOutcome = await workflow.execute_activity_method(
            PopulationDesk.land,
            PersonAct(
                case_no=desk.case_no,
                person=number,
                key=f"{desk.case_no}:LAND:{number}",
                on=desk.today,
                certificate_no=case.certificates[number].number,
                office=case.filing.desks.station,
            ),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
            summary=f"人口库落户登记（第{number}人）",
        )
        return outcome
