"""The rules of all families over the world of transfers: (code, Chinese title, rule)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants import pension
from domain.invariants.facts import Violation
from domain.invariants.transfers import TransferWorld

Rule = Callable[[TransferWorld], Iterator[Violation]]

TRANSFER_RULES: tuple[tuple[str, str, Rule], ...] = (
    ("P3", "企业养老保险关系转出后原地终止", pension.a_released_relation_has_ended),
    ("P3", "企业养老保险缴费月份只计一次", pension.months_count_once),
    ("P5", "已领取养老金的不转移", pension.no_pensioner_is_transferred),
    ("P8", "临时缴费账户不作一般账户", pension.a_temporary_account_is_never_general),
)
