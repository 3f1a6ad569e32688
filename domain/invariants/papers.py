"""Facts about papers and about what lies outside a case: certificates, letters, documents, looks
at personal data, registrations. Imported by the rules beside :mod:`domain.invariants.facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A numbered paper, issued here or received from ``issuer``."""

    number: str
    kind: str
    issuer: str
    person: int
    status: str
    valid_until: date
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A counter's answer; ``verifies``: its chain value follows from its own facts."""

    letter_no: str
    status: str
    code: str | None
    case_no: str
    letter_digest: str
    previous: str
    chain: str
    at: datetime
    verifies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as one side keeps it. ``intact``: the digest on record is that of the content."""

    locality: str
    direction: str
    number: str
    case_no: str | None
    home_case_no: str
    peer: str
    verb: str
    digest: str
    intact: bool
    receipt: Receipt | None
    in_reply_to: str | None = None
    answer: str | None = None
    reason_code: str | None = None
    certificates: tuple[str, ...] = ()
    manifest: frozenset[str] = frozenset()  # the types of the attached documents
    grant_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document on a case and where it came from."""

    type: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One reading of personal data."""

    locality: str
    case_no: str
    actor: str
    what: str
    purpose: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """One registration of a locality's population register."""

    locality: str
    who: str
    status: str
    station: str
    certificate_no: str | None = None
    arrived_with: str | None = None
