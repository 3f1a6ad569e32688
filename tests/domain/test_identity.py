"""Citizen identity numbers (GB 11643)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.identity import (
    IdentityCode,
    Sex,
    age_on,
    birth_date_of,
    check_identity_number,
    masked,
    sex_of,
    with_check_digit,
)

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_samples_of_the_standard_are_accepted(number: str) -> None:
    assert check_identity_number(number) == number


def test_blanks_and_a_small_x_are_put_right() -> None:
    assert check_identity_number("  11010519491231002x\n") == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", IdentityCode.WRONG_LENGTH),
        ("11010519491231002", IdentityCode.WRONG_LENGTH),
        ("110105194912310020X", IdentityCode.WRONG_LENGTH),
        ("1101051949123100AX", IdentityCode.WRONG_CHARACTER),
        ("１1010519491231002X", IdentityCode.WRONG_CHARACTER),
        ("X1010519491231002X", IdentityCode.WRONG_CHARACTER),
        ("11010519491331002X", IdentityCode.WRONG_BIRTH_DATE),
        ("110105190002290021", IdentityCode.WRONG_BIRTH_DATE),
        ("110105194912310021", IdentityCode.WRONG_CHECK_DIGIT),
        ("110105194912310120", IdentityCode.WRONG_CHECK_DIGIT),
    ],
)
def test_each_mistake_has_its_own_code_and_a_text_that_hides_the_number(
    text: str, code: IdentityCode
) -> None:
    with pytest.raises(DomainError) as caught:
        check_identity_number(text)
    assert caught.value.code is code
    assert caught.value.message.endswith("。")
    assert text[6:14] not in caught.value.message or not text
    assert caught.value.facts == {}


def test_a_region_that_no_table_knows_is_no_error() -> None:
    number = with_check_digit("33999919900101001")
    assert check_identity_number(number) == number


def test_birth_date_sex_and_age_are_read_from_the_number() -> None:
    woman = "11010519491231002X"
    assert birth_date_of(woman) == date(1949, 12, 31)
    assert sex_of(woman) is Sex.FEMALE
    assert sex_of("440524188001010014") is Sex.MALE
    assert age_on(woman, date(2026, 12, 30)) == 76
    assert age_on(woman, date(2026, 12, 31)) == 77


def test_a_birthday_on_leap_day_is_completed_on_the_first_of_march() -> None:
    number = with_check_digit("33999920000229000")
    assert age_on(number, date(2026, 2, 28)) == 25
    assert age_on(number, date(2026, 3, 1)) == 26


def test_a_masked_number_keeps_four_characters_at_each_end() -> None:
    assert masked("339999199001010023") == "3399**********0023"
    assert masked("1234") == "****"


@given(
    st.dates(date(1900, 1, 1), date(2026, 12, 31)),
    st.integers(0, 999),
    st.sampled_from(["339999", "379999", "110105"]),
)
def test_the_check_digit_agrees_with_the_weights_of_the_standard(
    born: date, sequence: int, region: str
) -> None:
    number = with_check_digit(f"{region}{born:%Y%m%d}{sequence:03d}")
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    assert number[17] == "10X98765432"[total % 11]
    assert check_identity_number(number) == number


@given(st.integers(0, 16), st.integers(1, 9))
def test_no_single_miscopied_digit_passes(position: int, shift: int) -> None:
    right = "11010519491231002X"
    wrong_digit = str((int(right[position]) + shift) % 10)
    wrong = right[:position] + wrong_digit + right[position + 1 :]
    with pytest.raises(DomainError):
        check_identity_number(wrong)


def test_nobody_is_born_after_the_day_of_the_application() -> None:
    number = with_check_digit("37999920300101001")
    assert check_identity_number(number) == number
    with pytest.raises(DomainError) as refused:
        check_identity_number(number, on=date(2026, 11, 23))
    assert refused.value.code == IdentityCode.WRONG_BIRTH_DATE and number not in str(refused.value)
    assert check_identity_number(number, on=date(2030, 1, 1)) == number
