"""The education register as the simulator process keeps it."""

from typing import ClassVar, TypeVar

from adapters.education.protocol import AdmissionRecord, GraduationRecord
from adapters.models import OutsideModel, Personal, Word
from adapters.simulators.behaviour import Behaviours
from adapters.simulators.operations import Query, Upsert
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem

RecordT = TypeVar("RecordT", AdmissionRecord, GraduationRecord)


class VerifyAdmission(OutsideModel):
    id_no: Personal
    notice_no: Word


class VerifyGraduation(OutsideModel):
    id_no: Personal
    diploma_no: Word


class EducationSimulator(SimulatedSystem):
    """Serves adapters.education.client under education."""

    receipt_prefix: ClassVar[str] = "XX"

    def __init__(self, store: Store, behaviours: Behaviours) -> None:
        super().__init__("education", store, behaviours)
        self.queries = {
            "verify_admission": Query(VerifyAdmission, self._admission, _another_name),
            "verify_graduation": Query(VerifyGraduation, self._graduation, _another_name),
        }
        self.upserts = {
            "admission": Upsert(AdmissionRecord, self.put_admission),
            "graduation": Upsert(GraduationRecord, self.put_graduation),
        }

    def put_admission(self, record: AdmissionRecord) -> None:
        self.store.put("education#admission", record.notice_no, record.model_dump_json())

    def put_graduation(self, record: GraduationRecord) -> None:
        self.store.put("education#graduation", record.diploma_no, record.model_dump_json())

    # A number alone proves nothing: the record must be this person's.
    def _admission(self, question: VerifyAdmission) -> AdmissionRecord | None:
        body = self.store.get("education#admission", question.notice_no)
        record = None if body is None else AdmissionRecord.model_validate_json(body)
        return record if record is not None and record.id_no == question.id_no else None

    def _graduation(self, question: VerifyGraduation) -> GraduationRecord | None:
        body = self.store.get("education#graduation", question.diploma_no)
        record = None if body is None else GraduationRecord.model_validate_json(body)
        return record if record is not None and record.id_no == question.id_no else None


def _another_name(record: RecordT) -> RecordT:
    return record.model_copy(update={"name": f"{record.name}异"})
