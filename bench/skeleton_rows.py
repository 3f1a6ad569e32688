"""The fixed rows that the skeleton writes: as many and of the same kinds as the real case's.

`tests/bench` compares the counts table by table, so that a change of the procedure is followed
here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from contracts import ids
from contracts.cases import PinnedLimit
from contracts.commands import Command
from contracts.letters import CertificateRef, Letter, Receipt
from contracts.transitions import (
    ActRecorded,
    CertificateChanged,
    CertificateIssued,
    CertificateReceived,
    ClockChanged,
    ClockStarted,
    EventNoted,
    LetterDrafted,
    NoticeQueued,
    PersonChanged,
    ReceiptFiled,
    TaskClosed,
    TaskOpened,
)

BASIS = "户口登记条例；户口迁移跨省通办工作规范"


@dataclass(slots=True)
class Rows:
    """What one transition writes; the field names are those of a Transition."""

    tasks_closed: list[TaskClosed] = field(default_factory=list)
    tasks_opened: list[TaskOpened] = field(default_factory=list)
    acts: list[ActRecorded] = field(default_factory=list)
    clocks_started: list[ClockStarted] = field(default_factory=list)
    clocks_changed: list[ClockChanged] = field(default_factory=list)
    certificates_issued: list[CertificateIssued] = field(default_factory=list)
    certificates_changed: list[CertificateChanged] = field(default_factory=list)
    certificates_received: list[CertificateReceived] = field(default_factory=list)
    letters: list[LetterDrafted] = field(default_factory=list)
    receipts: list[ReceiptFiled] = field(default_factory=list)
    notices: list[NoticeQueued] = field(default_factory=list)
    persons: list[PersonChanged] = field(default_factory=list)
    events: list[EventNoted] = field(default_factory=list)

    def filled(self) -> dict[str, Any]:
        """The lists that hold something."""
        return {f.name: tuple(getattr(self, f.name)) for f in fields(self) if getattr(self, f.name)}

    def close(self, command: Command) -> Rows:
        """The decided task."""
        self.tasks_closed.append(
            TaskClosed(
                task_id=command.task_id or "",
                status="DONE",
                outcome=command.outcome,
                command_id=command.command_id,
            )
        )
        return self

    def open(self, case_no: str, kind: str, office: str, role: str, clock: str) -> Rows:
        """The next task."""
        self.tasks_opened.append(
            TaskOpened(
                task_id=ids.task_id(case_no, kind, 1),
                kind=kind,
                title="骨架待办",
                office=office,
                role=role,
                clock=clock,
            )
        )
        return self

    def act(self, code: str, office: str, command: Command | None = None, **facts: str) -> Rows:
        """A legal act."""
        self.acts.append(
            ActRecorded(
                key=code,
                code=code,
                office=office,
                actor=command.actor if command else "SYSTEM",
                basis=BASIS,
                command_id=command.command_id if command else None,
                facts=facts,
            )
        )
        return self

    def start(self, kind: str, limit: PinnedLimit, on: date) -> Rows:
        """A limit that begins."""
        self.clocks_started.append(ClockStarted(kind=kind, limit=limit, started_on=on))
        return self

    def stop(self, on: date, *kinds: str) -> Rows:
        """Limits that were met."""
        self.clocks_changed += [ClockChanged(kind=kind, change="STOP", on=on) for kind in kinds]
        self.events += [EventNoted(code="CLOCK_STOPPED", facts={"clock": kind}) for kind in kinds]
        return self

    def issue(self, kind: str, office: str, on: date, days: int, person: int, status: str) -> Rows:
        """A numbered paper under its kind as key."""
        self.certificates_issued.append(
            CertificateIssued(
                key=kind,
                kind=kind,
                office=office,
                issued_on=on,
                valid_days=days,
                person=person,
                status=status,
            )
        )
        return self

    def change(self, number: str, status: str) -> Rows:
        """A paper's new status."""
        self.certificates_changed.append(CertificateChanged(number=number, status=status))
        return self

    def receive(self, ref: CertificateRef, issuer: str) -> Rows:
        """A paper that came with a letter."""
        self.certificates_received.append(
            CertificateReceived(kind="MIGRATION", ref=ref, issuer=issuer)
        )
        return self

    def draft(self, letter: Letter, *attach: str) -> Rows:
        """A letter to draw up."""
        self.letters.append(LetterDrafted(letter=letter, attach=attach))
        return self

    def file(self, receipt: Receipt) -> Rows:
        """A receipt that came back."""
        self.receipts.append(ReceiptFiled(receipt=receipt))
        return self

    def tell(self, template: str) -> Rows:
        """A notice."""
        self.notices.append(NoticeQueued(key=template, template=template))
        return self

    def move(self, status: str) -> Rows:
        """The person's record."""
        self.persons.append(PersonChanged(person=1, status=status))
        return self
