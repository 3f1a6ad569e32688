"""Vehicle identification numbers (车辆识别代号) with their check digit; plates, however written.

Called by the intake checks and the examiner of A9. Source: GB 16735 (17 characters as in ISO 3779,
check digit in the ninth place). A plate has no check digit and many shapes: what proves it is the
register. Error texts never repeat the number.
"""

from __future__ import annotations

import re
from enum import StrEnum

from domain.errors import DomainError


class VehicleNumberCode(StrEnum):
    WRONG_VIN = "WRONG_VIN"
    WRONG_VIN_CHECK_DIGIT = "WRONG_VIN_CHECK_DIGIT"


# I, O and Q are left out: they are mistaken for 1 and 0.
_VIN = re.compile(r"[0-9A-HJ-NPR-Z]{17}")
_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECK_PLACE = 8
# Makers elsewhere may use the ninth place freely, and their cars are registered here too.
_CHECKED_MAKERS = "L12345"


def check_vin(text: str) -> str:
    """The number stripped and in capitals; DomainError with a VehicleNumberCode."""
    vin = text.strip().upper()
    if not _VIN.fullmatch(vin):
        raise DomainError(
            VehicleNumberCode.WRONG_VIN,
            "车辆识别代号应为17位数字和大写字母，不含I、O、Q，请对照登记证书改正。",
        )
    if vin[0] in _CHECKED_MAKERS and vin_check_digit(vin) != vin[_CHECK_PLACE]:
        raise DomainError(
            VehicleNumberCode.WRONG_VIN_CHECK_DIGIT,
            "车辆识别代号的校验位不符，多为某一位抄错，请对照登记证书改正。",
        )
    return vin


def vin_check_digit(vin: str) -> str:
    """The ninth character that the other sixteen ask for."""
    total = sum(
        _VALUES[character] * weight for character, weight in zip(vin, _WEIGHTS, strict=True)
    )
    return "X" if total % 11 == 10 else str(total % 11)


def plain_plate(text: str) -> str:
    """A plate as the register writes it: without spaces and the middle dot, in capitals."""
    return re.sub(r"[\s·•．]", "", text).upper()
