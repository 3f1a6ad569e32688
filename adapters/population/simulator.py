"""A locality's population register as the simulator process keeps it: the rules of each act.

Refuses what a real register would: an act on the wrong status, another certificate than the one on
record, a second registration, a certificate number that was used before (G2, H1-H4).
"""

from collections.abc import Sequence
from typing import ClassVar

from adapters.models import OutsideModel, Personal
from adapters.population.models import (
    CancelOrder,
    CloseOrder,
    DeathOrder,
    IdentityOrder,
    LandOrder,
    RegisterRefusal,
    Registration,
    RegistrationFact,
    RegistrationStatus,
    ReplaceOrder,
    RestoreOrder,
)
from adapters.simulators.behaviour import Behaviours
from adapters.simulators.operations import Act, Query, Refused, Upsert
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem


class LookUp(OutsideModel):
    id_no: Personal


class PopulationSimulator(SimulatedSystem):
    """Serves adapters.population.client under population/<locality>."""

    receipt_prefix: ClassVar[str] = "HK"

    def __init__(self, locality: str, store: Store, behaviours: Behaviours) -> None:
        super().__init__(f"population/{locality}", store, behaviours)
        self._locality = locality
        # Beside the registrations: numbers that were corrected since, and every certificate number
        # ever issued or consumed here, so that none is used twice (G2, H3).
        self._corrected = f"{self.name}#corrected"
        self._issued = f"{self.name}#issued"
        self._consumed = f"{self.name}#consumed"
        self.queries = {"look_up": Query(LookUp, self._look_up, _another_name)}
        self.orders = {
            "cancel_for_move": Act(CancelOrder, self._cancel),
            "replace_certificate": Act(ReplaceOrder, self._replace),
            "close_moved": Act(CloseOrder, self._close),
            "restore": Act(RestoreOrder, self._restore),
            "land": Act(LandOrder, self._land),
            "record_death": Act(DeathOrder, self._record_death),
            "correct_identity": Act(IdentityOrder, self._correct),
        }
        self.lists = {"snapshot": self._snapshot}
        self.upserts = {"person": Upsert(Registration, self.put)}

    def put(self, record: Registration) -> None:
        if record.certificate_no is not None:
            self.store.put(self._issued, record.certificate_no, "{}")
        if record.arrived_with is not None:
            self.store.put(self._consumed, record.arrived_with, "{}")
        self.store.put(self.name, record.id_no, record.model_dump_json())

    def _look_up(self, question: LookUp) -> Registration | None:
        id_no: str | None = question.id_no
        while id_no is not None:
            if record := self._get(id_no):
                return record
            id_no = self.store.get(self._corrected, id_no)
        return None

    def _cancel(self, order: CancelOrder) -> None:
        record = self._kept(order.id_no)
        if record.under_investigation:
            raise Refused(RegisterRefusal.UNDER_INVESTIGATION)
        if record.status is not RegistrationStatus.ACTIVE:
            raise Refused(RegisterRefusal.WRONG_STATUS)
        self._must_be_unused(self._issued, order.certificate_no)
        self._change(
            record,
            status=RegistrationStatus.IN_TRANSIT,
            certificate_no=order.certificate_no,
        )

    def _replace(self, order: ReplaceOrder) -> None:
        record = self._in_transit(order.id_no, order.old_no)
        self._must_be_unused(self._issued, order.new_no)
        self._change(record, certificate_no=order.new_no)

    def _close(self, order: CloseOrder) -> None:
        record = self._in_transit(order.id_no, order.certificate_no)
        self._change(record, status=RegistrationStatus.MOVED_OUT, now_in=order.landed_in)

    def _restore(self, order: RestoreOrder) -> None:
        record = self._in_transit(order.id_no, order.certificate_no)
        self._change(record, status=RegistrationStatus.ACTIVE, certificate_no=None)

    def _land(self, order: LandOrder) -> None:
        record = self._get(order.id_no)
        if record is None and self.store.get(self._corrected, order.id_no):
            raise Refused(RegisterRefusal.IDENTITY_CORRECTED)
        if record is not None:
            self._may_return(record)
        if order.certificate_no is not None:
            self._must_be_unused(self._consumed, order.certificate_no)
        facts = order.model_dump(exclude={"key", "case_no", "on", "certificate_no"})
        facts["household_no"] = order.household_no or self._new_household()
        self.put(Registration(**facts, arrived_with=order.certificate_no))

    def _record_death(self, order: DeathOrder) -> None:
        record = self._kept(order.id_no)
        if record.status is RegistrationStatus.MOVED_OUT:
            raise Refused(RegisterRefusal.WRONG_STATUS)
        self._change(record, status=RegistrationStatus.DECEASED)

    def _correct(self, order: IdentityOrder) -> None:
        record = self._kept(order.id_no)
        if record.name != order.name:
            raise Refused(RegisterRefusal.IDENTITY_DIFFERS)
        changed: dict[str, object] = {}
        if order.new_name != record.name:
            changed |= {"name": order.new_name, "former_name": record.name}
        if order.new_id_no != record.id_no:
            if self._get(order.new_id_no) is not None:
                raise Refused(RegisterRefusal.IDENTITY_TAKEN)
            self.store.delete(self.name, record.id_no)
            self.store.put(self._corrected, record.id_no, order.new_id_no)
            self.store.delete(self._corrected, order.new_id_no)
            changed |= {"id_no": order.new_id_no, "former_id_no": record.id_no}
        self._change(record, **changed)

    def _snapshot(self) -> Sequence[RegistrationFact]:
        return [RegistrationFact.model_validate_json(body) for body in self.store.all(self.name)]

    def _get(self, id_no: str) -> Registration | None:
        body = self.store.get(self.name, id_no)
        return None if body is None else Registration.model_validate_json(body)

    def _kept(self, id_no: str) -> Registration:
        record = self._get(id_no)
        if record is None and self.store.get(self._corrected, id_no):
            raise Refused(RegisterRefusal.IDENTITY_CORRECTED)
        if record is None:
            raise Refused(RegisterRefusal.NOT_REGISTERED)
        if record.status is RegistrationStatus.DECEASED:
            raise Refused(RegisterRefusal.DECEASED)
        return record

    def _in_transit(self, id_no: str, certificate_no: str) -> Registration:
        record = self._kept(id_no)
        if record.status is not RegistrationStatus.IN_TRANSIT:
            raise Refused(RegisterRefusal.WRONG_STATUS)
        if record.certificate_no != certificate_no:
            raise Refused(RegisterRefusal.CERTIFICATE_DIFFERS)
        return record

    def _may_return(self, record: Registration) -> None:
        """Only who moved out before may land here again."""
        if record.status is RegistrationStatus.DECEASED:
            raise Refused(RegisterRefusal.DECEASED)
        if record.under_investigation:
            raise Refused(RegisterRefusal.UNDER_INVESTIGATION)
        if record.status is RegistrationStatus.ACTIVE:
            raise Refused(RegisterRefusal.ALREADY_ACTIVE)
        if record.status is RegistrationStatus.IN_TRANSIT:
            raise Refused(RegisterRefusal.WRONG_STATUS)

    def _must_be_unused(self, ledger: str, certificate_no: str) -> None:
        if self.store.get(ledger, certificate_no) is not None:
            raise Refused(RegisterRefusal.CERTIFICATE_SPENT)

    def _new_household(self) -> str:
        return f"{self._locality}-H-{self.store.next_number():06d}"

    def _change(self, record: Registration, **changed: object) -> None:
        self.put(record.model_copy(update=changed))


def _another_name(record: Registration) -> Registration:
    return record.model_copy(update={"name": f"{record.name}异"})
