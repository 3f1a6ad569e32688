"""The form check of an application for an item: identity, fields, materials, promises, deferrals.

Used by `console.general_filing`; what is missing is told once and in full, what no paper can mend
keeps the application from being received.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from catalog.definition_models import Material as MaterialRule
from catalog.transfer_models import FieldRule
from console.application_form import Material
from console.general_form import GeneralForm
from domain.calendar import SHANGHAI
from domain.enterprise import check_credit_code
from domain.errors import DomainError
from domain.general_intake import MaterialNeed, missing_materials, wrong_choices
from domain.identity import check_identity_number
from domain.intake_rules import Defect, DefectCode
from domain.transfer_intake import Field, read_fields

_APPLICANT = "申请人"
#: What no further paper can mend: the application itself must be written again.
FATAL = frozenset(
    {
        DefectCode.IDENTITY_NUMBER_WRONG,
        DefectCode.FIELD_WRONG,
        DefectCode.FIELD_UNKNOWN,
        DefectCode.FIELD_MISSING,
        DefectCode.PROMISE_NOT_OFFERED,
        DefectCode.NOT_DEFERRABLE,
    }
)


class Asked(Protocol):
    """What a definition, or the common form of several, asks of the applicant."""

    @property
    def fields(self) -> Sequence[FieldRule]: ...

    @property
    def materials(self) -> Sequence[MaterialRule]: ...


def check(
    form: GeneralForm,
    materials: tuple[Material, ...],
    definition: Asked,
    *,
    proxied: bool = False,
) -> tuple[dict[str, Any], tuple[Defect, ...]]:
    """The values of the fields, and everything that is wrong or missing.

    ``proxied``: collected for another place, to which no promise and no deferral travels.
    """
    fields = [
        Field(one.name, one.label, one.type, one.required, one.choices) for one in definition.fields
    ]
    values, wrong = read_fields(form.details, fields)
    needs = [
        MaterialNeed(
            one.type, one.name, one.required, one.shareable_from, one.promise, one.deferrable
        )
        for one in definition.materials
    ]
    given = {material.ref.type for material in materials}
    return values, (
        *_identities(form),
        *wrong,
        *wrong_choices(needs, form.promised, form.deferred, proxied=proxied),
        *missing_materials(needs, given, form.promised, form.deferred),
    )


def choices(fields: Sequence[FieldRule], values: Mapping[str, Any]) -> dict[str, str]:
    """What the application says in the fields that steer the procedure."""
    said = sorted(one.name for one in fields if one.pinned and one.name in values)
    return {name: str(values[name]) for name in said}


def to_be_read(materials: tuple[Material, ...], definition: Asked) -> bool:
    """Whether somebody has to read what was handed in: papers that others have issued.

    What the applicant fills in is the application itself, and its fields are checked here.
    """
    own = {one.type for one in definition.materials if one.issuer == _APPLICANT}
    return any(material.ref.type not in own for material in materials)


def _identities(form: GeneralForm) -> Iterator[Defect]:
    if form.enterprise is not None:
        try:
            check_credit_code(form.enterprise.credit_code)
        except DomainError as error:
            yield _wrong("enterprise.credit_code", "统一社会信用代码有误。", error)
    representative = form.enterprise.representative if form.enterprise else None
    for field, label, part in (
        ("applicant.id_no", "申请人", form.applicant),
        ("enterprise.representative.id_no", "法定代表人", representative),
        ("agent.id_no", "代理人", form.agent),
    ):
        if part is None:
            continue
        try:
            check_identity_number(part.id_no, on=datetime.now(SHANGHAI).date())
        except DomainError as error:
            yield _wrong(field, f"{label}的公民身份号码有误。", error)


def _wrong(field: str, text: str, error: DomainError) -> Defect:
    return Defect(DefectCode.IDENTITY_NUMBER_WRONG, field, text, error.message)
