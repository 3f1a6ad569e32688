"""What an applicant can be called under, however it is written."""

from __future__ import annotations

import pytest

from domain.errors import DomainError
from domain.phones import check_phone


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("12000000001", "12000000001"),
        (" 120 0000 0001 ", "12000000001"),
        ("+8612000000001", "12000000001"),
        ("0580-2000000", "05802000000"),
        ("010-20000000", "01020000000"),
    ],
)
def test_a_number_is_kept_as_it_is_dialled(written: str, kept: str) -> None:
    assert check_phone(written) == kept


@pytest.mark.parametrize(
    "wrong", ["12345", "abc", "", "2200000000", "120000000012", "１２００００"]
)
def test_what_nobody_can_be_called_under_is_refused_without_repeating_it(wrong: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_phone(wrong)
    assert "11位手机号" in str(refused.value) and (not wrong or wrong not in str(refused.value))
