"""A joint case as its steps share it: one record per part, whoever performs it.

State of `workflows.general_joint`. What happens to a part is heeded at any step of the case, so
that parts run beside acceptance, review and decision (一般联办) or before them (前置联办).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import ids
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.general import PinnedPart
    from contracts.letters import Letter, LetterVerb, ReceiptCode
    from domain.casework import ClockKind
    from domain.general_tasks import GeneralTask
    from domain.joint import Before, PartStanding, PartState, stand_against, waits_for
    from workflows.general_case import GeneralCase
    from workflows.happenings import Happening
    from workflows.mail import blank

#: Until a part has answered for good, these letters about it are taken.
_ABOUT_A_PART = frozenset(
    {
        LetterVerb.ANSWER,
        LetterVerb.FORWARD,
        LetterVerb.REJECT_DOCUMENT,
        LetterVerb.PROGRESS,
    }
)
_UNANSWERED = frozenset({PartState.ASKED, PartState.PROMISED})


@dataclass(slots=True)
class Part:
    """What somebody else performs, as the case knows it. ``locality`` and ``office`` change where
    it was sent on; ``request_no`` is the newest letter of a leg, ``task`` that of an own office and
    ``lead_task`` what the lead office has to settle about it."""

    pinned: PinnedPart
    locality: str
    office: str | None
    state: PartState = PartState.OPEN
    request_no: str = ""
    leg_case_no: str | None = None
    task: str = ""
    lead_task: str = ""
    reminders: int = 0
    late: bool = False
    settled: bool = False
    on_promise: bool = False  # the case has gone on without it
    reason_code: str = ""

    @property
    def number(self) -> int:
        """Counted from 1, as the definition lists the parts."""
        return self.pinned.number

    @property
    def clock(self) -> ClockKind:
        """Each part has a limit of its own."""
        return ClockKind(f"PART_{self.number}")

    @property
    def standing(self) -> PartStanding:
        """As the rules of joint cases see it."""
        return PartStanding(
            number=self.number,
            before=Before(self.pinned.before),
            required=self.pinned.required,
            on_commitment=self.pinned.on_commitment,
            state=self.state,
            late=self.late,
            settled=self.settled,
        )


async def _nothing(happening: Happening) -> bool:
    return False


@dataclass(slots=True)
class JointCase(GeneralCase):
    """One application that several offices handle, each with its own part."""

    parts: dict[int, Part] = field(default_factory=dict)
    heed: Callable[[Happening], Awaitable[bool]] = _nothing

    def list_parts(self) -> None:
        """One record per pinned part."""
        self.parts = {
            one.number: Part(one, one.locality, one.office or None) for one in self.terms.parts
        }

    def is_here(self, part: Part) -> bool:
        """Whether an office of this locality performs it."""
        return part.locality == self.filing.locality

    def standings(self) -> tuple[PartStanding, ...]:
        """All parts, in their order."""
        return tuple(part.standing for part in self.parts.values())

    def waits_for(self, before: Before) -> tuple[Part, ...]:
        """The parts that hold the case at this point."""
        return tuple(self.parts[number] for number in waits_for(self.standings(), before))

    def against(self) -> tuple[Part, ...]:
        """Required parts that said no."""
        return tuple(self.parts[number] for number in stand_against(self.standings()))

    def promised(self) -> tuple[Part, ...]:
        """Parts that the case has overtaken on a promise, answered since or not."""
        return tuple(part for part in self.parts.values() if part.on_promise)

    def part_of_letter(self, letter: Letter) -> Part | None:
        """The part whose newest request the letter is about."""
        about = letter.in_reply_to
        return next((one for one in self.parts.values() if about and one.request_no == about), None)

    def part_of_task(self, task_id: str) -> Part | None:
        """The part that a task of an own or of the lead office is about."""
        return next(
            (one for one in self.parts.values() if task_id in (one.task, one.lead_task)), None
        )

    def part_of_clock(self, clock: str) -> Part | None:
        """The part whose limit it is."""
        return next((one for one in self.parts.values() if one.clock == clock), None)

    def findings(self) -> tuple[str, ...]:
        """What became of the parts, for whoever reviews and decides."""
        return tuple(
            f"PART_{part.state}:{part.pinned.label}"
            for part in self.parts.values()
            if part.state is not PartState.OPEN
        )

    def judge(self, letter: Letter) -> ReceiptCode | None:
        """Letters about a part that is still to answer; a second answer changes nothing."""
        part = self.part_of_letter(letter)
        if part is None or letter.verb not in _ABOUT_A_PART or part.state not in _UNANSWERED:
            return ReceiptCode.NOT_EXPECTED
        return None

    def to_part(self, part: Part, verb: LetterVerb, **fields: object) -> Letter:
        """A letter to the office that performs the part, about its newest request."""
        return blank(
            verb,
            part.locality,
            part.office,
            **{"in_reply_to": part.request_no, "peer_case_no": part.leg_case_no, **fields},
        )

    def guard(self, command: Command) -> RejectionCode | None:
        """Nothing is granted against a required part, nor promised where no promise may stand.

        Originals are collected in the mode 异地代收, which a joint case does not change to.
        """
        if command.outcome == "DEMAND_ORIGINALS":
            return RejectionCode.NO_OTHER_MODE
        if command.outcome == "PROMISED":
            part = self.part_of_task(command.task_id or "")
            if part is not None and not part.pinned.on_commitment:
                return RejectionCode.NO_PROMISE_HERE
        if command.verb is Verb.DECIDE and command.outcome == "GRANT" and self.against():
            _, kind, _ = ids.parse_task_id(command.task_id or "")
            if kind == GeneralTask.DECISION:
                return RejectionCode.PART_STANDS_AGAINST
        return GeneralCase.guard(self, command)

    async def step(self) -> Happening | None:
        """What happens next; None where it was about a part and has been heeded."""
        happening = await GeneralCase.next(self)
        return None if await self.heed(happening) else happening

    async def next(self) -> Happening:
        """What happens next that is not about a part."""
        while True:
            happening = await self.step()
            if happening is not None:
                return happening
