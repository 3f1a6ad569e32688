"""A leg as its steps share it, and what may end it before the point of no return."""

from __future__ import annotations

from dataclasses import dataclass, field

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import LegFiling
    from contracts.commands import Command
    from contracts.letters import Letter, LetterVerb, ReceiptCode
    from contracts.tidings import Tidings
    from contracts.transitions import PersonChanged
    from domain.casework import Ending, PersonStatus
    from workflows.desk import Desk
    from workflows.happenings import Arrived, Decided, Happening
    from workflows.mail import Mail, blank

_STOPPING = frozenset({LetterVerb.WITHDRAW, LetterVerb.INVALIDATE_DOCUMENT})


class LegRefuses(Exception):
    """The origin does not let the person move out: a typed answer, not a failure."""

    def __init__(
        self,
        code: str,
        *,
        by: Command | None = None,
        other_case_no: str = "",
        moved_to: str = "",
    ) -> None:
        super().__init__(code)
        self.code = code
        self.by = by
        self.other_case_no = other_case_no
        self.moved_to = moved_to


class LegStops(Exception):
    """The request was taken back before the point of no return, or it went elsewhere."""

    def __init__(self, ending: Ending, letter: Letter | None = None) -> None:
        super().__init__(ending)
        self.ending = ending
        self.letter = letter


@dataclass(slots=True)
class LegCase:
    """One request of another locality, seen from the office that answers it."""

    filing: LegFiling
    desk: Desk
    mail: Mail
    station: str
    persons: dict[int, PersonStatus] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)  # they stay, others go
    past_no_return: bool = False
    stopped_by: Letter | None = None
    taken_back: set[int] = field(default_factory=set)
    tidings: list[Tidings] = field(default_factory=list)  # news that came before its step
    early: list[Letter] = field(default_factory=list)  # letters that came before theirs

    @property
    def request(self) -> Letter:
        """The letter that asked for this leg."""
        return self.filing.letter

    def persons_in(self, *statuses: PersonStatus) -> tuple[int, ...]:
        """The numbers of the persons in one of these states."""
        return tuple(number for number, status in self.persons.items() if status in statuses)

    def set_person(self, number: int, status: PersonStatus) -> None:
        """Move one person's own record on."""
        self.persons[number] = status
        self.desk.draft.persons.append(PersonChanged(person=number, status=status))

    def judge(self, letter: Letter) -> ReceiptCode | None:
        """Before the point of no return the request may be taken back; after it, never."""
        if letter.verb is LetterVerb.UPDATE_DOCUMENT:
            return ReceiptCode.ALREADY_CANCELLED if self.past_no_return else None
        if letter.verb not in _STOPPING:
            return ReceiptCode.NOT_EXPECTED
        if self.past_no_return:
            return ReceiptCode.ALREADY_CANCELLED
        if letter.permit_no not in (None, self.request.permit_no):
            return ReceiptCode.UNKNOWN_CERTIFICATE
        # Remembered at once: a cancellation already in the queue must not overtake it.
        if not letter.persons or 1 in letter.persons:
            self.stopped_by = self.stopped_by or letter
        else:
            self.taken_back |= set(letter.persons)
        return None

    def heed_withdrawals(self) -> None:
        """Asked in the moment before the point of no return too; raises LegStops."""
        if self.stopped_by is not None:
            raise LegStops(Ending.WITHDRAWN, self.stopped_by)
        for number in self.persons_in(PersonStatus.OPEN):
            if number in self.taken_back:
                self.set_person(number, PersonStatus.ENDED)
                self.desk.note("PERSON_TAKEN_BACK", person=str(number))

    def refuse_person(self, number: int, code: str) -> None:
        """This person stays; the answer will say why (G7)."""
        self.refused[number] = code
        self.set_person(number, PersonStatus.ENDED)
        self.desk.note("PERSON_REFUSED", person=str(number), reason=code)

    async def next(self) -> Happening:
        """What happens next, after letters that take persons or the whole request back."""
        while True:
            happening = await self.desk.next()
            if isinstance(happening, Arrived) and happening.letter.verb in _STOPPING:
                self.heed_withdrawals()
                continue
            return happening

    async def decision(self) -> Decided:
        """The next decision on a task; what arrives before it is noted and changes nothing."""
        while True:
            happening = await self.next()
            if isinstance(happening, Decided):
                return happening
            self.desk.note("NEWS_TOO_EARLY")

    async def clarify(self, command: Command) -> None:
        """Ask the requesting office in writing (商请核实)."""
        letter = self.letter(LetterVerb.CLARIFY, reason_code=command.reason_code)
        await self.mail.ask(letter, command)

    def tell_lateness(self, tidings: Tidings) -> None:
        """超期告知: our part is late, and how far our own supervision has climbed."""
        told = ("level", "number", "due_on", "days_late")
        self.mail.announce(
            self.letter(
                LetterVerb.LATENESS,
                reason_code="OVERDUE",
                facts={"rung": tidings.code, **{name: tidings.facts[name] for name in told}},
            )
        )

    async def tell_clock(self, code: str, facts: dict[str, str]) -> None:
        """What became of this office's own limit; a home that has closed needs it no more."""
        await self.mail.send(self.letter(LetterVerb.TELL_CLOCK, reason_code=code, facts=facts))

    def letter(self, verb: LetterVerb, **fields: object) -> Letter:
        """A letter to the requesting office about its request."""
        return blank(
            verb,
            self.request.from_locality,
            self.request.from_office,
            **{
                "in_reply_to": self.request.number,
                "peer_case_no": self.request.case_no,
                **fields,
            },
        )
