"""The form of any matter as the browser shows it: fields, people and materials from its definition.

Built from the catalogue for hukou migrations, transfers, items and composite cases alike; read by
the intake pages, and by the task page to show what was filed under the same labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from catalog.catalog import Catalog
from catalog.definition_models import Material
from catalog.listing_models import Audience, Mode
from catalog.models import DocumentRule, MatterDefinition
from catalog.scope import modes_of
from catalog.scope_models import Scenario
from catalog.transfer_models import FieldRule, FieldType, TransferMatter
from catalog.words import MODES
from console.office import Office
from console.scenario_filing import common_form, founded_by
from console.wording.finding_values import material_words
from contracts.families import is_item
from domain.hukou_application import MigrationReason, fields_of
from domain.intake_rules import Persons

Record = dict[str, Any]

#: What stands for a material that nobody has to bring (免提交).
_REGISTERS = {"marriage": "婚姻登记库", "education": "学历学籍库", "population": "人口库"}
_YES_NO = {"yes": "是", "no": "否"}


class FormKind(StrEnum):
    """Whose filing reads the form."""

    HUKOU = "HUKOU"
    TRANSFER = "TRANSFER"
    ITEM = "ITEM"
    SCENARIO = "SCENARIO"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field; ``name`` is its path in the application, ``type`` a FieldType or USCC."""

    name: str
    label: str
    type: str = FieldType.TEXT.value
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class FormMaterial:
    """One material, for one person where each brings their own."""

    type: str
    name: str
    required: bool
    per_person: Persons | None = None
    free: str = ""  # what proves it instead (免提交)
    promise: bool = False
    deferrable: bool = False


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields under one heading; ``optional``: nobody need fill any of it."""

    title: str
    fields: tuple[FormField, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class MatterForm:
    """The whole form of a matter."""

    code: str
    name: str
    kind: FormKind
    sections: tuple[FormSection, ...]
    materials: tuple[FormMaterial, ...] = ()
    persons: bool = False  # a list of those who move
    followers: bool = False
    items: tuple[tuple[str, str], ...] = ()  # of a composite case, to tick
    #: By this mode a promise and a deferral are not open.
    collected: str = ""

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every field of every section."""
        return tuple(one for section in self.sections for one in section.fields)


async def describe(office: Office, matter: str, today: date) -> MatterForm:
    """The form of a matter here and today; DomainError UNKNOWN_MATTER.

    A matter that cannot be applied for (a leg, a parcel) has a form without fields.
    """
    catalog, here = office.catalog, office.locality
    if matter in catalog.matters:
        return _hukou(catalog, catalog.matters[matter], here)
    if matter in catalog.transfers:
        return _transfer(catalog, catalog.transfers[matter], here)
    if matter in catalog.scenarios:
        return _scenario(catalog, catalog.scenarios[matter], here)
    if is_item(matter) and catalog.item(matter).template is not None:
        found = await office.read(
            lambda connection: office.definitions.in_force(connection, matter, today)
        )
        definition = found.definition
        item = catalog.item(matter)
        # What has a procedure of its own in a mode has a form of its own for it.
        offered = tuple(
            mode
            for mode in modes_of(item, definition.modes)
            if not catalog.own_procedures(item, mode)
        )
        modes = tuple((mode.value, MODES[mode]) for mode in offered)
        crossing = offered != (Mode.WINDOW,)
        sections = (
            FormSection(
                "申请方式",
                (
                    FormField("mode", "业务模式", FieldType.CHOICE.value, True, modes),
                    *((_peer(catalog, here, "对方地区", required=False),) if crossing else ()),
                    *_originals(offered),
                ),
            ),
            *_applicants(item.audience, founding=item.founds is not None),
            *_details(definition.fields),
        )
        return MatterForm(
            matter,
            definition.name,
            FormKind.ITEM,
            sections,
            tuple(_material(one) for one in definition.materials),
            collected=Mode.PROXY_INTAKE.value if Mode.PROXY_INTAKE in offered else "",
        )
    return MatterForm(matter, matter, FormKind.TRANSFER, ())


def _originals(modes: Sequence[Mode]) -> tuple[FormField, ...]:
    if Mode.PROXY_INTAKE not in modes:
        return ()
    return (FormField("originals", "纸质原件须寄送", FieldType.YES_NO.value, False),)


def _hukou(catalog: Catalog, matter: MatterDefinition, here: str) -> MatterForm:
    stations = tuple(
        (office.code, office.name)
        for office in catalog.locality(here).offices
        if "-GA-" in office.code and office.code != catalog.locality(here).hukou.bureau
    )
    elsewhere = tuple(
        (office.code, f"{locality.short} {office.name}")
        for locality in catalog.localities.values()
        for office in locality.offices
        if locality.code != here and "-GA-" in office.code and office.code != locality.hukou.bureau
    )
    fields = []
    for name, label in fields_of(MigrationReason(matter.reason)):
        if name == "origin_locality":
            fields.append(_peer(catalog, here, label, name=name))
            fields.append(
                FormField(
                    "origin_station", "迁出地派出所", FieldType.CHOICE.value, False, elsewhere
                )
            )
        elif name == "destination_station":
            fields.append(FormField(name, label, FieldType.CHOICE.value, True, stations))
        elif name.endswith("id_no"):
            fields.append(FormField(name, label, FieldType.ID_NO.value))
        elif name == "graduated_on":
            fields.append(FormField(name, label, FieldType.DATE.value))
        else:
            fields.append(FormField(name, label))
            if name == "destination_address":
                area = (("city", "城镇"), ("rural", "农村"))
                fields.append(
                    FormField("destination_area", "迁入地类型", FieldType.CHOICE.value, True, area)
                )
    return MatterForm(
        matter.code,
        matter.name,
        FormKind.HUKOU,
        (FormSection("申请人", _person("applicant")), FormSection("迁移", tuple(fields))),
        tuple(_material(one) for one in matter.documents),
        persons=True,
        followers=matter.followers_allowed,
    )


