"""What stands in the way of a pension transfer at the origin, with the remedy for each.

Called by the origin's leg before it draws up a statement. Some reasons end the transfer, some wait
for the person, and some a clerk settles; `OriginReason.effect` says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from domain.schemes.computation import Finding, yuan
from domain.schemes.pension_policy import PensionPolicy
from domain.schemes.pension_record import (
    AccountKind,
    PensionRecord,
    Purpose,
    RelationStatus,
    Row,
    read_record,
)


class Effect(StrEnum):
    """What the leg does on a finding."""

    REFUSE = "REFUSE"
    WAIT = "WAIT"  # for the person: pay, sign, hand in
    SETTLE = "SETTLE"  # a clerk looks at it and may go on


class OriginReason(StrEnum):
    PENSIONER = "PENSIONER"
    SEALED_TEMPORARY = "SEALED_TEMPORARY"
    NO_CONTRIBUTIONS = "NO_CONTRIBUTIONS"
    ARREARS = "ARREARS"
    LUMP_SUM_EVIDENCE = "LUMP_SUM_EVIDENCE"
    BALANCE_DIFFERS = "BALANCE_DIFFERS"
    MONTHS_TWICE = "MONTHS_TWICE"

    @property
    def effect(self) -> Effect:
        """Whether it ends the transfer, waits for the person, or is a clerk's to settle."""
        return _EFFECTS[self]


_EFFECTS = {
    OriginReason.PENSIONER: Effect.REFUSE,
    OriginReason.SEALED_TEMPORARY: Effect.REFUSE,
    OriginReason.NO_CONTRIBUTIONS: Effect.REFUSE,
    OriginReason.ARREARS: Effect.WAIT,
    OriginReason.LUMP_SUM_EVIDENCE: Effect.SETTLE,
    OriginReason.BALANCE_DIFFERS: Effect.SETTLE,
    OriginReason.MONTHS_TWICE: Effect.SETTLE,
}


def origin_findings(
    record: Mapping[str, Any], policy: PensionPolicy, on: date
) -> tuple[Finding, ...]:
    """Every reason, those that end the transfer first; DomainError WRONG_FIELD."""
    read = read_record(record)
    found: list[Finding] = []
    if read.status is RelationStatus.PENSIONER:
        found.append(
            _finding(
                OriginReason.PENSIONER,
                "参保人已领取基本养老金，按规定不再转移关系。",
                "继续在现待遇领取地领取；对待遇有异议的，向该地社会保险经办机构提出。",
            )
        )
    elif read.account_kind is AccountKind.TEMPORARY and not temporary_may_move(read, policy):
        found.append(
            _finding(
                OriginReason.SEALED_TEMPORARY,
                "临时基本养老保险缴费账户再次流动时封存，不随本次转移。",
                "达到领取条件时由待遇领取地社会保险经办机构归集，本人无须现在办理。",
            )
        )
    if not read.rows and not read.pre1998_fen:
        found.append(
            _finding(
                OriginReason.NO_CONTRIBUTIONS,
                "本地没有缴费记录，没有可以转移的关系。",
                "请核对原参保地；有工资发放或缴费凭据的，向原参保地申请核实。",
            )
        )
    if read.arrears_months and not read.arrears_waived:
        found.append(
            _finding(
                OriginReason.ARREARS,
                f"有 {read.arrears_months} 个月欠费尚未处理。",
                "补缴欠费，或者签署放弃补缴的书面声明（欠费月份不计缴费年限）后继续办理。",
            )
        )
    found += _lump_sums(read, policy)
    found += _balances(read)
    if len(months := [month for row in read.rows for month in row.months]) != len(set(months)):
        found.append(
            _finding(
                OriginReason.MONTHS_TWICE,
                "同一月份有两行以上缴费记录，缴费年限只计一次。",
                "由经办人员核对是否为重复缴费；本人可提供各段缴费单位的名称协助核对。",
            )
        )
    return tuple(found)


def temporary_may_move(record: PensionRecord, policy: PensionPolicy) -> bool:
    """A temporary account moves whole when the benefit place collects it, and else stays sealed.

    66号 art 5 also let it move on with the person; 人社部规〔2016〕5号 seals it instead. Which of
    the two applies is the policy `pension.temporary_moves_again`.
    """
    if record.request.purpose is Purpose.COLLECTION:
        return record.request.pension_conditions_met
    return (
        policy.temporary_moves_again and record.region[:2] != record.request.destination_region[:2]
    )


def uncarried(record: PensionRecord, policy: PensionPolicy) -> tuple[Row, ...]:
    """Rows of long lump-sum payments whose employment no document proves: they do not move."""
    unproven = {
        one.code
        for one in record.lump_sums
        if one.evidence is None and one.months >= policy.lump_sum_evidence_months
    }
    return tuple(row for row in record.rows if row.lump_sum in unproven)


def _lump_sums(record: PensionRecord, policy: PensionPolicy) -> list[Finding]:
    return [
        _finding(
            OriginReason.LUMP_SUM_EVIDENCE,
            f"一次性缴费 {one.months} 个月，达到 {policy.lump_sum_evidence_months} 个月，"
            "没有证明劳动关系的法律文书，该段暂不转移。",
            "提供人民法院、审计部门、劳动保障监察机构或者劳动争议仲裁机构的文书后，该段一并转移。",
        )
        for one in record.lump_sums
        if one.evidence is None and one.months >= policy.lump_sum_evidence_months
    ]


def _balances(record: PensionRecord) -> list[Finding]:
    """Year-end balances that do not follow from the year before."""
    if record.account_kind is AccountKind.TEMPORARY:
        return []
    found, opening = [], 0
    by_year: dict[int, list[Row]] = {}
    for row in record.rows:
        by_year.setdefault(row.year, []).append(row)
    for year in sorted(by_year):
        rows = by_year[year]
        stated = [row.balance_fen for row in rows if row.balance_fen is not None]
        reckoned = opening + sum(row.booked_fen + row.interest_fen for row in rows)
        if stated and max(stated) != reckoned:
            found.append(
                _finding(
                    OriginReason.BALANCE_DIFFERS,
                    f"{year}年末储存额 {yuan(max(stated))} 元与逐年累计 {yuan(reckoned)} 元不符。",
                    "由经办人员核对账户记录并更正；本人可提供历年对账单协助核对。",
                )
            )
        opening = max(stated) if stated else reckoned
    return found


def _finding(reason: OriginReason, text: str, remedy: str) -> Finding:
    return Finding(reason.value, text, remedy)
