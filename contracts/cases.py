"""What starts a procedure: the pinned inputs of the case and of the leg, and their results.

The starter resolves catalogue entry and limits once and pins them here, so that a case is handled
under the rules in force when it was filed.
"""

from __future__ import annotations

from datetime import date

from contracts.letters import Letter
from contracts.payload import Payload
from domain.clocks import Effect, Unit


class PinnedLimit(Payload):
    """A time limit with its source; ``promised`` is the office's shorter published promise."""

    length: int
    unit: Unit
    basis: str
    promised: int | None = None
    effect: Effect = Effect.ESCALATE
    rolls: bool = True


class HukouRules(Payload):
    """The limits and counts of one hukou migration, as the policy table gave them at filing."""

    intake: PinnedLimit
    correction: PinnedLimit
    review: PinnedLimit
    permit_validity: PinnedLimit
    certificate_validity: PinnedLimit
    origin: PinnedLimit
    landing: PinnedLimit
    delivery: PinnedLimit
    reminder_interval: PinnedLimit
    phone_attempts: int
    peer_reminders: int
    extension_cap: int = 10  # working days, once, with the head's approval (policy)


class Desks(Payload):
    """The offices that take part on one side, by code (intake, competent, custodian: A0)."""

    intake: str
    station: str
    bureau: str


class HukouFiling(Payload):
    """The input of the home procedure. ``persons`` counts the migrants; 1 is the main one."""

    case_no: str
    locality: str
    locality_name: str
    matter: str
    matter_name: str
    matter_version: int
    catalog_version: str
    needs_permit: bool
    verifications: tuple[str, ...]
    desks: Desks
    origin: str
    origin_name: str
    origin_office: str | None
    persons: int
    filed_on: date
    received_on: date
    rules: HukouRules
    findings: tuple[str, ...] = ()  # defect codes of the automatic form check
    office_names: dict[str, str] = {}
    counters: dict[str, str] = {}  # localities that have a counter: code to name


class LegFiling(Payload):
    """The input of the origin's leg: the letter as it came, and this office's own rules."""

    case_no: str
    locality: str
    locality_name: str
    home_name: str
    desks: Desks
    letter: Letter
    received_on: date
    rules: HukouRules
    office_names: dict[str, str] = {}
    counters: dict[str, str] = {}  # localities that have a counter: code to name


class CaseResult(Payload):
    """How a case or leg ended."""

    case_no: str
    ending: str
    reason_code: str | None = None
