"""申请迁出: the permit, the letter to the origin, and everything the origin may answer.

Basis: domain.md A1 steps 3-5 and A1-X (permit expires, peer silent, withdrawal, wrong station).
Called by HukouMigration after approval. Consent is never assumed from silence.
"""

from __future__ import annotations

from enum import StrEnum

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, Verb
    from contracts.letters import Answer, Letter, LetterVerb, ReceiptCode, ReceiptStatus
    from contracts.transitions import CertificateChanged
    from domain.attribution import Holder
    from domain.clocks import Effect
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
    from workflows.home_case import AT_HOME, CaseEnds, HomeCase
    from workflows.mail import blank

_WHILE_AWAY = frozenset({Verb.WITHDRAW, Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY})
_GONE = (ReceiptCode.CASE_CLOSED, ReceiptCode.UNKNOWN_CASE)


class Reply(StrEnum):
    """How asking the origin ended."""

    MOVED_OUT = "MOVED_OUT"
    REFUSED = "REFUSED"
    FORWARDED = "FORWARDED"
    PERMIT_EXPIRED = "PERMIT_EXPIRED"


async def arrange_move_out(case: HomeCase) -> None:
    """Until the origin has cancelled the registration; raises CaseEnds where it never will."""
    while True:
        if case.permit_until is not None and case.permit_until < case.desk.today:
            void_permit(case, "EXPIRED")
        if case.filing.needs_permit and case.permit_no is None:
            await _issue_permit(case)
        reply = await _Asking(case).settle()
        if reply is Reply.MOVED_OUT:
            return
        if reply is Reply.REFUSED:
            await _decide_after_refusal(case)
        elif reply is Reply.PERMIT_EXPIRED:
            await _decide_after_expiry(case)


async def _issue_permit(case: HomeCase) -> None:
    """准予迁入证明: one number for the whole family, valid for the policy's calendar days."""
    desk, limit = case.desk, case.filing.rules.permit_validity
    key = desk.issue(
        CertificateKind.PERMIT, validity_days=limit.length, office=case.filing.desks.bureau
    )
    desk.record(ActCode.PERMIT_ISSUED, office=case.filing.desks.bureau)
    desk.timers.start(ClockKind.PERMIT, limit, desk.today)
    await desk.flush()
    permit = desk.certificates[key]
    case.permit_no, case.permit_until = permit.number, permit.valid_until


def void_permit(case: HomeCase, reason: str) -> None:
    """The permit can no longer be used for any move."""
    case.desk.timers.stop(ClockKind.PERMIT)
    if case.permit_no is not None:
        case.desk.draft.certificates_changed.append(
            CertificateChanged(number=case.permit_no, status=CertificateStatus.VOID, reason=reason)
        )
        case.desk.record(ActCode.PERMIT_VOIDED, office=case.filing.desks.bureau, reason=reason)
        case.permit_no = case.permit_until = None


async def _decide_after_refusal(case: HomeCase) -> None:
    case.desk.move(
        Stage.ORIGIN_REFUSED, Holder.OURS, office=case.filing.desks.station, allows=AT_HOME
    )
    case.desk.open_task(TaskKind.ORIGIN_REFUSAL, case.filing.desks.station)
    decided = await _decision(case)
    if decided.outcome == "CONCLUDE":
        void_permit(case, "ORIGIN_REFUSED")
        raise CaseEnds(
            Ending.ORIGIN_REFUSED,
            ActCode.REFUSED,
            by=decided.command,
            reason_code=case.refusal_code,
        )
    case.desk.note("ASKED_AGAIN")


async def _decide_after_expiry(case: HomeCase) -> None:
    case.desk.move(
        Stage.ORIGIN_PROCESSING, Holder.OURS, office=case.filing.desks.station, allows=AT_HOME
    )
    case.desk.open_task(TaskKind.PERMIT_EXPIRED, case.filing.desks.station)
    decided = await _decision(case)
    if decided.outcome == "CONCLUDE":
        raise CaseEnds(
            Ending.PERMIT_EXPIRED,
            ActCode.TERMINATED,
            by=decided.command,
            reason_code="PERMIT_EXPIRED",
        )


