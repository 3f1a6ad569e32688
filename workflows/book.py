"""The case's book: where the case stands, and the step that is being prepared.

A procedure fills the draft while it decides; :meth:`Book.flush` writes it as one transition in one
local activity, so that closing a task, the act in law and the next task are one transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.case_register import CaseRegister
    from contracts import ids
    from contracts.commands import Command, Verb
    from contracts.letters import CertificateRef, Letter
    from contracts.transitions import (
        ActRecorded,
        CertificateIssued,
        EventNoted,
        NoticeQueued,
        Transition,
        TransitionResult,
    )
    from domain.attribution import Holder
    from domain.calendar import SHANGHAI
    from domain.casework import STAGE_LABELS, ActCode, Stage, basis_of
    from domain.offices import SYSTEM
    from workflows.draft import Draft
    from workflows.policies import REGISTER_RETRY, REGISTER_TIMEOUT
    from workflows.signboard import Signboard
    from workflows.timers import Timers
    from workflows.worklist import Worklist


class Book(Worklist):
    """One per running case or leg; nobody else writes the case's state."""

    def __init__(
        self, *, case_no: str, office: str, stage: Stage, signboard: Signboard, family: str
    ) -> None:
        super().__init__(case_no)
        self.family = family
        self.stage = stage
        self.holder = Holder.OURS
        self.office = office
        self.custodian = office
        self.due_clock: str | None = None
        self.allows: frozenset[Verb] = frozenset()
        self.certificates: dict[str, CertificateRef] = {}
        self.overdue = False
        self.escalation = 0
        self.peer_lateness: tuple[str, int] | None = None  # rung and level of the other side
        self._supervised_tasks: dict[str, int] = {}  # task -> level of its ladder
        self.peer: str | None = None
        self.peer_case_no: str | None = None
        self.mode: str | None = None  # 业务模式, once it has changed
        self.ending: tuple[str, str | None] | None = None
        self.timers = Timers(self)
        self._signboard = signboard
        self._sequence = 0
        self._letters = 0
        self._parcels = 0
        self._letters_ready: dict[str, Letter] = {}
        self._writing = asyncio.Lock()

    @property
    def today(self) -> date:
        """The day of the law: Asia/Shanghai."""
        return workflow.now().astimezone(SHANGHAI).date()

    @property
    def running_clock(self) -> str | None:
        """The limit that is due next: the case's own, or what stands in for it while it rests."""
        return self.stand_ins.get(self.due_clock or "", self.due_clock)

    # ------------------------------------------------------------------ what a step writes

    def move(
        self,
        stage: Stage,
        holder: Holder,
        *,
        office: str | None = None,
        due: str | None = None,
        allows: frozenset[Verb] | None = None,
    ) -> None:
        """Say where the case stands now and who has to act."""
        if stage is not self.stage and (due is None or due != self.due_clock):
            # Under the same limit a late case stays late, whoever has it next.
            self.overdue, self.escalation = False, 0
        self.stage, self.holder, self.due_clock = stage, holder, due
        self.office = office or self.office
        if allows is not None:
            self.allows = allows
        self.draft.moved = True

    def supervise(self, task_id: str, level: int) -> None:
        """A task's ladder stands on this level now; 0: it was withdrawn. Nothing is decided."""
        if task_id not in self.tasks:
            return  # told of a task that has been done meanwhile
        self._supervised_tasks[task_id] = level
        levels = [self._supervised_tasks.get(one, 0) for one in self.tasks]
        if level:
            self.overdue, self.escalation = True, max(self.escalation, *levels)
        else:
            self.overdue, self.escalation = any(levels), max(levels)
        self.draft.moved = True

    def peer_is_late(self, letter: Letter) -> None:
        """The other locality's own supervision has told us where its ladder stands."""
        level = int(letter.facts.get("level", "1"))
        first = self.peer_lateness is None
        self.peer_lateness = (letter.facts.get("rung", ""), level)
        if self.holder is Holder.THEIRS:
            self.overdue, self.escalation = True, max(self.escalation, level)
        self.note(
            "PEER_LATE",
            letter=letter.number,
            **{name: letter.facts.get(name, "") for name in ("rung", "level", "number", "due_on")},
        )
        if first:
            self.tell("PEER_LATE")

    def record(
        self,
        code: ActCode,
        /,
        *,
        by: Command | None = None,
        actor: str = SYSTEM,
        office: str | None = None,
        person: int = 0,
        effective_on: date | None = None,
        told: Mapping[str, str] | None = None,
        **facts: str,
    ) -> None:
        """Record a legal act. The sequence in the key lets a lawful repeat be a second act.

        ``actor`` stands for it where no command does. ``told``: coded facts of another source that
        the act keeps beside its own.
        """
        self.draft.acts.append(
            ActRecorded(
                key=f"{code}:{person}:{self._sequence + 1}",
                code=code,
                office=office or (by.office if by and by.actor != "APPLICANT" else self.office),
                actor=by.actor if by else actor,
                basis=basis_of(code, self.family),
                person=person,
                command_id=by.command_id if by else None,
                effective_on=effective_on,
                facts={**(told or {}), **facts},
            )
        )

    def note(self, code: str, /, **facts: str) -> None:
        """Write something to the audit trail that is no legal act."""
        self.draft.events.append(EventNoted(code=code, facts=facts))

    def tell(self, template: str, /, *, by: Command | None = None, **facts: str) -> None:
        """Queue a notice to the applicant."""
        self.draft.notices.append(
            NoticeQueued(
                key=f"{template}:{self._sequence + 1}",
                template=template,
                facts=facts,
                command_id=by.command_id if by else None,
            )
        )

    def issue(
        self,
        kind: str,
        *,
        validity_days: int,
        office: str,
        person: int = 0,
        replaces: str | None = None,
        prepared: bool = False,
    ) -> str:
        """Plan a numbered paper; its number is in ``certificates[key]`` after the next write."""
        key = f"{kind}:{person}:{self._sequence + 1}"
        self.draft.certificates_issued.append(
            CertificateIssued(
                key=key,
                kind=kind,
                office=office,
                issued_on=self.today,
                valid_days=validity_days,
                person=person,
                status="PREPARED" if prepared else "VALID",
                replaces=replaces,
            )
        )
        return key

    def next_letter_no(self) -> str:
        """Letters of a case are numbered in the order they are drawn up."""
        self._letters += 1
        return ids.letter_no(self.case_no, self._letters)

    def next_parcel_key(self) -> str:
        """Parcels of a case are numbered in the order they are made up."""
        self._parcels += 1
        return ids.parcel_key(self.case_no, self._parcels)

    @property
    def step(self) -> int:
        """The number of the step that is being prepared."""
        return self._sequence + 1

    def signboard_lines(self, lines: tuple[str, ...]) -> None:
        """What operators see of the items of a composite case, from the next write on."""
        self._signboard.items = lines

    def show_again(self) -> None:
        """Operators see the case wrongly: with the next write everything is shown anew."""
        self._signboard.forget()
        self.draft.moved = True

    def is_drawn_up(self, number: str) -> bool:
        """Whether the register has completed the letter."""
        return number in self._letters_ready

    def drawn_up(self, number: str) -> Letter:
        """The letter as the register completed it."""
        return self._letters_ready.pop(number)

    async def flush(self) -> None:
        """Write the draft as one transition: one local activity, one transaction."""
        async with self._writing:
            if self.draft.empty:
                return
            draft, self.draft = self.draft, Draft()
            self._sequence += 1
            transition = Transition(
                workflow_id=workflow.info().workflow_id,
                case_no=self.case_no,
                sequence=self._sequence,
                at=workflow.now(),
                causes=tuple(draft.causes),
                stage=self.stage.value,
                holder=self.holder,
                office=self.office,
                custodian=self.custodian,
                due_clock=self.running_clock,
                escalation=self.escalation,
                overdue=self.overdue,
                peer=self.peer,
                peer_case_no=self.peer_case_no,
                mode=self.mode,
                ending=self.ending[0] if self.ending else None,
                reason_code=self.ending[1] if self.ending else None,
                open_tasks=tuple(self.tasks),
                **draft.effects(),
            )
            result: TransitionResult = await workflow.execute_local_activity_method(
                CaseRegister.record,
                transition,
                start_to_close_timeout=REGISTER_TIMEOUT,
                retry_policy=REGISTER_RETRY,
                summary=STAGE_LABELS[self.stage],
            )
            self._apply(result)
            self._written(draft.causes)
            self._signboard.show(self)

    def _apply(self, result: TransitionResult) -> None:
        self.certificates.update(result.certificates)
        self._letters_ready.update(result.letters)
        for due in result.due:
            self.timers.arm(due)

    def _written(self, causes: list[str]) -> None:
        """Told after each write; the desk answers the commands among the causes."""
