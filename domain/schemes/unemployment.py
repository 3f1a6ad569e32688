"""失业保险关系转移接续 (A5): what the origin refuses, which months and money move.

Called by the origin's examination and by `compute unemployment`; `landed_months` by the
destination. Sources: 失业保险条例 art 15, 17, 22; the three scenes and the half rule of
docs/rules.md A5. Sums are fen; a sum with half a fen is rounded up, once, at the end.

Record of the origin's register, one subject:
    status            NONE, CONTRIBUTING, STOPPED (no longer paying, no benefit claimed),
                      ELIGIBLE (unemployed, benefit not yet claimed), DRAWING, BENEFIT_STOPPED
    identity_agrees   bool, name and number agree with the letter; absent: true
    paid_months       months paid and not yet used up by an earlier benefit period
    granted_months    months granted for the present period; absent: the ceiling by paid months
    carried_months    unclaimed months of earlier periods
    drawn_months      months of the present period already paid out
    paid_through      YYYY-MM, the last month of benefit paid here; null: none
    monthly_benefit_fen
    moved_in_period   bool, the benefit place was already changed in this period
    open_letter       number of the letter in flight; "" or absent: none
    employed_at_destination  bool, from the letter: re-employed and insured there
    periods           list of {from, to, months}, copied to the information form
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.schemes.computation import Computation, Finding, Statement, Step
from domain.schemes.register_record import (
    Record,
    flag,
    member,
    month,
    month_text,
    number,
    optional_number,
    rows,
    text,
)
from domain.schemes.unemployment_refusals import WORDING, UnemploymentRefusal
from domain.schemes.wording import findings, percent, yuan

SCHEME = "UNEMPLOYMENT"


class UnemploymentStatus(StrEnum):
    NONE = "NONE"
    CONTRIBUTING = "CONTRIBUTING"
    STOPPED = "STOPPED"
    ELIGIBLE = "ELIGIBLE"
    DRAWING = "DRAWING"
    BENEFIT_STOPPED = "BENEFIT_STOPPED"


class Scene(StrEnum):
    """The scenes a, b and c of A5, by what moves."""

    YEARS_ONLY = "YEARS_ONLY"
    WITH_BENEFIT = "WITH_BENEFIT"
    MONTHS_RECORDED = "MONTHS_RECORDED"


SCENE_LABELS: dict[Scene, str] = {
    Scene.YEARS_ONLY: "只转缴费年限，不转资金",
    Scene.WITH_BENEFIT: "失业人员到转入地领取，关系和资金一并转移",
    Scene.MONTHS_RECORDED: "领取期间在转入地重新就业，登记剩余月数",
}


@dataclass(frozen=True, slots=True)
class UnemploymentPolicy:
    """Numbers of A5. `tiers` are (paid months from, months at most), ascending."""

    tiers: tuple[tuple[int, int], ...]
    months_cap: int
    money_rate_bp: int
    payout_months_later: int
    recorded_months_money: bool
    benefit_place_fixed: bool


def scene_of(record: Record) -> Scene:
    """Which scene: benefit in hand at the origin, work at the destination.

    Who has no benefit in hand moves years only, employed or not.
    """
    status = member(record, "status", UnemploymentStatus)
    employed = flag(record, "employed_at_destination")
    if status is UnemploymentStatus.DRAWING and employed:
        return Scene.MONTHS_RECORDED
    if status in (UnemploymentStatus.ELIGIBLE, UnemploymentStatus.DRAWING) and not employed:
        return Scene.WITH_BENEFIT
    return Scene.YEARS_ONLY


def months_allowed(paid_months: int, carried_months: int, policy: UnemploymentPolicy) -> int:
    """The most months of benefit for paid months and months carried over (条例 art 17)."""
    ceiling = 0
    for paid_from, months in policy.tiers:
        if paid_months >= paid_from:
            ceiling = months
    return min(ceiling + carried_months, policy.months_cap)


def remaining_months(record: Record, policy: UnemploymentPolicy) -> int:
    """Months of benefit not yet paid; a grant above the ceiling counts up to the ceiling."""
    paid, carried = number(record, "paid_months"), number(record, "carried_months")
    entitled = months_allowed(paid, carried, policy)
    granted = optional_number(record, "granted_months")
    if granted is not None:
        entitled = min(entitled, granted + carried)
    return max(0, entitled - number(record, "drawn_months"))


def landed_months(transferred: int, policy: UnemploymentPolicy) -> int:
    """Months the destination books: never more than were sent (U1), never above the cap."""
    return landed(transferred, policy.months_cap)


def landed(transferred: int, cap: int) -> int:
    """The same where only the pinned ceiling is at hand."""
    return min(transferred, cap)


def first_month(paid_through: str, landed_on: date) -> str:
    """The same from the information form; `paid_through` is YYYY-MM or empty."""
    arrives = landed_on.year * 12 + landed_on.month - 1
    through = month({"paid_through": paid_through or None}, "paid_through")
    return month_text(arrives if through is None else max(arrives, through + 1))


def money_fen(monthly_benefit_fen: int, months: int, policy: UnemploymentPolicy) -> int:
    """Benefit of the remaining months and the half for health premium and job services."""
    exact = Decimal(monthly_benefit_fen * months * policy.money_rate_bp) / 10_000
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def payout_month(acted_on: date, policy: UnemploymentPolicy) -> str:
    """YYYY-MM of the benefit batch the money is sent with, after the month of the origin's act."""
    running = acted_on.year * 12 + acted_on.month - 1
    return month_text(running + policy.payout_months_later)


