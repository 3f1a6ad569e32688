"""One transition of a case: everything that one step writes, as a single idempotent message.

The workflow fills a transition while it decides, and one local activity writes it in one database
transaction: tasks closed and opened, acts, clocks, certificates, letters drawn up, notices queued.
``sequence`` counts the transitions of a workflow; the same number is written once (G3).
"""

from __future__ import annotations

from datetime import date, datetime

from contracts.cases import PinnedLimit
from contracts.letters import CertificateRef, Letter, Receipt
from contracts.money import LedgerEntry, RemittanceOrdered
from contracts.parcels import CustodyEvent, ParcelFiling, ParcelOpened
from contracts.payload import Payload
from contracts.scenario import ChildAsked
from contracts.tidings import TidingsSent
from domain.attribution import Holder


class TaskOpened(Payload):
    """A new entry in an office's worklist; ``clock`` names the limit that gives its due date."""

    task_id: str
    kind: str
    title: str
    office: str
    role: str
    clock: str | None = None
    person: int | None = None
    findings: tuple[str, ...] = ()


class TaskClosed(Payload):
    """A task decided by a command, or superseded by the law or another event."""

    task_id: str
    status: str
    outcome: str | None = None
    command_id: str | None = None
    reason_code: str | None = None


class TaskHeld(Payload):
    """Who holds a task: the assignee, or nobody."""

    task_id: str
    assignee: str | None


class ActRecorded(Payload):
    """One legal act by its competent office (G1). ``key`` is unique in the case."""

    key: str
    code: str
    office: str
    actor: str
    basis: str
    person: int = 0
    command_id: str | None = None
    effective_on: date | None = None
    facts: dict[str, str] = {}


class ClockStarted(Payload):
    """A limit begins to run; the result of the transition tells when it is due."""

    kind: str
    limit: PinnedLimit
    started_on: date


class ClockChanged(Payload):
    """STOP, PAUSE, RESUME, EXTEND or REVOKE of a running clock, with its lawful reason (G5).

    ``expected`` is the length of a pause as the applicant was told, such as ``15wd``. While a clock
    stands still its open tasks follow the clock ``stand_in``, and come back when it runs on.
    RECOUNT changes nothing: the case takes the date that another calendar has given the clock.
    """

    kind: str
    change: str
    on: date
    reason: str = ""
    length: int = 0
    actor: str = ""
    command_id: str | None = None
    procedure: str = ""
    expected: str = ""
    approver: str = ""
    stand_in: str = ""


class CertificateIssued(Payload):
    """A numbered paper: the number is given by the register when the transition is written."""

    key: str
    kind: str
    office: str
    issued_on: date
    valid_days: int
    person: int = 0
    status: str = "VALID"
    replaces: str | None = None


class CertificateChanged(Payload):
    """A certificate's new status. Certificates that came from a peer are kept as well."""

    number: str
    status: str
    reason: str = ""


class CertificateReceived(Payload):
    """A certificate issued by the other locality, as its letter gave it."""

    kind: str
    ref: CertificateRef
    issuer: str


class LetterDrafted(Payload):
    """A letter to be drawn up: the register composes and attaches the documents and the grant."""

    letter: Letter
    attach: tuple[str, ...] = ()
    command_id: str | None = None  # whose words a CLARIFICATION carries


class LetterVoided(Payload):
    """联系函作废: a letter of ours that asks nothing any more; only then a new one may go."""

    number: str
    reason: str = ""


class ReceiptFiled(Payload):
    """The receipt that came back for a letter of ours."""

    receipt: Receipt


class NoticeQueued(Payload):
    """A notice to the applicant; the text is composed from the register by template."""

    key: str
    template: str
    facts: dict[str, str] = {}
    command_id: str | None = None


class PersonChanged(Payload):
    """A migrant's own record moves on."""

    person: int
    status: str


class IdentityCorrected(Payload):
    """A migrant's identity was corrected mid-case; the new facts are in the command's body."""

    person: int
    command_id: str


class EventNoted(Payload):
    """Worth telling, but no legal act: a reminder, an overdue limit, a refused letter."""

    code: str
    facts: dict[str, str] = {}


class Transition(Payload):
    """Everything one step writes."""

    workflow_id: str
    case_no: str
    sequence: int
    at: datetime
    causes: tuple[str, ...] = ()  # command ids and letter numbers that led here
    stage: str
    holder: Holder
    office: str  # the competent office now
    custodian: str  # who holds the papers now
    due_clock: str | None = None
    escalation: int = 0
    overdue: bool = False
    peer: str | None = None  # the other locality, once it has taken the request
    peer_case_no: str | None = None
    mode: str | None = None  # 业务模式, once it has changed
    ending: str | None = None
    reason_code: str | None = None
    open_tasks: tuple[str, ...] = ()
    tasks_closed: tuple[TaskClosed, ...] = ()
    tasks_opened: tuple[TaskOpened, ...] = ()
    tasks_held: tuple[TaskHeld, ...] = ()
    acts: tuple[ActRecorded, ...] = ()
    clocks_started: tuple[ClockStarted, ...] = ()
    clocks_changed: tuple[ClockChanged, ...] = ()
    certificates_issued: tuple[CertificateIssued, ...] = ()
    certificates_changed: tuple[CertificateChanged, ...] = ()
    certificates_received: tuple[CertificateReceived, ...] = ()
    letters: tuple[LetterDrafted, ...] = ()
    receipts: tuple[ReceiptFiled, ...] = ()
    notices: tuple[NoticeQueued, ...] = ()
    persons: tuple[PersonChanged, ...] = ()
    corrections: tuple[IdentityCorrected, ...] = ()
    events: tuple[EventNoted, ...] = ()
    letters_voided: tuple[LetterVoided, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    remittances: tuple[RemittanceOrdered, ...] = ()
    parcels: tuple[ParcelOpened, ...] = ()
    custody: tuple[CustodyEvent, ...] = ()
    dispatches: tuple[ParcelFiling, ...] = ()  # each opens a procedure 寄递 of its own
    tidings: tuple[TidingsSent, ...] = ()
    children: tuple[ChildAsked, ...] = ()  # of a composite case


class DueDate(Payload):
    """When a clock is due; ``due_on`` None: paused with no end; ``at``: the instant after.

    ``recheck``: the date may move while the timer runs, so the register is asked when it runs out.
    """

    kind: str
    due_on: date | None
    at: datetime | None
    provisional: bool = False
    promised_on: date | None = None
    estimated_on: date | None = None  # while paused: if the pause ends as it was told
    recheck: bool = False


class ExpiryCheck(Payload):
    """A limit whose timer has run out ``at`` this instant: is it over by the calendar in force?"""

    case_no: str
    kind: str
    at: datetime


class TransitionResult(Payload):
    """What the register answered: due dates, numbers given and letters drawn up."""

    due: tuple[DueDate, ...] = ()
    certificates: dict[str, CertificateRef] = {}
    letters: dict[str, Letter] = {}
