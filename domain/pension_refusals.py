"""Why a pension relation does not move, in words for the applicant (docs/rules.md A2, G7).

Registered in `domain.refusals`; the codes are those of tasks, letters and register.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.schemes.pension_findings import Effect, OriginReason


class PensionReason(StrEnum):
    """Reasons of either side."""

    NOT_INSURED_HERE = "NOT_INSURED_HERE"
    PENSIONER = "PENSIONER"
    TEMPORARY_ACCOUNT = "TEMPORARY_ACCOUNT"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    NOT_FOUND = "NOT_FOUND"
    ALREADY_ENDED = "ALREADY_ENDED"
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    SEALED_TEMPORARY = "SEALED_TEMPORARY"
    NO_CONTRIBUTIONS = "NO_CONTRIBUTIONS"
    ARREARS = "ARREARS"
    LUMP_SUM_EVIDENCE = "LUMP_SUM_EVIDENCE"
    BALANCE_DIFFERS = "BALANCE_DIFFERS"
    MONTHS_TWICE = "MONTHS_TWICE"


#: What the destination may refuse with.
HOME_REASONS = (
    PensionReason.NOT_INSURED_HERE,
    PensionReason.PENSIONER,
    PensionReason.TEMPORARY_ACCOUNT,
    PensionReason.NOT_ELIGIBLE,
)
#: What ends the transfer at the origin, whoever waits for what.
ORIGIN_REASONS = (
    PensionReason.NOT_FOUND,
    PensionReason.ALREADY_ENDED,
    PensionReason.IDENTITY_DIFFERS,
    *(PensionReason(reason.value) for reason in OriginReason),
)
#: What the person can mend, so that the origin may wait for it.
MENDABLE = tuple(
    PensionReason(reason.value) for reason in OriginReason if reason.effect is not Effect.REFUSE
)

PENSION_REFUSALS: Mapping[str, tuple[str, str]] = {
    PensionReason.NOT_INSURED_HERE: (
        "尚未在转入地参加企业职工基本养老保险",
        "请在转入地参保缴费后再申请",
    ),
    PensionReason.PENSIONER: (
        "已领取基本养老金的，按规定不再转移关系",
        "请在现待遇领取地继续领取；对待遇有异议的，向该地社会保险经办机构提出",
    ),
    PensionReason.TEMPORARY_ACCOUNT: (
        "本地为临时基本养老保险缴费账户，不能接收一般账户的转入",
        "请在原参保地保留关系，达到领取条件时由待遇领取地归集",
    ),
    PensionReason.NOT_ELIGIBLE: (
        "申请情况与登记不符，不符合转入条件",
        "请核对户籍、调动手续和参保情况后重新申请",
    ),
    PensionReason.NOT_FOUND: (
        "转出地查无企业职工基本养老保险登记",
        "请核对原参保地；有工资发放或缴费凭据的，向原参保地申请核实",
    ),
    PensionReason.ALREADY_ENDED: (
        "转出地的关系已经终止或已转往其他地区",
        "请向关系现在地申请转移；不清楚去向的，向转出地查询参保缴费凭证",
    ),
    PensionReason.IDENTITY_DIFFERS: (
        "申请人身份信息与转出地登记不一致",
        "请先到登记有误的一方办理个人信息变更，再申请转移",
    ),
    PensionReason.SEALED_TEMPORARY: (
        "临时基本养老保险缴费账户封存，不随本次转移",
        "达到领取条件时由待遇领取地社会保险经办机构归集，现在无须办理",
    ),
    PensionReason.NO_CONTRIBUTIONS: (
        "转出地没有缴费记录，没有可以转移的关系",
        "请核对原参保地；有工资发放或缴费凭据的，向原参保地申请核实",
    ),
    PensionReason.ARREARS: (
        "转出地有欠费尚未处理",
        "请向转出地补缴欠费，或者签署放弃补缴的书面声明（欠费月份不计缴费年限）",
    ),
    PensionReason.LUMP_SUM_EVIDENCE: (
        "一次性缴费满三年的一段没有证明劳动关系的法律文书",
        "请向转出地提供法院、审计、劳动保障监察或仲裁机构的文书，否则该段暂不转移",
    ),
    PensionReason.BALANCE_DIFFERS: (
        "转出地个人账户记录前后不符",
        "请配合转出地核对历年对账单，更正后再办理转移",
    ),
    PensionReason.MONTHS_TWICE: (
        "转出地同一月份有重复缴费记录",
        "请向转出地提供各段缴费单位名称，清理重复缴费后再办理转移",
    ),
    # What the register itself says at the ending act.
    "NOT_REGISTERED": ("转出地查无企业职工基本养老保险登记", "请核对原参保地后重新申请"),
    "FROZEN": ("转出地的账户被依法冻结", "请待冻结解除后再申请转移"),
}
