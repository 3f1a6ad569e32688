"""What starts a procedure: the pinned inputs of the case and of the leg, and their results.

The starter resolves catalogue entry and limits once and pins them here, so that a case is handled
under the rules in force when it was filed.
"""

from __future__ import annotations

from datetime import date

from contracts.general import GeneralTerms
from contracts.letters import Letter
from contracts.payload import Payload
from contracts.scenario import ScenarioTerms
from domain.clocks import Effect, Unit
from domain.licensing import Approver
from domain.offices import SYSTEM


class PinnedLimit(Payload):
    """A time limit with its source; ``promised`` is the office's shorter published promise."""

    length: int
    unit: Unit
    basis: str
    promised: int | None = None
    effect: Effect = Effect.ESCALATE
    rolls: bool = True


class Rules(Payload):
    """The limits and counts that every procedure needs, as the policy table gave them at filing.

    ``limits`` and ``numbers`` hold what only the matter needs, by the last part of the policy key;
    the unit of a number is in its name.
    """

    intake: PinnedLimit
    correction: PinnedLimit
    review: PinnedLimit
    origin: PinnedLimit
    delivery: PinnedLimit
    reminder_interval: PinnedLimit
    peer_reminders: int
    extension_cap: int = 10  # in the limit's unit, once (policy)
    extension_approver: str = Approver.HEAD  # who approves it, by the matter's period
    limits: dict[str, PinnedLimit] = {}
    numbers: dict[str, int] = {}


class HukouRules(Rules):
    """The limits and counts of one hukou migration."""

    permit_validity: PinnedLimit
    certificate_validity: PinnedLimit
    landing: PinnedLimit
    phone_attempts: int


class Desks(Payload):
    """The offices that take part on one side, by code (intake, competent, custodian: A0)."""

    intake: str
    station: str
    bureau: str


class CaseFiling(Payload):
    """The input of a home procedure. ``persons`` counts the people it is about; 1 is the main one.

    ``origin`` is the other locality, whatever its part in the matter. ``facts`` are choices of the
    application that steer the procedure; never anything about a person.
    """

    case_no: str
    locality: str
    locality_name: str
    matter: str
    matter_name: str
    matter_version: int
    catalog_version: str
    family: str = "HUKOU_MIGRATION"
    mode: str = "JOINT"
    verifications: tuple[str, ...] = ()
    desks: Desks
    origin: str
    origin_name: str
    origin_office: str | None
    persons: int
    filed_on: date
    received_on: date
    received_by: str = SYSTEM  # staff number of the clerk who took it in
    rules: Rules
    findings: tuple[str, ...] = ()  # defect codes of the automatic form check
    office_names: dict[str, str] = {}
    counters: dict[str, str] = {}  # localities that have a counter: code to name
    facts: dict[str, str] = {}
    general: GeneralTerms | None = None  # of an item under a generic procedure
    scenario: ScenarioTerms | None = None  # of a composite case


class HukouFiling(CaseFiling):
    """The input of 户口迁移."""

    needs_permit: bool
    rules: HukouRules


class LegFiling(Payload):
    """The input of a leg: the letter as it came, and this office's own rules."""

    case_no: str
    locality: str
    locality_name: str
    home_name: str
    matter_name: str = ""
    desks: Desks
    letter: Letter
    received_on: date
    rules: Rules
    office_names: dict[str, str] = {}
    counters: dict[str, str] = {}  # localities that have a counter: code to name
    general: GeneralTerms | None = None  # as this office itself pinned them


class HukouLegFiling(LegFiling):
    """The input of 户口迁出协办."""

    rules: HukouRules


class CaseResult(Payload):
    """How a case or leg ended."""

    case_no: str
    ending: str
    reason_code: str | None = None
