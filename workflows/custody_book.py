"""One locality's copy of a parcel as its one writer keeps it: where it stands, what is added.

Used by the procedure 寄递 (the sender's copy) and by :mod:`workflows.parcel_in` (the receiver's).
An event that cannot follow is never written, so that a late word of a carrier cannot stop a case.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.parcels import CustodyEvent, ParcelOpened
    from domain import custody
    from domain.custody import CustodyCode
    from workflows.desk import Desk


class CustodyBook:
    """The events of one parcel; ``now`` is where it stands after them."""

    def __init__(self, desk: Desk, parcel: ParcelOpened) -> None:
        self.parcel = parcel
        self.now = custody.opened(parcel.from_office, parcel.to_office)
        self._desk = desk
        self._written = 0

    def can(self, code: CustodyCode) -> bool:
        """Whether the event may follow now."""
        return code in custody.possible(self.now)

    def add(self, code: CustodyCode, party: str = "", **facts: str) -> None:
        """Write an event with the step that is being prepared."""
        self.now = custody.after(self.now, code, party)
        self._written += 1
        self._desk.draft.custody.append(
            CustodyEvent(
                key=f"{self._written:03d}:{code}",
                parcel_key=self.parcel.parcel_key,
                code=code,
                custodian=party,
                facts=facts,
            )
        )

    def add_counted(self, seal: str, counted: dict[str, str]) -> bool:
        """What the receiver found: seal and count; False where that cannot follow."""
        if not self.can(CustodyCode(seal)):
            return False
        self.add(CustodyCode(seal))
        self.add(CustodyCode.COUNT_DIFF if counted else CustodyCode.COUNT_OK, **counted)
        return True
