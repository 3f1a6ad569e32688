"""What a break in medical insurance means for benefit (待遇等待期), as an explained result.

Called by the destination when a transfer lands, and by the notice to the person. Sources:
医保办发〔2021〕43号 for breaks at a transfer; 国办发〔2024〕38号 for residents who skipped years;
every number is a policy of docs/rules.md A6.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.schemes.computation import Step
from domain.schemes.medical import MedicalPolicy, MedicalScheme
from domain.schemes.register_record import Record, malformed, member, month, number


@dataclass(frozen=True, slots=True)
class Waiting:
    """`gap_months` without insurance, and how long benefit rests.

    `may_pay_back`: the gap may still be paid (补缴), after which nothing is waited for.
    `retroactive`: benefit then covers the months of the gap as well.
    """

    gap_months: int
    may_pay_back: bool
    months: int
    retroactive: bool
    steps: tuple[Step, ...]


def gap_months(origin: Record, destination: Record) -> int:
    """Whole months between the last one paid at the origin and the first at the destination.

    DomainError MALFORMED_RECORD when either month is not on record.
    """
    last, first = month(origin, "paid_through"), month(destination, "paid_from")
    if last is None:
        raise malformed("paid_through")
    if first is None:
        raise malformed("paid_from")
    return max(0, first - last - 1)


def skipped_years(origin: Record, destination: Record) -> int:
    """Calendar years between the two payments in which no month was paid: residents pay by year.

    DomainError MALFORMED_RECORD when either month is not on record.
    """
    gap, first = gap_months(origin, destination), month(destination, "paid_from")
    assert first is not None  # or the gap would not be known
    return max(0, first // 12 - (first - gap - 1) // 12 - 1)


def waiting(
    origin: Record, destination: Record, policy: MedicalPolicy, *, paid_back: bool
) -> Waiting:
    """How long benefit waits at the destination; `paid_back`: the gap has been paid.

    A resident who stays one and skipped whole years waits by the rule of 2024, which no ceiling of
    a transfer lowers; what was paid to mend them is the destination's `repaid_years`.
    """
    gap = gap_months(origin, destination)
    left, joined = (member(one, "scheme", MedicalScheme) for one in (origin, destination))
    steps = [Step("中断月数", "转出地末次缴费与转入地首次缴费之间", f"{gap}个月")]
    skipped = skipped_years(origin, destination)
    if skipped and left is joined is MedicalScheme.RESIDENT:
        repaid = number(destination, "repaid_years")
        months = resident_waiting_months(skipped, repaid, policy)
        steps.append(Step("断保年数", "居民按年缴费，整年没有缴费的", f"{skipped}年"))
        steps.append(Step("已修复年数", "参保后多缴的年数，每年减少变动等待期", f"{repaid}年"))
        steps.append(Step("等待期", "固定等待期加未修复年数的变动等待期", f"{months}个月"))
        return Waiting(gap, False, months, False, tuple(steps))
    if gap == 0:
        steps.append(Step("等待期", "没有中断", "0个月"))
        return Waiting(0, False, 0, False, tuple(steps))
    short = gap <= policy.break_months
    steps.append(
        Step(
            "能否补缴", f"中断不超过{policy.break_months}个月", "可以补缴" if short else "不能补缴"
        )
    )
    if short and left is not joined:
        continuous = number(origin, "continuous_months")
        short = continuous >= policy.continuous_months
        rule = f"职工与居民之间切换，须已连续参保{policy.continuous_months}个月"
        steps.append(Step("切换险种", rule, f"{continuous}个月，{'符合' if short else '不符合'}"))
    if short and paid_back:
        covered = "补缴后不等待，中断期间可以追溯" if policy.retroactive else "补缴后不等待"
        steps.append(Step("等待期", covered, "0个月"))
        return Waiting(gap, True, 0, policy.retroactive, tuple(steps))
    months = min(policy.waiting_months, policy.waiting_cap_months)
    rule = f"本地规定{policy.waiting_months}个月，最长{policy.waiting_cap_months}个月"
    steps.append(Step("等待期", rule, f"{months}个月"))
    return Waiting(gap, short, months, False, tuple(steps))


def resident_waiting_months(broken_years: int, repaid_years: int, policy: MedicalPolicy) -> int:
    """Months a resident waits after skipping whole years of insurance.

    The fixed part always stands; every year paid afterwards takes a year's extra months off.
    """
    if broken_years <= 0:
        return 0
    unrepaired = max(0, broken_years - repaid_years)
    extra = unrepaired * policy.resident_extra_months_per_year
    months = policy.resident_fixed_months + extra
    if broken_years >= policy.resident_long_break_years:
        months = max(months, policy.resident_long_break_months)
    return months
