"""The rules of all families over the world of transfers: (code, Chinese title, rule)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants import disability_card, proxy_intake, vehicle
from domain.invariants.facts import Violation
from domain.invariants.housing_fund import HOUSING_FUND_RULES
from domain.invariants.medical import MEDICAL_RULES
from domain.invariants.social_pensions import SOCIAL_PENSION_RULES
from domain.invariants.transfers import TransferWorld
from domain.invariants.unemployment import UNEMPLOYMENT_RULES

Rule = Callable[[TransferWorld], Iterator[Violation]]

TRANSFER_RULES: tuple[tuple[str, str, Rule], ...] = (
    ("V1", "机动车一车一主一登记地", vehicle.one_owner_and_place),
    ("V2", "办理期间登记锁定，终止即解除", vehicle.lock_held_or_released),
    ("V3", "原号牌行驶证先作废，新号牌行驶证后生效", vehicle.old_void_before_new),
    ("V4", "发票与转让登记一一对应，否则冲销", vehicle.one_invoice_per_transfer),
    ("C1", "一人一张有效残疾人证", disability_card.one_valid_card),
    ("C2", "残疾人证只在一地残联在用", disability_card.active_at_one_place),
    ("C3", "落户以后才迁移残疾人证", disability_card.not_before_the_landing),
    ("X1", "代收窗口只收件，受理和决定由属地机关作出", proxy_intake.the_window_only_collects),
    ("X2", "原件始终有保管人，未签发的退还", proxy_intake.originals_have_a_custodian),
    ("X3", "旧证先收回，新证后生效，不重复制证", proxy_intake.the_old_document_goes_first),
    *UNEMPLOYMENT_RULES,
    *MEDICAL_RULES,
    *HOUSING_FUND_RULES,
    *SOCIAL_PENSION_RULES,
)
