"""The rules of all families over the world of transfers: (code, Chinese title, rule)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants.facts import Violation
from domain.invariants.social_pensions import (
    annuity_moves_in_cash,
    booked_where_it_arrived,
    no_pensioner_moves,
    relation_ends_where_it_left,
)
from domain.invariants.transfers import TransferWorld

Rule = Callable[[TransferWorld], Iterator[Violation]]

TRANSFER_RULES: tuple[tuple[str, str, Rule], ...] = (
    ("P3", "居民、机关事业单位养老保险和年金：转出地关系凭本函终止", relation_ends_where_it_left),
    ("P3", "居民、机关事业单位养老保险和年金：接续按函登记一次", booked_where_it_arrived),
    ("P4", "职业年金记实之后才转出", annuity_moves_in_cash),
    ("P5", "已领取待遇的不转移", no_pensioner_moves),
)
