"""住房公积金异地转移接续 (A7): who may transfer, the whole balance, and when to apply again.

Called by the examinations of both centres. Sources: 住房公积金管理条例 art 13, 15; the nationwide
operating rules for transfers (docs/rules.md A7). Principal and interest move whole.

Record of either centre's system, one subject:
    status            NONE, OPEN (paying), SEALED (封存), CLOSED
    identity_agrees   bool; absent: true
    accounts          count of accounts here (destination)
    paid_months       months paid here
    principal_fen, interest_fen   balance, and interest settled up to the remittance
    loan_fen          housing-fund loan not yet repaid
    frozen            bool, by a court or another authority
    open_letter       number of the letter in flight; "" or absent: none
    letters           list of {number, state}, the person's earlier letters (destination)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.schemes.computation import Finding, Statement, Step
from domain.schemes.register_record import Record, flag, member, number, rows, text
from domain.schemes.wording import findings, yuan

SCHEME = "HOUSING_FUND"


class FundStatus(StrEnum):
    NONE = "NONE"
    OPEN = "OPEN"
    SEALED = "SEALED"
    CLOSED = "CLOSED"


class LetterState(StrEnum):
    """A contact letter's life; a new application needs the earlier one ended."""

    IN_FLIGHT = "IN_FLIGHT"
    NEGOTIATING = "NEGOTIATING"
    CONCLUDED = "CONCLUDED"
    VOIDED = "VOIDED"


class FundRefusal(StrEnum):
    NO_ACCOUNT_HERE = "NO_ACCOUNT_HERE"
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    TRANSFER_OPEN = "TRANSFER_OPEN"
    NOT_SEALED = "NOT_SEALED"
    LOAN_UNPAID = "LOAN_UNPAID"
    FROZEN = "FROZEN"
    NO_ACCOUNT_AT_DESTINATION = "NO_ACCOUNT_AT_DESTINATION"
    PAID_TOO_SHORT = "PAID_TOO_SHORT"
    SEVERAL_ACCOUNTS = "SEVERAL_ACCOUNTS"


WORDING: dict[StrEnum, tuple[str, str]] = {
    FundRefusal.NO_ACCOUNT_HERE: (
        "转出地没有该职工的住房公积金账户。",
        "请核对原缴存地后重新申请。",
    ),
    FundRefusal.IDENTITY_DIFFERS: (
        "账户登记的姓名或者证件号码与申请不一致。",
        "请先到登记有误一地的公积金管理中心变更个人信息，再重新申请。",
    ),
    FundRefusal.TRANSFER_OPEN: (
        "该职工已有正在办理的转移（联系函{open_letter}）。",
        "请等待该联系函办结；联系函作废后可以重新申请。",
    ),
    FundRefusal.NOT_SEALED: (
        "该职工在转出地的账户尚未封存。",
        "请原单位办理账户封存后再申请。",
    ),
    FundRefusal.LOAN_UNPAID: (
        "该职工在转出地还有未还清的住房公积金贷款{loan}。",
        "请还清贷款后再申请，或者咨询转出地公积金管理中心。",
    ),
    FundRefusal.FROZEN: (
        "该职工在转出地的账户已被冻结。",
        "请向作出冻结决定的机关申请解除后再申请。",
    ),
    FundRefusal.NO_ACCOUNT_AT_DESTINATION: (
        "该职工在转入地还没有开户缴存。",
        "请先由单位在转入地办理开户缴存，再申请转移。",
    ),
    FundRefusal.PAID_TOO_SHORT: (
        "该职工在转入地已缴存{paid}个月，本地要求满{needed}个月。",
        "请缴存满{needed}个月后再申请。",
    ),
    FundRefusal.SEVERAL_ACCOUNTS: (
        "该职工在转入地有{accounts}个账户，每人只能有一个。",
        "请先在转入地办理账户合并，再申请转移。",
    ),
}


@dataclass(frozen=True, slots=True)
class FundPolicy:
    """Months to be paid at the destination before a transfer; 1: opened and paying."""

    destination_paid_months: int


def origin_findings(
    record: Record, policy: FundPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason of the origin to refuse; `letter` is the one answered."""
    return findings(
        tuple(_origin_refusals(record, letter)),
        WORDING,
        open_letter=text(record, "open_letter"),
        loan=yuan(number(record, "loan_fen")),
    )


def destination_findings(
    record: Record, policy: FundPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason of the destination not to accept; asked before the letter is written."""
    return findings(
        tuple(_destination_refusals(record, policy, letter)),
        WORDING,
        open_letter=blocking_letter(record, letter),
        paid=number(record, "paid_months"),
        needed=policy.destination_paid_months,
        accounts=number(record, "accounts"),
    )


def blocking_letter(record: Record, letter: str = "") -> str:
    """The number of an earlier letter neither concluded nor voided; "" when one may apply.

    `letter` is the number of the case's own letter, which does not block itself.
    """
    for one in rows(record, "letters"):
        ended = member(one, "state", LetterState) in (LetterState.CONCLUDED, LetterState.VOIDED)
        if not ended and text(one, "number") != letter:
            return text(one, "number")
    return ""


def _origin_refusals(record: Record, letter: str) -> Iterator[FundRefusal]:
    status = member(record, "status", FundStatus)
    if status in (FundStatus.NONE, FundStatus.CLOSED):
        yield FundRefusal.NO_ACCOUNT_HERE
        return
    if not flag(record, "identity_agrees", True):
        yield FundRefusal.IDENTITY_DIFFERS
    if text(record, "open_letter") not in ("", letter):
        yield FundRefusal.TRANSFER_OPEN
    if status is FundStatus.OPEN:
        yield FundRefusal.NOT_SEALED
    if number(record, "loan_fen"):
        yield FundRefusal.LOAN_UNPAID
    if flag(record, "frozen"):
        yield FundRefusal.FROZEN


def _destination_refusals(record: Record, policy: FundPolicy, letter: str) -> Iterator[FundRefusal]:
    if member(record, "status", FundStatus) is not FundStatus.OPEN:
        yield FundRefusal.NO_ACCOUNT_AT_DESTINATION
    elif number(record, "paid_months") < policy.destination_paid_months:
        yield FundRefusal.PAID_TOO_SHORT
    if number(record, "accounts") > 1:
        yield FundRefusal.SEVERAL_ACCOUNTS
    if not flag(record, "identity_agrees", True):
        yield FundRefusal.IDENTITY_DIFFERS
    if blocking_letter(record, letter):
        yield FundRefusal.TRANSFER_OPEN


def statement(record: Record, policy: FundPolicy, on: date) -> Statement:
    """The 账户信息表: the whole principal with its interest, all of it the worker's own."""
    principal, interest = number(record, "principal_fen"), number(record, "interest_fen")
    total = principal + interest
    months = number(record, "paid_months")
    return Statement(
        scheme=SCHEME,
        account_fen=total,
        pooled_fen=0,
        total_fen=total,
        months=months,
        temporary=False,
        rows=(),
        facts={"principal_fen": principal, "interest_fen": interest},
        steps=(
            Step("转移金额", f"本金{yuan(principal)} + 利息{yuan(interest)}", yuan(total)),
            Step("缴存月数", "累计缴存", f"{months}个月"),
        ),
    )
