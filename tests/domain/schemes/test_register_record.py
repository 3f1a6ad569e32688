"""Records of business systems are read by kind; sums are written as people read them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.schemes.register_record import (
    day,
    flag,
    month,
    month_text,
    number,
    optional_number,
    rows,
    text,
)
from domain.schemes.wording import percent, yuan


def test_absent_fields_read_as_nothing() -> None:
    assert (number({}, "f"), optional_number({}, "f"), flag({}, "f"), text({}, "f")) == (
        0,
        None,
        False,
        "",
    )
    assert (day({}, "f"), month({}, "f"), rows({}, "f")) == (None, None, ())


def test_present_fields_read_as_written() -> None:
    assert day({"f": "2026-02-28"}, "f") == date(2026, 2, 28)
    assert rows({"f": [{"a": 1}]}, "f") == ({"a": 1},)
    assert flag({"f": False}, "f", True) is False


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (number, None),
        (number, -1),
        (number, 1.0),
        (number, "1"),
        (number, True),
        (flag, 1),
        (flag, None),
        (text, 5),
        (day, "2026-02-30"),
        (day, 20260228),
        (month, "2026-00"),
        (month, 202601),
        (rows, "甲"),
        (rows, ["甲"]),
    ],
)
def test_a_value_of_another_kind_is_refused_by_its_field(read: Any, value: Any) -> None:
    with pytest.raises(DomainError, match="paid_field") as caught:
        read({"paid_field": value}, "paid_field")
    assert caught.value.code == "MALFORMED_RECORD"


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_month_survives_reading_and_writing(on: date) -> None:
    written = f"{on.year}-{on.month:02d}"
    running = month({"m": written}, "m")
    assert running is not None and month_text(running) == written
    assert month_text(running + 12) == f"{on.year + 1}-{on.month:02d}"


@pytest.mark.parametrize(
    ("fen", "written"),
    [(0, "0.00元"), (5, "0.05元"), (100, "1.00元"), (2_160_000, "21,600.00元")],
)
def test_fen_are_written_as_yuan(fen: int, written: str) -> None:
    assert yuan(fen) == written


@pytest.mark.parametrize(("bp", "written"), [(15000, "150%"), (1250, "12.50%"), (5, "0.05%")])
def test_basis_points_are_written_as_percent(bp: int, written: str) -> None:
    assert percent(bp) == written
