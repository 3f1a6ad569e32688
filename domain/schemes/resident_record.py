"""The record of a resident pension (城乡居民基本养老保险), as the social insurance core returns it.

One JSON object for one person: `region`; `status` PAYING, BROKEN or PENSIONER; `hukou` with
`from_region`, `to_region` and `landed_on` (null while the migration is open); `rows` by year, see
`ResidentYear`. Residents pay once a year, so a row's months default to the whole year.

For 城乡衔接 also `connection`: `reached_statutory_age_on` (null before), `employee_months`,
`employee_account_fen`, `employee_spells` (`from`, `to`), `both_pensions` and
`basic_pension_paid_fen` (resident basic pension drawn beside an employee pension).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.schemes.pension_record import RelationStatus
from domain.schemes.record_fields import Fields


@dataclass(frozen=True, slots=True)
class ResidentYear:
    """A year's money in fen: what the person paid, collective aid, government subsidy, interest.

    `subsidy_interest_fen` is the part of `interest_fen` that the subsidy earned.
    """

    year: int
    from_month: int
    to_month: int
    personal_fen: int
    collective_fen: int
    subsidy_fen: int
    interest_fen: int
    subsidy_interest_fen: int

    @property
    def total_fen(self) -> int:
        """Everything in the account from this row."""
        return self.personal_fen + self.collective_fen + self.subsidy_fen + self.interest_fen

    @property
    def months(self) -> range:
        """The months covered, counted since the year 0."""
        return range(self.year * 12 + self.from_month - 1, self.year * 12 + self.to_month)

    def listed(self) -> dict[str, Any]:
        """As a row of the transfer form."""
        return {
            "year": self.year,
            "from_month": self.from_month,
            "to_month": self.to_month,
            "months": len(self.months),
            "personal_fen": self.personal_fen,
            "collective_fen": self.collective_fen,
            "subsidy_fen": self.subsidy_fen,
            "interest_fen": self.interest_fen,
        }


@dataclass(frozen=True, slots=True)
class Hukou:
    """The move of the household that the transfer follows; ``landed_on`` None: not landed yet."""

    from_region: str
    to_region: str
    landed_on: date | None


@dataclass(frozen=True, slots=True)
class Connection:
    """What 城乡衔接 asks; `employee_covered` are the months paid as an employee."""

    reached_statutory_age_on: date | None
    employee_months: int
    employee_account_fen: int
    employee_covered: frozenset[int]
    both_pensions: bool
    basic_pension_paid_fen: int


@dataclass(frozen=True, slots=True)
class ResidentRecord:
    """A person in 城乡居民养老保险: years as paid; ``hukou`` or ``connection`` is there."""

    region: str
    status: RelationStatus
    hukou: Hukou | None
    rows: tuple[ResidentYear, ...]
    connection: Connection | None


def read_resident(data: Mapping[str, Any]) -> ResidentRecord:
    """The record, checked; DomainError WRONG_FIELD."""
    fields = Fields(data)
    hukou, connection = fields.part_or_none("hukou"), fields.part_or_none("connection")
    record = ResidentRecord(
        region=fields.region("region"),
        status=fields.choice("status", RelationStatus),
        hukou=_hukou(hukou) if hukou else None,
        rows=tuple(_year(one) for one in fields.parts("rows")),
        connection=_connection(connection) if connection else None,
    )
    if not record.hukou and not record.connection:
        raise fields.wrong("hukou", "没有填写；户籍迁移转移填 hukou，城乡衔接填 connection")
    fields.done()
    return record


def _year(fields: Fields) -> ResidentYear:
    first, last = fields.number("from_month", 1, most=12), fields.number("to_month", 12, most=12)
    if not 1 <= first <= last:
        raise fields.wrong("from_month", "应为 1 至 12 且不晚于 to_month 的月份")
    fields.number("months", last - first + 1)
    row = ResidentYear(
        year=fields.year(),
        from_month=first,
        to_month=last,
        personal_fen=fields.fen("personal_fen"),
        collective_fen=fields.fen("collective_fen", 0),
        subsidy_fen=fields.fen("subsidy_fen", 0),
        interest_fen=fields.fen("interest_fen", 0),
        subsidy_interest_fen=fields.fen("subsidy_interest_fen", 0),
    )
    if row.subsidy_interest_fen > row.interest_fen:
        raise fields.wrong("subsidy_interest_fen", "不能大于 interest_fen")
    fields.done()
    return row


def _hukou(fields: Fields) -> Hukou:
    found = Hukou(
        fields.region("from_region"), fields.region("to_region"), fields.day_or_none("landed_on")
    )
    fields.done()
    return found


def _connection(fields: Fields) -> Connection:
    covered: set[int] = set()
    for spell in fields.parts("employee_spells"):
        first, last = spell.month("from"), spell.month("to")
        if not first <= last <= first + 1200:
            raise spell.wrong("to", "早于 from 或相距过长")
        covered |= set(range(first, last + 1))
        spell.done()
    found = Connection(
        reached_statutory_age_on=fields.day_or_none("reached_statutory_age_on"),
        employee_months=fields.number("employee_months", most=1200),
        employee_account_fen=fields.fen("employee_account_fen", 0),
        employee_covered=frozenset(covered),
        both_pensions=fields.flag("both_pensions", False),
        basic_pension_paid_fen=fields.fen("basic_pension_paid_fen", 0),
    )
    fields.done()
    return found
