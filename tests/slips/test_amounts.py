"""Sums in figures and in capitals, each against its reading."""

import pytest

from slips.amounts import capitals, figures


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (10, "壹角整"),
        (105, "壹元零伍分"),
        (12_34, "壹拾贰元叁角肆分"),
        (20_640_00, "贰万零陆佰肆拾元整"),
        (1_001_00, "壹仟零壹元整"),
        (10_000_00, "壹万元整"),
        (100_010_00, "壹拾万零壹拾元整"),
        (1_000_000_00, "壹佰万元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (1_0000_5000_00, "壹亿零伍仟元整"),
        (1_010_203_00, "壹佰零壹万零贰佰零叁元整"),
        (1_0000_0000_0000_00, "壹万亿元整"),
    ],
)
def test_a_sum_in_capitals(fen: int, text: str) -> None:
    assert capitals(fen) == text


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_a_sum_out_of_bounds_has_no_capitals(fen: int) -> None:
    with pytest.raises(ValueError, match="capitals"):
        capitals(fen)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (-123_456_7, "-12,345.67"), (2_064_000, "20,640.00")],
)
def test_a_sum_in_figures(fen: int, text: str) -> None:
    assert figures(fen) == text
