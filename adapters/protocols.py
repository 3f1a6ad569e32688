"""Everything the activities need to talk about outside systems, in one import; no client here."""

from adapters.education.protocol import AdmissionRecord, EducationRegister, GraduationRecord
from adapters.errors import OutsideMalformed, OutsideRefusal, OutsideUnavailable
from adapters.marriage.protocol import MarriageRecord, MarriageRegister, MarriageStatus
from adapters.notices.protocol import Notice, NoticeGateway, NoticeReceipt, NoticeRefusal
from adapters.population.models import (
    CancelOrder,
    CloseOrder,
    DeathOrder,
    IdentityOrder,
    LandOrder,
    RegisterReceipt,
    RegisterRefusal,
    Registration,
    RegistrationFact,
    RegistrationStatus,
    ReplaceOrder,
    RestoreOrder,
    UrbanRural,
)
from adapters.population.protocol import PopulationRegister
from domain.identity import Sex

__all__ = [
    "AdmissionRecord",
    "CancelOrder",
    "CloseOrder",
    "DeathOrder",
    "EducationRegister",
    "GraduationRecord",
    "IdentityOrder",
    "LandOrder",
    "MarriageRecord",
    "MarriageRegister",
    "MarriageStatus",
    "Notice",
    "NoticeGateway",
    "NoticeReceipt",
    "NoticeRefusal",
    "OutsideMalformed",
    "OutsideRefusal",
    "OutsideUnavailable",
    "PopulationRegister",
    "RegisterReceipt",
    "RegisterRefusal",
    "Registration",
    "RegistrationFact",
    "RegistrationStatus",
    "ReplaceOrder",
    "RestoreOrder",
    "Sex",
    "UrbanRural",
]
