"""The line-of-business systems (业务系统) of one locality behind one protocol, for activities.

Social insurance, housing fund, file agency, vehicle office, disabled persons' federation and the
makers of documents. A locality's own systems tell and change what they keep; vehicles, disability
cards and documents are national records that every locality sees. Sums are fen (`*_fen`), rates
basis points (`*_bp`), months counts or YYYY-MM.
"""

from enum import StrEnum
from typing import Annotated, Any, Protocol

from pydantic import Field

from adapters.models import Order, OutsideModel, Personal, Receipt, Word

Facts = Annotated[dict[str, Any], Field(repr=False)]


class RegisterKind(StrEnum):
    """What is kept. `subject` is an identity number, of a VEHICLE its VIN (ISO 3779)."""

    PENSION = "PENSION"
    RESIDENT_PENSION = "RESIDENT_PENSION"
    CIVIL_PENSION = "CIVIL_PENSION"
    ANNUITY = "ANNUITY"
    UNEMPLOYMENT = "UNEMPLOYMENT"
    MEDICAL = "MEDICAL"
    HOUSING_FUND = "HOUSING_FUND"
    PERSONNEL_FILE = "PERSONNEL_FILE"
    VEHICLE = "VEHICLE"
    DISABILITY_CARD = "DISABILITY_CARD"
    TRAVEL_PERMIT = "TRAVEL_PERMIT"
    TEMP_ID = "TEMP_ID"
    TRANSPORT_LICENCE = "TRANSPORT_LICENCE"
    PURCHASE = "PURCHASE"  # of a home; `subject` is the number of its contract or title
    SHARED_DATA = "SHARED_DATA"  # 数据共享平台: what other organs say of a person or an enterprise
    LICENCE_LIBRARY = "LICENCE_LIBRARY"  # 电子证照库; `subject` may be an enterprise's code


MONEY_KINDS = (
    RegisterKind.PENSION,
    RegisterKind.RESIDENT_PENSION,
    RegisterKind.CIVIL_PENSION,
    RegisterKind.ANNUITY,
    RegisterKind.UNEMPLOYMENT,
    RegisterKind.MEDICAL,
    RegisterKind.HOUSING_FUND,
)
DOCUMENT_KINDS = (
    RegisterKind.TRAVEL_PERMIT,
    RegisterKind.TEMP_ID,
    RegisterKind.TRANSPORT_LICENCE,
)
#: One record per subject in the whole country; of every other kind one per subject and locality.
NATIONAL_KINDS = (
    RegisterKind.VEHICLE,
    RegisterKind.DISABILITY_CARD,
    RegisterKind.PURCHASE,
    RegisterKind.LICENCE_LIBRARY,
    *DOCUMENT_KINDS,
)


class RegisterAction(StrEnum):
    """What can be ordered; beside each the facts its `data` needs, in brackets those it may have.

    A case is named by `case` when it is not the order's own `case_no`, so that both localities of
    one transfer act for the same case.
    """

    # Money kinds. OPEN, OPEN_TEMPORARY (PENSION): the whole entry.
    OPEN = "OPEN"
    OPEN_TEMPORARY = "OPEN_TEMPORARY"  # [in_place_of: ACTIVE, what is paid here stays on it]
    SEAL = "SEAL"
    END = "END"  # letter_no [double_pension]
    REINSTATE = "REINSTATE"  # letter_no
    CREDIT = "CREDIT"  # letter_no, amount_fen [account_fen, months, rows]
    CORRECT = "CORRECT"  # letter_no, amount_fen [by_letter_no, account_fen, months, rows]
    RECORD_MONTHS = "RECORD_MONTHS"  # letter_no, months [remaining_months]
    REFUND = "REFUND"  # letter_no, amount_fen [months]
    FUND_ANNUITY = "FUND_ANNUITY"  # ANNUITY: amount_fen
    WITHDRAW = "WITHDRAW"  # HOUSING_FUND: amount_fen, purchase_no [letter_no, price_fen]
    # PURCHASE
    RESERVE = "RESERVE"  # letter_no, amount_fen
    GIVE_BACK = "GIVE_BACK"  # letter_no
    # PERSONNEL_FILE; ACTIVATE and RELEASE serve DISABILITY_CARD [case, number] too.
    RELEASE = "RELEASE"  # letter_no, parcel_no
    RECEIVE = "RECEIVE"  # letter_no [what the file holds]
    RETURN = "RETURN"  # letter_no, parcel_no
    CLOSE = "CLOSE"  # letter_no, receipt_no
    CANCEL_RELEASE = "CANCEL_RELEASE"  # DISABILITY_CARD: [case]
    # VEHICLE
    LOCK = "LOCK"  # [case]
    UNLOCK = "UNLOCK"  # [case]
    RELEASE_FILE = "RELEASE_FILE"  # [case]
    INVOICE_ISSUE = "INVOICE_ISSUE"  # invoice_no [case]
    INVOICE_REVERSE = "INVOICE_REVERSE"  # invoice_no, reversal_no [case]
    FLIP = "FLIP"  # owner_id, plate, certificate_no [licence_no, case]
    # Documents
    MAKE = "MAKE"  # [number, valid_to, case]
    COLLECT_OLD = "COLLECT_OLD"
    VOID_OLD = "VOID_OLD"
    ACTIVATE = "ACTIVATE"  # [case]
    # LICENCE_LIBRARY: MAKE and ACTIVATE as above, with item; a licence that is valid at once
    ISSUE = "ISSUE"  # item, number [valid_to]
    REVOKE = "REVOKE"  # number


