"""先转后清: after a transfer the destination clears months that two places have counted.

The person chooses which place keeps the months; the other's account part is refunded and the
months count once (P3). Called by the destination's landing with the rows of every statement that
has arrived, in whatever order. Source: 人社部发〔2009〕187号, 人社部规〔2016〕5号.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from domain.schemes.computation import Step, span, whole_fen, yuan
from domain.schemes.pension_account import carried_balance
from domain.schemes.pension_policy import DatedTable
from domain.schemes.pension_record import Row


@dataclass(frozen=True, slots=True)
class Overlap:
    """A stretch of months since the year 0 (first and last) that several regions counted.

    `chosen` False: nobody has chosen yet, and `kept` is only the proposal, the region of the
    person's earliest contributions among them.
    """

    first: int
    last: int
    regions: tuple[str, ...]
    kept: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Clearing:
    """What clearing does: refund per region and in total (fen), months counted once."""

    overlaps: tuple[Overlap, ...]
    refunds: Mapping[str, int]
    refund_fen: int
    months: int
    steps: tuple[Step, ...]

    @property
    def undecided(self) -> tuple[Overlap, ...]:
        """Stretches that wait for the person's choice."""
        return tuple(one for one in self.overlaps if not one.chosen)


def overlaps(
    rows: Iterable[Row], rates: DatedTable, choices: Mapping[int, str] | None = None
) -> Clearing:
    """Find and clear months counted twice; `choices` maps a month to the region that stays.

    A choice of a region that did not count the month is ignored. The refund is each region's
    account part with and without the cleared months, rounded per region.
    """
    held = sorted(set(rows), key=lambda row: (row.region, row.months[0], row.booked_fen))
    counted: dict[int, set[str]] = {}
    for row in held:
        for month in row.months:
            counted.setdefault(month, set()).add(row.region)
    first_in = {
        region: min(row.months[0] for row in held if row.region == region)
        for region in {row.region for row in held}
    }
    kept: dict[int, tuple[str, bool]] = {}
    for month, regions in counted.items():
        choice = (choices or {}).get(month)
        if len(regions) > 1:
            proposal = min(regions, key=lambda region: (first_in[region], region))
            chosen = choice if choice in regions else None
            kept[month] = (chosen or proposal, chosen is not None)
    refunds, steps = _refunds(held, rates, kept)
    total = sum(refunds.values())
    return Clearing(
        overlaps=_stretches(counted, kept),
        refunds=refunds,
        refund_fen=total,
        months=len(counted),
        steps=(
            *steps,
            Step("退还本人合计", " + ".join(map(yuan, refunds.values())) or "0.00", yuan(total)),
            Step("合计缴费月数", "重复月份只计一次", span(len(counted))),
        ),
    )


def _refunds(
    held: Sequence[Row], rates: DatedTable, kept: Mapping[int, tuple[str, bool]]
) -> tuple[dict[str, int], list[Step]]:
    refunds: dict[str, int] = {}
    steps = []
    for region in sorted({row.region for row in held}):
        own = [row for row in held if row.region == region]
        cleared = {
            month for row in own for month in row.months if kept.get(month, (region,))[0] != region
        }
        if not cleared:
            continue

        def stays(row: Row, cleared: set[int] = cleared) -> Fraction:
            return Fraction(sum(month not in cleared for month in row.months), len(row.months))

        before, after = carried_balance(own, rates), carried_balance(own, rates, stays)
        refunds[region] = whole_fen(before - after)
        steps.append(
            Step(
                f"{region} 清理 {len(cleared)} 个月",
                f"账户储存额 {yuan(before)} - 清理后 {yuan(after)}",
                yuan(refunds[region]),
            )
        )
    return refunds, steps


def _stretches(
    counted: Mapping[int, set[str]], kept: Mapping[int, tuple[str, bool]]
) -> tuple[Overlap, ...]:
    found: list[Overlap] = []
    for month in sorted(kept):
        regions, (region, chosen) = tuple(sorted(counted[month])), kept[month]
        if found:
            last = found[-1]
            alike = (last.regions, last.kept, last.chosen) == (regions, region, chosen)
            if alike and last.last == month - 1:
                found[-1] = Overlap(last.first, month, regions, region, chosen)
                continue
        found.append(Overlap(month, month, regions, region, chosen))
    return tuple(found)
