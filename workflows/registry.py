"""Every procedure that a locality's worker runs; a new family adds its two classes here."""

from __future__ import annotations

from workflows.annuity_transfer_in import AnnuityTransferIn
from workflows.annuity_transfer_out import AnnuityTransferOut
from workflows.civil_transfer_in import CivilTransferIn
from workflows.civil_transfer_out import CivilTransferOut
from workflows.hukou_migration import HukouMigration
from workflows.hukou_move_out import HukouMoveOut
from workflows.pension_bridge import PensionBridge
from workflows.pension_bridge_leg import PensionBridgeLeg
from workflows.pension_transfer_in import PensionTransferIn
from workflows.pension_transfer_out import PensionTransferOut
from workflows.resident_transfer_in import ResidentTransferIn
from workflows.resident_transfer_out import ResidentTransferOut

PROCEDURES: tuple[type, ...] = (
    HukouMigration,
    HukouMoveOut,
    PensionTransferIn,
    PensionTransferOut,
    ResidentTransferIn,
    ResidentTransferOut,
    PensionBridge,
    PensionBridgeLeg,
    CivilTransferIn,
    CivilTransferOut,
    AnnuityTransferIn,
    AnnuityTransferOut,
)
