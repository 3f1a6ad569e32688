"""One request to the other locality: sent, urged, taken back, answered; the same for every matter.

Basis: docs/rules.md A0 and A1-X. Silence is urged and taken up by a person; consent is never
assumed. 户口迁移 adds its permit in hukou_asking.
"""

from __future__ import annotations

from enum import StrEnum

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.letters import Answer, Letter, LetterVerb, Receipt, ReceiptCode, ReceiptStatus
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, PersonStatus, Stage
    from domain.clocks import Effect
    from domain.common_tasks import CommonTask
    from workflows.happenings import Arrived, Decided, Expired, Instructed, Told
    from workflows.home_case import CaseEnds, HomeCase
    from workflows.papers import take_in_letter

_WHILE_AWAY = frozenset({Verb.WITHDRAW, Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY})
#: Receipts that say: there is nothing left here to take back.
GONE = (ReceiptCode.CASE_CLOSED, ReceiptCode.UNKNOWN_CASE)


class Reply(StrEnum):
    """How asking the other locality ended."""

    ANSWERED = "ANSWERED"
    REFUSED = "REFUSED"
    FORWARDED = "FORWARDED"
    EXPIRED = "EXPIRED"  # what the request rested on is no longer valid


class Asking:
    """One request, from the letter to its answer. Subclasses say what is special to a matter."""

    stage = Stage.PEER_PROCESSING
    answer_verb = LetterVerb.ANSWER
    paper = "TRANSFER_REQUEST"
    refused_act = ActCode.PEER_REFUSED
    refused_notice = "PEER_REFUSED"
    done_notice = "PEER_DONE"
    too_late_notice = "WITHDRAWAL_TOO_LATE"
    moved_away_code = "MOVED_AWAY"
    too_late = RejectionCode.ALREADY_RELEASED
    more_papers: tuple[str, ...] = ()  # records of the case that go along
    also_taken: frozenset[LetterVerb] = frozenset()
    #: What the step after this one waits for. The other side may send it as soon as its granting
    #: answer has arrived, while that answer's papers are still being pulled.
    followed_by: frozenset[LetterVerb] = frozenset()

    def __init__(self, case: HomeCase) -> None:
        self.case = case
        self.desk = case.desk
        self.reminders = 0
        self.more_follows = False  # a granting answer is here, and more is waited for after it

    # ------------------------------------------------------------------ what a matter may change

    def request(self) -> Letter:
        """The letter that asks."""
        return self.case.transfer_request()

    def answered(self, letter: Letter) -> Reply:
        """A granting answer: the case keeps it."""
        self.case.answer = letter
        return Reply.ANSWERED

    async def other_letter(self, letter: Letter) -> None:
        """A letter of ``also_taken``."""

    async def ran_out(self, clock: str) -> Reply | None:
        """A limit other than the peer's ran out."""
        return None

    def taken_back(self, receipt: Receipt) -> None:
        """The other side has let the request go; ``receipt`` is that of the withdrawal."""

    def told(self, told: Told) -> None:
        """A message from within the house: money may arrive before the table does."""
        self.case.keep_tidings(told.tidings)

    # ------------------------------------------------------------------ the same for all

    async def settle(self) -> Reply:
        """Ask, and wait until there is an answer, a forwarding or nothing to ask on any more."""
        case, desk = self.case, self.desk
        desk.judge = self._judge
        desk.overdue, desk.escalation = False, 0
        desk.move(
            self.stage,
            Holder.THEIRS,
            office=case.filing.desks.station,
            due=ClockKind.PEER,
            allows=_WHILE_AWAY,
        )
        case.request_no = case.mail.prepare(
            self.request(), self.paper, *self.more_papers, "APPLICANT"
        )
        receipt = await case.mail.post(case.request_no)
        if receipt.status is ReceiptStatus.REFUSED:
            case.refusal_code = receipt.code
            desk.note("REQUEST_REFUSED", code=receipt.code or "")
            return self.leave(Reply.REFUSED)
        case.leg_case_no, case.refusal_code, case.moved_to = receipt.case_no, None, None
        desk.peer, desk.peer_case_no = case.origin, receipt.case_no
        desk.clarify = case.clarify
        # Their own clock runs from the day their office received the letter; ours follows it.
        theirs = case.filing.rules.origin.model_copy(update={"effect": Effect.REMIND})
        desk.timers.start(ClockKind.PEER, theirs, receipt.received_on or desk.today)
        while True:
            reply = await self._step()
            if reply is not None:
                return self.leave(reply)

    def _judge(self, letter: Letter) -> ReceiptCode | None:
        """Only letters about the current request are taken."""
        taken = {self.answer_verb, LetterVerb.FORWARD, LetterVerb.REJECT_DOCUMENT, *self.also_taken}
        if letter.in_reply_to != self.case.request_no:
            return ReceiptCode.NOT_EXPECTED
        if letter.verb in taken:
            self._remember(letter)
            return None
        return self._judge_next(letter)

    def _remember(self, letter: Letter) -> None:
        """At once: what follows a granting answer may arrive before that answer is worked on."""
        granted = letter.verb is self.answer_verb and letter.answer is not Answer.REFUSED
        if granted and self.followed_by and not self.more_follows:
            self.more_follows = workflow.patched("letters-after-the-answer")

    def _judge_next(self, letter: Letter) -> ReceiptCode | None:
        """Once there is a granting answer: the inbox keeps what the next step waits for."""
        ours = letter.in_reply_to == self.case.request_no and letter.verb in self.followed_by
        return None if self.more_follows and ours else ReceiptCode.NOT_EXPECTED

    def leave(self, reply: Reply) -> Reply:
        """Nobody is asked any more."""
        self.desk.judge = self._judge_next
        self.desk.supersede_tasks()
        self.desk.timers.stop(ClockKind.PEER, ClockKind.PEER_SILENT)
        return reply

    async def _step(self) -> Reply | None:
        match await self.desk.next():
            case Arrived(letter=letter) if letter.verb is self.answer_verb:
                if letter.answer is Answer.REFUSED:
                    return await self._take_refusal(letter)
                return self.answered(letter)
            case Arrived(letter=letter) if letter.verb is LetterVerb.FORWARD:
                return self._follow_forwarding(letter)
            case Arrived(letter=letter) if letter.verb in self.also_taken:
                await self.other_letter(letter)
            case Arrived():
                await self._send_papers("DOCUMENTS_AGAIN")
            case Expired(clock=ClockKind.PEER):
                await self._chase()
            case Expired(clock=clock):
                return await self.ran_out(clock)
            case Decided(outcome=outcome):
                self.desk.timers.stop(ClockKind.PEER_SILENT)
                self.desk.note(outcome)
                await self._remind()
            case Instructed(command=command):
                await self._instructed(command)
            case Told() as told:
                self.told(told)
        return None

    async def _take_refusal(self, letter: Letter) -> Reply:
        """A refusal is a regular answer: its written reasons go on the file (G7)."""
        case, code = self.case, letter.reason_code or ""
        case.refusal_code, case.moved_to = code, letter.forward_locality
        self.desk.record(self.refused_act, office=letter.from_office, reason=code)
        self.desk.tell(self.refused_notice, reason=code, place=letter.forward_locality or "")
        await take_in_letter(self.desk, letter, "凭函调取不予办理答复并核对摘要")
        return Reply.REFUSED

    def _follow_forwarding(self, letter: Letter) -> Reply | None:
        """A wrong office is not a refusal: the request goes to the competent one."""
        case, locality = self.case, letter.forward_locality or self.case.origin
        self.desk.note("FORWARDED", locality=locality, office=letter.forward_office or "")
        if locality == case.origin:
            case.origin_office = letter.forward_office
            return None
        if locality not in case.filing.counters or locality == case.filing.locality:
            # No counter takes letters there: a letter would be carried in vain for ever.
            case.refusal_code, case.moved_to = self.moved_away_code, locality
            self.desk.tell(self.refused_notice, reason=self.moved_away_code, place=locality)
            return Reply.REFUSED
        case.origin, case.origin_office, case.leg_case_no = locality, letter.forward_office, None
        return Reply.FORWARDED

    async def _chase(self) -> None:
        """The other side's limit has passed: urge, then let a person take it up."""
        rules, desk = self.case.filing.rules, self.desk
        self.reminders += 1
        desk.overdue, desk.escalation = True, max(desk.escalation, self.reminders)
        if self.reminders <= rules.peer_reminders or desk.tasks:
            await self._remind()
            return
        # Cases that were filed before this limit was policy have none pinned.
        limit = rules.limits.get("peer_silent")
        if limit is not None:
            desk.timers.start(ClockKind.PEER_SILENT, limit, desk.today)
        desk.open_task(
            CommonTask.PEER_SILENT,
            self.case.filing.desks.station,
            clock=ClockKind.PEER_SILENT if limit else None,
        )
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
        if receipt.status is not ReceiptStatus.REFUSED or receipt.code in GONE:
            desk.complete(command)
            if not dead:
                self.taken_back(receipt)
                raise CaseEnds(Ending.WITHDRAWN, ActCode.WITHDRAWN, by=command)
            case.record_deaths(command)
            return
        # The other side has acted already: only forward, or what the law has for such a case.
        if not dead:
            desk.refuse(command, self.too_late)
            desk.note("WITHDRAWAL_TOO_LATE")
            desk.tell(self.too_late_notice)
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
            self.paper,
            *self.more_papers,
            "APPLICANT",
        )
        if receipt.code is not None:
            self.desk.note("UPDATE_REFUSED", code=receipt.code)
