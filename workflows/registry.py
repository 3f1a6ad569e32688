"""Every procedure that a locality's worker runs; a new family adds its two classes here."""

from __future__ import annotations

from workflows.housing_fund_transfer_in import HousingFundTransferIn
from workflows.housing_fund_transfer_out import HousingFundTransferOut
from workflows.hukou_migration import HukouMigration
from workflows.hukou_move_out import HukouMoveOut
from workflows.medical_transfer_in import MedicalTransferIn
from workflows.medical_transfer_out import MedicalTransferOut
from workflows.pension_transfer_in import PensionTransferIn
from workflows.pension_transfer_out import PensionTransferOut
from workflows.purchase_acceptance import PurchaseAcceptance
from workflows.purchase_decision import PurchaseDecision
from workflows.unemployment_transfer_in import UnemploymentTransferIn
from workflows.unemployment_transfer_out import UnemploymentTransferOut

PROCEDURES: tuple[type, ...] = (
    HukouMigration,
    HukouMoveOut,
    PensionTransferIn,
    PensionTransferOut,
    UnemploymentTransferIn,
    UnemploymentTransferOut,
    MedicalTransferIn,
    MedicalTransferOut,
    HousingFundTransferIn,
    HousingFundTransferOut,
    PurchaseAcceptance,
    PurchaseDecision,
)
