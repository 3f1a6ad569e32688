"""The record of an employee pension relation, as the social insurance core returns it.

One JSON object for one person and one relation; `docs/compute.md` shows one. It names nobody. The
same object is what ``compute pension`` takes.

- `region`; `account_kind` GENERAL (default) or TEMPORARY; `status` PAYING, BROKEN, SEALED or
  PENSIONER; `unit`; the dates `started_work_on`, `first_paid_on`, `first_insured_on` (here),
  `account_opened_on`
- `arrears_months`, `arrears_waived` (the person signed that they stay unpaid)
- `pre1998_fen`: personal principal and interest from before 1998
- `rows`: part two of the 信息表, see `Row`. Months without a contribution split a row.
- `lump_sums`: `code` (a row names it in `lump_sum`), `months`, `evidence` or null
- `request`: `destination_region`, `destination_scheme` PENSION (default) or CIVIL, `purpose` MOVE
  (default) or COLLECTION, `pension_conditions_met`

Interest is what the core has booked; no interest rate is applied here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from domain.schemes.record_fields import Fields

_FULL_RATE = 10_000


class AccountKind(StrEnum):
    GENERAL = "GENERAL"
    TEMPORARY = "TEMPORARY"


class RelationStatus(StrEnum):
    PAYING = "PAYING"
    BROKEN = "BROKEN"
    SEALED = "SEALED"
    PENSIONER = "PENSIONER"


class Purpose(StrEnum):
    """MOVE: the person works elsewhere; COLLECTION (归集): the benefit place gathers all."""

    MOVE = "MOVE"
    COLLECTION = "COLLECTION"


class DestinationScheme(StrEnum):
    PENSION = "PENSION"
    CIVIL = "CIVIL"


class Evidence(StrEnum):
    """Whose document proves the employment behind a lump-sum payment (一次性缴费)."""

    COURT = "COURT"
    AUDIT = "AUDIT"
    LABOUR_INSPECTION = "LABOUR_INSPECTION"
    ARBITRATION = "ARBITRATION"


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of paid months of one year in one place, amounts in fen, rates in basis points.

    `wage_fen` is the actual contribution wage of all its months (absent: months times
    `monthly_base_fen`). In a general account `booked_fen` went into the account; in a temporary one
    it is everything that unit and person paid. `…_personal_fen` are parts of the field before.
    `balance_fen` is the account's at the end of the year, in the year's last row.
    """

    region: str
    year: int
    from_month: int
    to_month: int
    monthly_base_fen: int
    wage_fen: int
    unit_rate_bp: int
    account_rate_bp: int
    personal_rate_bp: int
    booked_fen: int
    booked_personal_fen: int
    interest_fen: int
    interest_personal_fen: int
    balance_fen: int | None = None
    balance_personal_fen: int | None = None
    lump_sum: str = ""
    note: str = ""

    @property
    def months(self) -> range:
        """The months covered, counted since the year 0."""
        first = self.year * 12 + self.from_month - 1
        return range(first, first + self.to_month - self.from_month + 1)

    def listed(self) -> dict[str, Any]:
        """As a row of the 信息表(二): every field but `lump_sum`, which is the origin's own."""
        told = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "lump_sum"}
        return {**told, "months": len(self.months)}


@dataclass(frozen=True, slots=True)
class LumpSum:
    """A payment for many past months at once; `evidence` None: no document was handed in."""

    code: str
    months: int
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Request:
    """What the destination's contact letter (联系函) asks for."""

    destination_region: str
    destination_scheme: DestinationScheme
    purpose: Purpose
    pension_conditions_met: bool


@dataclass(frozen=True, slots=True)
class PensionRecord:
    """A person in 企业职工基本养老保险 as paid, in fen, and what the destination asks."""

    region: str
    account_kind: AccountKind
    status: RelationStatus
    unit: str
    started_work_on: date | None
    first_paid_on: date | None
    first_insured_on: date | None
    account_opened_on: date | None
    arrears_months: int
    arrears_waived: bool
    pre1998_fen: int
    rows: tuple[Row, ...]
    lump_sums: tuple[LumpSum, ...]
    request: Request