async def _decision(case: HomeCase) -> Decided:
    while True:
        happening = await case.next()
        if isinstance(happening, Decided):
            return happening


class _Asking:
    """One request to the origin, from the letter to its answer."""

    def __init__(self, case: HomeCase) -> None:
        self.case = case
        self.desk = case.desk
        self.reminders = 0

    async def settle(self) -> Reply:
        case, desk = self.case, self.desk
        desk.judge = self._judge
        desk.move(
            Stage.ORIGIN_PROCESSING,
            Holder.THEIRS,
            office=case.filing.desks.station,
            due=ClockKind.PEER,
            allows=_WHILE_AWAY,
        )
        theirs = case.filing.rules.origin.model_copy(update={"effect": Effect.REMIND})
        desk.timers.start(ClockKind.PEER, theirs, desk.today)
        case.request_no = case.mail.prepare(self._request(), "MOVE_OUT_REQUEST", "APPLICANT")
        receipt = await case.mail.post(case.request_no)
        if receipt.status is ReceiptStatus.REFUSED:
            desk.note("REQUEST_REFUSED", code=receipt.code or "")
            return self._leave(Reply.REFUSED)
        case.leg_case_no = receipt.case_no
        while True:
            reply = await self._step()
            if reply is not None:
                return self._leave(reply)

    def _request(self) -> Letter:
        case = self.case
        return blank(
            LetterVerb.MOVE_OUT_REQUEST,
            case.origin,
            case.origin_office,
            matter=case.filing.matter,
            matter_version=case.filing.matter_version,
            persons=case.persons_in(PersonStatus.OPEN),
            permit_no=case.permit_no,
            permit_valid_until=case.permit_until,
            needs_permit=case.filing.needs_permit,
        )

    def _judge(self, letter: Letter) -> ReceiptCode | None:
        """Only letters about the current request are taken."""
        if letter.verb not in (
            LetterVerb.MOVE_OUT_ANSWER,
            LetterVerb.FORWARD,
            LetterVerb.REJECT_DOCUMENT,
        ):
            return ReceiptCode.NOT_EXPECTED
        return None if letter.in_reply_to == self.case.request_no else ReceiptCode.NOT_EXPECTED

    def _leave(self, reply: Reply) -> Reply:
        self.desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED
        self.desk.supersede_tasks()
        self.desk.timers.stop(ClockKind.PEER)
        return reply

    async def _step(self) -> Reply | None:
        match await self.desk.next():
            case Arrived(letter=letter) if letter.verb is LetterVerb.MOVE_OUT_ANSWER:
                return self._take_answer(letter)
            case Arrived(letter=letter) if letter.verb is LetterVerb.FORWARD:
                return self._follow_forwarding(letter)
            case Arrived():
                await self._send_papers("DOCUMENTS_AGAIN")
            case Expired(clock=ClockKind.PEER):
                await self._remind()
            case Expired(clock=ClockKind.PERMIT):
                return await self._permit_ran_out()
            case Decided(outcome=outcome):
                self.desk.note(outcome)
                await self._remind()
            case Instructed(command=command):
                await self._instructed(command)
        return None

    def _take_answer(self, letter: Letter) -> Reply:
        case = self.case
        if letter.answer is Answer.REFUSED:
            case.refusal_code = letter.reason_code
            self.desk.record(
                ActCode.ORIGIN_REFUSED, office=letter.from_office, reason=letter.reason_code or ""
            )
            self.desk.tell("ORIGIN_REFUSED", reason=letter.reason_code or "")
            return Reply.REFUSED
        case.answer = letter
        for certificate in letter.certificates:
            case.certificates[certificate.person] = certificate
            case.mail.keep_certificate(certificate, letter.from_locality)
            if case.persons[certificate.person] is not PersonStatus.DECEASED:
                case.set_person(certificate.person, PersonStatus.IN_TRANSIT)
        case.end_open_persons()
        self.desk.timers.stop(ClockKind.PERMIT)
        if case.permit_no is not None:
            self.desk.draft.certificates_changed.append(
                CertificateChanged(number=case.permit_no, status=CertificateStatus.USED)
            )
        self.desk.tell("MOVED_OUT")
        return Reply.MOVED_OUT

    def _follow_forwarding(self, letter: Letter) -> Reply | None:
        """A wrong station is not a refusal: the request goes to the competent office."""
        case = self.case
        self.desk.note(
            "FORWARDED",
            locality=letter.forward_locality or "",
            office=letter.forward_office or "",
        )
        case.origin_office = letter.forward_office
        if letter.forward_locality in (None, case.origin):
            return None
        case.origin, case.leg_case_no = letter.forward_locality or case.origin, None
        return Reply.FORWARDED

    async def _remind(self) -> None:
        """The origin's own limit has passed: urge, then let a person take it up."""
        case, rules = self.case, self.case.filing.rules
        self.desk.timers.stop(ClockKind.PEER)
        self.reminders += 1
        self.desk.overdue, self.desk.escalation = True, self.reminders
        if self.reminders > rules.peer_reminders and not self.desk.tasks:
            self.desk.open_task(TaskKind.PEER_SILENT, case.filing.desks.station)
        else:
            await case.mail.send(self._to_leg(LetterVerb.REMIND, reason_code="OVERDUE"))
        self.desk.timers.start(ClockKind.PEER, rules.reminder_interval, self.desk.today)

    async def _permit_ran_out(self) -> Reply | None:
        """Home voids its permit only when the origin has not cancelled under it."""
        receipt = await self.case.mail.send(
            self._to_leg(
                LetterVerb.INVALIDATE_DOCUMENT,
                permit_no=self.case.permit_no,
                reason_code="PERMIT_EXPIRED",
            )
        )
        if receipt.status is ReceiptStatus.REFUSED and receipt.code not in _GONE:
            self.desk.note("PERMIT_ALREADY_USED")
            return None
        void_permit(self.case, "EXPIRED")
        self.desk.tell("PERMIT_EXPIRED")
        return Reply.PERMIT_EXPIRED

    async def _instructed(self, command: Command) -> None:
        case, desk = self.case, self.desk
        if command.verb is Verb.CORRECT_IDENTITY:
            case.correct_identity(command)
            await self._send_papers("IDENTITY_CORRECTED")
            return
        dead = command.verb is Verb.REPORT_DEATH
        receipt = await case.mail.send(
            self._to_leg(
                LetterVerb.WITHDRAW,
                persons=command.persons if dead else (),
                reason_code="DECEASED" if dead else "APPLICANT_WITHDRAWS",
            )
        )
        if receipt.status is ReceiptStatus.REFUSED and receipt.code not in _GONE:
            # The registration is cancelled already: only forward, or the act of restoration.
            desk.note("WITHDRAWAL_TOO_LATE")
            if dead:
                for number in command.persons:
                    desk.record(ActCode.DEATH_RECORDED, by=command, person=number)
                    case.set_person(number, PersonStatus.DECEASED)
            else:
                desk.tell("WITHDRAWAL_TOO_LATE")
            return
        if dead:
            case.record_deaths(command)
            return
        raise CaseEnds(Ending.WITHDRAWN, ActCode.WITHDRAWN, by=command)

    async def _send_papers(self, reason: str) -> None:
        await self.case.mail.send(
            self._to_leg(LetterVerb.UPDATE_DOCUMENT, reason_code=reason),
            "MOVE_OUT_REQUEST",
            "APPLICANT",
        )

    def _to_leg(self, verb: LetterVerb, **fields: object) -> Letter:
        case = self.case
        return blank(
            verb,
            case.origin,
            case.origin_office,
            in_reply_to=case.request_no,
            peer_case_no=case.leg_case_no,
            **fields,
        )
