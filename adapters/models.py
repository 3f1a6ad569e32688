"""What every exchange with an outside system has in common: the frozen model, the order with its
key, the receipt. The protocols, the HTTP clients and the simulators build on it.

Personal fields keep out of `repr` and rejected input out of validation errors, so that neither a
log line nor a failure kept in a history can carry a name or an identity number.
"""

import re
from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator

IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")

Personal = Annotated[str, Field(min_length=1, repr=False)]
MaybePersonal = Annotated[str | None, Field(repr=False)]
PersonalDate = Annotated[date, Field(repr=False)]
Word = Annotated[str, Field(min_length=1, max_length=200)]


class OutsideModel(BaseModel):
    """Frozen. Unknown fields are ignored: an outside system may add some without telling us."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class Order(OutsideModel):
    """An act asked of an outside system.

    `key` is made from case and act and stays the same in every repeat: the first receipt comes
    back. It travels in a header and stands in logs, hence no identity number inside it.
    """

    key: Word
    case_no: Word

    @field_validator("key", "case_no")
    @classmethod
    def _impersonal(cls, value: str) -> str:
        if IDENTITY_NUMBER.search(value):
            raise ValueError("幂等键和办件编号里不能含有公民身份号码")
        return value


class Receipt(OutsideModel):
    """The outside system's own number for what it did, and when."""

    receipt_no: Word
    at: AwareDatetime
