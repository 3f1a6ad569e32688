"""``due``: counts a time limit out, day by day. Needs neither settings nor any service."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from commands.failure import wrong_input
from commands.register import CLOCKS, command
from commands.session import Session
from domain.clocks import Clock, Derivation, Effect, Limit, derive

_FIRST_YEAR, _LAST_YEAR = 1990, 2200


@command("due", panel=CLOCKS)
def due(
    session: Session,
    start: Annotated[
        str,
        typer.Argument(metavar="起算日", help="如 2026-01-30；起算当日不计", show_default=False),
    ],
    limit: Annotated[
        str,
        typer.Argument(
            metavar="时限", help="15wd 即15个工作日，40cd 即40个自然日", show_default=False
        ),
    ],
    fixed: Annotated[
        bool, typer.Option("--fixed", help="末日遇节假日不顺延（证件有效期），只对自然日有意义")
    ] = False,
) -> None:
    """推算一个时限的到期日，逐日说明。不需要设置，也不需要服务在运行。"""
    from commands.holidays import calendar

    clock = Clock(
        kind="DUE",
        limit=Limit.parse(limit.strip(), ""),
        started_on=_day(start),
        effect=Effect.REMIND,
        rolls=not fixed,
    )
    derived = derive(clock, calendar())
    session.answer(
        {
            "started_on": clock.started_on,
            "limit": str(clock.limit),
            "due_on": derived.due_on,
            "provisional": derived.provisional,
            "days": [asdict(day) for day in derived.days],
        },
        lambda: _draw(clock, derived),
    )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise wrong_input(
            f"起算日 {text[:20]} 不是有效日期；请写成 2026-01-30 这样的年月日。", "WRONG_DATE"
        ) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise wrong_input(
            f"起算日须在 {_FIRST_YEAR} 年至 {_LAST_YEAR} 年之间；请核对年份。", "WRONG_DATE"
        )
    return day


def _draw(clock: Clock, derived: Derivation) -> None:
    from commands.clock_table import day_table
    from commands.screen import print_all, with_weekday

    assert derived.due_on is not None
    print_all(
        day_table(f"{clock.limit.label}，自 {with_weekday(clock.started_on)} 起算", derived.days),
        f"到期日：{with_weekday(derived.due_on)}，当日 24 时截止。",
    )
    if derived.provisional:
        print_all("此日期是暂定的：其间有年份的放假安排尚未公布，公布后可能变动。")
