"""P2 for 医疗保险: the relation may be continued before its balance, and never without its table.

Sources: 医保办发〔2021〕43号; docs/rules.md A6. Listed in `domain.invariants.transfer_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants.facts import Found, Violation
from domain.invariants.transfers import TransferWorld

_FAMILY = "MEDICAL"


def continued_only_after_the_origin_ended(world: TransferWorld) -> Found:
    """P4: a relation is continued here only where the origin has ended it with a table."""
    ended = {leg.home_case_no for leg in world.of(_FAMILY, "LEG") if leg.did("STATEMENT_ISSUED")}
    for home in world.of(_FAMILY, "HOME"):
        known = home.peer in world.localities
        if known and home.did("RELATION_CONTINUED") and home.home_case_no not in ended:
            yield home.broken("P4", "转出地没有终止关系的登记，转入地已接续；请核对信息表。")


def a_balance_is_booked_once(world: TransferWorld) -> Found:
    """P6: one balance is booked to the account or paid out, never both."""
    for home in world.of(_FAMILY, "HOME"):
        if len(home.did("BOOKED", "PAID_OUT")) > 1:
            yield home.broken("P6", "同一笔个人账户余额处理了两次；请追回多付的一笔。")


MedicalRule = Callable[[TransferWorld], Iterator[Violation]]
MEDICAL_RULES: tuple[tuple[str, str, MedicalRule], ...] = (
    ("P4", "医保关系先在转出地终止，后在转入地接续", continued_only_after_the_origin_ended),
    ("P6", "医保个人账户余额只处理一次", a_balance_is_booked_once),
)
