"""What activities are asked to do at outside systems and what comes back: codes and numbers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from contracts.letters import Letter
from contracts.payload import Payload


class VerifyRequest(Payload):
    """Ask the shared registers what they can prove for a case (免提交)."""

    case_no: str
    kinds: tuple[str, ...]


class Findings(Payload):
    """Coded results such as ``MARRIAGE:CONFIRMED`` or ``MISSING:TRANSFER_ORDER``, for a task."""

    codes: tuple[str, ...]


class ChecksAsked(Payload):
    """What the shared data shall answer about the applicant of a case, by source."""

    case_no: str
    sources: tuple[str, ...]


class CheckedBy(Payload):
    """One answer, as `domain.straight_through.CheckAnswer`, with the number of its evidence."""

    source: str
    answer: str
    evidence: str = ""


class CheckAnswers(Payload):
    """All answers; ``version`` of the record in which they are kept."""

    answers: tuple[CheckedBy, ...]
    version: int = 0


class PersonAct(Payload):
    """One act of the population register on one person of a case. The key makes it happen once."""

    case_no: str
    person: int
    key: str
    on: date
    certificate_no: str | None = None
    other_no: str | None = None  # the new certificate, or the 未落户证明
    locality: str = ""  # where to, or where landed
    office: str = ""  # the registering station


class ActOutcome(Payload):
    """Done with the register's receipt number, or refused with the register's code."""

    done: bool
    receipt_no: str = ""
    code: str = ""


class CompareRequest(Payload):
    """Compare the persons of a leg with the population register."""

    case_no: str
    office: str


class PersonFinding(Payload):
    """What the comparison says of one person; ``office``/``locality``: where it points on."""

    person: int
    code: str  # "OK", an OriginRefusal, "OTHER_STATION" or "OTHER_LOCALITY"
    office: str | None = None
    locality: str | None = None


class Comparison(Payload):
    """The comparison of all persons of a leg."""

    findings: tuple[PersonFinding, ...]


#: The papers of a letter are missing at the sender or differ from their digest.
UNUSABLE = "DOCUMENTS_UNUSABLE"


class TakeInRequest(Payload):
    """Pull the papers of a letter from the sender and open or update the persons' records."""

    case_no: str
    letter: Letter
    update: bool = False


class TakenIn(Payload):
    """``code`` is empty when all papers came whole; otherwise why not."""

    persons: int
    code: str = ""
    other_case_no: str = ""  # OTHER_MIGRATION_OPEN: the first request's number


class ExamineRequest(Payload):
    """Look a case's subject up in the business register and apply the rules of the family.

    ``side`` is ORIGIN (the leg) or DESTINATION (the home case); ``letter_no`` the letter at hand,
    so that a relation in this very transfer does not block itself.
    """

    case_no: str
    family: str
    side: str
    kind: str
    letter_no: str = ""
    facts: dict[str, str] = {}
    also: dict[str, str] = {}  # further kinds to look up -> the application's field that names them


class Examined(Payload):
    """What the rules say: refusal codes, sums in fen, months; the statement stays on the case."""

    codes: tuple[str, ...] = ()
    account_fen: int = 0
    pooled_fen: int = 0
    total_fen: int = 0
    months: int = 0
    version: int = 1  # of the stored statement
    facts: dict[str, str] = {}  # coded results that steer the procedure

    @property
    def readable(self) -> bool:
        """Whether the rules could read the record at all."""
        return not any(code.startswith("UNREADABLE") for code in self.codes)


class RegisterAct(Payload):
    """One act at a business register, done once per key. The subject is the case's own.

    ``record``: a structured record of the case whose content goes along; ``facts``: coded facts and
    sums of the act.
    """

    case_no: str
    key: str
    kind: str
    action: str
    locality: str
    record: str = ""
    facts: dict[str, str | int] = {}
    subject_field: str = ""  # of the application, where the act is about something else


class HukouQuestion(Payload):
    """Whether the applicant of a case is registered in this locality."""

    case_no: str


class Standing(StrEnum):
    """How the applicant stands in the population register here."""

    LANDED = "LANDED"
    ON_ITS_WAY = "ON_ITS_WAY"  # an open 户口迁移 of the same person is being handled here
    NOT_LANDED = "NOT_LANDED"


class HukouStanding(Payload):
    """The register's answer; ``waits_for`` is the number of the open 户口迁移."""

    standing: Standing
    waits_for: str = ""


class CaseQuestion(Payload):
    """Whether a case of this locality is closed."""

    case_no: str


class CaseState(Payload):
    """Open, or closed with its ending."""

    closed: bool
    ending: str = ""


class ArchiveRequest(Payload):
    """Pack the case file."""

    case_no: str


class Archived(Payload):
    """The digest of the archive package and how many papers it lists."""

    digest: str
    papers: int
