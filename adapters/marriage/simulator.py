"""The marriage register as the simulator process keeps it."""

from typing import ClassVar

from adapters.marriage.protocol import MarriageRecord, MarriageStatus
from adapters.models import OutsideModel, Personal
from adapters.simulators.behaviour import Behaviours
from adapters.simulators.operations import Query, Upsert
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem


class Verify(OutsideModel):
    id_a: Personal
    id_b: Personal


class MarriageSimulator(SimulatedSystem):
    """Serves adapters.marriage.client under marriage; keeps the latest entry of each couple."""

    receipt_prefix: ClassVar[str] = "HY"

    def __init__(self, store: Store, behaviours: Behaviours) -> None:
        super().__init__("marriage", store, behaviours)
        self.queries = {"verify": Query(Verify, self._verify, _divorced)}
        self.upserts = {"marriage": Upsert(MarriageRecord, self.put)}

    def put(self, record: MarriageRecord) -> None:
        couple = _couple(record.id_a, record.id_b)
        self.store.put(self.name, couple, record.model_dump_json())

    def _verify(self, question: Verify) -> MarriageRecord | None:
        body = self.store.get(self.name, _couple(question.id_a, question.id_b))
        return None if body is None else MarriageRecord.model_validate_json(body)


def _couple(id_a: str, id_b: str) -> str:
    return "+".join(sorted((id_a, id_b)))


def _divorced(record: MarriageRecord) -> MarriageRecord:
    return record.model_copy(
        update={"status": MarriageStatus.DIVORCED, "certificate_no": "样例-不符"}
    )
