"""待遇领取地: which place pays the pension, every rule of the order with its answer.

Called as a query by the destination's review and by ``compute benefit-place``. Places are counted
by province, the unit between which employee pensions move. Sources: 国办发〔2009〕66号 arts 6, 12;
人社部规〔2016〕5号.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.schemes.computation import Computation, Step, span
from domain.schemes.pension_policy import BenefitPlacePolicy
from domain.schemes.pension_record import AccountKind
from domain.schemes.record_fields import Fields


class BenefitRule(StrEnum):
    HUKOU_RELATION = "HUKOU_RELATION"
    CURRENT_PLACE = "CURRENT_PLACE"
    EARLIER_PLACE = "EARLIER_PLACE"
    COLLECTED_AT_HUKOU = "COLLECTED_AT_HUKOU"

    @property
    def label(self) -> str:
        """The rule in Chinese."""
        return _LABELS[self]


_LABELS = {
    BenefitRule.HUKOU_RELATION: "关系在户籍地，由户籍地负责",
    BenefitRule.CURRENT_PLACE: "在现参保地缴费满规定年限，由现参保地负责",
    BenefitRule.EARLIER_PLACE: "转回上一个缴费满规定年限的参保地",
    BenefitRule.COLLECTED_AT_HUKOU: "各地均未满规定年限，由户籍地归集并负责",
}


@dataclass(frozen=True, slots=True)
class Spell:
    """Months paid in one region without a gap: first and last, counted since the year 0."""

    region: str
    first: int
    last: int
    kind: AccountKind


@dataclass(frozen=True, slots=True)
class Determination:
    """The place that pays and why; `months` are by province, counted once each."""

    region: str
    rule: BenefitRule
    months: Mapping[str, int]
    steps: tuple[Step, ...]


def determine(record: Mapping[str, Any], hukou: str, policy: BenefitPlacePolicy) -> Determination:
    """The benefit place.

    `record`: `relation_region` (where the general relation is now) and `spells`, each with
    `region`, `from` and `to` ("2012-06") and `account_kind` (GENERAL); `hukou` is the region of the
    household registration. DomainError WRONG_FIELD.
    """
    fields = Fields(record)
    relation = fields.region("relation_region")
    spells = [_spell(one) for one in fields.parts("spells")]
    if fields.has("hukou_region"):
        fields.region("hukou_region")
    fields.done()
    return _decide(relation, spells, hukou, policy)


def compute(record: Mapping[str, Any], policy: BenefitPlacePolicy, on: date) -> Computation:
    """For printing; `record` also holds `hukou_region`."""
    found = determine(record, Fields(record).region("hukou_region"), policy)
    return Computation(
        "养老保险待遇领取地",
        found.steps,
        {"待遇领取地": found.region, "依据": found.rule.label},
    )


def _decide(
    relation: str, spells: list[Spell], hukou: str, policy: BenefitPlacePolicy
) -> Determination:
    held: dict[str, set[int]] = {}
    for one in spells:
        if one.kind is AccountKind.GENERAL or policy.temporary_counts:
            held.setdefault(one.region[:2], set()).update(range(one.first, one.last + 1))
    months = {province: len(held[province]) for province in sorted(held)}
    steps = [
        Step(
            f"省份 {province} 累计缴费",
            "临时账户年限计入" if policy.temporary_counts else "临时账户年限不计",
            span(count),
        )
        for province, count in months.items()
    ]
    needed = policy.min_months

    def ended(region: str, rule: BenefitRule) -> Determination:
        return Determination(region, rule, months, tuple(steps))

    at_hukou = relation[:2] == hukou[:2]
    steps.append(
        Step("一、关系是否在户籍地", f"关系 {relation}，户籍 {hukou}", "是" if at_hukou else "否")
    )
    if at_hukou:
        return ended(hukou, BenefitRule.HUKOU_RELATION)
    here = months.get(relation[:2], 0)
    steps.append(
        Step(
            f"二、现参保地是否满 {span(needed)}",
            f"{relation} 累计 {span(here)}",
            "是" if here >= needed else "否",
        )
    )
    if here >= needed:
        return ended(relation, BenefitRule.CURRENT_PLACE)
    earlier = _last_place(spells, held, needed, policy)
    steps.append(
        Step(
            f"三、此前是否有满 {span(needed)} 的参保地",
            "由近及远逐地核对",
            earlier or "没有",
        )
    )
    if earlier is not None:
        return ended(earlier, BenefitRule.EARLIER_PLACE)
    steps.append(Step("四、由户籍地归集", "户籍地须建立关系并归集各地资金", hukou))
    return ended(hukou, BenefitRule.COLLECTED_AT_HUKOU)


def _last_place(
    spells: list[Spell], held: Mapping[str, set[int]], needed: int, policy: BenefitPlacePolicy
) -> str | None:
    """The region last paid in within the province that the person left last."""
    counted = [one for one in spells if one.kind is AccountKind.GENERAL or policy.temporary_counts]
    enough = [one for one in counted if len(held[one.region[:2]]) >= needed]
    return max(enough, key=lambda one: (one.last, one.region)).region if enough else None


def _spell(fields: Fields) -> Spell:
    spell = Spell(
        fields.region("region"),
        fields.month("from"),
        fields.month("to"),
        fields.choice("account_kind", AccountKind, AccountKind.GENERAL),
    )
    if spell.last < spell.first:
        raise fields.wrong("to", "早于 from")
    if spell.last - spell.first > 1200:
        raise fields.wrong("to", "与 from 相距过长")
    fields.done()
    return spell
