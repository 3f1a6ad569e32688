"""What the origin does for persons in transit: close, reissue, restore, or record a death.

Basis: docs/rules.md A1 step 6 and A1-X (b), (c). Called by hukou_aftercare; each act is first done
in the population register, and the answer goes out when the register shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.population import PopulationDesk
    from contracts.acts import ActOutcome, PersonAct
    from contracts.letters import Answer, Letter, LetterVerb
    from contracts.transitions import CertificateChanged
    from domain.casework import ActCode, CertificateKind, CertificateStatus, ClockKind, PersonStatus
    from workflows.happenings import Decided
    from workflows.hukou_leg import HukouLeg
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT


Verb = Callable[[Any, PersonAct], Coroutine[Any, Any, ActOutcome]]


class TransitActs:
    """The acts of one leg after its cancellation."""

    def __init__(self, leg: HukouLeg) -> None:
        self.leg = leg
        self.desk = leg.desk

    async def answer(self, letter: Letter, decided: Decided) -> str:
        """Do what was decided on a request; returns the register's refusal, "" where done."""
        (certificate,) = letter.certificates
        number = certificate.person
        if decided.outcome == "REFUSE":
            self.desk.record(ActCode.REISSUE_REFUSED, by=decided.command, person=number)
            await self._reply(letter, LetterVerb.CERTIFICATE_REISSUED, Answer.REFUSED, number)
            return ""
        if letter.verb is LetterVerb.REISSUE_REQUEST:
            await self._reissue(letter, decided, number)
            return ""
        if letter.reason_code == "DECEASED":
            return await self._record_death(letter, decided, number)
        return await self._restore(letter, decided, number)

    async def close_landed(self, letter: Letter) -> None:
        """落户确认: the registration here ends as moved out, the certificate is consumed."""
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

    async def _record_death(self, letter: Letter, decided: Decided, number: int) -> str:
        refusal = await self._register(
            PopulationDesk.record_death, "DEATH", number, "人口库死亡登记", other=letter.proof_no
        )
        if refusal:
            return refusal
        self.desk.record(ActCode.DEATH_RECORDED, by=decided.command, person=number)
        self._settle_person(number, PersonStatus.DECEASED, CertificateStatus.VOID)
        await self._reply(letter, LetterVerb.REGISTRATION_RESTORED, Answer.GRANTED, number)
        return ""

    async def _restore(self, letter: Letter, decided: Decided, number: int) -> str:
        """恢复户口: nobody is told of it before the register shows it."""
        refusal = await self._register(
            PopulationDesk.restore, "RESTORE", number, "人口库恢复户口", other=letter.proof_no
        )
        if refusal:
            return refusal
        self.desk.record(
            ActCode.RESTORED, by=decided.command, person=number, proof=letter.proof_no or ""
        )
        self._settle_person(number, PersonStatus.RESTORED, CertificateStatus.VOID)
        await self._reply(letter, LetterVerb.REGISTRATION_RESTORED, Answer.GRANTED, number)
        return ""

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
        await self.desk.flush_unanswered()
        new = self.desk.certificates[key]
        refusal = await self._register(
            PopulationDesk.replace_certificate,
            f"REISSUE:{new.number}",
            number,
            "人口库更换迁移证编号",
            other=new.number,
        )
        if refusal:
            # Our own papers are changed already: the supervisor has the two registers aligned.
            self.desk.mark_overdue(ClockKind.CERTIFICATE)
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
            ),
            *(("REFUSAL_NOTICE",) if answer is Answer.REFUSED else ()),
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
    ) -> str:
        """One act of the population register; returns its refusal, or "" where it is done."""
        await self.desk.flush_unanswered()
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
            return outcome.code or "REFUSED"
        return ""
