"""城乡衔接: an employee and a resident pension become one at the statutory age.

Called through `domain.schemes.resident.connect`. Source: 人社部发〔2014〕17号; the months needed
for an employee pension follow the table that rises from 2030 (全国人大常委会 2024 decision).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from domain.errors import DomainError
from domain.schemes.computation import Computation, Step, span, whole_fen, yuan
from domain.schemes.pension_policy import ResidentPolicy
from domain.schemes.resident_record import Connection, ResidentYear, read_resident


class ConnectionCode(StrEnum):
    NO_CONNECTION_FACTS = "NO_CONNECTION_FACTS"
    NO_MINIMUM_MONTHS = "NO_MINIMUM_MONTHS"


class Direction(StrEnum):
    NOT_YET = "NOT_YET"
    INTO_EMPLOYEE = "INTO_EMPLOYEE"
    INTO_RESIDENT = "INTO_RESIDENT"
    END_RESIDENT = "END_RESIDENT"

    @property
    def label(self) -> str:
        """The direction in Chinese."""
        return _LABELS[self]


_LABELS = {
    Direction.NOT_YET: "未达法定退休年龄，暂不衔接",
    Direction.INTO_EMPLOYEE: "城乡居民养老保险转入职工养老保险",
    Direction.INTO_RESIDENT: "职工养老保险转入城乡居民养老保险",
    Direction.END_RESIDENT: "终止城乡居民养老保险，保留职工养老保险待遇",
}


@dataclass(frozen=True, slots=True)
class Connected:
    """What moves and what is paid back, in fen.

    `moved_fen` goes into the account of the pension that stays, `months` count there;
    `refund_fen` goes to the person, `recover_fen` is basic pension that the person still owes.
    """

    direction: Direction
    moved_fen: int
    months: int
    refund_fen: int
    recover_fen: int
    computation: Computation


def connect(record: Mapping[str, Any], policy: ResidentPolicy, on: date) -> Connected:
    """Which pension the two become; the day the statutory age is reached decides the months needed.

    DomainError NO_CONNECTION_FACTS when the record has no `connection`, WRONG_FIELD.
    """
    read = read_resident(record)
    facts = read.connection
    if facts is None:
        raise DomainError(
            ConnectionCode.NO_CONNECTION_FACTS, "记录中没有 connection，无法判断城乡衔接；请补上。"
        )
    if facts.both_pensions:
        return _end_resident(read.rows, facts)
    if facts.reached_statutory_age_on is None or facts.reached_statutory_age_on > on:
        step = Step("是否达到法定退休年龄", "城乡衔接只在达到法定退休年龄时办理", "否")
        return _told(Direction.NOT_YET, 0, facts.employee_months, 0, 0, (step,))
    needed = policy.minimum_months.at(facts.reached_statutory_age_on)
    if needed is None:
        raise DomainError(
            ConnectionCode.NO_MINIMUM_MONTHS,
            "达到法定退休年龄之日没有最低缴费年限标准；请核对日期。",
        )
    enough = facts.employee_months >= needed
    steps = [
        Step(
            f"职工养老保险缴费是否满 {span(needed)}",
            f"累计 {span(facts.employee_months)}",
            "是" if enough else "否",
        )
    ]
    balance = sum(row.total_fen for row in read.rows)
    refund, twice = _same_months(read.rows, facts)
    if twice:
        steps.append(
            Step(
                f"同月重复参保 {twice} 个月",
                "保留职工养老保险；居民个人缴费和集体补助按月退还",
                yuan(refund),
            )
        )
    if enough:
        moved = balance - refund
        steps.append(
            Step("居民个人账户并入", f"{yuan(balance)} - {yuan(refund)}", yuan(moved)),
        )
        steps.append(Step("居民缴费年限", "不折算为职工缴费年限", span(0)))
        return _told(Direction.INTO_EMPLOYEE, moved, facts.employee_months, refund, 0, tuple(steps))
    own = {month for row in read.rows for month in row.months} - facts.employee_covered
    months = len(own) + facts.employee_months
    steps.append(Step("职工个人账户并入", "统筹基金不转移", yuan(facts.employee_account_fen)))
    steps.append(
        Step("合计缴费年限", f"{span(len(own))} + {span(facts.employee_months)}", span(months))
    )
    return _told(
        Direction.INTO_RESIDENT, facts.employee_account_fen, months, refund, 0, tuple(steps)
    )


def _same_months(rows: tuple[ResidentYear, ...], facts: Connection) -> tuple[int, int]:
    """Refund in fen and number of months insured as both; subsidies and interest stay."""
    refund = Fraction(0)
    twice: set[int] = set()
    for row in rows:
        both = facts.employee_covered & set(row.months)
        twice |= both
        refund += Fraction((row.personal_fen + row.collective_fen) * len(both), len(row.months))
    return whole_fen(refund), len(twice)


def _end_resident(rows: tuple[ResidentYear, ...], facts: Connection) -> Connected:
    balance = sum(row.total_fen for row in rows)
    subsidy = sum(row.subsidy_fen + row.subsidy_interest_fen for row in rows)
    owed = balance - subsidy
    offset = min(owed, facts.basic_pension_paid_fen)
    recover = facts.basic_pension_paid_fen - offset
    steps = (
        Step("个人账户余额扣除政府补贴", f"{yuan(balance)} - {yuan(subsidy)}", yuan(owed)),
        Step("已领取的城乡居民基础养老金", "应予退还，先从余额抵扣", yuan(offset)),
        Step("退还本人", f"{yuan(owed)} - {yuan(offset)}", yuan(owed - offset)),
        Step(
            "尚须追回",
            f"{yuan(facts.basic_pension_paid_fen)} - {yuan(offset)}，可分期或从待遇中抵扣",
            yuan(recover),
        ),
    )
    return _told(Direction.END_RESIDENT, 0, facts.employee_months, owed - offset, recover, steps)


def _told(
    direction: Direction,
    moved: int,
    months: int,
    refund: int,
    recover: int,
    steps: tuple[Step, ...],
) -> Connected:
    results = {
        "办理方式": direction.label,
        "并入资金（元）": yuan(moved),
        "计算缴费年限": span(months),
        "退还本人（元）": yuan(refund),
        "尚须追回（元）": yuan(recover),
    }
    told = Computation("城乡养老保险制度衔接", steps, results)
    return Connected(direction, moved, months, refund, recover, told)
