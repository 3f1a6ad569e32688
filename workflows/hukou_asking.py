"""One request 申请迁出 to the origin: sent, urged, taken back, answered.

Basis: docs/rules.md A1 step 4 and A1-X; used by hukou_origin_request. Silence is urged and taken up
by a person; consent is never assumed.
"""

from __future__ import annotations

from enum import StrEnum

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.letters import Answer, Letter, LetterVerb, ReceiptCode, ReceiptStatus
    from domain.attribution import Holder
    from domain.clocks import Effect
    from domain.hukou import (
        ActCode,
        ClockKind,
        Ending,
        OriginRefusal,
        PersonStatus,
        Stage,
    )
    from domain.hukou_tasks import TaskKind
    from workflows.happenings import Arrived, Decided, Expired, Instructed
    from workflows.home_case import CaseEnds, HomeCase
    from workflows.papers import take_in_letter
    from workflows.permit import use_permit, void_permit

_WHILE_AWAY = frozenset({Verb.WITHDRAW, Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY})
_GONE = (ReceiptCode.CASE_CLOSED, ReceiptCode.UNKNOWN_CASE)


class Reply(StrEnum):
    """How asking the origin ended."""

    MOVED_OUT = "MOVED_OUT"
    REFUSED = "REFUSED"
    FORWARDED = "FORWARDED"
    PERMIT_EXPIRED = "PERMIT_EXPIRED"