def origin_findings(
    record: Record, policy: UnemploymentPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason to refuse; empty when the origin must act. `letter` is the one answered."""
    codes = tuple(_refusals(record, policy, letter))
    return findings(codes, WORDING, open_letter=text(record, "open_letter"))


def _refusals(
    record: Record, policy: UnemploymentPolicy, letter: str
) -> Iterator[UnemploymentRefusal]:
    status = member(record, "status", UnemploymentStatus)
    if status is UnemploymentStatus.NONE:
        yield UnemploymentRefusal.NOT_INSURED_HERE
        return
    if not flag(record, "identity_agrees", True):
        yield UnemploymentRefusal.IDENTITY_DIFFERS
    if text(record, "open_letter") not in ("", letter):
        yield UnemploymentRefusal.TRANSFER_OPEN
    if status is UnemploymentStatus.CONTRIBUTING:
        yield UnemploymentRefusal.STILL_INSURED
    if status is UnemploymentStatus.BENEFIT_STOPPED:
        yield UnemploymentRefusal.BENEFIT_STOPPED
    elif scene_of(record) is Scene.YEARS_ONLY:
        if not number(record, "paid_months") and not number(record, "carried_months"):
            yield UnemploymentRefusal.NO_RIGHT_LEFT
    elif not remaining_months(record, policy):
        yield UnemploymentRefusal.NO_RIGHT_LEFT
    moving_benefit = scene_of(record) is Scene.WITH_BENEFIT
    if moving_benefit and flag(record, "moved_in_period") and policy.benefit_place_fixed:
        yield UnemploymentRefusal.BENEFIT_PLACE_FIXED


def statement(record: Record, policy: UnemploymentPolicy, on: date) -> Statement:
    """The 转出信息表: `months` are paid months in scene YEARS_ONLY, else benefit months left.

    All money is the fund's, so it stands in `pooled_fen`; `account_fen` is 0.
    """
    scene = scene_of(record)
    paid, carried = number(record, "paid_months"), number(record, "carried_months")
    left = remaining_months(record, policy)
    steps = [Step("转移情形", "按参保、领取和就业情况确定", SCENE_LABELS[scene])]
    if scene is Scene.YEARS_ONLY:
        months, money = paid, 0
        steps.append(Step("转移缴费月数", "未使用的缴费月数", f"{paid}个月"))
        steps.append(Step("转移资金", "只转缴费年限，不转资金", yuan(0)))
    else:
        months = left
        steps.extend(_month_steps(record, policy))
        moves = scene is Scene.WITH_BENEFIT or policy.recorded_months_money
        benefit = number(record, "monthly_benefit_fen")
        money = money_fen(benefit, left, policy) if moves else 0
        rate = percent(policy.money_rate_bp)
        formula = f"{yuan(benefit)} × {left}个月 × {rate}" if moves else "按政策只登记月数"
        steps.append(Step("转移资金", formula, yuan(money)))
    return Statement(
        scheme=SCHEME,
        account_fen=0,
        pooled_fen=money,
        total_fen=money,
        months=months,
        temporary=False,
        rows=rows(record, "periods"),
        facts={
            "scene": scene.value,
            "paid_months": paid,
            "carried_months": carried,
            "benefit_months_left": left,
            "paid_through": text(record, "paid_through"),
        },
        steps=tuple(steps),
    )


def _month_steps(record: Record, policy: UnemploymentPolicy) -> Iterator[Step]:
    paid, carried = number(record, "paid_months"), number(record, "carried_months")
    drawn, left = number(record, "drawn_months"), remaining_months(record, policy)
    ceiling = months_allowed(paid, 0, policy)
    yield Step("缴费月数对应的最长期限", f"缴费{paid}个月", f"{ceiling}个月")
    granted = optional_number(record, "granted_months")
    if granted is not None:
        yield Step("核定期限", "转出地核定，不超过最长期限", f"{min(granted, ceiling)}个月")
    basis = ceiling if granted is None else min(granted, ceiling)
    total = min(basis + carried, policy.months_cap)
    formula = f"{basis} + 结转{carried}，最多{policy.months_cap}个月"
    yield Step("合并期限", formula, f"{total}个月")
    yield Step("剩余月数", f"{total} - 已领{drawn}", f"{left}个月")


def compute(record: Record, policy: UnemploymentPolicy, on: date) -> Computation:
    """What would move today, or why nothing would, without a case."""
    refused = origin_findings(record, policy, on)
    if refused:
        return Computation("失业保险关系转移", (), {"结论": "不予转出"}, refused)
    form = statement(record, policy, on)
    results = {"结论": "可以转出", "月数": f"{form.months}个月", "资金": yuan(form.total_fen)}
    return Computation("失业保险关系转移", form.steps, results)
