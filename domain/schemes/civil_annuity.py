"""职业年金: the second tier of civil servants, a child transfer that ends apart from the pension.

Called by the origin's leg and by ``compute annuity``. A unit part that was only booked must be
funded in cash (记实) before anything moves. Sources: 国办发〔2015〕18号, 人社部规〔2017〕1号,
人社厅发〔2017〕7号.

The record: `region`, `destination_has_plan` (whether the new employer runs an annuity plan), and
`rows` with `year`, `from_month`, `to_month`, `wage_fen`, `unit_fen`, `personal_fen`,
`interest_fen`, `unit_funded` (false: booked only).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from domain.errors import DomainError
from domain.schemes.computation import (
    Computation,
    Finding,
    Statement,
    Step,
    iso,
    percent,
    span,
    whole_fen,
    yuan,
)
from domain.schemes.pension_policy import AnnuityPolicy, DatedTable
from domain.schemes.record_fields import Fields

SCHEME = "ANNUITY"


class AnnuityReason(StrEnum):
    UNIT_PART_NOT_FUNDED = "UNIT_PART_NOT_FUNDED"
    NO_PLAN_AT_DESTINATION = "NO_PLAN_AT_DESTINATION"
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS"


@dataclass(frozen=True, slots=True)
class _Row:
    year: int
    from_month: int
    to_month: int
    wage_fen: int
    unit_fen: int
    personal_fen: int
    interest_fen: int
    unit_funded: bool

    @property
    def months(self) -> range:
        return range(self.year * 12 + self.from_month - 1, self.year * 12 + self.to_month)


def to_fund_fen(record: Mapping[str, Any]) -> int:
    """The unit part that is booked only and has to be paid in first."""
    return sum(row.unit_fen for row in _read(record)[2] if not row.unit_funded)


def findings(record: Mapping[str, Any], policy: AnnuityPolicy, on: date) -> tuple[Finding, ...]:
    """What stands in the way. AMOUNT_DIFFERS is for a clerk to settle; DomainError WRONG_FIELD."""
    _, has_plan, rows = _read(record)
    found: list[Finding] = []
    if not has_plan:
        found.append(
            Finding(
                AnnuityReason.NO_PLAN_AT_DESTINATION.value,
                "新单位没有建立年金计划，职业年金由原管理机构继续管理运营。",
                "新单位建立年金计划后可以再申请转移；基本养老保险不受影响。",
            )
        )
    if unfunded := to_fund_fen(record):
        found.append(
            Finding(
                AnnuityReason.UNIT_PART_NOT_FUNDED.value,
                f"单位缴费有 {yuan(unfunded)} 元只是记账，尚未记实。",
                "由原单位同级财政拨付资金记实后转移，本人无须办理。",
            )
        )
    for row in rows:
        for label, booked, table in (
            ("单位", row.unit_fen, policy.unit_rates),
            ("个人", row.personal_fen, policy.personal_rates),
        ):
            lawful = _lawful(row, table)
            # Contributions are rounded month by month, at most half a fen each.
            if lawful is not None and abs(booked - lawful) > len(row.months):
                found.append(
                    Finding(
                        AnnuityReason.AMOUNT_DIFFERS.value,
                        f"{row.year}年{label}缴费 {yuan(booked)} 元与按比例应缴 "
                        f"{yuan(lawful)} 元不符。",
                        "由经办人员核对缴费记录；补缴或者更正后继续办理。",
                    )
                )
    return tuple(found)


def statement(record: Mapping[str, Any], policy: AnnuityPolicy, on: date) -> Statement:
    """The annuity's own 信息表; all of it is account money.

    DomainError UNIT_PART_NOT_FUNDED or NO_PLAN_AT_DESTINATION as long as nothing may move.
    """
    region, _, rows = _read(record)
    for finding in findings(record, policy, on):
        if finding.code != AnnuityReason.AMOUNT_DIFFERS.value:
            raise DomainError(AnnuityReason(finding.code), finding.text + finding.remedy)
    rows = tuple(sorted(rows, key=lambda row: (row.year, row.from_month)))
    parts = _parts(rows)
    total = sum(parts.values())
    return Statement(
        scheme=SCHEME,
        account_fen=total,
        pooled_fen=0,
        total_fen=total,
        months=len({month for row in rows for month in row.months}),
        temporary=False,
        rows=tuple(
            {
                "year": row.year,
                "from_month": row.from_month,
                "to_month": row.to_month,
                "months": len(row.months),
                "wage_fen": row.wage_fen,
                "unit_fen": row.unit_fen,
                "personal_fen": row.personal_fen,
                "interest_fen": row.interest_fen,
            }
            for row in rows
        ),
        facts={"region": region, "transferred_on": iso(on), "total_fen": total},
        steps=(
            *(Step(label, "历年合计", yuan(amount)) for label, amount in parts.items()),
            Step("转移总额", " + ".join(map(yuan, parts.values())), yuan(total)),
        ),
    )


def compute(record: Mapping[str, Any], policy: AnnuityPolicy, on: date) -> Computation:
    """Findings and sums, for printing; what must be funded first is shown with the sums."""
    _, _, rows = _read(record)
    found = findings(record, policy, on)
    parts = _parts(rows)
    rates = {"单位缴费": policy.unit_rates.at(on), "个人缴费": policy.personal_rates.at(on)}
    steps = tuple(
        Step(
            label,
            f"历年合计（现行比例 {percent(rate)}）" if (rate := rates.get(label)) else "历年合计",
            yuan(amount),
        )
        for label, amount in parts.items()
    )
    results = {
        "缴费月数": span(len({month for row in rows for month in row.months})),
        "须先记实（元）": yuan(to_fund_fen(record)),
        "转移总额（元）": yuan(sum(parts.values())),
    }
    return Computation("职业年金关系转移", steps, results, found)


def _parts(rows: tuple[_Row, ...]) -> dict[str, int]:
    return {
        "单位缴费": sum(row.unit_fen for row in rows),
        "个人缴费": sum(row.personal_fen for row in rows),
        "利息": sum(row.interest_fen for row in rows),
    }


def _lawful(row: _Row, table: DatedTable) -> int | None:
    rate = table.in_month(row.months[0])
    return None if rate is None else whole_fen(Fraction(row.wage_fen * rate, 10_000))


def _read(data: Mapping[str, Any]) -> tuple[str, bool, tuple[_Row, ...]]:
    fields = Fields(data)
    found = (
        fields.region("region"),
        fields.flag("destination_has_plan"),
        tuple(_row(one) for one in fields.parts("rows")),
    )
    fields.done()
    return found


def _row(fields: Fields) -> _Row:
    row = _Row(
        year=fields.year(),
        from_month=fields.number("from_month", 1, most=12),
        to_month=fields.number("to_month", 12, most=12),
        wage_fen=fields.fen("wage_fen"),
        unit_fen=fields.fen("unit_fen"),
        personal_fen=fields.fen("personal_fen"),
        interest_fen=fields.fen("interest_fen", 0),
        unit_funded=fields.flag("unit_funded"),
    )
    if not 1 <= row.from_month <= row.to_month:
        raise fields.wrong("from_month", "应为 1 至 12 且不晚于 to_month 的月份")
    fields.done()
    return row
