"""注销之后: the origin follows each person until landed, restored or dead.

Basis: domain.md A1 step 6 and A1-X (b), (c): reissue and restoration only on a 未落户证明, the old
certificate void in the same act. Last steps of HukouMoveOut.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.population import PopulationDesk
    from contracts.acts import ActOutcome, PersonAct
    from contracts.letters import Answer, Letter, LetterVerb, ReceiptCode
    from contracts.transitions import CertificateChanged
    from domain.attribution import Holder
    from domain.hukou import (
        ActCode,
        CertificateKind,
        CertificateStatus,
        ClockKind,
        PersonStatus,
        Stage,
    )
    from domain.hukou_tasks import TaskKind
    from workflows.happenings import Arrived, Decided, Expired
    from workflows.leg_case import LegCase
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT

_REQUESTS = frozenset({LetterVerb.REISSUE_REQUEST, LetterVerb.RESTORE_REQUEST})
Verb = Callable[[Any, PersonAct], Coroutine[Any, Any, ActOutcome]]


async def follow_until_settled(leg: LegCase) -> None:
    """Until nobody is in transit any more."""
    await _Aftercare(leg).settle()


class _Aftercare:
    def __init__(self, leg: LegCase) -> None:
        self.leg = leg
        self.desk = leg.desk
        self.requests: dict[str, Letter] = {}  # task id -> the letter it answers

    async def settle(self) -> None:
        leg, desk = self.leg, self.desk
        desk.judge = self._judge
        desk.timers.stop(ClockKind.ORIGIN)
        desk.timers.start(ClockKind.CERTIFICATE, leg.filing.rules.certificate_validity, desk.today)
        answer = await leg.mail.send(
            leg.letter(
                LetterVerb.MOVE_OUT_ANSWER,
                answer=Answer.GRANTED,
                persons=tuple(leg.certificates),
                certificates=tuple(leg.certificates.values()),
            ),
            "MOVE_OUT_ANSWER",
        )
        if answer.code is not None:
            desk.note("ANSWER_NOT_TAKEN", code=answer.code)
            desk.mark_overdue(ClockKind.CERTIFICATE)
        while leg.persons_in(PersonStatus.IN_TRANSIT):
            self._show()
            await self._step()
        desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED
        desk.supersede_tasks()

    def _show(self) -> None:
        holder = Holder.OURS if self.desk.tasks else Holder.THEIRS
        self.desk.move(
            Stage.IN_TRANSIT,
            holder,
            office=self.leg.station,
            due=ClockKind.CERTIFICATE,
            allows=frozenset(),
        )

    def _judge(self, letter: Letter) -> ReceiptCode | None:
        """Only about certificates that are live here, and only with the proof where law asks it."""
        if letter.verb is LetterVerb.REJECT_DOCUMENT:
            return None
        if letter.verb not in (_REQUESTS | {LetterVerb.LANDING_CONFIRMED}):
            return (
                ReceiptCode.ALREADY_CANCELLED
                if letter.verb
                in (
                    LetterVerb.WITHDRAW,
                    LetterVerb.INVALIDATE_DOCUMENT,
                    LetterVerb.UPDATE_DOCUMENT,
                )
                else ReceiptCode.NOT_EXPECTED
            )
        for certificate in letter.certificates:
            known = self.leg.certificates.get(certificate.person)
            status = self.leg.persons.get(certificate.person)
            if known is None or known.number != certificate.number:
                return ReceiptCode.UNKNOWN_CERTIFICATE
            if status is not PersonStatus.IN_TRANSIT:
                return ReceiptCode.NOT_EXPECTED
        if letter.verb in _REQUESTS and not letter.proof_no:
            return ReceiptCode.MISSING_PROOF
        return None

    async def _step(self) -> None:
        match await self.desk.next():
            case Arrived(letter=letter) if letter.verb is LetterVerb.LANDING_CONFIRMED:
                await self._close_landed(letter)
            case Arrived(letter=letter) if letter.verb is LetterVerb.REJECT_DOCUMENT:
                await self.leg.mail.send(
                    self.leg.letter(
                        LetterVerb.UPDATE_DOCUMENT,
                        reason_code="DOCUMENTS_AGAIN",
                        persons=tuple(self.leg.certificates),
                    ),
                    "MOVE_OUT_ANSWER",
                )
            case Arrived(letter=letter):
                restore = letter.verb is LetterVerb.RESTORE_REQUEST
                task = self.desk.open_task(
                    TaskKind.RESTORATION if restore else TaskKind.REISSUE,
                    self.leg.station,
                    findings=(f"PROOF:{letter.proof_no}", f"REASON:{letter.reason_code}"),
                )
                self.requests[task] = letter
            case Decided() as decided:
                await self._answer(decided)
            case Expired(clock=kind):
                self.desk.mark_overdue(kind)
                self.desk.timers.stop(kind)

    async def _close_landed(self, letter: Letter) -> None:
        for certificate in letter.certificates:
            await self._register(
                PopulationDesk.close_moved,
                "CLOSE",
                certificate.person,
                "人口库登记迁出完成",
                locality=letter.from_locality,
            )
            self._settle_person(certificate.person, PersonStatus.LANDED, CertificateStatus.USED)

    def _settle_person(self, number: int, status: PersonStatus, paper: CertificateStatus) -> None:
        self.desk.draft.certificates_changed.append(
            CertificateChanged(
                number=self.leg.certificates[number].number, status=paper, reason=status
            )
        )
        self.leg.set_person(number, status)

    async def _answer(self, decided: Decided) -> None:
        letter = self.requests.pop(decided.command.task_id or "")
        (certificate,) = letter.certificates
        number = certificate.person
        if decided.outcome == "REFUSE":
            await self._reply(letter, LetterVerb.CERTIFICATE_REISSUED, Answer.REFUSED, number)
        elif letter.verb is LetterVerb.REISSUE_REQUEST:
            await self._reissue(letter, decided, number)
        elif letter.reason_code == "DECEASED":
            await self._register(
                PopulationDesk.record_death,
                "DEATH",
                number,
                "人口库死亡登记",
                other=letter.proof_no,
            )
            self.desk.record(ActCode.DEATH_RECORDED, by=decided.command, person=number)
            self._settle_person(number, PersonStatus.DECEASED, CertificateStatus.VOID)
            await self._reply(letter, LetterVerb.REGISTRATION_RESTORED, Answer.GRANTED, number)
        else:
            await self._register(
                PopulationDesk.restore, "RESTORE", number, "人口库恢复户口", other=letter.proof_no
            )
            self.desk.record(
                ActCode.RESTORED, by=decided.command, person=number, proof=letter.proof_no or ""
            )
            self._settle_person(number, PersonStatus.RESTORED, CertificateStatus.VOID)
            await self._reply(letter, LetterVerb.REGISTRATION_RESTORED, Answer.GRANTED, number)

    async def _reissue(self, letter: Letter, decided: Decided, number: int) -> None:
        """The old certificate becomes void in the same act that gives the new one (G2)."""
        old = self.leg.certificates[number]
        key = self.desk.issue(
            CertificateKind.MIGRATION,
            validity_days=self.leg.filing.rules.certificate_validity.length,
            office=self.leg.station,
            person=number,
            replaces=old.number,
        )
        self.desk.record(
            ActCode.CERTIFICATE_REISSUED,
            by=decided.command,
            person=number,
            replaces=old.number,
            proof=letter.proof_no or "",
        )
        self.desk.timers.stop(ClockKind.CERTIFICATE)
        self.desk.timers.start(
            ClockKind.CERTIFICATE, self.leg.filing.rules.certificate_validity, self.desk.today
        )
        await self.desk.flush()
        new = self.desk.certificates[key]
        await self._register(
            PopulationDesk.replace_certificate,
            f"REISSUE:{new.number}",
            number,
            "人口库更换迁移证编号",
            other=new.number,
        )
        self.leg.certificates[number] = new
        await self._reply(
            letter, LetterVerb.CERTIFICATE_REISSUED, Answer.GRANTED, number, certificates=(new,)
        )

    async def _reply(
        self, asked: Letter, verb: LetterVerb, answer: Answer, number: int, **fields: object
    ) -> None:
        await self.leg.mail.send(
            self.leg.letter(
                verb,
                in_reply_to=asked.number,
                answer=answer,
                persons=(number,),
                reason_code=asked.reason_code,
                proof_no=asked.proof_no,
                **fields,
            )
        )

    async def _register(
        self,
        act: Verb,
        key: str,
        number: int,
        summary: str,
        *,
        other: str | None = None,
        locality: str = "",
    ) -> None:
        """One act of the population register; a refusal is told, the case's own papers stand."""
        await self.desk.flush()
        outcome: ActOutcome = await workflow.execute_activity_method(
            act,
            PersonAct(
                case_no=self.desk.case_no,
                person=number,
                key=f"{self.desk.case_no}:{key}:{number}",
                on=self.desk.today,
                certificate_no=self.leg.certificates[number].number,
                other_no=other,
                locality=locality,
            ),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
            summary=f"{summary}（第{number}人）",
        )
        if not outcome.done:
            self.desk.note("REGISTER_DECLINED", person=str(number), code=outcome.code)
