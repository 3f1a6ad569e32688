"""Whose days were used, for people who may see the cases, with the calendar's own count beside it.

Called by the command line (``responsibility``), by the board and its page of days.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from console.errors import OfficeCode, OfficeError
from console.office import Office
from domain.calendar import SHANGHAI
from domain.figures import Period
from storage.case_days import case_days
from storage.responsibility import Known, Used, days_used, first_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The split, and what the calendar says it must come to."""

    from_day: date
    to_day: date
    by: tuple[str, ...]
    used: tuple[Used, ...]
    cases: int
    expected_working: int
    expected_calendar: int

    @property
    def working(self) -> int:
        """Working days of all holders."""
        return sum(one.working for one in self.used)

    @property
    def calendar(self) -> int:
        """Calendar days of all holders."""
        return sum(one.calendar for one in self.used)

    @property
    def adds_up(self) -> bool:
        """Whether holders and calendar agree."""
        expected = (self.expected_working, self.expected_calendar)
        return (self.working, self.calendar) == expected

    def told(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "from": self.from_day,
            "to": self.to_day,
            "cases": self.cases,
            "used": [asdict(one) for one in self.used],
            "working": self.working,
            "calendar": self.calendar,
            "expected_working": self.expected_working,
            "expected_calendar": self.expected_calendar,
            "adds_up": self.adds_up,
        }


async def answer(
    office: Office,
    *,
    clerk: str | None,
    case_no: str | None,
    by: str,
    from_day: date | None,
    to_day: date | None,
    now: datetime,
) -> Answer:
    """Days of the cases that this person's offices took in; of one case where it is named.

    `by` is one of `storage.responsibility.GROUPS`, or '' for holders alone. OfficeError NOT_FOUND
    for a case that this person may not see.
    """
    offices = office.visible_offices(clerk)
    if case_no is not None:
        seen = await office.case(case_no, clerk=clerk)
        offices = [seen["intake_office"]]
        # A closed case ends where its trail ends, whatever the clock of this machine says.
        now = max(now, *(event["at"] for event in seen["events"]), seen["filed_at"])
    today = now.astimezone(SHANGHAI).date()
    first = from_day
    if first is None:
        first = await office.read(lambda connection: first_day(connection, Period(today, today)))
    last = min(to_day or today, today)
    if last < first:
        raise OfficeError(OfficeCode.WRONG_FIELD, "起止日期颠倒或尚未到来；请改正后再查。")
    split = (by,) if by else ("party",)
    known = Known(now)
    calendar = await office.read(office.calendars.current)
    used = await office.read(
        lambda connection: days_used(
            connection,
            calendar,
            known,
            offices,
            from_day=first,
            to_day=last,
            by=split,
            case_no=case_no,
        )
    )
    expected = await office.read(
        lambda connection: case_days(
            connection, calendar, known, offices, from_day=first, to_day=last, case_no=case_no
        )
    )
    return Answer(
        from_day=first,
        to_day=last,
        by=split if by else (),
        used=tuple(used if by else _by_holder(used)),
        cases=expected.cases,
        expected_working=expected.working,
        expected_calendar=expected.calendar,
    )


def _by_holder(used: list[Used]) -> list[Used]:
    found: dict[str, Used] = {}
    for one in used:
        so_far = found.get(one.holder, Used(one.holder))
        found[one.holder] = Used(
            one.holder,
            working=so_far.working + one.working,
            calendar=so_far.calendar + one.calendar,
        )
    return list(found.values())
