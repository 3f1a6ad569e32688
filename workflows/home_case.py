"""The home side of a case as its steps share it, and what may interrupt any of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.letters import Letter, LetterVerb
    from contracts.tidings import Tidings
    from contracts.transitions import IdentityCorrected, PersonChanged
    from domain.casework import ActCode, Ending, PersonStatus
    from workflows.desk import Desk
    from workflows.happenings import Decided, Happening, Instructed, Told
    from workflows.mail import Mail, blank

#: What may be asked of a case before the origin is involved.
AT_HOME = frozenset(
    {
        Verb.WITHDRAW,
        Verb.REPORT_DEATH,
        Verb.CORRECT_IDENTITY,
        Verb.SUSPEND,
        Verb.RESUME,
        Verb.EXTEND,
        Verb.REVOKE_EXTENSION,
    }
)
#: What may still be said once the origin has acted; a withdrawal is refused with its reason.
AFTER_NO_RETURN = frozenset({Verb.WITHDRAW, Verb.REPORT_DEATH})


class CaseEnds(Exception):
    """The procedure is over before its regular end; ``run`` concludes with this ending."""

    def __init__(
        self,
        ending: Ending,
        act: ActCode,
        *,
        by: Command | None = None,
        reason_code: str | None = None,
    ) -> None:
        super().__init__(ending)
        self.ending = ending
        self.act = act
        self.by = by
        self.reason_code = reason_code


@dataclass(slots=True)
class HomeCase:
    """One case seen from where it was filed; ``origin`` is the other locality."""

    filing: CaseFiling
    desk: Desk
    mail: Mail
    origin: str
    origin_office: str | None
    leg_case_no: str | None = None
    request_no: str = ""
    answer: Letter | None = None  # the other locality's answer as it came
    refusal_code: str | None = None  # the origin's last refusal
    moved_to: str | None = None  # where the origin says that the person is registered
    past_no_return: bool = False  # the origin has acted: only forward
    persons: dict[int, PersonStatus] = field(default_factory=dict)
    tidings: list[Tidings] = field(default_factory=list)

    def to_leg(self, verb: LetterVerb, **fields: object) -> Letter:
        """A letter to the origin about the current request."""
        return blank(
            verb,
            self.origin,
            self.origin_office,
            **{"in_reply_to": self.request_no, "peer_case_no": self.leg_case_no, **fields},
        )

    def transfer_request(self) -> Letter:
        """联系函 and its kin: everybody still to be moved, with the choices of the filing."""
        return blank(
            LetterVerb.REQUEST,
            self.origin,
            self.origin_office,
            matter=self.filing.matter,
            matter_version=self.filing.matter_version,
            persons=self.persons_in(PersonStatus.OPEN),
            needs_permit=False,
            facts=self.filing.facts,
        )

    def persons_in(self, *statuses: PersonStatus) -> tuple[int, ...]:
        """The numbers of the persons in one of these states."""
        return tuple(number for number, status in self.persons.items() if status in statuses)

    def set_person(self, number: int, status: PersonStatus) -> None:
        """Move one person's own record on."""
        self.persons[number] = status
        self.desk.draft.persons.append(PersonChanged(person=number, status=status))

    def end_open_persons(self) -> None:
        """At an early end nobody stays half-way (G9)."""
        for number in self.persons_in(PersonStatus.OPEN):
            self.set_person(number, PersonStatus.ENDED)

    def guard(self, command: Command) -> RejectionCode | None:
        """Deaths and corrections are about persons who are still on their way."""
        if command.verb is Verb.WITHDRAW and self.past_no_return:
            return RejectionCode.ALREADY_RELEASED
        on_their_way = self.persons_in(PersonStatus.OPEN, PersonStatus.IN_TRANSIT)
        about_persons = command.verb in (Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY)
        if about_persons and set(command.persons) - set(on_their_way):
            return RejectionCode.UNKNOWN_PERSON
        return None

    async def next(self) -> Happening:
        """What happens next, after the instructions that any step at home settles alike."""
        while True:
            happening = await self.desk.next()
            if not isinstance(happening, Instructed):
                return happening
            match happening.command.verb:
                case Verb.WITHDRAW:
                    raise CaseEnds(Ending.WITHDRAWN, ActCode.WITHDRAWN, by=happening.command)
                case Verb.REPORT_DEATH:
                    self.record_deaths(happening.command)
                case Verb.CORRECT_IDENTITY:
                    self.correct_identity(happening.command)
                case _:
                    return happening

    async def decision(self) -> Decided:
        """The next decision on a task, whatever else happens before it."""
        while True:
            happening = await self.next()
            if isinstance(happening, Decided):
                return happening
            if isinstance(happening, Told):
                self.keep_tidings(happening.tidings)

    def keep_tidings(self, tidings: Tidings) -> None:
        """Money or news that came before the step that needs them."""
        self.tidings.append(tidings)

    async def clarify(self, command: Command) -> None:
        """Ask the origin in writing (商请核实)."""
        letter = self.to_leg(LetterVerb.CLARIFY, reason_code=command.reason_code)
        await self.mail.ask(letter, command)

    def record_deaths(self, command: Command) -> None:
        """A dead person's record ends; without its main person the case ends.

        After the point of no return what was sent is finished for the heirs.
        """
        for number in command.persons:
            self.desk.record(ActCode.DEATH_RECORDED, by=command, person=number)
            self.set_person(number, PersonStatus.DECEASED)
        if self.persons[1] is PersonStatus.DECEASED and not self.past_no_return:
            raise CaseEnds(Ending.DECEASED, ActCode.TERMINATED, by=command, reason_code="DECEASED")

    def correct_identity(self, command: Command) -> None:
        """Name or number changed: the case goes on under its number."""
        for number in command.persons:
            self.desk.draft.corrections.append(
                IdentityCorrected(person=number, command_id=command.command_id)
            )
            self.desk.note("IDENTITY_CORRECTED", person=str(number))
