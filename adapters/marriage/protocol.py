"""The civil affairs marriage register (民政), asked instead of asking people for certificates."""

from datetime import date
from enum import StrEnum
from typing import Protocol

from adapters.models import OutsideModel, Personal, Word


class MarriageStatus(StrEnum):
    MARRIED = "MARRIED"
    DIVORCED = "DIVORCED"


class MarriageRecord(OutsideModel):
    """The latest entry on two people; registered_on is the day of that entry."""

    id_a: Personal
    id_b: Personal
    status: MarriageStatus
    certificate_no: Word
    registered_on: date


class MarriageRegister(Protocol):
    async def verify(
        self, id_a: str, id_b: str, *, case_no: str, purpose: str
    ) -> MarriageRecord | None:
        """The order of the two does not matter. None: nothing registered between them.

        Raises OutsideUnavailable, OutsideRefusal.
        """
