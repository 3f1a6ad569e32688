"""残疾人证迁移 (A10): the card's number, its validity, and why it does not move.

Called by the examinations of both county federations. Sources: 残疾人证管理办法; nationwide
acceptance since 2021-06-28 (docs/rules.md A10). The number does not change when the card moves;
the card is active at one county federation at a time.

Record of either federation's register, one subject:
    status            NONE, VALID, CANCELLED, VOID
    number            card number
    issued_on         YYYY-MM-DD; null: not recorded
    identity_agrees   bool; absent: true
    record_agrees     bool, card, register and application agree; absent: true
    grade_disputed    bool, an objection or re-assessment is open
    open_letter       number of the letter in flight; "" or absent: none
    hukou_region      six digits, where the registration is now (destination)
    county            six digits, the federation's county (destination)
    active_elsewhere  bool, another federation than the origin holds it active (destination)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import DomainError
from domain.identity import check_identity_number
from domain.schemes.computation import Finding
from domain.schemes.register_record import Record, day, flag, member, text
from domain.schemes.wording import findings


class DisabilityType(StrEnum):
    VISION = "1"
    HEARING = "2"
    SPEECH = "3"
    PHYSICAL = "4"
    INTELLECTUAL = "5"
    MENTAL = "6"
    MULTIPLE = "7"


_NUMBER = re.compile(r"([0-9]{17}[0-9X])([1-7])([1-4])(?:B([0-9]*))?")


class CardNumberCode(StrEnum):
    WRONG_CARD_NUMBER = "WRONG_CARD_NUMBER"


@dataclass(frozen=True, slots=True)
class CardNumber:
    """Identity number, type, grade (1 the most severe) and how often the card was replaced."""

    identity: str
    type: DisabilityType
    grade: int
    replacements: int

    @classmethod
    def parse(cls, written: str) -> CardNumber:
        """From e.g. "<18 digits>43B2"; DomainError WRONG_CARD_NUMBER or an IdentityCode."""
        match = _NUMBER.fullmatch(written.strip().upper())
        # B is the first replacement, B2 the second; B0 and B01 are nobody's.
        if match is None or (match[4] and match[4].startswith("0")):
            raise DomainError(
                CardNumberCode.WRONG_CARD_NUMBER,
                "残疾人证号应为18位公民身份号码加1位类别、1位等级，补发的另加B，请对照证件改正。",
            )
        identity = check_identity_number(match[1])
        replaced = 0 if match[4] is None else int(match[4] or 1)
        return cls(identity, DisabilityType(match[2]), int(match[3]), replaced)

    def __str__(self) -> str:
        suffix = "" if not self.replacements else "B"
        if self.replacements > 1:
            suffix += str(self.replacements)
        return f"{self.identity}{self.type.value}{self.grade}{suffix}"


class CardStatus(StrEnum):
    NONE = "NONE"
    VALID = "VALID"
    CANCELLED = "CANCELLED"
    VOID = "VOID"


class CardRefusal(StrEnum):
    NO_CARD_HERE = "NO_CARD_HERE"
    CARD_VOID = "CARD_VOID"
    CARD_EXPIRED = "CARD_EXPIRED"
    RECORD_DIFFERS = "RECORD_DIFFERS"
    GRADE_DISPUTED = "GRADE_DISPUTED"
    TRANSFER_OPEN = "TRANSFER_OPEN"
    HUKOU_NOT_LANDED = "HUKOU_NOT_LANDED"
    ACTIVE_ELSEWHERE = "ACTIVE_ELSEWHERE"


WORDING: dict[StrEnum, tuple[str, str]] = {
    CardRefusal.NO_CARD_HERE: (
        "迁出地残联没有该人员的残疾人证档案。",
        "请核对残疾人证上的批准机关后重新申请。",
    ),
    CardRefusal.CARD_VOID: (
        "该残疾人证已经注销或者作废。",
        "请向户籍地残联申请办理新证。",
    ),
    CardRefusal.CARD_EXPIRED: (
        "该残疾人证已超过{years}年有效期。",
        "请先办理到期换领，再申请迁移。",
    ),
    CardRefusal.RECORD_DIFFERS: (
        "残疾人证、登记档案与申请内容不一致。",
        "请先到迁出地残联核对更正，再重新申请。",
    ),
    CardRefusal.GRADE_DISPUTED: (
        "该残疾人证的类别或者等级正在异议处理或者重新评定中。",
        "请等评定结论作出后再申请迁移。",
    ),
    CardRefusal.TRANSFER_OPEN: (
        "该残疾人证已有正在办理的迁移（{open_letter}）。",
        "请等待该次迁移办结，或者撤回后再申请。",
    ),
    CardRefusal.HUKOU_NOT_LANDED: (
        "户口尚未迁入本地。",
        "请先办理户口迁移，落户后再申请残疾人证迁移。",
    ),
    CardRefusal.ACTIVE_ELSEWHERE: (
        "该残疾人证在迁出地以外的另一地残联也有在用登记。",
        "请先由两地残联核销重复登记，再申请迁移。",
    ),
}


@dataclass(frozen=True, slots=True)
class CardPolicy:
    """Years a card is valid from its issue."""

    validity_years: int


def valid_through(issued_on: date, policy: CardPolicy) -> date:
    """The last day of validity: the same day of the year, 28 February for a leap day."""
    year = issued_on.year + policy.validity_years
    try:
        return issued_on.replace(year=year)
    except ValueError:
        return issued_on.replace(year=year, day=28)


def origin_findings(
    record: Record, policy: CardPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason of the origin not to release the card."""
    return _with_words(record, policy, tuple(_origin_refusals(record, policy, on, letter)))


def destination_findings(
    record: Record, policy: CardPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason of the destination not to accept (C2, C3)."""
    codes: list[CardRefusal] = []
    county = text(record, "county")
    if not county or text(record, "hukou_region") != county:
        codes.append(CardRefusal.HUKOU_NOT_LANDED)
    if flag(record, "active_elsewhere"):
        codes.append(CardRefusal.ACTIVE_ELSEWHERE)
    if text(record, "open_letter") not in ("", letter):
        codes.append(CardRefusal.TRANSFER_OPEN)
    return _with_words(record, policy, tuple(codes))


def _with_words(
    record: Record, policy: CardPolicy, codes: tuple[CardRefusal, ...]
) -> tuple[Finding, ...]:
    letter = text(record, "open_letter")
    return findings(codes, WORDING, open_letter=letter, years=policy.validity_years)


def _origin_refusals(
    record: Record, policy: CardPolicy, on: date, letter: str
) -> Iterator[CardRefusal]:
    status = member(record, "status", CardStatus)
    if status is CardStatus.NONE:
        yield CardRefusal.NO_CARD_HERE
        return
    if status in (CardStatus.CANCELLED, CardStatus.VOID):
        yield CardRefusal.CARD_VOID
    issued_on = day(record, "issued_on")
    if issued_on is not None and on > valid_through(issued_on, policy):
        yield CardRefusal.CARD_EXPIRED
    if not flag(record, "identity_agrees", True) or not flag(record, "record_agrees", True):
        yield CardRefusal.RECORD_DIFFERS
    if flag(record, "grade_disputed"):
        yield CardRefusal.GRADE_DISPUTED
    if text(record, "open_letter") not in ("", letter):
        yield CardRefusal.TRANSFER_OPEN
