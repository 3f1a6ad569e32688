"""The acts of one vehicle's transfer in their only lawful order, and how they are undone.

Called by the steps of :mod:`workflows.vehicle_transfer`; the order itself is
`domain.schemes.vehicle_acts`. Basis: docs/rules.md A9 and D V1-V4.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import ActOutcome
    from contracts.commands import Command
    from contracts.transitions import CertificateChanged
    from domain.attribution import Holder
    from domain.casework import ActCode, CertificateKind, CertificateStatus, Stage
    from domain.schemes.vehicle_acts import VehicleAct, check_next
    from domain.vehicle_tasks import VehicleTask
    from workflows.business import register_act
    from workflows.giving_back import take_back_release
    from workflows.home_case import HomeCase
    from workflows.register_until_done import ask_until_decided, register_until_done

VEHICLE = "VEHICLE"
_ACTS = {
    VehicleAct.LOCK: ActCode.LOCKED,
    VehicleAct.INVOICE: ActCode.INVOICED,
    VehicleAct.RELEASE_FILE: ActCode.FILE_TAKEN_OVER,
    VehicleAct.INSPECT: ActCode.INSPECTED,
    VehicleAct.VOID_OLD: ActCode.OLD_VOIDED,
    VehicleAct.FLIP: ActCode.FLIPPED,
    VehicleAct.ISSUE_NEW: ActCode.NEW_ISSUED,
    VehicleAct.RESTORE_OLD: ActCode.OLD_RESTORED,
    VehicleAct.REVERSE_INVOICE: ActCode.INVOICE_REVERSED,
    VehicleAct.UNLOCK: ActCode.UNLOCKED,
}


@dataclass(slots=True)
class VehicleCase(HomeCase):
    """A home case with what has been done to the car; ``direct``: its paper file stays.

    ``corrected``: the new owner's identity has changed since the register was looked at.
    """

    direct: bool = True
    corrected: bool = False
    done: list[VehicleAct] = field(default_factory=list)
    invoice_no: str = ""
    numbers: dict[str, str] = field(default_factory=dict)  # new papers, by kind

    def correct_identity(self, command: Command) -> None:
        """The register has to be looked at again: it keeps who will own the car."""
        HomeCase.correct_identity(self, command)
        self.corrected = True

    def did(self, act: VehicleAct, *, by: Command | None = None, **facts: str) -> None:
        """Record an act; one out of order is a fault of this program and stops the case."""
        check_next(self.done, act, direct=self.direct)
        self.done.append(act)
        said: Any = facts
        self.desk.record(_ACTS[act], by=by, **said)

    async def act(self, action: str, record: str = "", **facts: str | int) -> ActOutcome:
        """One act at the national register for this case (V1, V2)."""
        return await register_act(
            self.desk,
            VEHICLE,
            action,
            locality=self.filing.locality,
            key=f"{action}:{len(self.done)}",
            record=record,
            summary="机动车登记库登记",
            facts={"case": self.filing.case_no, **facts},
        )

    async def numbered(self, kind: CertificateKind, *, prepared: bool = False) -> str:
        """A number that nobody has had before (G2); prepared until the register has taken it."""
        key = self.desk.issue(
            kind,
            validity_days=self.filing.rules.limits["number_reservation"].length,
            office=self.filing.desks.station,
            prepared=prepared,
        )
        await self.desk.flush_unanswered()
        return self.desk.certificates[key].number

    def lay_down(self, number: str, status: CertificateStatus, reason: str = "") -> None:
        """The number has served, or is void."""
        self.desk.draft.certificates_changed.append(
            CertificateChanged(number=number, status=status, reason=reason)
        )

    async def undo(self, reason: str) -> None:
        """Everything back as it was, in reverse: file, plates, invoice, lock (G9, V2, V4)."""
        if VehicleAct.FLIP in self.done or VehicleAct.LOCK not in self.done:
            return
        for number in self.numbers.values():
            self.lay_down(number, CertificateStatus.VOID, reason)
        if self.leg_case_no is not None:
            await take_back_release(self, reason)
        station = self.filing.desks.station
        self.desk.move(Stage.TAKING_BACK, Holder.OURS, office=station, allows=frozenset())
        if VehicleAct.VOID_OLD in self.done:
            await self._restore_plates(station)
        if VehicleAct.INVOICE in self.done:
            await self._reverse_invoice(reason)
        receipt = await self._undone("UNLOCK", settled=("NOT_LOCKED",))
        self.did(VehicleAct.UNLOCK, receipt=receipt)

    async def _restore_plates(self, station: str) -> None:
        if self.direct:
            decided = await ask_until_decided(self.desk, VehicleTask.PLATES_BACK, station)
            self.did(VehicleAct.RESTORE_OLD, by=decided.command)
        else:
            # The origin took them and has given them back before it cancelled its release.
            self.done.append(VehicleAct.RESTORE_OLD)

    async def _reverse_invoice(self, reason: str) -> None:
        red = await self.numbered(CertificateKind.RED_INVOICE, prepared=True)
        await self._undone("INVOICE_REVERSE", invoice_no=self.invoice_no, reversal_no=red)
        self.lay_down(red, CertificateStatus.USED)
        self.lay_down(self.invoice_no, CertificateStatus.VOID, reason)
        self.did(VehicleAct.REVERSE_INVOICE, invoice=self.invoice_no, red_invoice=red)

    async def _undone(self, action: str, settled: tuple[str, ...] = (), **facts: str | int) -> str:
        return await register_until_done(
            self.desk,
            VEHICLE,
            action,
            locality=self.filing.locality,
            office=self.filing.desks.station,
            task=VehicleTask.UNDO,
            settled=settled,
            facts={"case": self.filing.case_no, **facts},
        )
