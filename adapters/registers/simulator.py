"""A locality's business systems as the simulator process keeps them.

Every locality has its own address and its own entries; the records stand in one store, so that the
national kinds and the view over all localities are the same from everywhere.
"""

from typing import ClassVar

from adapters.models import OutsideModel, Personal, Word
from adapters.registers.client import Entries
from adapters.registers.families import (
    disability_card,
    documents,
    licences,
    personnel_file,
    purchase,
    relations,
    vehicle,
)
from adapters.registers.families.table import Standing, Table, refuse
from adapters.registers.protocol import (
    DOCUMENT_KINDS,
    NATIONAL_KINDS,
    BusinessRefusal,
    RegisterActReceipt,
    RegisterEntry,
    RegisterKind,
    RegisterOrder,
)
from adapters.simulators.behaviour import Behaviours
from adapters.simulators.operations import Act, Query, Upsert
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem

TABLES: dict[RegisterKind, Table] = {
    **relations.TABLES,
    RegisterKind.PERSONNEL_FILE: personnel_file.TABLE,
    RegisterKind.VEHICLE: vehicle.TABLE,
    RegisterKind.DISABILITY_CARD: disability_card.TABLE,
    RegisterKind.PURCHASE: purchase.TABLE,
    **dict.fromkeys(DOCUMENT_KINDS, documents.TABLE),
    RegisterKind.LICENCE_LIBRARY: licences.TABLE,
    RegisterKind.SHARED_DATA: {},
}
_NATION = "*"


class Look(OutsideModel):
    kind: RegisterKind
    subject: Personal
    locality: Word


class Everywhere(OutsideModel):
    kind: RegisterKind
    subject: Personal


class RegistersSimulator(SimulatedSystem):
    """Serves adapters.registers.client under registers/<locality>; PUT _entry puts entries."""

    receipt_prefix: ClassVar[str] = "YW"

    def __init__(self, locality: str, store: Store, behaviours: Behaviours) -> None:
        super().__init__(f"registers/{locality}", store, behaviours)
        self._locality = locality
        self.queries = {
            "look": Query(Look, self._look, _another),
            "everywhere": Query(Everywhere, self._everywhere, _others),
        }
        self.orders = {"act": Act(RegisterOrder, self._act, RegisterActReceipt)}
        self.upserts = {"entry": Upsert(RegisterEntry, self.put)}

    def put(self, entry: RegisterEntry) -> None:
        shelf, place = _shelf(entry.kind, entry.subject), _place(entry.kind, entry.locality)
        self.store.put(shelf, place, entry.model_dump_json())

    def _look(self, question: Look) -> RegisterEntry | None:
        if question.kind not in NATIONAL_KINDS and question.locality != self._locality:
            refuse(BusinessRefusal.FOREIGN_LOCALITY)
        return self._get(question.kind, question.subject, question.locality)

    def _everywhere(self, question: Everywhere) -> Entries:
        return Entries(entries=self._all(question.kind, question.subject))

    def _act(self, order: RegisterOrder) -> None:
        if order.locality != self._locality:
            refuse(BusinessRefusal.FOREIGN_LOCALITY)
        action = TABLES[order.kind].get(order.action)
        if action is None:
            refuse(BusinessRefusal.UNKNOWN_ACTION)
        entry = self._get(order.kind, order.subject, order.locality)
        standing = Standing(
            entry=entry,
            elsewhere=tuple(
                one
                for one in self._all(order.kind, order.subject)
                if one.locality != order.locality
            ),
            number=self.store.next_number(),
        )
        self.put(action(standing, order))

    def _get(self, kind: RegisterKind, subject: str, locality: str) -> RegisterEntry | None:
        body = self.store.get(_shelf(kind, subject), _place(kind, locality))
        return None if body is None else RegisterEntry.model_validate_json(body)

    def _all(self, kind: RegisterKind, subject: str) -> tuple[RegisterEntry, ...]:
        bodies = self.store.all(_shelf(kind, subject))
        return tuple(RegisterEntry.model_validate_json(body) for body in bodies)


def _shelf(kind: RegisterKind, subject: str) -> str:
    return f"registers#{kind}#{subject}"


def _place(kind: RegisterKind, locality: str) -> str:
    return _NATION if kind in NATIONAL_KINDS else locality


def _another(entry: RegisterEntry) -> RegisterEntry:
    """Another name, and of every sum one fen more."""
    facts = {
        name: value + 1 if name.endswith("_fen") and isinstance(value, int) else value
        for name, value in entry.data.items()
    }
    facts["name"] = f"{entry.data.get('name', '')}异"
    return entry.model_copy(update={"data": facts})


def _others(entries: Entries) -> Entries:
    return Entries(entries=tuple(_another(entry) for entry in entries.entries))
