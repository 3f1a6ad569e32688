"""企业职工基本养老保险: what moves with a relation, as a 信息表 that explains itself.

Called by the origin's leg and by ``compute pension``; the neighbouring rules (who may transfer,
what stands in the way, overlaps, corrections) are offered here too. Sources: 国办发〔2009〕66号
arts 4-6, 人社部发〔2010〕70号, 人社部规〔2016〕5号, 人社厅发〔2017〕7号.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from domain.errors import DomainError
from domain.schemes.computation import (
    Computation,
    Statement,
    Step,
    iso,
    percent,
    span,
    whole_fen,
    yuan,
)
from domain.schemes.pension_account import (
    AccountYear,
    account_years,
    everything,
    pooled_part,
    pooled_wages,
)
from domain.schemes.pension_correction import corrected, difference
from domain.schemes.pension_eligibility import TransferOutcome, who_may_transfer
from domain.schemes.pension_findings import origin_findings, temporary_may_move, uncarried
from domain.schemes.pension_overlaps import overlaps
from domain.schemes.pension_policy import PensionPolicy
from domain.schemes.pension_record import (
    AccountKind,
    DestinationScheme,
    PensionRecord,
    Purpose,
    RelationStatus,
    Row,
    read_record,
)

__all__ = [
    "SCHEME",
    "PensionCode",
    "compute",
    "corrected",
    "difference",
    "origin_findings",
    "overlaps",
    "statement",
    "who_may_transfer",
]

SCHEME = "PENSION"


class PensionCode(StrEnum):
    PENSIONER_NEVER_MOVES = "PENSIONER_NEVER_MOVES"


def statement(record: Mapping[str, Any], policy: PensionPolicy, on: date) -> Statement:
    """The 信息表 as of the transfer day `on`; see `pension_record` for the record.

    Sums are zero where nothing moves: inside one province (relation only) and for a temporary
    account that stays sealed. DomainError WRONG_FIELD for a wrong record, PENSIONER_NEVER_MOVES
    for somebody who draws a pension.
    """
    read = read_record(record)
    if read.status is RelationStatus.PENSIONER:
        raise DomainError(
            PensionCode.PENSIONER_NEVER_MOVES,
            "参保人已领取基本养老金，关系不再转移；请告知本人继续在原地领取。",
        )
    left_out = uncarried(read, policy)
    rows = tuple(sorted((row for row in read.rows if row not in left_out), key=_in_time))
    temporary = read.account_kind is AccountKind.TEMPORARY
    steps: tuple[Step, ...]
    if temporary and not temporary_may_move(read, policy):
        account, pooled = Fraction(0), Fraction(0)
        steps = (Step("临时基本养老保险缴费账户", "封存，由待遇领取地最终归集", "0.00"),)
    elif temporary:
        account, pooled, steps = _temporary(rows)
    elif relation_only(read):
        account, pooled = Fraction(0), Fraction(0)
        steps = (Step("省内转移", "只转关系和账户记录，不划转资金", "0.00"),)
    else:
        account, pooled, steps = _general(read, rows, left_out, policy)
    account_fen, pooled_fen = whole_fen(account), whole_fen(pooled)
    months = len({month for row in rows for month in row.months})
    return Statement(
        scheme=SCHEME,
        account_fen=account_fen,
        pooled_fen=pooled_fen,
        total_fen=account_fen + pooled_fen,
        months=months,
        temporary=temporary,
        rows=tuple(row.listed() for row in rows),
        facts=_facts(read, rows, left_out, account_fen, pooled_fen, months, policy, on),
        steps=(
            *steps,
            Step("转移总额", _sum((account_fen, pooled_fen)), yuan(account_fen + pooled_fen)),
        ),
    )


def relation_only(record: PensionRecord) -> bool:
    """Whether origin and destination share a province and a fund, so that no money moves."""
    return (
        record.region[:2] == record.request.destination_region[:2]
        and record.request.destination_scheme is DestinationScheme.PENSION
        and record.request.purpose is Purpose.MOVE
    )


def compute(record: Mapping[str, Any], policy: PensionPolicy, on: date) -> Computation:
    """Decision (where the record brings an `application`), findings and sums, for printing."""
    read = read_record(record)
    findings = origin_findings(record, policy, on)
    steps: tuple[Step, ...] = ()
    results: dict[str, str] = {}
    if record.get("application") is not None:
        decision = who_may_transfer(record["application"], record, policy)
        steps += decision.steps
        results["能否转移"] = decision.outcome.label
        if decision.outcome is not TransferOutcome.TAKE:
            return Computation("企业职工基本养老保险关系转移", steps, results, findings)
    if read.status is RelationStatus.PENSIONER:
        results["转移总额"] = "不予转移"
        return Computation("企业职工基本养老保险关系转移", steps, results, findings)
    told = statement(record, policy, on)
    results |= {
        "账户类别": "临时缴费账户" if told.temporary else "一般账户",
        "转移缴费月数": span(told.months),
        "个人账户部分（元）": yuan(told.account_fen),
        "统筹基金部分（元）": yuan(told.pooled_fen),
        "转移总额（元）": yuan(told.total_fen),
    }
    return Computation("企业职工基本养老保险关系转移", steps + told.steps, results, findings)


def _general(
    record: PensionRecord, rows: tuple[Row, ...], left_out: tuple[Row, ...], policy: PensionPolicy
) -> tuple[Fraction, Fraction, tuple[Step, ...]]:
    # The years are reckoned over all rows: interest was also earned on what stays behind.
    years = account_years(
        record.rows,
        policy.account_rates,
        lambda row: Fraction(0) if row in left_out else everything(row),
    )
    balance = sum((one.carried + one.carried_interest for one in years), Fraction(0))
    account = record.pre1998_fen + balance
    wages = pooled_wages(rows, policy.pooled_rates)
    pooled = pooled_part(wages)
    steps = [Step("1998年以前个人缴费本息", "业务系统记载", yuan(record.pre1998_fen))]
    if left_out:
        months = len({month for row in left_out for month in row.months})
        steps.append(
            Step("一次性缴费没有证明文书", f"{span(months)}暂不转移，其本息和工资不计入", "0.00")
        )
    adjusted = [_year_step(one) for one in years if one.changed]
    steps += adjusted
    steps.append(
        Step(
            "1998年以来个人账户储存额",
            "各年记账本金与利息之和"
            + ("（按上列调整后）" if any(y.changed for y in years) else ""),
            yuan(balance),
        )
    )
    steps.append(
        Step("个人账户部分", _sum((record.pre1998_fen, whole_fen(balance))), yuan(account))
    )
    for rate, wage in sorted(wages.items()):
        listed = [yuan(row.wage_fen) for row in rows if policy.pooled_rates.in_month(row.months[0])]
        steps.append(Step("1998年以来实际缴费工资合计", " + ".join(listed), yuan(wage)))
        steps.append(
            Step("统筹基金部分", f"{yuan(wage)} × {percent(rate)}", yuan(wage * rate / 10_000))
        )
    return account, pooled, tuple(steps)


def _temporary(rows: tuple[Row, ...]) -> tuple[Fraction, Fraction, tuple[Step, ...]]:
    personal = sum(row.booked_personal_fen + row.interest_personal_fen for row in rows)
    all_paid, interest = sum(row.booked_fen for row in rows), sum(row.interest_fen for row in rows)
    return (
        Fraction(personal),
        Fraction(all_paid + interest - personal),
        (
            Step("单位和个人缴费本金", "临时账户全部缴费", yuan(all_paid)),
            Step("利息", "业务系统记载", yuan(interest)),
            Step("其中个人缴费本息", "列入个人账户部分", yuan(personal)),
            Step("其中单位缴费本息", "列入统筹基金部分", yuan(all_paid + interest - personal)),
        ),
    )


def _year_step(one: AccountYear) -> Step:
    booked = "、".join(percent(rate) for rate in one.rates_booked)
    return Step(
        f"{one.year}年账户调整",
        f"记账比例 {booked}，按规定 {percent(one.rate_lawful)}："
        f"本金 {yuan(one.booked)} → {yuan(one.carried)}，"
        f"利息 {yuan(one.interest)} → {yuan(one.carried_interest)}",
        yuan(one.carried + one.carried_interest),
    )


def _facts(
    record: PensionRecord,
    rows: tuple[Row, ...],
    left_out: tuple[Row, ...],
    account_fen: int,
    pooled_fen: int,
    months: int,
    policy: PensionPolicy,
    on: date,
) -> dict[str, Any]:
    local = [month for row in rows if row.region == record.region for month in row.months]
    return {
        "unit": record.unit,
        "started_work_on": iso(record.started_work_on),
        "first_paid_on": iso(record.first_paid_on),
        "first_insured_on": iso(record.first_insured_on),
        "account_opened_on": iso(record.account_opened_on),
        "local_from": _month(min(local)) if local else None,
        "local_to": _month(max(local)) if local else None,
        "months_paid": months,
        "transferred_on": iso(on),
        "pre1998_fen": record.pre1998_fen,
        "booked_this_year_fen": sum(row.booked_fen for row in rows if row.year == on.year),
        "account_fen": account_fen,
        "pooled_fen": pooled_fen,
        "total_fen": account_fen + pooled_fen,
        "account_kind": record.account_kind.value,
        "left_out_months": len({month for row in left_out for month in row.months}),
        "sealed": record.account_kind is AccountKind.TEMPORARY
        and not temporary_may_move(record, policy),
    }


def _in_time(row: Row) -> tuple[int, int, str]:
    return row.year, row.from_month, row.region


def _month(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _sum(parts: tuple[int, ...]) -> str:
    return " + ".join(yuan(part) for part in parts)
