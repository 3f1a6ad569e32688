"""The transition that is being prepared: filled while the procedure decides, written in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.money import LedgerEntry, RemittanceOrdered
from contracts.parcels import CustodyEvent, ParcelFiling, ParcelOpened
from contracts.scenario import ChildAsked
from contracts.tidings import TidingsSent
from contracts.transitions import (
    ActRecorded,
    CertificateChanged,
    CertificateIssued,
    CertificateReceived,
    ClockChanged,
    ClockStarted,
    EventNoted,
    IdentityCorrected,
    LetterDrafted,
    LetterVoided,
    NoticeQueued,
    PersonChanged,
    ReceiptFiled,
    TaskClosed,
    TaskHeld,
    TaskOpened,
)


@dataclass(slots=True)
class Draft:
    """Mutable twin of :class:`contracts.transitions.Transition`; field names are the same."""

    causes: list[str] = field(default_factory=list)
    moved: bool = False  # stage, holder or office changed
    tasks_closed: list[TaskClosed] = field(default_factory=list)
    tasks_opened: list[TaskOpened] = field(default_factory=list)
    tasks_held: list[TaskHeld] = field(default_factory=list)
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
    corrections: list[IdentityCorrected] = field(default_factory=list)
    events: list[EventNoted] = field(default_factory=list)
    letters_voided: list[LetterVoided] = field(default_factory=list)
    ledger: list[LedgerEntry] = field(default_factory=list)
    remittances: list[RemittanceOrdered] = field(default_factory=list)
    parcels: list[ParcelOpened] = field(default_factory=list)
    custody: list[CustodyEvent] = field(default_factory=list)
    dispatches: list[ParcelFiling] = field(default_factory=list)
    tidings: list[TidingsSent] = field(default_factory=list)
    children: list[ChildAsked] = field(default_factory=list)

    LISTS = (
        "tasks_closed",
        "tasks_opened",
        "tasks_held",
        "acts",
        "clocks_started",
        "clocks_changed",
        "certificates_issued",
        "certificates_changed",
        "certificates_received",
        "letters",
        "receipts",
        "notices",
        "persons",
        "corrections",
        "events",
        "letters_voided",
        "ledger",
        "remittances",
        "parcels",
        "custody",
        "dispatches",
        "tidings",
        "children",
    )

    def effects(self) -> dict[str, tuple[object, ...]]:
        """The filled lists, as keyword arguments of a Transition."""
        return {name: tuple(getattr(self, name)) for name in self.LISTS if getattr(self, name)}

    @property
    def empty(self) -> bool:
        """Nothing to write."""
        return not (self.causes or self.moved or self.effects())
