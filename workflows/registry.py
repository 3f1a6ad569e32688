"""Every procedure that a locality's worker runs; a new family adds its two classes here."""

from __future__ import annotations

from workflows.annuity_transfer_in import AnnuityTransferIn
from workflows.annuity_transfer_out import AnnuityTransferOut
from workflows.bulletins import DailyBulletin, MonthlyBulletin, MorningDigest
from workflows.calendar_check import CalendarCheck
from workflows.calendar_finding import CalendarFinding
from workflows.calendar_replan import CalendarReplan
from workflows.card_move_in import CardMoveIn
from workflows.card_move_out import CardMoveOut
from workflows.civil_transfer_in import CivilTransferIn
from workflows.civil_transfer_out import CivilTransferOut
from workflows.general_collecting import GeneralCollecting
from workflows.general_joint import GeneralJoint
from workflows.general_online import GeneralOnline
from workflows.general_part import GeneralPart
from workflows.hotline_ticket import HotlineTicket
from workflows.housing_fund_transfer_in import HousingFundTransferIn
from workflows.housing_fund_transfer_out import HousingFundTransferOut
from workflows.hukou_migration import HukouMigration
from workflows.hukou_move_out import HukouMoveOut
from workflows.medical_transfer_in import MedicalTransferIn
from workflows.medical_transfer_out import MedicalTransferOut
from workflows.parcel import Parcel
from workflows.patrol import SupervisionPatrol
from workflows.pension_bridge import PensionBridge
from workflows.pension_bridge_leg import PensionBridgeLeg
from workflows.pension_transfer_in import PensionTransferIn
from workflows.pension_transfer_out import PensionTransferOut
from workflows.personnel_file_in import PersonnelFileIn
from workflows.personnel_file_out import PersonnelFileOut
from workflows.proxy_home_office import ProxyHomeOffice
from workflows.proxy_window import ProxyWindow
from workflows.purchase_acceptance import PurchaseAcceptance
from workflows.purchase_decision import PurchaseDecision
from workflows.rating_appeal import RatingAppealReview
from workflows.rating_rectification import RatingRectification
from workflows.reconciliation import Reconciliation
from workflows.reconciliation_difference import ReconciliationDifference
from workflows.register_check import RegisterCheck
from workflows.resident_transfer_in import ResidentTransferIn
from workflows.resident_transfer_out import ResidentTransferOut
from workflows.scenario import Scenario
from workflows.unemployment_transfer_in import UnemploymentTransferIn
from workflows.unemployment_transfer_out import UnemploymentTransferOut
from workflows.vehicle_release import VehicleRelease
from workflows.vehicle_transfer import VehicleTransfer

PROCEDURES: tuple[type, ...] = (
    HukouMigration,
    HukouMoveOut,
    Parcel,
    PensionTransferIn,
    PensionTransferOut,
    PersonnelFileIn,
    PersonnelFileOut,
    ResidentTransferIn,
    ResidentTransferOut,
    PensionBridge,
    PensionBridgeLeg,
    CivilTransferIn,
    CivilTransferOut,
    AnnuityTransferIn,
    AnnuityTransferOut,
    VehicleTransfer,
    VehicleRelease,
    UnemploymentTransferIn,
    UnemploymentTransferOut,
    MedicalTransferIn,
    MedicalTransferOut,
    HousingFundTransferIn,
    HousingFundTransferOut,
    ProxyWindow,
    ProxyHomeOffice,
    CardMoveIn,
    CardMoveOut,
    Reconciliation,
    ReconciliationDifference,
    SupervisionPatrol,
    RegisterCheck,
    RatingRectification,
    RatingAppealReview,
    HotlineTicket,
    GeneralOnline,
    GeneralCollecting,
    PurchaseAcceptance,
    PurchaseDecision,
    CalendarReplan,
    CalendarCheck,
    CalendarFinding,
    DailyBulletin,
    MonthlyBulletin,
    MorningDigest,
    GeneralJoint,
    GeneralPart,
    Scenario,
)
