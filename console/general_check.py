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
_NO_CODE = (
    "已经设立的请对照营业执照补填；设立中的企业只能申请设立登记，或者含设立登记的一件事；"
    "设立登记已经办成、代码尚未取得的，请用 founded_in 写明其办件编号。"
)
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
    founding: bool = False,
) -> tuple[dict[str, Any], tuple[Defect, ...]]:
    """The values of the fields, and everything that is wrong or missing.

    ``proxied``: collected for another place, to which no promise and no deferral travels.
    ``founding``: received from an enterprise that has no 统一社会信用代码 yet.
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
        *_identities(form, founding=founding),
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


def _identities(form: GeneralForm, *, founding: bool) -> Iterator[Defect]:
    enterprise = form.enterprise
    if enterprise is not None and enterprise.founding:
        if not founding:
            yield Defect(
                DefectCode.IDENTITY_NUMBER_WRONG,
                "enterprise.credit_code",
                "没有填写统一社会信用代码。",
                _NO_CODE,
            )
    elif enterprise is not None:
        try:
            check_credit_code(enterprise.credit_code or "")
        except DomainError as error:
            yield _wrong("enterprise.credit_code", "统一社会信用代码有误。", error)
    representative = enterprise.representative if enterprise else None
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
