"""机关事业单位基本养老保险: what moves to another pool or to an enterprise scheme.

Called by the origin's leg and by ``compute civil-pension``. From an enterprise inwards the rules of
`domain.schemes.pension` apply, with `destination_scheme` CIVIL; 职业年金 moves as a child transfer
of its own (`domain.schemes.civil_annuity`). Sources: 人社部规〔2017〕1号, 人社厅发〔2017〕7号.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from domain.errors import DomainError
from domain.schemes.civil_record import CivilRecord, read_civil
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
from domain.schemes.pension_account import carried_balance, pooled_part, pooled_wages
from domain.schemes.pension_policy import CivilPolicy
from domain.schemes.pension_record import DestinationScheme, RelationStatus

SCHEME = "CIVIL_PENSION"


class CivilReason(StrEnum):
    PENSIONER = "PENSIONER"
    ARREARS = "ARREARS"
    WRONG_DESTINATION = "WRONG_DESTINATION"


def findings(record: Mapping[str, Any], policy: CivilPolicy, on: date) -> tuple[Finding, ...]:
    """What stands in the way at the origin; DomainError WRONG_FIELD."""
    read = read_civil(record)
    found: list[Finding] = []
    if read.status is RelationStatus.PENSIONER:
        found.append(
            Finding(
                CivilReason.PENSIONER.value,
                "参保人已领取基本养老金，按规定不再转移关系。",
                "继续在现待遇领取地领取。",
            )
        )
    if read.arrears_months:
        found.append(
            Finding(
                CivilReason.ARREARS.value,
                f"有 {read.arrears_months} 个月欠费尚未处理。",
                "请所在单位补缴后继续办理。",
            )
        )
    if read.leaving and (
        read.destination_scheme is not DestinationScheme.PENSION
        or read.destination_region != read.hukou_region
    ):
        found.append(
            Finding(
                CivilReason.WRONG_DESTINATION.value,
                "辞职、辞退、开除、判刑等人员的关系由户籍地企业养老保险经办机构接收。",
                f"请改向户籍地 {read.hukou_region} 提出；由原单位填报转移申请表。",
            )
        )
    return tuple(found)


def statement(record: Mapping[str, Any], policy: CivilPolicy, on: date) -> Statement:
    """The 信息表: zero money inside one pool, else account and pooled part since the reform.

    DomainError PENSIONER for somebody who draws a pension, WRONG_FIELD.
    """
    read = read_civil(record)
    if read.status is RelationStatus.PENSIONER:
        raise DomainError(
            CivilReason.PENSIONER, "参保人已领取基本养老金，关系不再转移；请告知本人。"
        )
    rows = tuple(sorted(read.rows, key=lambda row: (row.year, row.from_month, row.region)))
    account, pooled = Fraction(0), Fraction(0)
    steps: list[Step] = []
    if same_pool(read):
        steps.append(Step("同一统筹范围", "只转关系，不划转资金", "0.00"))
    else:
        account = read.earlier_account_fen + carried_balance(rows, policy.account_rates)
        wages = pooled_wages(rows, policy.pooled_rates)
        pooled = pooled_part(wages)
        steps.append(Step("个人账户部分", "改革前账户与历年记账本息之和", yuan(account)))
        for rate, wage in sorted(wages.items()):
            steps.append(Step("改革（2014年10月）以来缴费工资", "逐月合计", yuan(wage)))
            steps.append(
                Step("统筹基金部分", f"{yuan(wage)} × {percent(rate)}", yuan(wage * rate / 10_000))
            )
    account_fen, pooled_fen = whole_fen(account), whole_fen(pooled)
    total = account_fen + pooled_fen
    return Statement(
        scheme=SCHEME,
        account_fen=account_fen,
        pooled_fen=pooled_fen,
        total_fen=total,
        months=len({month for row in rows for month in row.months}),
        temporary=False,
        rows=tuple(row.listed() for row in rows),
        facts={
            "region": read.region,
            "pool": read.pool,
            "destination_scheme": read.destination_scheme.value,
            "leaving": read.leaving.value if read.leaving else None,
            "earlier_account_fen": read.earlier_account_fen,
            "transferred_on": iso(on),
            "account_fen": account_fen,
            "pooled_fen": pooled_fen,
            "total_fen": total,
        },
        steps=(*steps, Step("转移总额", f"{yuan(account_fen)} + {yuan(pooled_fen)}", yuan(total))),
    )


def same_pool(record: CivilRecord) -> bool:
    """Whether the relation stays in one pooled fund, so that no money moves."""
    return (
        record.destination_scheme is DestinationScheme.CIVIL
        and record.pool == record.destination_pool
    )


def compute(record: Mapping[str, Any], policy: CivilPolicy, on: date) -> Computation:
    """Findings and sums, for printing."""
    found = findings(record, policy, on)
    title = "机关事业单位基本养老保险关系转移"
    if any(one.code == CivilReason.PENSIONER.value for one in found):
        return Computation(title, (), {"转移总额": "不予转移"}, found)
    told = statement(record, policy, on)
    results = {
        "转移缴费月数": span(told.months),
        "个人账户部分（元）": yuan(told.account_fen),
        "统筹基金部分（元）": yuan(told.pooled_fen),
        "转移总额（元）": yuan(told.total_fen),
    }
    return Computation(title, told.steps, results, found)
