"""基本医疗保险关系转移接续 (A6): who may transfer, which balance follows, what a break costs.

Called by the examinations of both offices, which both check, and by the notice that explains the
waiting period. Sources: 医保办发〔2021〕43号; 社会保险经办条例 art 13; docs/rules.md A6. The
relation completes without waiting for money; only the employee's personal account moves.

Record of either place's register, one subject:
    status            NONE, ACTIVE, STOPPED, RETIRED
    scheme            EMPLOYEE or RESIDENT
    identity_agrees   bool; absent: true
    arrears_fen, account_fen
    unsettled_claims  count of reimbursements not settled
    paid_months       months paid in all
    continuous_months months paid without a break up to the last one
    paid_through      YYYY-MM, last month paid
    paid_from         YYYY-MM, first month paid at this place (destination)
    repaid_years      years paid beyond the running one to mend a break (destination, residents)
    open_letter       number of the letter in flight; "" or absent: none
    periods           list of {from, to, months, scheme}, copied to the information form
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.schemes.computation import Finding, Statement, Step
from domain.schemes.register_record import Record, flag, member, number, rows, text
from domain.schemes.wording import findings, yuan

SCHEME = "MEDICAL"


class MedicalStatus(StrEnum):
    NONE = "NONE"
    ACTIVE = "ACTIVE"
    STOPPED = "STOPPED"
    RETIRED = "RETIRED"


class MedicalScheme(StrEnum):
    EMPLOYEE = "EMPLOYEE"
    RESIDENT = "RESIDENT"


class MedicalRefusal(StrEnum):
    NOT_INSURED_HERE = "NOT_INSURED_HERE"
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    TRANSFER_OPEN = "TRANSFER_OPEN"
    RETIRED = "RETIRED"
    NOT_STOPPED = "NOT_STOPPED"
    ARREARS = "ARREARS"
    CLAIMS_UNSETTLED = "CLAIMS_UNSETTLED"
    NOT_INSURED_AT_DESTINATION = "NOT_INSURED_AT_DESTINATION"


WORDING: dict[StrEnum, tuple[str, str]] = {
    MedicalRefusal.NOT_INSURED_HERE: (
        "转出地没有该人员的基本医疗保险参保记录。",
        "请核对原参保地后重新申请。",
    ),
    MedicalRefusal.IDENTITY_DIFFERS: (
        "登记的姓名或者证件号码与申请不一致。",
        "请先到登记有误一地的医保经办机构更正个人信息，再重新申请。",
    ),
    MedicalRefusal.TRANSFER_OPEN: (
        "该人员已有正在办理的医保关系转移（{open_letter}）。",
        "请等待该笔转移办结，或者撤回后再申请。",
    ),
    MedicalRefusal.RETIRED: (
        "该人员已按退休人员享受医保待遇，关系不再转移。",
        "在外地居住的，可以办理异地就医备案，直接结算。",
    ),
    MedicalRefusal.NOT_STOPPED: (
        "该人员在转出地尚未停保。",
        "请由原单位或者本人办理停保后再申请。",
    ),
    MedicalRefusal.ARREARS: (
        "该人员在转出地还有欠缴的医保费{arrears}。",
        "请缴清欠费后再申请。",
    ),
    MedicalRefusal.CLAIMS_UNSETTLED: (
        "该人员在转出地还有{claims}笔医疗费用没有结算。",
        "请先在转出地办理报销结算，再申请转移。",
    ),
    MedicalRefusal.NOT_INSURED_AT_DESTINATION: (
        "该人员在转入地还没有参加基本医疗保险。",
        "请先在转入地参保缴费，再申请转移。",
    ),
}


@dataclass(frozen=True, slots=True)
class MedicalPolicy:
    """Numbers of A6, in months; `claims_must_be_settled` is a local condition."""

    claims_must_be_settled: bool
    destination_has_account: bool
    break_months: int
    continuous_months: int
    waiting_months: int
    waiting_cap_months: int
    retroactive: bool
    resident_fixed_months: int
    resident_extra_months_per_year: int
    resident_long_break_years: int
    resident_long_break_months: int


def origin_findings(
    record: Record, policy: MedicalPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason of the origin to refuse; `letter` is the one answered."""
    return _with_words(record, tuple(_origin_refusals(record, policy, letter)))


