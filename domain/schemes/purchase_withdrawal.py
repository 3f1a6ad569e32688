"""异地购房提取住房公积金 (A7): eligibility, and the cap by the price the household paid.

Called by the deposit place's examination, on the account's record joined with what the purchase
place verified. Sources: 住房公积金管理条例 art 24, 25; 建金〔2018〕46号 for the limits against
abuse; the places allowed are local (docs/rules.md A7). All sums are fen.

Record, one account holder and one purchase:
    status, identity_agrees, frozen   as in `domain.schemes.housing_fund`
    balance_fen       principal and interest that may be withdrawn
    holder            reference of the account holder, no name
    requested_fen     sum asked for; absent: as much as possible
    purchase          {region, price_fen (paid by the household), verified: bool}
    hukou_region      six-digit region of the present registration
    deposit_region    six-digit region of the account
    prior             list of {holder, fen}: withdrawals of the household on this purchase
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.schemes.computation import Computation, Finding, Step
from domain.schemes.housing_fund import FundStatus
from domain.schemes.register_record import (
    Record,
    flag,
    malformed,
    member,
    number,
    optional_number,
    rows,
    text,
)
from domain.schemes.wording import findings, yuan


class WithdrawalRefusal(StrEnum):
    NO_ACCOUNT_HERE = "NO_ACCOUNT_HERE"
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    FROZEN = "FROZEN"
    PURCHASE_NOT_VERIFIED = "PURCHASE_NOT_VERIFIED"
    PLACE_NOT_ALLOWED = "PLACE_NOT_ALLOWED"
    PURCHASE_ALREADY_USED = "PURCHASE_ALREADY_USED"
    PRICE_EXHAUSTED = "PRICE_EXHAUSTED"
    BALANCE_EMPTY = "BALANCE_EMPTY"
    ABOVE_CAP = "ABOVE_CAP"


WORDING: dict[StrEnum, tuple[str, str]] = {
    WithdrawalRefusal.NO_ACCOUNT_HERE: (
        "缴存地没有该职工的住房公积金账户。",
        "请核对缴存地后重新申请。",
    ),
    WithdrawalRefusal.IDENTITY_DIFFERS: (
        "账户登记的姓名或者证件号码与申请不一致。",
        "请先到缴存地公积金管理中心变更个人信息，再重新申请。",
    ),
    WithdrawalRefusal.FROZEN: (
        "该账户已被冻结，不能提取。",
        "请向作出冻结决定的机关申请解除后再申请。",
    ),
    WithdrawalRefusal.PURCHASE_NOT_VERIFIED: (
        "购房地没有核实到该笔购房。",
        "请核对合同或者不动产权证、发票和契税凭证，到购房地补正后重新申请。",
    ),
    WithdrawalRefusal.PLACE_NOT_ALLOWED: (
        "购房所在地不在本地允许异地购房提取的范围内。",
        "请咨询缴存地公积金管理中心，可以改按其他提取情形申请。",
    ),
    WithdrawalRefusal.PURCHASE_ALREADY_USED: (
        "本人已就这一笔购房提取过住房公积金。",
        "同一套住房每人只能按购房提取一次，可以改按其他提取情形申请。",
    ),
    WithdrawalRefusal.PRICE_EXHAUSTED: (
        "家庭就这一笔购房的提取总额已达到购房款{price}。",
        "提取总额不能超过购房款，可以改按其他提取情形申请。",
    ),
    WithdrawalRefusal.BALANCE_EMPTY: (
        "账户没有可提取的余额。",
        "请在账户有余额后再申请。",
    ),
    WithdrawalRefusal.ABOVE_CAP: (
        "申请提取{requested}，超过可以提取的{allowed}。",
        "请把提取金额改为不超过{allowed}后重新提交。",
    ),
}


@dataclass(frozen=True, slots=True)
class WithdrawalPolicy:
    """Which places of purchase count, and whether the city or the exact county must agree."""

    hukou_place: bool
    deposit_place: bool
    whole_city: bool


def origin_findings(
    record: Record, policy: WithdrawalPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason of the deposit place to refuse."""
    return findings(
        tuple(_refusals(record, policy)),
        WORDING,
        price=yuan(number(_purchase(record), "price_fen")),
        requested=yuan(number(record, "requested_fen")),
        allowed=yuan(allowed_fen(record)),
    )


def allowed_fen(record: Record) -> int:
    """What the holder may still take: the balance, within what the price leaves."""
    return min(number(record, "balance_fen"), left_of_price_fen(record))


def left_of_price_fen(record: Record) -> int:
    """Price paid less everything the household withdrew on this purchase, at least 0."""
    used = sum(number(one, "fen") for one in rows(record, "prior"))
    return max(0, number(_purchase(record), "price_fen") - used)


def granted_fen(record: Record) -> int:
    """The sum to be paid when nothing speaks against it: as asked, or all that is allowed."""
    requested = optional_number(record, "requested_fen")
    allowed = allowed_fen(record)
    return allowed if requested is None else min(requested, allowed)


def derivation(record: Record, policy: WithdrawalPolicy, on: date) -> Computation:
    """How the sum comes about, for the decision and its notice."""
    price = number(_purchase(record), "price_fen")
    used = sum(number(one, "fen") for one in rows(record, "prior"))
    balance = number(record, "balance_fen")
    left, granted = left_of_price_fen(record), granted_fen(record)
    return Computation(
        "异地购房提取",
        (
            Step("购房款余额", f"{yuan(price)} - 家庭已提取{yuan(used)}", yuan(left)),
            Step("可提取额", f"账户余额{yuan(balance)}与购房款余额取小", yuan(allowed_fen(record))),
        ),
        {"提取金额": yuan(granted)},
    )


def place_allowed(record: Record, policy: WithdrawalPolicy) -> bool:
    """Whether the purchase lies where the registration or the account is, as policy says."""
    digits = 4 if policy.whole_city else 6
    bought = text(_purchase(record), "region")[:digits]
    places = (
        (policy.hukou_place, text(record, "hukou_region")),
        (policy.deposit_place, text(record, "deposit_region")),
    )
    return any(counts and place[:digits] == bought != "" for counts, place in places)


def _purchase(record: Record) -> Record:
    purchase = record.get("purchase", {})
    if not isinstance(purchase, Mapping):
        raise malformed("purchase")
    return purchase


def _refusals(record: Record, policy: WithdrawalPolicy) -> Iterator[WithdrawalRefusal]:
    status = member(record, "status", FundStatus)
    if status in (FundStatus.NONE, FundStatus.CLOSED):
        yield WithdrawalRefusal.NO_ACCOUNT_HERE
        return
    if not flag(record, "identity_agrees", True):
        yield WithdrawalRefusal.IDENTITY_DIFFERS
    if flag(record, "frozen"):
        yield WithdrawalRefusal.FROZEN
    if not flag(_purchase(record), "verified"):
        yield WithdrawalRefusal.PURCHASE_NOT_VERIFIED
        return  # neither place nor price of an unverified purchase can be relied on
    if not place_allowed(record, policy):
        yield WithdrawalRefusal.PLACE_NOT_ALLOWED
    holders = {text(one, "holder") for one in rows(record, "prior")}
    if text(record, "holder") in holders:
        yield WithdrawalRefusal.PURCHASE_ALREADY_USED
    elif not left_of_price_fen(record):
        yield WithdrawalRefusal.PRICE_EXHAUSTED
    elif not number(record, "balance_fen"):
        yield WithdrawalRefusal.BALANCE_EMPTY
    elif number(record, "requested_fen") > allowed_fen(record):
        yield WithdrawalRefusal.ABOVE_CAP
