"""Resident pensions: the whole account follows the hukou, once it has landed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.schemes import resident
from tests.domain.schemes.pension_records import DINGHAI, HUANCUI, ON, RESIDENT


def paid(year: int, personal: int = 50_000, **changes: Any) -> dict[str, Any]:
    return {"year": year, "personal_fen": personal, **changes}


def record(*rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "region": DINGHAI,
        "status": "PAYING",
        "hukou": {"from_region": DINGHAI, "to_region": HUANCUI, "landed_on": "2026-10-15"},
        "rows": list(rows),
    }
    return {**data, **changes}


def test_the_whole_account_moves_with_aid_subsidy_and_interest() -> None:
    told = resident.statement(
        record(
            paid(2023, collective_fen=10_000, subsidy_fen=6_000),
            paid(2024, collective_fen=10_000, subsidy_fen=6_000, interest_fen=1_650),
            paid(2025, 100_000, subsidy_fen=12_000, interest_fen=3_350),
        ),
        RESIDENT,
        ON,
    )
    # 500 + 500 + 1,000 paid, 100 + 100 aid, 60 + 60 + 120 subsidy, 16.50 + 33.50 interest
    assert told.total_fen == 200_000 + 20_000 + 24_000 + 5_000
    assert (told.account_fen, told.pooled_fen) == (told.total_fen, 0)
    assert told.months == 36
    assert told.facts["years_paid"] == 3
    assert told.facts["hukou_landed_on"] == "2026-10-15"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"status": "PENSIONER"}, "PENSIONER"),
        (
            {"hukou": {"from_region": DINGHAI, "to_region": HUANCUI, "landed_on": None}},
            "HUKOU_NOT_LANDED",
        ),
        (
            {"hukou": {"from_region": DINGHAI, "to_region": HUANCUI, "landed_on": "2026-11-24"}},
            "HUKOU_NOT_LANDED",
        ),
        (
            {"hukou": {"from_region": DINGHAI, "to_region": DINGHAI, "landed_on": "2026-01-01"}},
            "SAME_COUNTY",
        ),
        (
            {"hukou": {"from_region": "330903", "to_region": HUANCUI, "landed_on": "2026-01-01"}},
            "OTHER_ORIGIN",
        ),
    ],
)
def test_nothing_moves_before_the_hukou_has_landed_or_for_a_pensioner(
    changes: dict[str, Any], code: str
) -> None:
    data = record(paid(2024), **changes)
    assert [one.code for one in resident.findings(data, RESIDENT, ON)] == [code]
    with pytest.raises(DomainError) as refused:
        resident.statement(data, RESIDENT, ON)
    assert refused.value.code.value == code
    assert resident.compute(data, RESIDENT, ON).results == {"能否转移": "暂不转移"}


def test_a_record_without_hukou_and_connection_asks_for_one_of_them() -> None:
    with pytest.raises(DomainError, match="户籍迁移转移填 hukou，城乡衔接填 connection"):
        resident.statement(record(hukou=None), RESIDENT, ON)


YEAR = st.builds(
    paid,
    st.integers(2010, 2026),
    st.integers(0, 1_000_000),
    collective_fen=st.integers(0, 100_000),
    subsidy_fen=st.integers(0, 100_000),
    interest_fen=st.integers(0, 100_000),
)


@given(st.lists(YEAR, max_size=8), st.randoms(use_true_random=False))
def test_no_order_of_years_changes_the_total(rows: list[dict[str, Any]], random: Any) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)
    one = resident.statement(record(*rows), RESIDENT, ON)
    other = resident.statement(record(*shuffled), RESIDENT, ON)
    assert (one.total_fen, one.months) == (other.total_fen, other.months)
    assert one.total_fen == one.account_fen + one.pooled_fen >= 0
