"""The shapes of the catalogue's data files: localities, matters, policies, calendars.

Filled by `catalog.loader`, read everywhere through `catalog.catalog.Catalog`. A field's name in a
data file is its name here; a field that is not listed here is refused, so that a misspelt one
cannot be silently ignored.
"""

from __future__ import annotations

from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from domain.hukou_application import MigrationReason
from domain.intake_rules import DocumentNeed, Persons
from domain.limits import Effect, Limit
from domain.offices import OfficeKind, Role


def _written_as_text(value: object) -> object:
    # YAML reads an unquoted 17:00 as the number 1020, which would pass for a time in seconds.
    if not isinstance(value, str):
        raise ValueError('请加引号写成文字，例如 "17:00"')
    return value


RegionCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
OfficeCode = Annotated[str, Field(pattern=r"^[0-9]{6}-[A-Z]{2}-[0-9]{2}$")]
ClerkCode = Annotated[str, Field(pattern=r"^[A-Z]{2}[0-9]{4}$")]
OrganCode = Annotated[str, Field(pattern=r"^[A-Z]+(_[A-Z]+)*$")]
OfficeHour = Annotated[time, BeforeValidator(_written_as_text)]
Text = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """Base of every catalogue entry: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(StrEnum):
    """行使层级 (GB/T 39046-2020)."""

    NATION = "1"
    PROVINCE = "2"
    CITY = "3"
    COUNTY = "4"
    TOWN = "5"


class Office(Entry):
    """An office (机构); times are local wall-clock, `closed_days` its own closures.

    ``level`` above the county: an upper-level organ that acts within this locality's system.
    """

    code: OfficeCode
    name: Text
    kind: OfficeKind
    parent: OfficeCode | None
    opens: OfficeHour
    closes: OfficeHour
    closed_days: list[date] = []
    level: Level = Level.COUNTY


class Clerk(Entry):
    """A member of staff, by number; the catalogue holds no names."""

    code: ClerkCode
    office: OfficeCode
    roles: list[Role] = Field(min_length=1)


class HukouDesk(Entry):
    """Which offices of a locality act for hukou: the approving bureau, the fallback station."""

    bureau: OfficeCode
    default_station: OfficeCode


class SupervisionDesk(Entry):
    """Who supervises in a locality: the platform's lead office, and the superior that it has in
    common with other localities (``superior`` is an addressee's code, not an office of ours)."""

    lead: OfficeCode
    superior: OfficeCode
    superior_name: Text


class Locality(Entry):
    """A county-level locality (地区) with its offices and clerks.

    ``agencies`` says which office has which competence, such as SOCIAL_INSURANCE. Without a
    ``supervision`` of its own the service hall leads. ``organs`` says which office is which organ
    (`catalog.listing_models.Organ`), at the lowest level that it has here; ``upper`` says it for
    the levels above the county, whose offices take part within this locality's system.
    """

    code: RegionCode
    name: Text
    short: Text
    province: Text
    city: Text
    regions: list[Text] = []
    hukou: HukouDesk
    agencies: dict[str, OfficeCode] = {}
    supervision: SupervisionDesk | None = None
    organs: dict[OrganCode, OfficeCode] = {}
    upper: dict[Level, dict[OrganCode, OfficeCode]] = {}
    offices: list[Office] = Field(min_length=1)
    clerks: list[Clerk] = Field(min_length=1)

    def office_of(self, organ: str, level: Level = Level.COUNTY) -> str | None:
        """The code of the office that is an organ at a level; None: there is none here."""
        if level < Level.COUNTY:
            return self.upper.get(level, {}).get(organ)
        code = self.organs.get(organ)
        return None if code in {one.get(organ) for one in self.upper.values()} else code


class OrganOffices(Entry):
    """The general organs of a locality and of the levels above it, in a file of their own.

    ``organs`` says for each level which office an organ is; the loader lays all of it over the
    locality.
    """

    locality: RegionCode
    organs: dict[Level, dict[OrganCode, OfficeCode]]
    offices: list[Office] = []
    clerks: list[Clerk] = []


class Evidence(StrEnum):
    """How sure a source is: statute, locality plan, guide, published code, memory, own design."""

    STATUTE = "T"
    PLAN = "S"
    GUIDE = "W"
    CODE = "C"
    MEMORY = "mem"
    DESIGN = "design"


class Verification(StrEnum):
    """Checks with another authority's register that a matter asks for."""

    MARRIAGE = "MARRIAGE"
    ADMISSION = "ADMISSION"
    GRADUATION = "GRADUATION"


class DocumentRule(Entry):
    """A material (材料). `shareable_from` names the register whose proof replaces it (免提交)."""

    type: Annotated[str, Field(pattern=r"^[A-Z][A-Z_]*$")]
    name: Text
    issuer: Text
    required: bool
    per_person: bool
    persons: Persons = Persons.ALL
    shareable_from: Literal["marriage", "education", "population"] | None

    def need(self) -> DocumentNeed:
        """The rule as the domain's form check takes it."""
        return DocumentNeed(
            self.type, self.name, self.required, self.per_person, self.persons, self.shareable_from
        )


class MatterDefinition(Entry):
    """A matter (事项). `thresholds` maps a threshold's name to the policy key that holds it."""

    code: Annotated[str, Field(pattern=r"^[A-Z]+(-[A-Z]+)+$")]
    name: Text
    version: int = Field(ge=1)
    family: Literal["HUKOU_MIGRATION"]
    reason: MigrationReason
    mode: Literal["FULLY_ONLINE", "PROXY_INTAKE", "JOINT"]
    lead: Text
    item_type: Annotated[str, Field(pattern=r"^(0[1-9]|10|20)$")]
    service_object: Text
    sources: list[Text] = Field(min_length=1)
    evidence: Evidence
    needs_permit: bool
    followers_allowed: bool
    verifications: list[Verification]
    thresholds: dict[
        Literal["parent_min_age.male", "parent_min_age.female", "years_after_graduation"], Text
    ] = {}
    documents: list[DocumentRule] = Field(min_length=1)


class PolicyRule(Entry):
    """A limit ("5wd") or a number that law or a locality may change, with its source.

    `locality` "*" is everybody's rule; `peer_tag` applies when both localities carry the tag;
    `valid_to` is the last day in force. `effect` and `rolls` say what a limit's expiry means and
    whether its last day moves off a holiday.
    """

    key: Annotated[str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$")]
    locality: RegionCode | Literal["*"] = "*"
    peer_tag: Text | None = None
    limit: str | None = None
    value: int | None = Field(default=None, ge=0)
    effect: Effect = Effect.ESCALATE
    rolls: bool = True
    basis: Text
    source: Text
    evidence: Evidence
    valid_from: date
    valid_to: date | None = None

    def as_limit(self) -> Limit:
        """The limit with its basis; ValueError when the rule is a number."""
        if self.limit is None:
            raise ValueError(f"policy {self.key} is a number, not a limit")
        return Limit.parse(self.limit, self.basis)

    def as_number(self) -> int:
        """The number; ValueError when the rule is a limit."""
        if self.value is None:
            raise ValueError(f"policy {self.key} is a limit, not a number")
        return self.value


class PolicyFile(Entry):
    policies: list[PolicyRule] = Field(min_length=1)
