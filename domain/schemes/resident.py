"""城乡居民基本养老保险: the account that follows the hukou to another county.

Called by the origin's leg, by the destination's review and by ``compute resident``. The swap
between employee and resident pensions (城乡衔接) is `domain.schemes.resident_connection`, offered
here as `connect`. Sources: 国发〔2014〕8号, 人社部发〔2019〕84号, 社会保险经办条例 art 12(3).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from domain.errors import DomainError
from domain.schemes.computation import Computation, Finding, Statement, Step, iso, span, yuan
from domain.schemes.pension_policy import ResidentPolicy
from domain.schemes.pension_record import RelationStatus
from domain.schemes.resident_connection import connect
from domain.schemes.resident_record import read_resident

__all__ = ["SCHEME", "ResidentReason", "compute", "connect", "findings", "statement"]

SCHEME = "RESIDENT_PENSION"


class ResidentReason(StrEnum):
    PENSIONER = "PENSIONER"
    SAME_COUNTY = "SAME_COUNTY"
    HUKOU_NOT_LANDED = "HUKOU_NOT_LANDED"
    OTHER_ORIGIN = "OTHER_ORIGIN"


def findings(record: Mapping[str, Any], policy: ResidentPolicy, on: date) -> tuple[Finding, ...]:
    """Why the account does not move (yet); HUKOU_NOT_LANDED waits for the migration to land."""
    read = read_resident(record)
    found: list[Finding] = []
    if read.status is RelationStatus.PENSIONER:
        found.append(
            Finding(
                ResidentReason.PENSIONER.value,
                "已经领取城乡居民基本养老金，无论户籍是否迁移，关系都不转移。",
                "继续在原参保地领取，可在现居住地办理领取资格认证。",
            )
        )
    if read.hukou is None:
        return tuple(found)
    if read.hukou.from_region == read.hukou.to_region:
        found.append(
            Finding(
                ResidentReason.SAME_COUNTY.value,
                "户籍在同一县（市、区）内变动，不需要转移关系。",
                "向参保地社会保险经办机构申请变更地址即可。",
            )
        )
    if read.hukou.landed_on is None or read.hukou.landed_on > on:
        found.append(
            Finding(
                ResidentReason.HUKOU_NOT_LANDED.value,
                "户口尚未在转入地落户，关系转移须待落户之后。",
                "先办结户口迁移；落户后本申请自动继续，不必重新提交。",
            )
        )
    if read.hukou.from_region != read.region:
        found.append(
            Finding(
                ResidentReason.OTHER_ORIGIN.value,
                "户籍迁出地与参保地不是同一县（市、区）。",
                "请核对原参保地，或者向实际参保地提出转移。",
            )
        )
    return tuple(found)


def statement(record: Mapping[str, Any], policy: ResidentPolicy, on: date) -> Statement:
    """The whole account at once, subsidies and interest included; there is no pooled part.

    DomainError with the code of the first of `findings` where there is one.
    """
    read = read_resident(record)
    for finding in findings(record, policy, on):
        raise DomainError(ResidentReason(finding.code), finding.text + finding.remedy)
    rows = tuple(sorted(read.rows, key=lambda row: (row.year, row.from_month)))
    parts = {
        "个人缴费": sum(row.personal_fen for row in rows),
        "集体补助": sum(row.collective_fen for row in rows),
        "政府补贴": sum(row.subsidy_fen for row in rows),
        "利息": sum(row.interest_fen for row in rows),
    }
    total = sum(parts.values())
    months = len({month for row in rows for month in row.months})
    return Statement(
        scheme=SCHEME,
        account_fen=total,
        pooled_fen=0,
        total_fen=total,
        months=months,
        temporary=False,
        rows=tuple(row.listed() for row in rows),
        facts={
            "region": read.region,
            "hukou_from": read.hukou.from_region if read.hukou else None,
            "hukou_to": read.hukou.to_region if read.hukou else None,
            "hukou_landed_on": iso(read.hukou.landed_on) if read.hukou else None,
            "years_paid": len({row.year for row in rows}),
            "transferred_on": iso(on),
            "total_fen": total,
        },
        steps=(
            *(Step(label, "历年合计", yuan(amount)) for label, amount in parts.items()),
            Step("转移总额", " + ".join(map(yuan, parts.values())), yuan(total)),
        ),
    )


def compute(record: Mapping[str, Any], policy: ResidentPolicy, on: date) -> Computation:
    """The transfer, or the connection where the record brings one; for printing."""
    read = read_resident(record)
    if read.connection is not None:
        return connect(record, policy, on).computation
    found = findings(record, policy, on)
    title = "城乡居民基本养老保险关系转移"
    if found:
        return Computation(title, (), {"能否转移": "暂不转移"}, found)
    told = statement(record, policy, on)
    return Computation(
        title,
        told.steps,
        {"缴费月数": span(told.months), "个人账户转移总额（元）": yuan(told.total_fen)},
    )
