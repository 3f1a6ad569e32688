"""``coverage``: which rows of the documents' lists can be started, how, where, and why not."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.catalogue_files import write_csv
from commands.catalogue_group import OnOption, day
from commands.failure import ExitCode
from commands.register import CHECKING, command
from commands.session import Session


@command("coverage", panel=CHECKING)
def coverage(
    session: Session,
    on: OnOption = None,
    totals: Annotated[bool, typer.Option("--totals", help="只列合计，不列逐行")] = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="另存为 CSV 文件")] = None,
) -> int:
    """逐行列出各清单能否办理、怎样办理、在哪里办理；应办而不能办，或合计不符时退出码为 1。"""
    from catalog.coverage import coverage as cover
    from catalog.exporting import coverage_csv
    from commands.coverage_screen import draw_coverage

    found = cover(session.catalog, day(on))
    if csv is not None:
        write_csv(coverage_csv(session.catalog, found), csv)
    data: dict[str, Any] = {
        "complete": found.complete,
        "numbered": sum(one.numbered for one in found.totals),
        "leaves": sum(one.leaves for one in found.totals),
        "totals": [
            {
                **asdict(one),
                "states": {state.value: count for state, count in one.states.items()},
                "agrees": one.agrees,
            }
            for one in found.totals
        ],
        "rows": [] if totals else [{**asdict(row), "state": row.state.value} for row in found.rows],
    }
    session.answer(data, lambda: draw_coverage(session.catalog, found, rows=not totals))
    return int(ExitCode.OK if found.complete else ExitCode.REFUSED)
