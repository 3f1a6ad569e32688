"""Every procedure that a locality's worker runs; a new family adds its two classes here."""

from __future__ import annotations

from workflows.card_move_in import CardMoveIn
from workflows.card_move_out import CardMoveOut
from workflows.hukou_migration import HukouMigration
from workflows.hukou_move_out import HukouMoveOut
from workflows.pension_transfer_in import PensionTransferIn
from workflows.pension_transfer_out import PensionTransferOut
from workflows.reconciliation import Reconciliation
from workflows.reconciliation_difference import ReconciliationDifference
from workflows.vehicle_release import VehicleRelease
from workflows.vehicle_transfer import VehicleTransfer

PROCEDURES: tuple[type, ...] = (
    HukouMigration,
    HukouMoveOut,
    PensionTransferIn,
    PensionTransferOut,
    VehicleTransfer,
    VehicleRelease,
    CardMoveIn,
    CardMoveOut,
    Reconciliation,
    ReconciliationDifference,
)