class Asking:
    """One request to the origin, from the letter to its answer."""

    def __init__(self, case: HomeCase) -> None:
        self.case = case
        self.desk = case.desk
        self.reminders = 0

    async def settle(self) -> Reply:
        """Ask, and wait until there is an answer, a forwarding or no valid permit any more."""
        case, desk = self.case, self.desk
        desk.judge = self._judge
        desk.overdue, desk.escalation = False, 0
        desk.move(
            Stage.ORIGIN_PROCESSING,
            Holder.THEIRS,
            office=case.filing.desks.station,
            due=ClockKind.PEER,
            allows=_WHILE_AWAY,
        )
        case.request_no = case.mail.prepare(
            case.move_out_request(), "MOVE_OUT_REQUEST", "APPLICANT"
        )
        receipt = await case.mail.post(case.request_no)
        if receipt.status is ReceiptStatus.REFUSED:
            case.refusal_code = receipt.code
            desk.note("REQUEST_REFUSED", code=receipt.code or "")
            return self._leave(Reply.REFUSED)
        case.leg_case_no, case.refusal_code, case.moved_to = receipt.case_no, None, None
        desk.peer, desk.peer_case_no = case.origin, receipt.case_no
        desk.clarify = case.clarify
        # Their own clock runs from the day their office received the letter; ours follows it.
        theirs = case.filing.rules.origin.model_copy(update={"effect": Effect.REMIND})
        desk.timers.start(ClockKind.PEER, theirs, receipt.received_on or desk.today)
        while True:
            reply = await self._step()
            if reply is not None:
                return self._leave(reply)

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
                if letter.answer is Answer.REFUSED:
                    return await self._take_refusal(letter)
                return self._take_answer(letter)
            case Arrived(letter=letter) if letter.verb is LetterVerb.FORWARD:
                return self._follow_forwarding(letter)
            case Arrived():
                await self._send_papers("DOCUMENTS_AGAIN")
            case Expired(clock=ClockKind.PEER):
                await self._chase()
            case Expired(clock=ClockKind.PERMIT):
                return await self._permit_ran_out()
            case Decided(outcome=outcome):
                self.desk.note(outcome)
                await self._remind()
            case Instructed(command=command):
                await self._instructed(command)
        return None

    async def _take_refusal(self, letter: Letter) -> Reply:
        """不予迁出 is a regular answer: its written reasons go on the file (G7)."""
        case, code = self.case, letter.reason_code or ""
        case.refusal_code, case.moved_to = code, letter.forward_locality
        self.desk.record(ActCode.ORIGIN_REFUSED, office=letter.from_office, reason=code)
        self.desk.tell("ORIGIN_REFUSED", reason=code, place=letter.forward_locality or "")
        await take_in_letter(self.desk, letter, "凭函调取不予迁出反馈并核对摘要")
        return Reply.REFUSED

    def _take_answer(self, letter: Letter) -> Reply:
        case, desk = self.case, self.desk
        case.answer = letter
        for certificate in letter.certificates:
            case.certificates[certificate.person] = certificate
            case.mail.keep_certificate(certificate, letter.from_locality)
            if case.persons[certificate.person] is not PersonStatus.DECEASED:
                case.set_person(certificate.person, PersonStatus.IN_TRANSIT)
        for refused in letter.refused:
            desk.record(
                ActCode.ORIGIN_REFUSED,
                office=letter.from_office,
                person=refused.person,
                reason=refused.code,
            )
            desk.tell("PERSON_REFUSED", reason=refused.code, person=str(refused.person))
        case.end_open_persons()
        use_permit(case)
        desk.tell("MOVED_OUT")
        return Reply.MOVED_OUT

    def _follow_forwarding(self, letter: Letter) -> Reply | None:
        """A wrong station is not a refusal: the request goes to the competent office."""
        case, locality = self.case, letter.forward_locality or self.case.origin
        self.desk.note("FORWARDED", locality=locality, office=letter.forward_office or "")
        if locality == case.origin:
            case.origin_office = letter.forward_office
            return None
        if locality not in case.filing.counters or locality == case.filing.locality:
            # No counter takes letters there: a letter would be carried in vain for ever.
            case.refusal_code, case.moved_to = OriginRefusal.ALREADY_MOVED, locality
            self.desk.tell("ORIGIN_REFUSED", reason=OriginRefusal.ALREADY_MOVED, place=locality)
            return Reply.REFUSED
        case.origin, case.origin_office, case.leg_case_no = locality, letter.forward_office, None
        return Reply.FORWARDED

    async def _chase(self) -> None:
        """The origin's own limit has passed: urge, then let a person take it up."""
        rules, desk = self.case.filing.rules, self.desk
        self.reminders += 1
        desk.overdue, desk.escalation = True, max(desk.escalation, self.reminders)
        if self.reminders <= rules.peer_reminders or desk.tasks:
            await self._remind()
            return
        desk.open_task(TaskKind.PEER_SILENT, self.case.filing.desks.station)
        self._wait_on()

    async def _remind(self) -> None:
        await self.case.mail.send(self.case.to_leg(LetterVerb.REMIND, reason_code="OVERDUE"))
        self._wait_on()

    def _wait_on(self) -> None:
        """Consent is never assumed: after the next interval the question comes up again."""
        self.desk.timers.stop(ClockKind.PEER)
        self.desk.timers.start(
            ClockKind.PEER, self.case.filing.rules.reminder_interval, self.desk.today
        )

    async def _permit_ran_out(self) -> Reply | None:
        """Home voids its permit only when the origin has not cancelled under it."""
        receipt = await self.case.mail.send(
            self.case.to_leg(
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
        desk.postpone(command)
        receipt = await case.mail.send(
            self.case.to_leg(
                LetterVerb.WITHDRAW,
                persons=command.persons if dead else (),
                reason_code="DECEASED" if dead else "APPLICANT_WITHDRAWS",
            )
        )
        if receipt.status is not ReceiptStatus.REFUSED or receipt.code in _GONE:
            desk.complete(command)
            if not dead:
                raise CaseEnds(Ending.WITHDRAWN, ActCode.WITHDRAWN, by=command)
            case.record_deaths(command)
            return
        # The registration is cancelled already: only forward, or the act of restoration.
        if not dead:
            desk.refuse(command, RejectionCode.TOO_LATE)
            desk.note("WITHDRAWAL_TOO_LATE")
            desk.tell("WITHDRAWAL_TOO_LATE")
            return
        desk.complete(command)
        for number in command.persons:
            desk.record(ActCode.DEATH_RECORDED, by=command, person=number)
            case.set_person(number, PersonStatus.DECEASED)

    async def _send_papers(self, reason: str) -> None:
        receipt = await self.case.mail.send(
            self.case.to_leg(
                LetterVerb.UPDATE_DOCUMENT,
                reason_code=reason,
                persons=self.case.persons_in(PersonStatus.OPEN),
            ),
            "MOVE_OUT_REQUEST",
            "APPLICANT",
        )
        if receipt.code is not None:
            self.desk.note("UPDATE_REFUSED", code=receipt.code)