def _transfer(catalog: Catalog, matter: TransferMatter, here: str) -> MatterForm:
    return MatterForm(
        matter.code,
        matter.name,
        FormKind.TRANSFER,
        (
            FormSection("申请方式", (_peer(catalog, here, "对方地区"),)),
            FormSection("申请人", _person("applicant")),
            FormSection("代理人", _person("agent"), optional=True),
            *_details(matter.fields),
        ),
        tuple(_material(one) for one in matter.documents),
    )


def _scenario(catalog: Catalog, scenario: Scenario, here: str) -> MatterForm:
    common = common_form(scenario, list(scenario.items))
    optional = tuple(
        (one.item, catalog.item(one.item).name) for one in scenario.items if one.optional
    )
    return MatterForm(
        scenario.code,
        scenario.name,
        FormKind.SCENARIO,
        (
            FormSection("申请方式", (_peer(catalog, here, "对方地区", required=False),)),
            *_applicants([scenario.life_cycle], founding=bool(founded_by(catalog, scenario))),
            *_details(common.fields),
        ),
        tuple(_material(one) for one in common.materials),
        items=optional,
    )


def _peer(
    catalog: Catalog, here: str, label: str, *, name: str = "peer_locality", required: bool = True
) -> FormField:
    places = tuple((code, one.name) for code, one in catalog.localities.items() if code != here)
    return FormField(name, label, FieldType.CHOICE.value, required, places)


def _applicants(audience: Sequence[Audience], *, founding: bool) -> tuple[FormSection, ...]:
    """A person, an enterprise, or one of both, with an agent where somebody sends one.

    ``founding``: the enterprise may be 设立中, with a proposed name and no number of its own.
    """
    enterprise = FormSection(
        "申请企业或组织",
        (
            FormField("enterprise.name", "名称（设立中的填拟用名称）" if founding else "名称"),
            FormField(
                "enterprise.credit_code",
                "统一社会信用代码（设立中的不填）" if founding else "统一社会信用代码",
                "USCC",
                not founding,
            ),
            FormField("enterprise.phone", "联系电话", "PHONE"),
            FormField("enterprise.representative.name", "法定代表人姓名"),
            FormField(
                "enterprise.representative.id_no",
                "法定代表人公民身份号码",
                FieldType.ID_NO.value,
            ),
        ),
        optional=Audience.PERSON in audience,
    )
    person = FormSection("申请人", _person("applicant"), optional=Audience.ENTERPRISE in audience)
    either = (
        *((person,) if Audience.PERSON in audience else ()),
        *((enterprise,) if Audience.ENTERPRISE in audience else ()),
    )
    return (*either, FormSection("代理人", _person("agent"), optional=True))


def _person(who: str) -> tuple[FormField, ...]:
    return (
        FormField(f"{who}.name", "姓名"),
        FormField(f"{who}.id_no", "公民身份号码", FieldType.ID_NO.value),
        FormField(f"{who}.phone", "联系电话", "PHONE"),
    )


def _details(rules: Sequence[FieldRule]) -> tuple[FormSection, ...]:
    if not rules:
        return ()
    return (
        FormSection(
            "申请内容",
            tuple(
                FormField(
                    f"details.{one.name}",
                    one.label,
                    one.type.value,
                    one.required,
                    tuple(one.choices.items()),
                )
                for one in rules
            ),
        ),
    )


def _material(rule: DocumentRule) -> FormMaterial:
    replaced = rule.replaced_by if isinstance(rule, Material) else None
    proof = _REGISTERS.get(rule.shareable_from or "", "") or replaced or ""
    return FormMaterial(
        rule.type,
        rule.name,
        rule.required,
        rule.persons if rule.per_person else None,
        proof,
        isinstance(rule, Material) and rule.promise,
        isinstance(rule, Material) and rule.deferrable,
    )


def paper_name(form: MatterForm, type_: str, catalog: Catalog) -> str:
    """A paper on the case, as the matter calls it."""
    own = next((one.name for one in form.materials if one.type == type_), None)
    return own or material_words(type_, catalog)


def shown_rows(form: MatterForm, application: Record) -> list[tuple[str, str, bool]]:
    """What an application says, under the labels of its form, and whether somebody typed it.

    People are shown elsewhere.
    """
    rows = []
    for one in form.fields:
        value: Any = application
        for part in one.name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if value in (None, "") or one.name.partition(".")[0] in ("applicant", "enterprise"):
            continue
        shown = shown_value(one, value)
        rows.append((one.label, shown, shown == str(value)))
    return [*_founding_rows(application.get("enterprise") or {}), *rows]


def _founding_rows(enterprise: Record) -> list[tuple[str, str, bool]]:
    """An enterprise without a number: among the people only its future representative is shown."""
    if not enterprise or enterprise.get("credit_code"):
        return []
    rows = [("拟设立企业名称", str(enterprise["name"]), True)]
    if enterprise.get("founded_in"):
        rows.append(("设立登记办件编号", str(enterprise["founded_in"]), True))
    return rows


def shown_value(one: FormField, value: Any) -> str:
    """A kept value as people write it; money is kept in fen."""
    if one.type == FieldType.MONEY and isinstance(value, int):
        return f"{value / 100:,.2f}元"
    if one.type == FieldType.YES_NO:
        return _YES_NO.get(str(value), str(value))
    return dict(one.choices).get(str(value), str(value))
