"""The education register over HTTP; built by the composition root, called by activities."""

from typing import ClassVar

from adapters.education.protocol import AdmissionRecord, GraduationRecord
from adapters.http import OutsideHttp


class EducationClient(OutsideHttp):
    """Implements adapters.education.protocol.EducationRegister."""

    system: ClassVar[str] = "学籍学历库"

    async def verify_admission(
        self, id_no: str, notice_no: str, *, case_no: str, purpose: str
    ) -> AdmissionRecord | None:
        question = {"id_no": id_no, "notice_no": notice_no}
        return await self._ask(
            "verify_admission", question, AdmissionRecord, case_no=case_no, purpose=purpose
        )

    async def verify_graduation(
        self, id_no: str, diploma_no: str, *, case_no: str, purpose: str
    ) -> GraduationRecord | None:
        question = {"id_no": id_no, "diploma_no": diploma_no}
        return await self._ask(
            "verify_graduation", question, GraduationRecord, case_no=case_no, purpose=purpose
        )
