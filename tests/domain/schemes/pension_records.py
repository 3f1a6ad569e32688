"""Records of pension relations for the tests of the schemes; amounts in fen, all invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from domain.schemes.pension_policy import (
    AnnuityPolicy,
    BenefitPlacePolicy,
    CivilPolicy,
    Dated,
    DatedTable,
    PensionPolicy,
    ResidentPolicy,
)
from domain.schemes.pension_record import Row, rows_of

ON = date(2026, 11, 23)
DINGHAI, HUANCUI, JINAN, PUDONG = "330902", "371002", "370102", "310115"


def since(value: int, *day: int) -> DatedTable:
    """One value, in force from a day on."""
    return DatedTable((Dated(value, date(*day)),))


ACCOUNT_RATES = DatedTable(
    (
        Dated(1100, date(1998, 1, 1), date(2005, 12, 31)),
        Dated(800, date(2006, 1, 1)),
    )
)
PENSION = PensionPolicy(
    account_rates=ACCOUNT_RATES,
    pooled_rates=since(1200, 1998, 1, 1),
    age_limits_male=since(50, 2010, 1, 1),
    age_limits_female=since(40, 2010, 1, 1),
    lump_sum_evidence_months=36,
    temporary_moves_again=False,
)
CIVIL = CivilPolicy(account_rates=ACCOUNT_RATES, pooled_rates=since(1200, 2014, 10, 1))
ANNUITY = AnnuityPolicy(since(800, 2014, 10, 1), since(400, 2014, 10, 1))
BENEFIT_PLACE = BenefitPlacePolicy(min_months=120, temporary_counts=False)
RESIDENT = ResidentPolicy(
    minimum_months=DatedTable(
        (
            Dated(180, date(2011, 7, 1), date(2029, 12, 31)),
            Dated(186, date(2030, 1, 1), date(2030, 12, 31)),
        )
    )
)


def row(year: int, covered: tuple[int, int] = (1, 12), /, **changes: Any) -> dict[str, Any]:
    """A row with 1,000.00 a month booked at 8%; `wage_fen` and the rest as given."""
    count = covered[1] - covered[0] + 1
    data: dict[str, Any] = {
        "year": year,
        "from_month": covered[0],
        "to_month": covered[1],
        "monthly_base_fen": 100_000,
        "account_rate_bp": 800,
        "booked_fen": 8_000 * count,
    }
    return {**data, **changes}


def record(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Dinghai's record of somebody who now works in Huancui."""
    data: dict[str, Any] = {
        "region": DINGHAI,
        "status": "BROKEN",
        "rows": list(rows),
        "request": {"destination_region": HUANCUI},
    }
    return {**data, **changes}


def held(*rows: dict[str, Any], region: str = DINGHAI) -> tuple[Row, ...]:
    """The rows as the rules hold them."""
    return rows_of(rows, region)


@st.composite
def any_row(draw: st.DrawFn, regions: tuple[str, ...] = (DINGHAI,)) -> dict[str, Any]:
    """A row of any year since 1996, at rates below, at and above the lawful one."""
    first = draw(st.integers(1, 12))
    return row(
        draw(st.integers(1996, 2026)),
        (first, draw(st.integers(first, 12))),
        region=draw(st.sampled_from(regions)),
        monthly_base_fen=draw(st.integers(0, 3_000_000)),
        account_rate_bp=draw(st.sampled_from([0, 400, 800, 1000, 1100, 1300, 1600])),
        booked_fen=draw(st.integers(0, 5_000_000)),
        interest_fen=draw(st.integers(0, 1_000_000)),
    )