class BusinessRefusal(StrEnum):
    """Codes of OutsideRefusal from these systems."""

    UNKNOWN_ACTION = "UNKNOWN_ACTION"
    FACTS_MISSING = "FACTS_MISSING"
    FOREIGN_LOCALITY = "FOREIGN_LOCALITY"
    NOT_REGISTERED = "NOT_REGISTERED"
    WRONG_STATUS = "WRONG_STATUS"
    ALREADY_OPEN = "ALREADY_OPEN"
    ALREADY_ENDED = "ALREADY_ENDED"
    NOT_ENDED = "NOT_ENDED"
    LETTER_DIFFERS = "LETTER_DIFFERS"
    PENSIONER = "PENSIONER"
    TEMPORARY_ACCOUNT = "TEMPORARY_ACCOUNT"
    NOT_SEALED = "NOT_SEALED"
    FROZEN = "FROZEN"
    LOAN_OPEN = "LOAN_OPEN"
    UNFUNDED = "UNFUNDED"
    NOTHING_TO_FUND = "NOTHING_TO_FUND"
    AMOUNT_DIFFERS = "AMOUNT_DIFFERS"
    ALREADY_CREDITED = "ALREADY_CREDITED"
    NOT_CREDITED = "NOT_CREDITED"
    ALREADY_RECORDED = "ALREADY_RECORDED"
    ALREADY_REFUNDED = "ALREADY_REFUNDED"
    OVER_BALANCE = "OVER_BALANCE"
    PURCHASE_USED = "PURCHASE_USED"
    OVER_PRICE = "OVER_PRICE"
    HELD_ELSEWHERE = "HELD_ELSEWHERE"
    NO_RECEIPT = "NO_RECEIPT"
    LOCKED_BY_OTHER = "LOCKED_BY_OTHER"
    NOT_LOCKED = "NOT_LOCKED"
    NOT_RELEASED = "NOT_RELEASED"
    MORTGAGED = "MORTGAGED"
    VIOLATIONS_PENDING = "VIOLATIONS_PENDING"
    INVOICE_LIVE = "INVOICE_LIVE"
    NO_INVOICE = "NO_INVOICE"
    NUMBER_SPENT = "NUMBER_SPENT"
    ALREADY_FLIPPED = "ALREADY_FLIPPED"
    ALREADY_MIGRATING = "ALREADY_MIGRATING"
    NOT_MIGRATING = "NOT_MIGRATING"
    CARD_VOID = "CARD_VOID"
    NUMBER_DIFFERS = "NUMBER_DIFFERS"
    OTHER_VALID_CARD = "OTHER_VALID_CARD"
    ALREADY_MADE = "ALREADY_MADE"
    OTHER_MADE = "OTHER_MADE"
    NOTHING_MADE = "NOTHING_MADE"
    NO_OLD_DOCUMENT = "NO_OLD_DOCUMENT"
    OLD_NOT_COLLECTED = "OLD_NOT_COLLECTED"
    ALREADY_COLLECTED = "ALREADY_COLLECTED"
    ALREADY_VOID = "ALREADY_VOID"


class RegisterQuery(OutsideModel):
    """One question about one subject; case number and purpose go on record (G8)."""

    kind: RegisterKind
    subject: Personal
    locality: Word
    case_no: Word
    purpose: Word


class RegisterEntry(OutsideModel):
    """What is kept on a subject. Of national kinds `locality` is where it is registered now."""

    kind: RegisterKind
    subject: Personal
    locality: Word
    status: Word
    data: Facts = Field(default_factory=dict, repr=False)


class RegisterOrder(Order):
    """One act. action: a RegisterAction; `data` as it asks. locality: the acting office's."""

    kind: RegisterKind
    action: Word
    subject: Personal
    locality: Word
    data: Facts = Field(default_factory=dict, repr=False)


class RegisterActReceipt(Receipt):
    """The business system's receipt for one act."""


class BusinessRegister(Protocol):
    """Every method raises OutsideUnavailable (repeat) or OutsideRefusal (a BusinessRefusal)."""

    async def look(self, query: RegisterQuery) -> RegisterEntry | None:
        """The entry of the subject in the locality; None when there is none.

        Refusal: FOREIGN_LOCALITY (another locality's entry of a kind that is not national).
        """

    async def act(self, order: RegisterOrder) -> RegisterActReceipt:
        """Do one action of the kind's state table, once per key."""

    async def everywhere(
        self, kind: RegisterKind, subject: str, case_no: str, purpose: str
    ) -> tuple[RegisterEntry, ...]:
        """The subject's entries of all localities (national view), oldest first."""
