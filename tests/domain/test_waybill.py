"""Waybill numbers: the S10 check digit and what each carrier writes."""

import pytest

from domain.errors import DomainError
from domain.waybill import Carrier, WaybillCode, s10, s10_check_digit, validate


def test_the_check_digit_of_the_known_item_is_nine() -> None:
    # 4x8 + 7x6 + 3x4 + 1x2 + 2x3 + 4x5 + 8x9 + 2x7 = 200; 200 mod 11 = 2; 11 - 2 = 9
    assert s10_check_digit("47312482") == 9
    assert s10("RR", 47312482, "GB") == "RR473124829GB"


@pytest.mark.parametrize(
    ("serial", "digit"),
    [
        ("00000000", 5),  # sum 0: 11 becomes 5
        ("00001200", 9),  # 3 + 10 = 13; 13 mod 11 = 2; 11 - 2 = 9
        ("00000060", 1),  # 54 mod 11 = 10; 11 - 10 = 1
        ("00000050", 0),  # 45 mod 11 = 1; 11 - 1 = 10 becomes 0
    ],
)
def test_the_check_digit_and_its_two_exceptions(serial: str, digit: int) -> None:
    assert s10_check_digit(serial) == digit


@pytest.mark.parametrize("carrier", [Carrier.EMS, Carrier.REGISTERED])
def test_an_s10_number_is_taken_as_people_write_it(carrier: Carrier) -> None:
    for written in ("RR 47312482 9 GB", "rr473124829gb", " RR-473124829-GB "):
        assert validate(carrier, written) == "RR473124829GB"


@pytest.mark.parametrize("place", range(2, 11))
def test_one_wrong_digit_is_found(place: int) -> None:
    right = "RR473124829GB"
    wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
    with pytest.raises(DomainError) as raised:
        validate(Carrier.EMS, wrong)
    assert raised.value.code is WaybillCode.WAYBILL_CHECK_DIGIT
    assert wrong not in raised.value.message


def test_each_carrier_takes_its_own_numbers_only() -> None:
    shapes = {"s10": s10("EA", 1), "domestic": "1234567890123", "opaque": "机要（2026）第12号"}
    takes = {
        Carrier.EMS: {"s10", "domestic"},
        Carrier.REGISTERED: {"s10"},
        Carrier.DOMESTIC: {"domestic"},
        Carrier.CONFIDENTIAL: {"s10", "domestic", "opaque"},
    }
    for carrier, taken in takes.items():
        for shape, number in shapes.items():
            if shape in taken:
                assert validate(carrier, number) == number
            else:
                with pytest.raises(DomainError) as raised:
                    validate(carrier, number)
                assert raised.value.code is WaybillCode.WAYBILL_SHAPE


@pytest.mark.parametrize("carrier", list(Carrier))
@pytest.mark.parametrize("text", ["", "   ", "编号<b>", "1" * 41, "RR47312482９GB\n;"])
def test_what_is_no_number_is_refused_by_every_carrier(carrier: Carrier, text: str) -> None:
    with pytest.raises(DomainError, match="重新填写"):
        validate(carrier, text)


@pytest.mark.parametrize("serial", ["1234567", "123456789", "1234567x", "１２３４５６７８"])
def test_a_check_digit_needs_eight_digits(serial: str) -> None:
    with pytest.raises(ValueError, match="8 ASCII digits"):
        s10_check_digit(serial)


def test_a_serial_beyond_eight_digits_makes_no_number() -> None:
    with pytest.raises(ValueError, match="8 ASCII"):
        s10("EA", 10**8)
    with pytest.raises(ValueError, match="two letters"):
        s10("E1", 1)
