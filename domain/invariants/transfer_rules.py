"""The rules of all families over the world of transfers: (code, Chinese title, rule)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants import disability_card, files, pension, proxy_intake, vehicle
from domain.invariants.facts import Violation
from domain.invariants.housing_fund import HOUSING_FUND_RULES
from domain.invariants.medical import MEDICAL_RULES
from domain.invariants.social_pensions import (
    annuity_moves_in_cash,
    booked_where_it_arrived,
    no_pensioner_moves,
    relation_ends_where_it_left,
)
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
    ("R1", "一份档案只在一处机构在库", files.a_file_is_held_once),
    ("R4", "转出地收到回执才办结", files.origin_has_the_receipt),
    ("R4", "签了回执的档案登记在接收机构", files.receipt_means_that_it_is_here),
    *UNEMPLOYMENT_RULES,
    *MEDICAL_RULES,
    *HOUSING_FUND_RULES,
    ("P3", "企业养老保险关系转出后原地终止", pension.a_released_relation_has_ended),
    ("P3", "企业养老保险缴费月份只计一次", pension.months_count_once),
    ("P5", "已领取养老金的不转移", pension.no_pensioner_is_transferred),
    ("P8", "临时缴费账户不作一般账户", pension.a_temporary_account_is_never_general),
    ("P3", "居民、机关事业单位养老保险和年金：转出地关系凭本函终止", relation_ends_where_it_left),
    ("P3", "居民、机关事业单位养老保险和年金：接续按函登记一次", booked_where_it_arrived),
    ("P4", "职业年金记实之后才转出", annuity_moves_in_cash),
    ("P5", "已领取待遇的不转移", no_pensioner_moves),
)