def read_record(data: Mapping[str, Any]) -> PensionRecord:
    """The record, checked; DomainError WRONG_FIELD names the first field that is wrong."""
    fields = Fields(data)
    region = fields.region("region")
    lump_sums = tuple(_lump_sum(one) for one in fields.parts("lump_sums"))
    codes = {one.code for one in lump_sums}
    record = PensionRecord(
        region=region,
        account_kind=fields.choice("account_kind", AccountKind, AccountKind.GENERAL),
        status=fields.choice("status", RelationStatus),
        unit=fields.text("unit", ""),
        started_work_on=fields.day_or_none("started_work_on"),
        first_paid_on=fields.day_or_none("first_paid_on"),
        first_insured_on=fields.day_or_none("first_insured_on"),
        account_opened_on=fields.day_or_none("account_opened_on"),
        arrears_months=fields.number("arrears_months", 0, most=1200),
        arrears_waived=fields.flag("arrears_waived", False),
        pre1998_fen=fields.fen("pre1998_fen", 0),
        rows=tuple(read_row(one, region, codes) for one in fields.parts("rows")),
        lump_sums=lump_sums,
        request=_request(fields.part("request")),
    )
    # The applicant's facts may travel in the same file; `pension_eligibility` reads them.
    fields.part_or_none("application")
    fields.done()
    return record


def rows_of(listed: Iterable[Mapping[str, Any]], region: str) -> tuple[Row, ...]:
    """Rows of a 信息表(二) as `Row.listed` wrote them; DomainError WRONG_FIELD."""
    return tuple(
        read_row(Fields(one, f"rows[{at}]"), region, frozenset()) for at, one in enumerate(listed)
    )


def read_row(fields: Fields, region: str, lump_sums: set[str] | frozenset[str]) -> Row:
    """One row; its `region` is the record's unless it says otherwise."""
    year = fields.year()
    first, last = fields.number("from_month", most=12), fields.number("to_month", most=12)
    if not 1 <= first <= last:
        raise fields.wrong("from_month", "应为 1 至 12 且不晚于 to_month 的月份")
    count = last - first + 1
    if fields.number("months", count) != count:
        raise fields.wrong("months", "与起止月份不符，中断缴费的月份请分行填写")
    lump_sum = fields.text("lump_sum", "")
    if lump_sum and lump_sum not in lump_sums:
        raise fields.wrong("lump_sum", "在 lump_sums 中没有对应的 code")
    base = fields.fen("monthly_base_fen")
    booked, interest = fields.fen("booked_fen"), fields.fen("interest_fen", 0)
    row = Row(
        region=fields.region("region", region),
        year=year,
        from_month=first,
        to_month=last,
        monthly_base_fen=base,
        wage_fen=fields.fen("wage_fen", base * count),
        unit_rate_bp=fields.number("unit_rate_bp", 0, most=_FULL_RATE),
        account_rate_bp=fields.number("account_rate_bp", most=_FULL_RATE),
        personal_rate_bp=fields.number("personal_rate_bp", 0, most=_FULL_RATE),
        booked_fen=booked,
        booked_personal_fen=fields.fen("booked_personal_fen", booked),
        interest_fen=interest,
        interest_personal_fen=fields.fen("interest_personal_fen", interest),
        balance_fen=fields.fen_or_none("balance_fen"),
        balance_personal_fen=fields.fen_or_none("balance_personal_fen"),
        lump_sum=lump_sum,
        note=fields.text("note", ""),
    )
    if row.booked_personal_fen > booked:
        raise fields.wrong("booked_personal_fen", "不能大于 booked_fen")
    if row.interest_personal_fen > interest:
        raise fields.wrong("interest_personal_fen", "不能大于 interest_fen")
    fields.done()
    return row


def _lump_sum(fields: Fields) -> LumpSum:
    found = LumpSum(
        code=fields.text("code"),
        months=fields.number("months", most=1200),
        evidence=fields.choice("evidence", Evidence) if fields.has("evidence") else None,
    )
    fields.done()
    return found


def _request(fields: Fields) -> Request:
    found = Request(
        destination_region=fields.region("destination_region"),
        destination_scheme=fields.choice(
            "destination_scheme", DestinationScheme, DestinationScheme.PENSION
        ),
        purpose=fields.choice("purpose", Purpose, Purpose.MOVE),
        pension_conditions_met=fields.flag("pension_conditions_met", False),
    )
    fields.done()
    return found
