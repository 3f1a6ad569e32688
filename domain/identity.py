"""Citizen identity numbers (公民身份号码, GB 11643): checking, reading and masking them.

Called by the intake checks, the console's forms and the adapters. Error texts never repeat the
number. The first six digits are the region at first coding; they prove no present registration,
so an unknown or abolished region is never an error (`stdnum.cn.ric.validate` refuses the
standard's own sample for that reason; only its check digit is used here).
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from stdnum.cn import ric

from domain.errors import DomainError


class IdentityCode(StrEnum):
    WRONG_LENGTH = "WRONG_LENGTH"
    WRONG_CHARACTER = "WRONG_CHARACTER"
    WRONG_BIRTH_DATE = "WRONG_BIRTH_DATE"
    WRONG_CHECK_DIGIT = "WRONG_CHECK_DIGIT"


class Sex(StrEnum):
    MALE = "MALE"
    FEMALE = "FEMALE"


# ASCII digits only: str.isdigit also takes full-width digits, which no register stores.
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def check_identity_number(text: str, *, on: date | None = None) -> str:
    """Return the number stripped and with an upper-case X.

    ``on``: the day on which the person is there, so that nobody is born after it. Raises
    DomainError with an IdentityCode; the first rule broken is the one reported.
    """
    number = text.strip().upper()
    if len(number) != 18:
        raise DomainError(
            IdentityCode.WRONG_LENGTH, "公民身份号码应为18位，请核对身份证件后重新填写。"
        )
    if not _SHAPE.fullmatch(number):
        raise DomainError(
            IdentityCode.WRONG_CHARACTER,
            "公民身份号码前17位只能是半角数字，末位是数字或X，请改正后重新填写。",
        )
    try:
        born = birth_date_of(number)
    except ValueError:
        raise DomainError(
            IdentityCode.WRONG_BIRTH_DATE,
            "公民身份号码中的出生日期不存在，请核对第7至14位后重新填写。",
        ) from None
    if on is not None and born > on:
        raise DomainError(
            IdentityCode.WRONG_BIRTH_DATE,
            "公民身份号码中的出生日期还没有到，请核对第7至14位后重新填写。",
        )
    if ric.calc_check_digit(number) != number[17]:
        raise DomainError(
            IdentityCode.WRONG_CHECK_DIGIT,
            "公民身份号码的校验位不符，多为某一位抄错，请对照身份证件重新填写。",
        )
    return number


def with_check_digit(first_17: str) -> str:
    """Complete 17 digits to an identity number; for simulators and invented people.

    Raises ValueError for anything but 17 ASCII digits.
    """
    if len(first_17) != 17 or not first_17.isascii() or not first_17.isdigit():
        raise ValueError("17 ASCII digits are needed to compute a check digit")
    return first_17 + ric.calc_check_digit(first_17 + "0")


def birth_date_of(number: str) -> date:
    """Birth date in a checked number; ValueError for a day that does not exist."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_of(number: str) -> Sex:
    """Sex in a checked number: the 17th digit is odd for men."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def age_on(number: str, day: date) -> int:
    """Completed years of age on `day`; a birthday on 29 February is completed on 1 March."""
    born = birth_date_of(number)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def masked(number: str) -> str:
    """The number as screens show it: the first and last four characters stay."""
    if len(number) <= 8:
        return "*" * len(number)
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"
