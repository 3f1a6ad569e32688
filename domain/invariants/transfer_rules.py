"""The rules of all families over the world of transfers: (code, Chinese title, rule)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants import proxy_intake
from domain.invariants.facts import Violation
from domain.invariants.transfers import TransferWorld

Rule = Callable[[TransferWorld], Iterator[Violation]]

TRANSFER_RULES: tuple[tuple[str, str, Rule], ...] = (
    ("X1", "代收窗口只收件，受理和决定由属地机关作出", proxy_intake.the_window_only_collects),
    ("X2", "原件始终有保管人，未签发的退还", proxy_intake.originals_have_a_custodian),
    ("X3", "旧证先收回，新证后生效，不重复制证", proxy_intake.the_old_document_goes_first),
)
