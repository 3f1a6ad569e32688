"""The figures of the supervisors' board, as tables and charts that page, picture and file share.

Built from `storage.board` and the responsibility split; printed by `console.web.board`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bulletins.model import Chart, Sheet, View
from console.responsibility import Answer, answer
from console.web.context import Visit
from console.wording.labels import HOLDER_LABELS, labelled, office_name
from domain.permissions import Permission
from storage import board

#: As in the worklist: what is due within two days is soon late.
SOON = timedelta(days=2)
#: Whose days are counted over this long.
SPLIT_DAYS = 30
_HEADER = ("机构", "在办", "已超期", "今天到期", "两天内到期", "最早到期")


@dataclass(frozen=True, slots=True)
class Figures:
    """What the board shows. ``offices`` by code, the latest first."""

    offices: list[board.Record]
    cases: board.Record
    split: Answer
    as_of: datetime

    @property
    def late(self) -> int:
        """Tasks past their day."""
        return sum(one["late"] for one in self.offices)

    @property
    def soon(self) -> int:
        """Tasks due today or within two days."""
        return sum(one["today"] + one["soon"] for one in self.offices)


async def figures(visit: Visit, now: datetime) -> Figures:
    """The board of the offices that this person supervises; Forbidden for others."""
    visit.need(Permission.SUPERVISE)
    offices = sorted(visit.person.offices(Permission.SUPERVISE))
    office, today = visit.house.office, visit.today
    counted = await office.read(
        lambda connection: board.by_office(connection, offices, today, today + SOON)
    )
    cases = await office.read(lambda connection: board.open_cases(connection, offices))
    split = await answer(
        office,
        clerk=None,
        case_no=None,
        by="",
        from_day=today - timedelta(days=SPLIT_DAYS - 1),
        to_day=today,
        now=now,
    )
    counted.sort(key=lambda one: (-one["late"], -one["today"] - one["soon"], one["office"]))
    return Figures(counted, cases, split, now)


def offices_sheet(found: Figures, visit: Visit) -> Sheet:
    """Late and soon late by office."""
    catalog = visit.house.office.catalog
    names = tuple(office_name(one["office"], catalog) or one["office"] for one in found.offices)
    rows = tuple(
        (
            name,
            *(one[key] for key in ("open", "late", "today", "soon")),
            _day(one["oldest"]),
        )
        for name, one in zip(names, found.offices, strict=True)
    )
    chart = Chart(
        "各机构超期与临期",
        names,
        (
            ("已超期", tuple(one["late"] for one in found.offices)),
            ("两天内到期", tuple(one["today"] + one["soon"] for one in found.offices)),
        ),
        across=True,
    )
    return Sheet("各机构待办", _HEADER, rows, chart=chart)


def split_sheet(found: Figures) -> Sheet:
    """Whose days were used."""
    split = found.split
    names = tuple(labelled(HOLDER_LABELS, one.holder) or "" for one in split.used)
    rows = tuple(
        (name, one.working, one.calendar) for name, one in zip(names, split.used, strict=True)
    )
    chart = Chart(
        "用了谁的时间",
        names,
        (("工作日", tuple(one.working for one in split.used)),),
        across=True,
        unit="日",
    )
    note = (
        f"{split.from_day} 至 {split.to_day}，涉及 {split.cases} 件（收件当日不计，当日办结的不列）"
    )
    return Sheet("责任划分", ("由谁占用", "工作日", "自然日"), rows, note=note, chart=chart)


def export(found: Figures, visit: Visit) -> View:
    """The board as a workbook or list."""
    locality = visit.house.office.catalog.locality(visit.house.office.locality)
    return View(
        title=f"{locality.name}督办看板",
        subtitle=f"{visit.today}",
        facts=(
            ("在办办件", found.cases["open"]),
            ("逾期办件", found.cases["overdue"]),
            ("超期待办", found.late),
            ("临期待办", found.soon),
        ),
        sheets=(offices_sheet(found, visit), split_sheet(found)),
        origin="由办件登记簿统计，仅含数量，不含个人信息。",
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