def destination_findings(
    record: Record, policy: MedicalPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason of the destination not to accept; asked before the letter is written."""
    return _with_words(record, tuple(_destination_refusals(record, letter)))


def _with_words(record: Record, codes: tuple[MedicalRefusal, ...]) -> tuple[Finding, ...]:
    return findings(
        codes,
        WORDING,
        open_letter=text(record, "open_letter"),
        arrears=yuan(number(record, "arrears_fen")),
        claims=number(record, "unsettled_claims"),
    )


def _origin_refusals(
    record: Record, policy: MedicalPolicy, letter: str
) -> Iterator[MedicalRefusal]:
    status = member(record, "status", MedicalStatus)
    if status is MedicalStatus.NONE:
        yield MedicalRefusal.NOT_INSURED_HERE
        return
    yield from _common_refusals(record, letter)
    if status is MedicalStatus.RETIRED:
        yield MedicalRefusal.RETIRED
    if status is MedicalStatus.ACTIVE:
        yield MedicalRefusal.NOT_STOPPED
    if number(record, "arrears_fen"):
        yield MedicalRefusal.ARREARS
    if policy.claims_must_be_settled and number(record, "unsettled_claims"):
        yield MedicalRefusal.CLAIMS_UNSETTLED


def _destination_refusals(record: Record, letter: str) -> Iterator[MedicalRefusal]:
    status = member(record, "status", MedicalStatus)
    if status in (MedicalStatus.NONE, MedicalStatus.STOPPED):
        yield MedicalRefusal.NOT_INSURED_AT_DESTINATION
    if status is MedicalStatus.NONE:
        return
    yield from _common_refusals(record, letter)
    if status is MedicalStatus.RETIRED:
        yield MedicalRefusal.RETIRED


def _common_refusals(record: Record, letter: str) -> Iterator[MedicalRefusal]:
    if not flag(record, "identity_agrees", True):
        yield MedicalRefusal.IDENTITY_DIFFERS
    if text(record, "open_letter") not in ("", letter):
        yield MedicalRefusal.TRANSFER_OPEN


def statement(record: Record, policy: MedicalPolicy, on: date) -> Statement:
    """The 参保人员基本医疗保险信息表: all months, and the employee's account to the fen."""
    scheme = member(record, "scheme", MedicalScheme)
    employee = scheme is MedicalScheme.EMPLOYEE
    balance = number(record, "account_fen") if employee else 0
    months = number(record, "paid_months")
    why = "职工医保个人账户余额" if employee else "居民医保没有个人账户"
    return Statement(
        scheme=SCHEME,
        account_fen=balance,
        pooled_fen=0,
        total_fen=balance,
        months=months,
        temporary=False,
        rows=rows(record, "periods"),
        facts={
            "insured_as": scheme.value,
            "continuous_months": number(record, "continuous_months"),
            "paid_through": text(record, "paid_through"),
        },
        steps=(
            Step("缴费月数", "全部实际缴费月数", f"{months}个月"),
            Step("个人账户", why, yuan(balance)),
            Step("统筹基金", "统筹基金不转移", yuan(0)),
        ),
    )


class BalanceUse(StrEnum):
    """What the destination does with the balance that comes after the relation."""

    BOOKED = "BOOKED"
    PAID_OUT = "PAID_OUT"


def balance_use(scheme: MedicalScheme, policy: MedicalPolicy) -> BalanceUse:
    """Booked to the account there; paid to the person when there is none."""
    has_account = scheme is MedicalScheme.EMPLOYEE and policy.destination_has_account
    return BalanceUse.BOOKED if has_account else BalanceUse.PAID_OUT
