"""Who may transfer an employee pension relation: the decision order, each rule with its answer.

Called by the destination's review and by ``compute pension``. Sources: 国办发〔2009〕66号 arts 2
and 5; 人社部发〔2009〕187号 for people insured before 2010 or who grew older during a break.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.identity import Sex
from domain.schemes.computation import Step
from domain.schemes.pension_policy import PensionPolicy
from domain.schemes.pension_record import RelationStatus
from domain.schemes.record_fields import Fields


class TransferOutcome(StrEnum):
    TAKE = "TAKE"
    TAKE_TEMPORARY = "TAKE_TEMPORARY"
    NEVER = "NEVER"

    @property
    def label(self) -> str:
        """What the office does, in Chinese."""
        return _LABELS[self]


_LABELS = {
    TransferOutcome.TAKE: "可以转入，建立一般账户",
    TransferOutcome.TAKE_TEMPORARY: "不转关系，原参保地保留关系，转入地建立临时缴费账户",
    TransferOutcome.NEVER: "不予转移",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule that was tried: its question, whether it decided, the facts, the source."""

    question: str
    applies: bool
    facts: str
    basis: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome; the last trial is the rule that decided."""

    outcome: TransferOutcome
    trials: tuple[Trial, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The trials as lines of a derivation."""
        return tuple(
            Step(
                one.question,
                f"{one.facts}（{one.basis}）",
                "是" if one.applies else "否",
            )
            for one in self.trials
        )


@dataclass(frozen=True, slots=True)
class _Applicant:
    destination: str
    hukou: str
    moved_by_order: bool
    sex: Sex
    born_on: date
    first_insured_here_on: date


def who_may_transfer(
    application_facts: Mapping[str, Any], record: Mapping[str, Any], policy: PensionPolicy
) -> Decision:
    """TAKE, TAKE_TEMPORARY or NEVER.

    `application_facts`: `destination_region`, `hukou_region`, `sex` MALE or FEMALE, `birth_date`,
    `first_insured_here_on` (the first day ever insured in the destination province),
    `moved_by_order` (默认 false). Of `record` only `region` and `status` are read.
    DomainError WRONG_FIELD.
    """
    who = _read(Fields(application_facts, "application"))
    of_record = Fields(record)
    origin = of_record.region("region")
    drawing = of_record.choice("status", RelationStatus) is RelationStatus.PENSIONER
    tried = [
        Trial(
            "一、是否已领取基本养老金",
            drawing,
            "已领取" if drawing else "未领取",
            "国办发〔2009〕66号第二条",
        )
    ]
    if drawing:
        return Decision(TransferOutcome.NEVER, tuple(tried))
    limit, age = _age_limit(who, policy), _age(who.born_on, who.first_insured_here_on)
    rules = (
        (
            "二、转入地是否户籍所在省份",
            who.destination[:2] == who.hukou[:2],
            f"转入 {who.destination}，户籍 {who.hukou}",
            "国办发〔2009〕66号第五条",
        ),
        (
            "三、是否经县级以上组织、人社部门批准调动",
            who.moved_by_order,
            "有调动手续" if who.moved_by_order else "没有调动手续",
            "国办发〔2009〕66号第五条",
        ),
        (
            "省内转移是否不受年龄限制",
            who.destination[:2] == origin[:2],
            f"转出 {origin}，转入 {who.destination}",
            "年龄限制只及于跨省流动",
        ),
    )
    for question, applies, facts, basis in rules:
        tried.append(Trial(question, applies, facts, basis))
        if applies:
            return Decision(TransferOutcome.TAKE, tuple(tried))
    too_old = limit is not None and age >= limit
    tried.append(
        Trial(
            "四、首次在转入地参保时是否已达年龄界限",
            too_old,
            f"{who.first_insured_here_on:%Y-%m-%d} 首次参保，时年 {age} 周岁，"
            + (f"界限 {limit} 周岁" if limit is not None else "当时尚无年龄界限"),
            "国办发〔2009〕66号第五条；人社部发〔2009〕187号",
        )
    )
    if too_old:
        return Decision(TransferOutcome.TAKE_TEMPORARY, tuple(tried))
    tried.append(
        Trial("五、其他跨省流动就业", True, "以上各项均不适用", "国办发〔2009〕66号第五条")
    )
    return Decision(TransferOutcome.TAKE, tuple(tried))


def _read(fields: Fields) -> _Applicant:
    who = _Applicant(
        destination=fields.region("destination_region"),
        hukou=fields.region("hukou_region"),
        moved_by_order=fields.flag("moved_by_order", False),
        sex=fields.choice("sex", Sex),
        born_on=fields.day("birth_date"),
        first_insured_here_on=fields.day("first_insured_here_on"),
    )
    if who.first_insured_here_on < who.born_on:
        raise fields.wrong("first_insured_here_on", "早于出生日期")
    fields.done()
    return who


def _age_limit(who: _Applicant, policy: PensionPolicy) -> int | None:
    # In force since 2010: whoever was insured here earlier, even with a break since, is under none.
    table = policy.age_limits_male if who.sex is Sex.MALE else policy.age_limits_female
    return table.at(who.first_insured_here_on)


def _age(born: date, day: date) -> int:
    """Full years on a day (周岁)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
