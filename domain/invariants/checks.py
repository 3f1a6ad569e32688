"""All rules with their Chinese titles: what the check verifies, in the order it is printed."""

from __future__ import annotations

from domain.invariants.facts import Violation
from domain.invariants.general_acts import acts_by_competent_offices
from domain.invariants.general_dates import due_dates_follow_from_intervals
from domain.invariants.general_days import days_add_up
from domain.invariants.general_ladders import ladders_follow_the_rules
from domain.invariants.general_letters import (
    every_look_has_case_and_purpose,
    nothing_has_two_effects,
)
from domain.invariants.general_papers import early_end_leaves_nothing, numbers_given_once
from domain.invariants.general_refusals import refusals_have_reason_and_remedy
from domain.invariants.general_trail import (
    clocks_stop_for_a_reason,
    state_follows_from_the_trail,
)
from domain.invariants.general_waiting import nobody_waits_in_silence
from domain.invariants.hukou_landing import (
    landing_and_restoration_exclude_each_other,
    landing_consumes_its_certificate,
)
from domain.invariants.hukou_persons import each_person_on_their_own
from domain.invariants.hukou_registrations import (
    nobody_lost_on_the_way,
    one_active_registration,
    one_open_migration,
)
from domain.invariants.registers import Registers, Rule

RULES: tuple[tuple[str, str, Rule], ...] = (
    ("H1", "任何人在各地至多有一处有效户口", one_active_registration),
    ("H2", "迁移中的人恰有一处在册或在途，在途者持一张有效迁移证", nobody_lost_on_the_way),
    ("H3", "落户凭本人有效迁移证，一证只用一次，两地同销", landing_consumes_its_certificate),
    (
        "H4",
        "恢复户口凭未落户证明，恢复与落户不并存",
        landing_and_restoration_exclude_each_other,
    ),
    ("H5", "同一人同时至多一件户口迁移在办", one_open_migration),
    ("H6", "随迁各人分别符合以上各条", each_person_on_their_own),
    ("G1", "法定行为由主管机构作出，每轮一次，有经办人和依据", acts_by_competent_offices),
    ("G2", "证件编号不重复，补发即作废旧证", numbers_given_once),
    ("G3", "函件一收一复、摘要回执两地一致，指令只生效一次", nothing_has_two_effects),
    ("G4", "阶段与球在谁手可由流水推出，环节无缺号", state_follows_from_the_trail),
    ("G5", "停止计时有法定理由、有依据、有记载", clocks_stop_for_a_reason),
    ("G6", "在办办件有球手、有保管、有下文，办结后无遗留", nobody_waits_in_silence),
    ("G7", "不予、不受理和退回都有理由和救济", refusals_have_reason_and_remedy),
    ("G8", "查阅个人信息都有办件、用途和授权", every_look_has_case_and_purpose),
    ("G9", "注销户口前终止的，各地登记如旧", early_end_leaves_nothing),
    ("K2", "届满日与按存档起止和当时历法推算的一致，由来有记录", due_dates_follow_from_intervals),
    ("K3", "督办逐级按期发出，随事项办结而销，机构和文书相符", ladders_follow_the_rules),
    ("K4", "各方用时之和等于历法日数，且与流水一致", days_add_up),
)


def check(registers: Registers) -> list[Violation]:
    """Every broken rule, each told once, in the order of the rules."""
    found = [
        violation
        for code, _, rule in RULES
        for violation in rule(registers.of_hukou if code.startswith("H") else registers)
    ]
    return list(dict.fromkeys(found))
