"""Telephone numbers of applicants: notices go there, and the progress page asks for them.

Called by the reading of applications and by the console's forms. Shapes: 工信部 电信网编号计划
(11 digits that begin with 1; a fixed line with its area code). Error texts never repeat the number.
"""

from __future__ import annotations

import re
from enum import StrEnum

from domain.errors import DomainError


class PhoneCode(StrEnum):
    WRONG_PHONE = "WRONG_PHONE"


# ASCII digits only, as in identity numbers; spaces and hyphens are how people write them.
_SHAPE = re.compile(r"1[0-9]{10}|0[0-9]{2,3}[0-9]{7,8}")


def check_phone(text: str) -> str:
    """Return the number without spaces and hyphens; DomainError WRONG_PHONE where it is none."""
    number = re.sub(r"[ -]", "", text.strip().removeprefix("+86"))
    if not _SHAPE.fullmatch(number):
        raise DomainError(
            PhoneCode.WRONG_PHONE,
            "联系电话应为11位手机号，或者带区号的座机号；通知和进度查询都要用，请核对后重新填写。",
        )
    return number
