"""What the form check asks (pinned rules of a matter) and what it answers (defects).

Filled from the catalogue (`Catalog.intake_rules`) and from a case's pinned rules; everybody else
imports these from `domain.hukou_intake`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.hukou_application import MigrationReason


class DefectCode(StrEnum):
    DOCUMENT_MISSING = "DOCUMENT_MISSING"
    DOCUMENT_OF_NOBODY = "DOCUMENT_OF_NOBODY"
    FIELD_MISSING = "FIELD_MISSING"
    IDENTITY_NUMBER_WRONG = "IDENTITY_NUMBER_WRONG"
    PERSON_TWICE = "PERSON_TWICE"
    MIGRANTS_MISNUMBERED = "MIGRANTS_MISNUMBERED"
    FOLLOWERS_NOT_ALLOWED = "FOLLOWERS_NOT_ALLOWED"
    PARENT_TOO_YOUNG = "PARENT_TOO_YOUNG"
    SAME_LOCALITY = "SAME_LOCALITY"
    GRADUATION_TOO_LONG_AGO = "GRADUATION_TOO_LONG_AGO"
    GRADUATION_IN_FUTURE = "GRADUATION_IN_FUTURE"
    REASON_DIFFERS = "REASON_DIFFERS"
    FIELD_WRONG = "FIELD_WRONG"
    FIELD_UNKNOWN = "FIELD_UNKNOWN"
    PROMISE_NOT_OFFERED = "PROMISE_NOT_OFFERED"
    NOT_DEFERRABLE = "NOT_DEFERRABLE"


class Persons(StrEnum):
    """For whom a document per person is asked."""

    ALL = "ALL"
    MAIN = "MAIN"
    FOLLOWERS = "FOLLOWERS"


@dataclass(frozen=True, slots=True)
class DocumentNeed:
    """A material the matter asks for; `shareable_from` names the register that can prove it."""

    type: str
    name: str
    required: bool
    per_person: bool
    persons: Persons = Persons.ALL
    shareable_from: str | None = None


@dataclass(frozen=True, slots=True)
class IntakeRules:
    """What the form check needs of a matter and its thresholds; None: no such threshold."""

    matter: str
    reason: MigrationReason
    documents: tuple[DocumentNeed, ...]
    followers_allowed: bool
    parent_min_age_male: int | None = None
    parent_min_age_female: int | None = None
    years_after_graduation: int | None = None


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing to put right: what it concerns, what is wrong, what the applicant should do."""

    code: DefectCode
    subject: str
    text: str
    remedy: str
