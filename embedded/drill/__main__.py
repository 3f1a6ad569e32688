"""`python -m embedded.drill`: rehearses the deadlines and the ladder of a month, and judges it.

Called by `make drill`. The exit code is 0 only if the escalations that are configured did execute,
nothing else was escalated, and no invariant is broken.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from catalog.catalog import Catalog
from catalog.errors import CatalogError
from catalog.loader import load_catalog
from connection import TemporalUnreachable
from console.errors import OfficeError
from domain.calendar import SHANGHAI
from embedded import screen
from embedded.demo.state import clear
from embedded.drill import report
from embedded.drill.plan import Plan
from embedded.drill.rehearsal import Asked, Rehearsal, plan_of, rehearse
from embedded.drill.shared_clock import ClockStuck
from embedded.errors import StartError
from embedded.installation import SETTINGS_FILE
from embedded.interruption import Interrupted, until_signal
from embedded.watch import watch
from settings import PROJECT_ROOT, SettingsError

_INTERRUPTED = 130
#: Where no terminal tells its width: room for every column.
_PIPE_WIDTH = 150
_REPORT = "drill.json"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def drill(
    seed: Annotated[int, typer.Option(help="随机种子；同一种子、同一起始日，演练相同")] = 1,
    days: Annotated[int, typer.Option(min=1, max=200, help="演练多少个自然日")] = 45,
    cases: Annotated[int, typer.Option(min=1, max=300, help="收多少件")] = 40,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="从哪一天起，如 2027-02-01"),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="演练后留在末日继续运行，直到 Ctrl-C")
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="报告文件；缺省写在数据目录里")
    ] = None,
    catalog_dir: Annotated[list[Path] | None, typer.Option(help="另加的目录数据文件夹")] = None,
    state: Annotated[str, typer.Option(help="数据放在 .tongban/<名字>，每次清空重来")] = "drill",
) -> None:
    """在虚拟时间里演练一个月的办件：谁超期、督办到哪一级、为什么，并核对督办是否照标准执行。"""
    if not screen.console.is_terminal and "COLUMNS" not in os.environ:
        screen.console.width = _PIPE_WIDTH
    try:
        folders = tuple(catalog_dir or ())
        catalog = load_catalog(*folders)
        start = first.date() if first is not None else None
        if start is not None and start <= datetime.now(SHANGHAI).date():
            raise StartError("演练只能从明天或以后开始：时间只能往前拨。请另给 --from 日期。")
        plan = plan_of(Asked(seed=seed, days=days, cases=cases, first=start), catalog)
        file = json_file or PROJECT_ROOT / ".tongban" / state / _REPORT
        good = asyncio.run(until_signal(_drill(plan, catalog, state, file, folders, keep=keep)))
    except Interrupted:
        raise typer.Exit(_INTERRUPTED) from None
    except (
        StartError,
        SettingsError,
        CatalogError,
        TemporalUnreachable,
        OfficeError,
        ClockStuck,
    ) as error:
        screen.fail(error)
        raise typer.Exit(1) from None
    except PermissionError as error:
        screen.fail(f"没有权限使用 {error.filename}。请用上次演练的用户，或先 chown 再试。")
        raise typer.Exit(1) from None
    raise typer.Exit(int(not good))


async def _drill(
    plan: Plan,
    catalog: Catalog,
    state: str,
    file: Path,
    folders: Sequence[Path],
    *,
    keep: bool,
) -> bool:
    directory = PROJECT_ROOT / ".tongban" / state
    await clear(directory, state)
    screen.say(report.opening(plan))
    async with rehearse(plan, catalog, directory, screen.say, folders) as (system, done):
        _tell(done, catalog, file)
        if keep:
            report.show_keeping(system.settings.ui_url, directory / SETTINGS_FILE, plan.last)
            # Whoever asked to keep it and ends it has lost nothing: the verdict stands.
            with suppress(asyncio.CancelledError):
                await watch(system, screen.say)
    return done.good


def _tell(done: Rehearsal, catalog: Catalog, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(report.as_json(done, catalog), encoding="utf-8")
    report.show(done, catalog)
    screen.say(f"报告文件 {file}")


if __name__ == "__main__":
    app()
