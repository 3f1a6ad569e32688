"""Vehicle identification numbers (车辆识别代号) and plate numbers: shape and check digit.

Called by the intake checks of A9. Sources: GB 16735 (17 characters as in ISO 3779, check digit in
the ninth place) and GA 36 for plates. Error texts never repeat the number.
"""

from __future__ import annotations

import re
from enum import StrEnum

from domain.errors import DomainError


class VehicleNumberCode(StrEnum):
    WRONG_VIN = "WRONG_VIN"
    WRONG_VIN_CHECK_DIGIT = "WRONG_VIN_CHECK_DIGIT"
    WRONG_PLATE = "WRONG_PLATE"


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

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_ORDINARY = rf"[{_PROVINCES}][A-HJ-NP-Z][A-HJ-NP-Z0-9]{{5}}"
# New-energy plates: small cars carry the letter first (a second may follow), large ones last.
_SMALL_GREEN = rf"[{_PROVINCES}][A-HJ-NP-Z][A-HJK][A-HJ-NP-Z0-9][0-9]{{4}}"
_LARGE_GREEN = rf"[{_PROVINCES}][A-HJ-NP-Z][0-9]{{5}}[A-HJK]"
_PLATE = re.compile(rf"{_ORDINARY}|{_SMALL_GREEN}|{_LARGE_GREEN}")


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


def check_plate(text: str) -> str:
    """The plate number stripped, without separators, in capitals; DomainError WRONG_PLATE."""
    plate = re.sub(r"[\s·]", "", text).upper()
    if not _PLATE.fullmatch(plate):
        raise DomainError(
            VehicleNumberCode.WRONG_PLATE,
            "号牌号码的格式不对，请按行驶证填写，例如省份简称加字母和后5位或者6位。",
        )
    return plate
