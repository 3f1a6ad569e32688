"""What the daily reconciliation compares and what it finds (see domain/reconciliation.py).

Read from storage by the reconciliation activity; amounts are integer fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DifferenceKind(StrEnum):
    """What does not agree."""

    NOT_EXECUTED = "NOT_EXECUTED"  # 指令未执行
    NOT_ARRIVED = "NOT_ARRIVED"  # 告知已划转而未到账
    NOT_ANNOUNCED = "NOT_ANNOUNCED"  # 已到账而无信息表
    ARRIVED_UNKNOWN = "ARRIVED_UNKNOWN"  # 来款不明
    EXECUTED_UNKNOWN = "EXECUTED_UNKNOWN"  # 无指令的付款
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS"  # 金额不符
    EXECUTED_TWICE = "EXECUTED_TWICE"  # 重复付款
    BOUNCED_NOT_REORDERED = "BOUNCED_NOT_REORDERED"  # 退汇未重汇
    BANK_OWES = "BANK_OWES"  # 银行差错未清
    LETTER_DIFFERS = "LETTER_DIFFERS"  # 账函不符
    LEDGER_UNBALANCED = "LEDGER_UNBALANCED"  # 账不平


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that does not agree; ``remedy`` says what the clerk does next (Chinese)."""

    key: str
    kind: DifferenceKind
    letter_no: str
    amount_fen: int
    text: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFact:
    """An order to the bank; ``status`` as in storage."""

    key: str
    letter_no: str
    purpose: str
    amount_fen: int
    status: str
    ordered_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFact:
    """A line of the statement; ``kind`` is EXECUTED, BOUNCED or ARRIVED."""

    account: str
    number: int
    kind: str
    amount_fen: int
    reference: str
    letter_no: str
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many calendar days may pass before silence is a difference; local policy."""

    execute_days: int
    arrive_days: int
    reorder_days: int
