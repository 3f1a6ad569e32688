"""Whether the policy table answers every question with exactly one rule.

Called by `catalog.loader` after every file has been read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from catalog.errors import Problem
from catalog.models import PolicyRule
from catalog.source import PlacedRule, Source, policies_of
from domain.errors import DomainError

# The procedures ask for these; a rule for everybody must exist, or a case could not be filed.
LIMITS_NEEDED = (
    "hukou.intake",
    "hukou.correction",
    "hukou.review",
    "hukou.permit_validity",
    "hukou.certificate_validity",
    "hukou.origin",
    "hukou.landing.city",
    "hukou.landing.rural",
    "hukou.delivery",
    "hukou.reminder_interval",
    "hearing.ask",
    "hearing.hold",
    "hearing.notice",
    "supervision.overdue",
    "supervision.urge",
    "supervision.supervision_order",
    "supervision.rectify_by",
    "supervision.interview",
    "supervision.circular",
)
NUMBERS_NEEDED = (
    "hukou.phone_attempts",
    "hukou.peer_reminders",
    "hukou.extension_cap",
    "document.max_bytes",
    "text.max_chars",
    "supervision.warn_share",
    "supervision.warn_days",
    "supervision.superior_level",
    "supervision.told_level",
    "supervision.opens_hour",
    "supervision.closes_hour",
)


def policy_problems(source: Source) -> Iterator[Problem]:
    """Malformed rules, references to nobody, two rules for one question, no rule for one."""
    codes = {locality.code for _, locality in source.localities}
    tags = {tag for _, locality in source.localities for tag in locality.regions}
    for placed in source.policies:
        yield from _shape_problems(placed)
        rule = placed.rule
        if rule.locality != "*" and rule.locality not in codes:
            yield Problem(placed.file, f"{placed.field}.locality", f"没有地区{rule.locality}")
        if rule.peer_tag is not None and rule.peer_tag not in tags:
            text = f"没有任何地区带有标签{rule.peer_tag}"
            yield Problem(placed.file, f"{placed.field}.peer_tag", text)
    by_key = policies_of(source.policies)
    for rules in by_key.values():
        for one, other in combinations(rules, 2):
            yield from _pair_problems(one, other, source)
    for keys, attribute, word in (
        (LIMITS_NEEDED, "limit", "时限"),
        (NUMBERS_NEEDED, "value", "数值"),
    ):
        for key in keys:
            if not any(
                _for_everybody(placed.rule) and getattr(placed.rule, attribute) is not None
                for placed in by_key.get(key, ())
            ):
                yield Problem("policies", key, f"缺少适用于所有地区的{word}，请补上")


def _for_everybody(rule: PolicyRule) -> bool:
    return rule.locality == "*" and rule.peer_tag is None


def _shape_problems(placed: PlacedRule) -> Iterator[Problem]:
    rule = placed.rule
    if (rule.limit is None) == (rule.value is None):
        yield Problem(placed.file, placed.field, f"{rule.key}应当在 limit 和 value 中只写一项")
    if rule.limit is not None:
        try:
            rule.as_limit()
        except DomainError as error:
            yield Problem(placed.file, f"{placed.field}.limit", error.message)
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        yield Problem(placed.file, f"{placed.field}.valid_to", "失效日期早于生效日期")


def _pair_problems(one: PlacedRule, other: PlacedRule, source: Source) -> Iterator[Problem]:
    first, second = one.rule, other.rule
    if (first.limit is None) != (second.limit is None):
        text = f"{second.key}在{one.file}中是另一种标准（时限或数值），两处应当一致"
        yield Problem(other.file, other.field, text)
    if first.locality != second.locality or not _meet_in_time(first, second):
        return
    if first.peer_tag == second.peer_tag:
        yield Problem(
            other.file,
            f"{other.field}.valid_from",
            f"{second.key}与{one.file}的{one.field}生效期间重叠，请写明 valid_to",
        )
    elif first.peer_tag and second.peer_tag:
        carriers = [
            locality.code
            for _, locality in source.localities
            if {first.peer_tag, second.peer_tag} <= set(locality.regions)
        ]
        # Only two localities that both carry both tags would meet two equally special rules.
        if len(carriers) > 1:
            yield Problem(
                other.file,
                f"{other.field}.peer_tag",
                f"{'、'.join(carriers)}同时带有两个标签，{second.key}无法判定适用哪一条",
            )


def _meet_in_time(one: PolicyRule, other: PolicyRule) -> bool:
    one_ends_first = one.valid_to is not None and one.valid_to < other.valid_from
    other_ends_first = other.valid_to is not None and other.valid_to < one.valid_from
    return not (one_ends_first or other_ends_first)
