"""Waybill numbers (运单号) by carrier: checking what a clerk typed or a courier answered.

Called by the parcel desk and the courier adapter. Items of the Universal Postal Union carry S10
identifiers (AA NNNNNNNN C CC); the domestic carrier numbers by 13 digits without a check digit;
confidential post (机要通信) uses opaque numbers that nobody outside can check.
"""

from __future__ import annotations

import re
from enum import StrEnum

from domain.errors import DomainError

#: Standard UPU S10, the check digit's weights.
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_S10 = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_DOMESTIC = re.compile(r"[0-9]{13}")
# Letters of any script, digits and a few separators: 机要 numbers are written as their office does.
_OPAQUE = re.compile(r"[\w\-/（）()]{1,40}")
_SPACING = re.compile(r"[\s\-]+")


class Carrier(StrEnum):
    """Who carries, by kind of number.

    EMS: S10, inside the country also 13 digits. REGISTERED: 挂号信函, S10. DOMESTIC: 13 digits.
    CONFIDENTIAL: 机要通信.
    """

    EMS = "EMS"
    REGISTERED = "REGISTERED"
    DOMESTIC = "DOMESTIC"
    CONFIDENTIAL = "CONFIDENTIAL"


class WaybillCode(StrEnum):
    WAYBILL_SHAPE = "WAYBILL_SHAPE"
    WAYBILL_CHECK_DIGIT = "WAYBILL_CHECK_DIGIT"


_SHAPES = {
    Carrier.EMS: "EMS单号应为两位字母、九位数字加两位国家代码，或13位数字",
    Carrier.REGISTERED: "挂号单号应为两位字母、九位数字加两位国家代码",
    Carrier.DOMESTIC: "国内邮件单号应为13位数字",
    Carrier.CONFIDENTIAL: "机要编号应为40位以内的文字或数字",
}


def s10_check_digit(serial: str) -> int:
    """The check digit of eight digits: 11 - sum mod 11, where 10 becomes 0 and 11 becomes 5.

    Raises ValueError for anything but 8 ASCII digits.
    """
    if len(serial) != 8 or not serial.isascii() or not serial.isdigit():
        raise ValueError("8 ASCII digits are needed to compute an S10 check digit")
    rest = 11 - sum(int(d) * w for d, w in zip(serial, _WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def s10(service: str, serial: int, country: str = "CN") -> str:
    """A complete S10 number; for carriers that issue numbers, and for invented ones.

    Raises ValueError for a service or country that is not two capitals and a serial of 10**8 or
    more.
    """
    digits = f"{serial:08d}"
    number = f"{service}{digits}{s10_check_digit(digits)}{country}"
    if not _S10.fullmatch(number):
        raise ValueError("an S10 number has two letters, a serial below 10**8 and a country")
    return number


def validate(carrier: Carrier, text: str) -> str:
    """The number as the carrier writes it, without spaces and in capitals (机要 as typed).

    Raises DomainError: WAYBILL_SHAPE, WAYBILL_CHECK_DIGIT.
    """
    if carrier is Carrier.CONFIDENTIAL:
        number = text.strip()
        if not _OPAQUE.fullmatch(number):
            raise _wrong(WaybillCode.WAYBILL_SHAPE, _SHAPES[carrier])
        return number
    number = _SPACING.sub("", text).upper()
    if carrier is not Carrier.REGISTERED and _DOMESTIC.fullmatch(number):
        return number
    if carrier is Carrier.DOMESTIC or not _S10.fullmatch(number):
        raise _wrong(WaybillCode.WAYBILL_SHAPE, _SHAPES[carrier])
    if s10_check_digit(number[2:10]) != int(number[10]):
        raise _wrong(WaybillCode.WAYBILL_CHECK_DIGIT, "单号校验位不符，多为某一位抄错")
    return number


def _wrong(code: WaybillCode, what: str) -> DomainError:
    return DomainError(code, f"{what}，请对照运单核对后重新填写。")
