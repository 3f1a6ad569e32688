"""Every procedure that a locality's worker runs; a new family adds its two classes here."""

from __future__ import annotations

from workflows.hukou_migration import HukouMigration
from workflows.hukou_move_out import HukouMoveOut
from workflows.pension_transfer_in import PensionTransferIn
from workflows.pension_transfer_out import PensionTransferOut
from workflows.reconciliation import Reconciliation
from workflows.reconciliation_difference import ReconciliationDifference

PROCEDURES: tuple[type, ...] = (
    HukouMigration,
    HukouMoveOut,
    PensionTransferIn,
    PensionTransferOut,
    Reconciliation,
    ReconciliationDifference,
)
