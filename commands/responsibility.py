"""``responsibility``: whose days were used, of one case or in total."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.failure import wrong_input
from commands.register import SUPERVISING, command
from commands.session import Session
from console.wording.labels import HOLDER_LABELS
from domain.calendar import SHANGHAI

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from console.responsibility import Answer

_BY = {"office": "party", "matter": "matter", "holder": "", "month": "month"}
_NAMES = {"party": "机构或地区", "matter": "事项", "month": "月份", "case_no": "办件"}


@command("responsibility", panel=SUPERVISING)
async def responsibility(
    session: Session,
    case_no: Annotated[str | None, typer.Argument(metavar="[办件编号]", show_default=False)] = None,
    by: Annotated[
        str, typer.Option("--by", help="按什么汇总：office、matter、holder 或 month")
    ] = "office",
    from_: Annotated[
        str | None, typer.Option("--from", help="自哪一天起，如 2026-11-01；不写即最早的办件")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="至哪一天止；不写即今天")] = None,
) -> None:
    """用了谁的时间：本地各机构、对方地区、申请人、寄递企业各用几天，与日历逐日相符。"""
    from console.responsibility import answer

    if by not in _BY:
        raise wrong_input(f"--by 只能是 {'、'.join(_BY)} 之一。")
    office = session.office(case_no or "")
    found = await answer(
        office,
        clerk=session.clerk,
        case_no=case_no,
        by=_BY[by],
        from_day=_day(from_),
        to_day=_day(to),
        now=datetime.now(SHANGHAI),
    )
    session.answer(found.told(), lambda: _draw(found, session.catalog))


def _day(words: str | None) -> date | None:
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise wrong_input("日期请写成 2026-11-01 的形式。", "WRONG_DATE") from None


def _draw(found: Answer, catalog: Catalog) -> None:
    from commands.screen import print_all, table

    columns = [one for one in found.by if any(getattr(row, one) for row in found.used)]
    rows: list[list[Any]] = [
        [
            HOLDER_LABELS[row.holder],
            *(_named(getattr(row, one), catalog) for one in columns),
            row.working,
            row.calendar,
        ]
        for row in found.used
    ]
    rows.append(["合计", *("" for _ in columns), found.working, found.calendar])
    agrees = "与日历相符" if found.adds_up else "与日历不符，请系统管理员核对"
    print_all(
        table(
            f"用了谁的时间（{found.from_day} 至 {found.to_day}，{found.cases} 件）",
            ("由谁占用", *(_NAMES[one] for one in columns), "工作日", "自然日"),
            rows,
        ),
        f"日历上应为 {found.expected_working} 个工作日、{found.expected_calendar} 个自然日，"
        f"{agrees}。",
    )


def _named(code: str, catalog: Catalog) -> str:
    place = catalog.offices.get(code) or catalog.localities.get(code)
    name = place.name if place else catalog.matter_name(code)
    return f"{name}（{code}）" if name else code
