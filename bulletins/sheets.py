"""The tables and charts of a bulletin, with Chinese labels; `docs/figures.md` defines every figure.

Called by `bulletins.view`. A cell that is None is shown as not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from bulletins.model import Cell, Chart, Sheet, percent
from bulletins.words import ENDINGS, HOLDERS, RUNGS, SIDES
from domain.figures import Period, figures

Content = dict[str, Any]


class Names:
    """The names of then, which the bulletin keeps."""

    def __init__(self, reference: Content) -> None:
        self.locality = reference["locality_name"]
        self._known = {**reference["localities"], **reference["offices"], **reference["matters"]}

    def of(self, code: str) -> str:
        """The name; the code itself for what was not in the catalogue."""
        return str(self._known.get(code, code))


_COMPARED = ("收件", "在办", "办结", "逾期", "按时率", "平均用时", "九成不超过", "平均计时")
_COLUMNS = (
    "收件",
    "受理",
    "不予受理",
    "在办",
    "在办逾期",
    "办结",
    "按时",
    "逾期",
    "按时率",
    "承诺兑现",
    "一次性告知",
    "重复告知",
    "撤回",
    "平均用时",
    "九成不超过",
    "平均计时",
)

#: Office, matter, side, and the figures that are compared across them.
_BRIEF = (0, 1, 2, *(3 + _COLUMNS.index(name) for name in _COMPARED))


def _cells(figures: Content) -> tuple[Cell, ...]:
    return (
        figures["received"],
        figures["accepted"],
        figures["not_accepted"],
        figures["in_hand"],
        figures["in_hand_late"],
        figures["ended"],
        figures["on_time"],
        figures["late"],
        percent(figures["on_time"], figures["ended"]),
        percent(figures["promise_kept"], figures["promised"]),
        figures["notices"],
        figures["repeat_notices"],
        figures["withdrawn"],
        decimal(figures["elapsed"]["average"]),
        figures["elapsed"]["p90"],
        decimal(figures["counted"]["average"]),
    )


#: The figures of an office without any case.
_NOTHING = asdict(figures((), Period(date.min, date.min)))


def decimal(words: str | None) -> Decimal | None:
    """A kept average."""
    return None if words is None else Decimal(words)


def overview(total: Content) -> Sheet:
    """Every figure of the whole, one under the other."""
    rows: list[tuple[Cell, ...]] = [
        (label, cell) for label, cell in zip(_COLUMNS, _cells(total), strict=True)
    ]
    rows += [
        ("计时九成不超过", total["counted"]["p90"]),
        *((f"办结：{ENDINGS.get(code, code)}", count) for code, count in total["endings"].items()),
    ]
    return Sheet(
        "总览",
        ("指标", "数值"),
        tuple(rows),
        "用时按工作日计：平均用时自提交至办结，平均计时只算约束机构的时限运行的日子；"
        "九成不超过即第90百分位（最近秩法）。",
    )


def offices(content: Content, names: Names) -> Sheet:
    """The offices, and where limits ran out."""
    rows = content["by_office"]
    late = {row["office"]: row["figures"]["late"] for row in rows}
    steps = content["overdue_steps"]
    offices = sorted(late.keys() | steps.keys(), key=lambda one: (-steps.get(one, 0), one))
    shown_ = [one for one in offices if steps.get(one, 0) or late.get(one, 0)]
    return Sheet(
        "各机构",
        ("机构", *_COLUMNS, "期内逾期环节"),
        (
            *(
                (names.of(row["office"]), *_cells(row["figures"]), steps.get(row["office"], 0))
                for row in rows
            ),
            # Departments that only take part in joint cases have no case of their own.
            *(
                (names.of(one), *_cells(_NOTHING), count)
                for one, count in sorted(steps.items())
                if one not in late
            ),
        ),
        "办件计入最后办理的机构；逾期环节计入时限届满时手中持有办件的机构，"
        "联办环节计入承担该环节的机构。",
        Chart(
            "各机构逾期",
            tuple(names.of(one) for one in shown_),
            (
                ("期内逾期环节", tuple(steps.get(one, 0) for one in shown_)),
                ("逾期办结办件", tuple(late.get(one, 0) for one in shown_)),
            ),
            across=True,
        ),
    )


def matters(content: Content, names: Names) -> Sheet:
    """The matters, home cases and legs apart."""
    return Sheet(
        "各事项",
        ("事项", "本地环节", *_COLUMNS),
        tuple(
            (names.of(row["matter"]), SIDES[row["side"]], *_cells(row["figures"]))
            for row in content["by_matter"]
        ),
    )


def rows(content: Content, names: Names) -> Sheet:
    """Office by matter."""
    return Sheet(
        "机构与事项",
        ("机构", "事项", "本地环节", *_COLUMNS),
        tuple(
            (
                names.of(row["office"]),
                names.of(row["matter"]),
                SIDES[row["side"]],
                *_cells(row["figures"]),
            )
            for row in content["rows"]
        ),
        "完整的列见工作簿（XLSX）。",
        brief=_BRIEF,
    )


def days(content: Content) -> Sheet:
    """What each day brought."""
    days = content["days"]
    chart = Chart(
        "每日收件与办结",
        tuple(str(int(one["day"][-2:])) for one in days),
        (
            ("收件", tuple(one["received"] for one in days)),
            ("办结", tuple(one["ended"] for one in days)),
        ),
    )
    return Sheet(
        "每日办件",
        ("日期", "收件", "办结", "其中逾期"),
        tuple((one["day"], one["received"], one["ended"], one["late"]) for one in days),
        chart=chart if len(days) > 1 else None,
    )


def distribution(content: Content) -> Sheet:
    """How many working days the ended cases took."""
    bins = _bins({one["days"]: one["cases"] for one in content["distribution"]})
    return Sheet(
        "用时分布",
        ("工作日", "办结办件"),
        tuple(bins),
        "自提交至办结的工作日。",
        Chart(
            "办结用时分布",
            tuple(label for label, _ in bins),
            (("办结办件", tuple(count for _, count in bins)),),
        ),
    )


def _bins(found: dict[int, int]) -> list[tuple[str, int]]:
    """Day by day up to five, then five by five."""
    if not found:
        return []
    bins = [(str(day), range(day, day + 1)) for day in range(6)]
    bins += [(f"{low}–{low + 4}", range(low, low + 5)) for low in range(6, max(found) + 1, 5)]
    counted = [(label, sum(found.get(day, 0) for day in days)) for label, days in bins]
    while counted and not counted[-1][1]:
        counted.pop()
    return counted


def whose_days(content: Content, names: Names) -> Sheet:
    """Whose days were used."""
    used = content["responsibility"]
    order = list(HOLDERS)
    used = sorted(used, key=lambda one: (order.index(one["holder"]), -one["working"], one["party"]))
    label = [_who(one, names) for one in used]
    return Sheet(
        "用了谁的时间",
        ("由谁占用", "机构或地区", "工作日", "自然日"),
        (
            *(
                (HOLDERS[one["holder"]], names.of(one["party"]), one["working"], one["calendar"])
                for one in used
            ),
            ("合计", "", _sum(used, "working"), _sum(used, "calendar")),
        ),
        "每件每日只归一方，以当日零时为准；提交当日不计。依法中止的日子不计入任何一方。",
        Chart(
            "用了谁的时间",
            tuple(label),
            (("工作日", tuple(one["working"] for one in used)),),
            across=True,
            unit="工作日",
        ),
    )


def _who(one: Content, names: Names) -> str:
    if not one["party"]:
        return HOLDERS[one["holder"]]
    place = "（对方）" if one["holder"] == "THEIRS" else ""
    return f"{names.of(one['party'])}{place}"


def _sum(used: Iterable[Content], name: str) -> int:
    return sum(one[name] for one in used)


def supervision(content: Content, names: Names) -> Sheet:
    """Rungs of supervision by office."""
    issued = content["supervision"]
    rungs = [rung for rung in RUNGS if any(rung in found for found in issued.values())]
    return Sheet(
        "督办",
        ("机构", *(RUNGS[rung] for rung in rungs)),
        tuple(
            (names.of(office), *(found.get(rung, 0) for rung in rungs))
            for office, found in sorted(issued.items())
        ),
        "" if issued else "本期没有发出督办。",
    )


def reform(content: Content) -> Sheet:
    """Coverage and 四减."""
    covered = content["coverage"]
    rows: list[tuple[Cell, ...]] = [
        (label, covered[f"catalogue_{name}"], covered[name], "个", "")
        for label, name in (
            ("事项覆盖", "matters"),
            ("机构覆盖", "offices"),
            ("协同地区覆盖", "localities"),
        )
    ]
    rows += [
        (one["name"], one["before"], one["now"], one["unit"], one["why"])
        for one in content["reductions"]
    ]
    return Sheet(
        "覆盖与四减",
        ("指标", "全部或改革前", "有办件的或现在", "单位", "说明"),
        tuple(rows),
        "没有事实依据的数不估算，写明不详。",
    )
