"""Yearly rows of invented contributions, as 信息表(二) lists them; used by seeds and by tests.

A flat yearly interest on the opening balance, wages that grow by a twentieth each year, every sum
rounded half up to the fen: plausible and easy to check by hand, of no real person.
"""

from typing import Any

from adapters.registers.protocol import RegisterKind

INTEREST_BP = 400
WAGE_GROWTH_BP = 500
_SUBSIDY_FEN = 6_000
#: Of the wage into the person's own account, and of that paid by the person; basis points.
_ACCOUNT_BP = {
    RegisterKind.ANNUITY: (1200, 400),
    RegisterKind.MEDICAL: (200, 200),
    RegisterKind.HOUSING_FUND: (2400, 1200),
    RegisterKind.UNEMPLOYMENT: (0, 50),
}


def contribution_rows(
    kind: RegisterKind,
    region: str,
    first: tuple[int, int],
    last: tuple[int, int],
    base_fen: int,
) -> list[dict[str, Any]]:
    """One row per year from `first` to `last` (year, month). base_fen is the monthly wage; balance
    and interest are at the year's end. All sums in fen, rates in basis points."""
    rows: list[dict[str, Any]] = []
    balance = personal = 0
    for year in range(first[0], last[0] + 1):
        from_month = first[1] if year == first[0] else 1
        to_month = last[1] if year == last[0] else 12
        months = to_month - from_month + 1
        unit_bp, account_bp, personal_bp = _rates(kind, year)
        booked = _part(base_fen * months, account_bp)
        booked_personal = min(booked, _part(base_fen * months, personal_bp))
        interest, interest_personal = _part(balance, INTEREST_BP), _part(personal, INTEREST_BP)
        balance += booked + interest
        personal += booked_personal + interest_personal
        rows.append(
            {
                "region": region,
                "year": year,
                "from_month": from_month,
                "to_month": to_month,
                "months": months,
                "monthly_base_fen": base_fen,
                "unit_rate_bp": unit_bp,
                "account_rate_bp": account_bp,
                "personal_rate_bp": personal_bp,
                "booked_fen": booked,
                "booked_personal_fen": booked_personal,
                "interest_fen": interest,
                "interest_personal_fen": interest_personal,
                "balance_fen": balance,
                "balance_personal_fen": personal,
            }
        )
        base_fen += _part(base_fen, WAGE_GROWTH_BP) // 100 * 100
    return rows


def annuity_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same rows with the parts of unit and person apart, all of them paid in cash."""
    return [
        {
            **row,
            "wage_fen": row["monthly_base_fen"] * row["months"],
            "unit_fen": row["booked_fen"] - row["booked_personal_fen"],
            "personal_fen": row["booked_personal_fen"],
            "unit_funded": True,
        }
        for row in rows
    ]


def resident_rows(region: str, first: int, last: int, paid_fen: int) -> list[dict[str, Any]]:
    """Residents pay once a year and the government adds a subsidy; both go to the account."""
    rows: list[dict[str, Any]] = []
    balance = 0
    for year in range(first, last + 1):
        interest = _part(balance, INTEREST_BP)
        balance += paid_fen + _SUBSIDY_FEN + interest
        rows.append(
            {
                "region": region,
                "year": year,
                "months": 12,
                "paid_fen": paid_fen,
                "subsidy_fen": _SUBSIDY_FEN,
                "interest_fen": interest,
                "balance_fen": balance,
            }
        )
    return rows


def _rates(kind: RegisterKind, year: int) -> tuple[int, int, int]:
    """Unit, account and personal rate. Pensions booked 11% before 2006 and 8% since."""
    unit = 2000 if year < 2019 else 1600
    if kind in (RegisterKind.PENSION, RegisterKind.CIVIL_PENSION):
        return (unit, 1100, 500) if year < 2006 else (unit, 800, 800)
    account, personal = _ACCOUNT_BP[kind]
    return max(account - personal, 0), account, personal


def _part(fen: int, rate_bp: int) -> int:
    return (fen * rate_bp * 2 + 10_000) // 20_000
