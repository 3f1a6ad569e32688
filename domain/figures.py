"""The figures of a bulletin, from one line of facts per case; docs/figures.md defines each.

Pure: `storage.figures` reads the facts, the bulletins print the figures. Nothing is estimated: a
figure whose facts the system does not have is None, and is shown as not known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from domain.calendar import ONE_DAY
from domain.casework import Ending


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both counted."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether `day` lies in the period."""
        return day is not None and self.first <= day <= self.last

    def days(self) -> list[date]:
        """Every day of the period."""
        count = (self.last - self.first).days + 1
        return [self.first + ONE_DAY * number for number in range(count)]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """One case or leg as known at the end of the period.

    `accepted`, `notices` and `repeats` count acts within the period. `late` and `promise_kept`
    speak of ended cases; `promise_kept` is None where nothing was promised. Working days:
    `elapsed` from filing to end, `counted` of these on limits that bind an office.
    """

    office: str
    matter: str
    side: str  # HOME or LEG
    received_on: date
    other_locality: str = ""
    accepted: int = 0
    ended_on: date | None = None
    ending: str | None = None
    late: bool = False
    overdue: bool = False  # a limit has been marked as passed, at any time so far
    promise_kept: bool | None = None
    notices: int = 0
    repeats: int = 0
    elapsed: int = 0
    counted: int = 0
    statutory_days: int = 0  # limits with a promise: what the law allows
    promised_days: int = 0  # and what was promised instead
    shared: int = 0  # documents that registers supplied
    brought: int = 0  # documents that the applicant brought
    steps: int = 0  # tasks that a person decided


@dataclass(frozen=True, slots=True)
class Spread:
    """Working days of a number of ended cases; `average` has two places, rounded half up."""

    count: int
    total: int
    average: str | None
    p90: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One row: counts of cases unless said otherwise."""

    received: int
    accepted: int
    not_accepted: int
    in_hand: int
    in_hand_late: int
    ended: int
    endings: dict[str, int]
    on_time: int
    late: int
    promised: int
    promise_kept: int
    notices: int
    repeat_notices: int
    withdrawn: int
    elapsed: Spread
    counted: Spread
    statutory_days: int
    promised_days: int
    shared: int
    brought: int
    steps: int


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one group; what the group is not split by is empty."""

    office: str
    matter: str
    side: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Volume:
    """What one day brought."""

    day: date
    received: int
    ended: int
    late: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """`matters` of `catalogue_matters` had a case received in the period, and so on."""

    matters: int
    catalogue_matters: int
    offices: int
    catalogue_offices: int
    localities: int
    catalogue_localities: int


@dataclass(frozen=True, slots=True)
class Reduction:
    """One of the 四减: `before` against `now` in `unit`; None: not known, and `why`."""

    name: str
    before: int | None
    now: int | None
    unit: str
    why: str = field(default="")


def figures(facts: Sequence[CaseFacts], period: Period) -> Figures:
    """The figures of these cases."""
    ended = [one for one in facts if period.holds(one.ended_on)]
    in_hand = [one for one in facts if one.ended_on is None or one.ended_on > period.last]
    endings = Counter(one.ending or "" for one in ended)
    promised = [one for one in ended if one.promise_kept is not None]
    late = sum(one.late for one in ended)
    return Figures(
        received=sum(period.holds(one.received_on) for one in facts),
        accepted=sum(one.accepted for one in facts),
        not_accepted=endings[Ending.NOT_ACCEPTED],
        in_hand=len(in_hand),
        in_hand_late=sum(one.overdue for one in in_hand),
        ended=len(ended),
        endings=dict(sorted(endings.items())),
        on_time=len(ended) - late,
        late=late,
        promised=len(promised),
        promise_kept=sum(bool(one.promise_kept) for one in promised),
        notices=sum(one.notices for one in facts),
        repeat_notices=sum(one.repeats for one in facts),
        withdrawn=endings[Ending.WITHDRAWN],
        elapsed=spread([one.elapsed for one in ended]),
        counted=spread([one.counted for one in ended]),
        statutory_days=sum(one.statutory_days for one in ended),
        promised_days=sum(one.promised_days for one in ended),
        shared=sum(one.shared for one in ended),
        brought=sum(one.brought for one in ended),
        steps=sum(one.steps for one in ended),
    )


def rows(
    facts: Iterable[CaseFacts], period: Period, key: Callable[[CaseFacts], tuple[str, str, str]]
) -> list[Row]:
    """The figures of each group; `key` gives (office, matter, side), '' for what is not split."""
    groups: dict[tuple[str, str, str], list[CaseFacts]] = {}
    for one in facts:
        groups.setdefault(key(one), []).append(one)
    return [Row(*group, figures(groups[group], period)) for group in sorted(groups)]


def spread(days: Iterable[int]) -> Spread:
    """Average and 90th percentile by nearest rank: the ⌈0.9·n⌉-th smallest of n values."""
    ordered = sorted(days)
    count, total = len(ordered), sum(ordered)
    if not count:
        return Spread(0, 0, None, None)
    return Spread(count, total, mean(total, count), ordered[(9 * count + 9) // 10 - 1])


def mean(total: int, count: int) -> str:
    """`total` / `count` with two places, rounded half up."""
    return str((Decimal(total) / count).quantize(Decimal("0.01"), ROUND_HALF_UP))


def volumes(facts: Iterable[CaseFacts], period: Period) -> list[Volume]:
    """What each day of the period brought; days without anything stand there as zero."""
    received: Counter[date] = Counter()
    ended: Counter[date] = Counter()
    late: Counter[date] = Counter()
    for one in facts:
        received[one.received_on] += 1
        if one.ended_on is not None:
            ended[one.ended_on] += 1
            late[one.ended_on] += one.late
    return [Volume(day, received[day], ended[day], late[day]) for day in period.days()]


def distribution(facts: Iterable[CaseFacts], period: Period) -> list[tuple[int, int]]:
    """(working days from filing to end, number of cases ended in the period), fewest days first."""
    found = Counter(one.elapsed for one in facts if period.holds(one.ended_on))
    return sorted(found.items())


def coverage(
    facts: Sequence[CaseFacts],
    period: Period,
    *,
    matters: Iterable[str],
    offices: Iterable[str],
    localities: Iterable[str],
) -> Coverage:
    """What of the catalogue was used: matters and other localities of cases received in the period,
    offices that had a case then or have one in hand."""
    wanted, desks, others = set(matters), set(offices), set(localities)
    fresh = [one for one in facts if period.holds(one.received_on)]
    return Coverage(
        len(wanted & {one.matter for one in fresh}),
        len(wanted),
        len(desks & {one.office for one in facts}),
        len(desks),
        len(others & {one.other_locality for one in fresh}),
        len(others),
    )


def reductions(whole: Figures) -> list[Reduction]:
    """四减, from what is on file; the rest is said to be not known."""
    limits = whole.promised_days > 0
    papers = whole.shared + whole.brought > 0
    return [
        Reduction(
            "减时限",
            whole.statutory_days if limits else None,
            whole.promised_days if limits else None,
            "工作日（已办结且有承诺的时限之和）",
            "" if limits else "本期办结的办件没有承诺时限",
        ),
        Reduction(
            "减材料",
            whole.shared + whole.brought if papers else None,
            whole.brought if papers else None,
            "份（减少的为数据共享免提交）",
            "" if papers else "本期办结的办件没有材料记录",
        ),
        Reduction(
            "减环节", None, whole.steps if whole.ended else None, "个", "没有改革前环节数的记录"
        ),
        Reduction("减跑动", None, None, "次", "系统不记录申请人到场次数"),
    ]
