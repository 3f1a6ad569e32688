"""注销之后: the origin follows each person until landed, restored or dead.

Basis: docs/rules.md A1 step 6 and A1-X (b), (c): reissue and restoration only on a 未落户证明, the
old certificate void in the same act. Last steps of HukouMoveOut.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Answer, Letter, LetterVerb, PersonRefusal, ReceiptCode
    from domain.attribution import Holder
    from domain.casework import ClockKind, PersonStatus, Stage
    from domain.hukou_tasks import TaskKind
    from workflows.happenings import Arrived, Decided, Expired
    from workflows.hukou_leg import HukouLeg
    from workflows.hukou_transit_acts import TransitActs

_TOO_LATE = frozenset(
    {LetterVerb.WITHDRAW, LetterVerb.INVALIDATE_DOCUMENT, LetterVerb.UPDATE_DOCUMENT}
)
_REQUESTS = frozenset({LetterVerb.REISSUE_REQUEST, LetterVerb.RESTORE_REQUEST})


async def follow_until_settled(leg: HukouLeg) -> None:
    """Until nobody is in transit any more."""
    await _Aftercare(leg).settle()


class _Aftercare:
    def __init__(self, leg: HukouLeg) -> None:
        self.leg = leg
        self.desk = leg.desk
        self.acts = TransitActs(leg)
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
                refused=tuple(
                    PersonRefusal(person=number, code=code) for number, code in leg.refused.items()
                ),
            ),
            "MOVE_OUT_ANSWER",
        )
        if answer.code is not None:
            desk.note("ANSWER_NOT_TAKEN", code=answer.code)
            desk.mark_overdue(ClockKind.CERTIFICATE)
        while leg.persons_in(PersonStatus.IN_TRANSIT):
            self._show()
            await self._step()
        desk.judge = lambda letter: ReceiptCode.CASE_CLOSED
        desk.supersede_tasks()

    def _show(self) -> None:
        ours = bool(self.desk.tasks)
        self.desk.move(
            Stage.IN_TRANSIT,
            Holder.OURS if ours else Holder.THEIRS,
            office=self.leg.station,
            due=ClockKind.ORIGIN if ours else ClockKind.CERTIFICATE,
            allows=frozenset(),
        )

    def _judge(self, letter: Letter) -> ReceiptCode | None:
        """Only about certificates that are live here, and only with the proof where law asks it."""
        if letter.verb is LetterVerb.REJECT_DOCUMENT:
            return None
        if letter.verb not in (_REQUESTS | {LetterVerb.LANDING_CONFIRMED}):
            late = letter.verb in _TOO_LATE
            return ReceiptCode.ALREADY_CANCELLED if late else ReceiptCode.NOT_EXPECTED
        asked = {ref.person for request in self.requests.values() for ref in request.certificates}
        for certificate in letter.certificates:
            known = self.leg.certificates.get(certificate.person)
            if known is None or known.number != certificate.number:
                return ReceiptCode.UNKNOWN_CERTIFICATE
            if (
                self.leg.persons[certificate.person] is not PersonStatus.IN_TRANSIT
                or certificate.person in asked  # landing and restoration exclude each other (H4)
            ):
                return ReceiptCode.NOT_EXPECTED
        if letter.verb in _REQUESTS:
            if len(letter.certificates) != 1:
                return ReceiptCode.UNKNOWN_CERTIFICATE
            return None if letter.proof_no else ReceiptCode.MISSING_PROOF
        return None if letter.certificates else ReceiptCode.UNKNOWN_CERTIFICATE

    async def _step(self) -> None:
        match await self.desk.next():
            case Arrived(letter=letter) if letter.verb is LetterVerb.LANDING_CONFIRMED:
                await self.acts.close_landed(letter)
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
                self.desk.timers.stop(ClockKind.ORIGIN)
                self.desk.timers.start(
                    ClockKind.ORIGIN, self.leg.filing.rules.origin, self.desk.today
                )
                self._ask_clerk(letter)
            case Decided() as decided:
                await self._answer(decided)
                if not self.requests:
                    self.desk.timers.stop(ClockKind.ORIGIN)
            case Expired(clock=kind):
                self.desk.mark_overdue(kind)
                self.desk.timers.stop(kind)

    def _ask_clerk(self, letter: Letter, *more: str) -> None:
        """Reissue and restoration are acts of a named office, never of the machine."""
        restore = letter.verb is LetterVerb.RESTORE_REQUEST
        task = self.desk.open_task(
            TaskKind.RESTORATION if restore else TaskKind.REISSUE,
            self.leg.station,
            clock=ClockKind.ORIGIN,
            findings=(f"PROOF:{letter.proof_no}", f"REASON:{letter.reason_code}", *more),
        )
        self.requests[task] = letter

    async def _answer(self, decided: Decided) -> None:
        # Until it is answered nothing else may be asked for the same person (H4).
        task = decided.command.task_id or ""
        refusal = await self.acts.answer(self.requests[task], decided)
        letter = self.requests.pop(task)
        if refusal:
            self._ask_clerk(letter, f"REGISTER:{refusal}")
