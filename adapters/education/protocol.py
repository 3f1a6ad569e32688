"""The education register (学信), asked whether an admission or a diploma is real."""

from datetime import date
from typing import Protocol

from adapters.models import OutsideModel, Personal, Word


class AdmissionRecord(OutsideModel):
    """录取: the notice, the school with its locality (GB/T 2260), and the day of admission."""

    id_no: Personal
    name: Personal
    notice_no: Word
    school: Word
    school_locality: Word
    admitted_on: date


class GraduationRecord(OutsideModel):
    """毕业: the diploma and its day."""

    id_no: Personal
    name: Personal
    diploma_no: Word
    school: Word
    school_locality: Word
    graduated_on: date


class EducationRegister(Protocol):
    """None: no such record of this person and number. Raises OutsideUnavailable, OutsideRefusal."""

    async def verify_admission(
        self, id_no: str, notice_no: str, *, case_no: str, purpose: str
    ) -> AdmissionRecord | None: ...

    async def verify_graduation(
        self, id_no: str, diploma_no: str, *, case_no: str, purpose: str
    ) -> GraduationRecord | None: ...
