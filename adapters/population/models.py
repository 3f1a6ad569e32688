"""What the population register keeps and what can be ordered of it; see protocol.py for the verbs.

Dates are days of Asia/Shanghai. `station` is an office code such as 330902-GA-01, a locality is
the six digits of GB/T 2260, `ethnic` the Chinese name of GB/T 3304 (汉族).
"""

from datetime import date
from enum import StrEnum

from adapters.models import (
    MaybePersonal,
    Order,
    OutsideModel,
    Personal,
    PersonalDate,
    Receipt,
    Word,
)
from domain.identity import Sex


class RegistrationStatus(StrEnum):
    """H1, H2: at most one ACTIVE per person; ACTIVE or IN_TRANSIT, never both."""

    ACTIVE = "ACTIVE"
    IN_TRANSIT = "IN_TRANSIT"
    MOVED_OUT = "MOVED_OUT"
    DECEASED = "DECEASED"


class UrbanRural(StrEnum):
    """Class of the address; 户口登记条例 art 13 gives 3 days in cities, 10 in the countryside."""

    URBAN = "URBAN"
    RURAL = "RURAL"


class RegisterRefusal(StrEnum):
    """Codes of OutsideRefusal from this register."""

    NOT_REGISTERED = "NOT_REGISTERED"
    WRONG_STATUS = "WRONG_STATUS"
    CERTIFICATE_DIFFERS = "CERTIFICATE_DIFFERS"
    CERTIFICATE_SPENT = "CERTIFICATE_SPENT"
    ALREADY_ACTIVE = "ALREADY_ACTIVE"
    DECEASED = "DECEASED"
    UNDER_INVESTIGATION = "UNDER_INVESTIGATION"
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    IDENTITY_CORRECTED = "IDENTITY_CORRECTED"
    IDENTITY_TAKEN = "IDENTITY_TAKEN"


class Registration(OutsideModel):
    """One person's registration as this locality keeps it.

    certificate_no: the 户口迁移证 issued here; it stands while IN_TRANSIT and, consumed, once
    MOVED_OUT. arrived_with: the certificate consumed when the person landed here.
    now_in: locality the person moved to. under_investigation: double registration.
    needs_art14_approval: 户口登记条例 art 14, approval needed before moving.
    """

    id_no: Personal
    name: Personal
    sex: Sex
    ethnic: Word
    birth_date: PersonalDate
    status: RegistrationStatus = RegistrationStatus.ACTIVE
    station: Word
    address: Personal
    urban_rural: UrbanRural = UrbanRural.URBAN
    household_no: Word
    certificate_no: Word | None = None
    arrived_with: Word | None = None
    needs_art14_approval: bool = False
    under_investigation: bool = False
    now_in: Word | None = None
    phone: MaybePersonal = None
    former_id_no: MaybePersonal = None
    former_name: MaybePersonal = None


class RegistrationFact(OutsideModel):
    """What the check of H1-H4 over several localities needs, and no more."""

    id_no: Personal
    status: RegistrationStatus
    station: Word
    certificate_no: Word | None = None
    arrived_with: Word | None = None


class RegisterReceipt(Receipt):
    """The register's receipt for one act."""


class RegisterOrder(Order):
    """An act on the registration of one person, done on a day."""

    id_no: Personal
    on: date


class CancelOrder(RegisterOrder):
    """注销户口 for a move: ACTIVE to IN_TRANSIT, the point of no return."""

    certificate_no: Word
    to_locality: Word


class ReplaceOrder(Order):
    """补发户口迁移证: the old number is void in the same act (G2). Stays IN_TRANSIT."""

    id_no: Personal
    old_no: Word
    new_no: Word


class CloseOrder(RegisterOrder):
    """The person landed elsewhere: IN_TRANSIT to MOVED_OUT."""

    certificate_no: Word
    landed_in: Word


class RestoreOrder(RegisterOrder):
    """恢复户口 on the destination's 未落户证明 (H4): IN_TRANSIT to ACTIVE, certificate void."""

    certificate_no: Word
    not_landed_proof_no: Word


class LandOrder(RegisterOrder):
    """落户: a new ACTIVE registration. household_no None founds a household of its own.

    certificate_no None is only for landings that the law allows without one.
    """

    name: Personal
    sex: Sex
    birth_date: PersonalDate
    ethnic: Word
    certificate_no: Word | None
    station: Word
    address: Personal
    household_no: Word | None
    urban_rural: UrbanRural = UrbanRural.URBAN
    phone: MaybePersonal = None


class DeathOrder(RegisterOrder):
    """死亡注销: ACTIVE or IN_TRANSIT to DECEASED."""


class IdentityOrder(RegisterOrder):
    """更正: number and name as kept now, and as they shall be. The status stays as it is."""

    name: Personal
    new_id_no: Personal
    new_name: Personal
