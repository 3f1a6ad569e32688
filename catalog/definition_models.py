"""The shape of a definition: how an item is handled, with materials, steps, limits, fee and result.

Templates are filled by `catalog.loader` from the folder templates; `catalog.definitions` lays over
them what an item says otherwise.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from catalog.listing_models import ItemType, OrganCode, Place
from catalog.models import DocumentRule, Entry, Evidence, Text
from catalog.transfer_models import FieldRule
from domain.licensing import LicensingPeriod
from domain.offices import Role


class StepKind(StrEnum):
    """The steps that generic procedures know, in the order in which they may come."""

    ACCEPTANCE = "ACCEPTANCE"  # 受理
    PARTICIPATION = "PARTICIPATION"  # 协同部门或地区办理
    REVIEW = "REVIEW"  # 审查
    DECISION = "DECISION"  # 决定
    MAKING = "MAKING"  # 制证、出具
    DELIVERY = "DELIVERY"  # 送达


class StepRule(Entry):
    """One step. ``on_site`` needs ``on_site_basis``: the law that demands presence."""

    kind: StepKind
    label: Text
    role: Role
    on_site: bool = False
    on_site_basis: str | None = None


class Participation(Entry):
    """A part that somebody else performs in a joint matter.

    ``organ`` acts at ``place`` (DESTINATION is where the case was filed, ORIGIN the other
    locality); ``before`` says whether its part must end before the review (前置联办) or before the
    conclusion (一般联办); ``required`` False: the case need not wait; ``on_commitment``: the case
    may go on when it is late and the applicant has promised in writing, with an after-check.
    """

    organ: OrganCode
    place: Place = Place.DESTINATION
    label: Text
    before: Annotated[str, Field(pattern=r"^(REVIEW|CONCLUSION)$")] = "REVIEW"
    required: bool = True
    on_commitment: bool = False


class LimitRule(Entry):
    """Statutory and promised limit as written ("20wd"), with its basis, source and evidence."""

    statutory: Annotated[str, Field(pattern=r"^[0-9]+(wd|cd)$")]
    promised: Annotated[str, Field(pattern=r"^[0-9]+(wd|cd)$")] | None = None
    basis: Text
    source: Text
    evidence: Evidence


class Fee(Entry):
    """What the applicant pays, in fen; 0 is free of charge, and ``basis`` says by what.

    None: no document here says what it costs, if anything; nothing is asked for by the system.
    """

    amount_fen: int | None = Field(ge=0)
    basis: Text


class ResultRule(Entry):
    """The document that ends the matter. ``validity_months`` None: no expiry."""

    name: Text
    kind: Annotated[str, Field(pattern=r"^(LICENCE|CERTIFICATE|REGISTRATION|PAYMENT|NOTICE)$")]
    electronic: bool = True
    validity_months: int | None = None


class Check(Entry):
    """A question to a register that can answer instead of a person (秒批秒办 needs them all)."""

    source: Text
    label: Text


class Material(DocumentRule):
    """A material with what replaces it (免提交): data, a licence, or a written promise
    (告知承诺); ``deferrable``: may be handed in after acceptance (容缺受理). ``replaced_by`` names
    the electronic licence (电子证照) that may be handed in for it: nothing looks it up."""

    promise: bool = False
    deferrable: bool = False
    replaced_by: str | None = None


class GuideRule(Entry):
    """What the eight elements of a guide (办事指南) cannot take from the definition itself."""

    conditions: list[Text] = Field(min_length=1)
    legal_basis: list[Text] = Field(min_length=1)
    window: Text
    hotline: Text


class Overrides(Entry):
    """What an item says otherwise than its template; None leaves the template's."""

    materials: list[Material] | None = None
    fields: list[FieldRule] | None = None
    checks: list[Check] | None = None
    steps: list[StepRule] | None = None
    participations: list[Participation] | None = None
    limit: LimitRule | None = None
    period: LicensingPeriod | None = None
    fee: Fee | None = None
    result: ResultRule | None = None
    straight_through: bool | None = None
    guide: GuideRule | None = None


class Template(Entry):
    """How a kind of matter is handled where nothing more special is known.

    Everything here is local policy data with a default ([design]) unless it names law.
    """

    code: Annotated[str, Field(pattern=r"^[A-Z]+(_[A-Z]+)*$")]
    name: Text
    item_types: list[ItemType] = Field(min_length=1)
    materials: list[Material] = Field(min_length=1)
    fields: list[FieldRule] = []
    checks: list[Check] = []
    steps: list[StepRule] = Field(min_length=1)
    participations: list[Participation] = []
    limit: LimitRule
    period: LicensingPeriod | None = None
    fee: Fee
    result: ResultRule
    straight_through: bool = False
    guide: GuideRule
    evidence: Evidence = Evidence.DESIGN
