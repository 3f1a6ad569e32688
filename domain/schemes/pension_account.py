"""What of a personal account moves: historical account rates, with interest that follows money.

For `domain.schemes.pension`, the civil-servant pension and the clearing of overlaps. Exact
fractions throughout, so no order of rows and no splitting of a year can change a total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from domain.schemes.pension_policy import DatedTable
from domain.schemes.pension_record import Row

_WHOLE = 10_000

Share = Callable[[Row], Fraction]


@dataclass(frozen=True, slots=True)
class AccountYear:
    """A year of the account: as booked, and as it moves. Fen; exact."""

    year: int
    booked: Fraction
    interest: Fraction
    carried: Fraction
    carried_interest: Fraction
    rates_booked: tuple[int, ...]
    rate_lawful: int

    @property
    def changed(self) -> bool:
        """Whether other sums move than were booked."""
        return (self.booked, self.interest) != (self.carried, self.carried_interest)


def everything(_: Row) -> Fraction:
    """All of the row moves."""
    return Fraction(1)


def account_years(
    rows: Iterable[Row], rates: DatedTable, share: Share = everything
) -> list[AccountYear]:
    """The account year by year; rows from before the first rate (1998) are left out.

    A booked rate above the lawful one: the excess stays. Below: the wage is booked anew at the
    lawful rate (人社厅发〔2017〕7号, 人社部发〔2010〕70号). Interest moves in the
    proportion in which the money that earned it moves; where nothing was booked no interest is
    invented. `share` is the part of a row that moves at all, from 0 to 1.
    """
    by_year: dict[int, list[tuple[Row, int]]] = {}
    for row in rows:
        rate = rates.in_month(row.months[0])
        if rate is not None:
            by_year.setdefault(row.year, []).append((row, rate))
    told, stock, carried_stock = [], Fraction(0), Fraction(0)
    for year in sorted(by_year):
        booked = Fraction(sum(row.booked_fen for row, _ in by_year[year]))
        interest = Fraction(sum(row.interest_fen for row, _ in by_year[year]))
        carried = sum(
            (share(row) * _at_lawful_rate(row, rate) for row, rate in by_year[year]), Fraction(0)
        )
        earning, carried_earning = stock + booked, carried_stock + carried
        moved_interest = interest * carried_earning / earning if earning else interest
        told.append(
            AccountYear(
                year=year,
                booked=booked,
                interest=interest,
                carried=carried,
                carried_interest=moved_interest,
                rates_booked=tuple(sorted({row.account_rate_bp for row, _ in by_year[year]})),
                rate_lawful=by_year[year][0][1],
            )
        )
        stock += booked + interest
        carried_stock += carried + moved_interest
    return told


def carried_balance(rows: Iterable[Row], rates: DatedTable, share: Share = everything) -> Fraction:
    """Principal and interest that move, in fen."""
    return sum(
        (one.carried + one.carried_interest for one in account_years(rows, rates, share)),
        Fraction(0),
    )


def pooled_wages(
    rows: Iterable[Row], rates: DatedTable, share: Share = everything
) -> dict[int, Fraction]:
    """Actual contribution wages by pooled rate (basis points), month by month.

    Months before the rate existed (1998; 2014-10 for civil servants) carry nothing.
    """
    wages: dict[int, Fraction] = {}
    for row in rows:
        monthly = share(row) * Fraction(row.wage_fen, len(row.months))
        for month in row.months:
            rate = rates.in_month(month)
            if rate is not None:
                wages[rate] = wages.get(rate, Fraction(0)) + monthly
    return wages


def pooled_part(wages: dict[int, Fraction]) -> Fraction:
    """The pooled fund's part of those wages, in fen."""
    return sum((wage * rate / _WHOLE for rate, wage in wages.items()), Fraction(0))


def _at_lawful_rate(row: Row, rate: int) -> Fraction:
    if row.account_rate_bp > rate:
        return Fraction(row.booked_fen * rate, row.account_rate_bp)
    if row.account_rate_bp < rate:
        return Fraction(row.wage_fen * rate, _WHOLE)
    return Fraction(row.booked_fen)
