"""统一社会信用代码: who an enterprise is (GB 32100-2015). Called by filing."""

from __future__ import annotations

from enum import StrEnum

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from domain.errors import DomainError


class EnterpriseCode(StrEnum):
    """What is wrong with an enterprise's code."""

    CREDIT_CODE_WRONG = "CREDIT_CODE_WRONG"


def check_credit_code(text: str) -> str:
    """The code in its plain form; DomainError CREDIT_CODE_WRONG for a wrong length or digit."""
    try:
        return uscc.validate(text)
    except ValidationError:
        raise DomainError(
            EnterpriseCode.CREDIT_CODE_WRONG,
            "统一社会信用代码应为18位，且校验位须相符；请对照营业执照改正。",
        ) from None
