"""`python -m embedded.demo [样例…]`: starts a whole system, plays the examples, checks the result.

Called by `make demo`. The exit code is 0 only if every case ended as its script expects, no
invariant is violated and no history holds personal data.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Annotated

import typer

from catalog.catalog import Catalog
from catalog.errors import CatalogError
from catalog.loader import load_catalog
from connection import TemporalUnreachable, connect
from console.errors import OfficeError
from console.office import Office
from embedded import screen
from embedded.demo import checks, report
from embedded.demo.choosing import Example, UnknownExample, choose, every_example
from embedded.demo.play import Player
from embedded.demo.result import Result, collect
from embedded.demo.scripts import Script
from embedded.demo.state import clear
from embedded.demo.view import Board
from embedded.errors import StartError
from embedded.installation import SETTINGS_FILE
from embedded.interruption import Interrupted, until_signal
from embedded.ports import Ports
from embedded.system import Options, System
from embedded.watch import watch
from settings import PROJECT_ROOT, SettingsError
from storage.database import Database

_INTERRUPTED = 130
#: Where no terminal tells its width: room for every column.
_PIPE_WIDTH = 120
#: How long a task stays in sight of somebody who watches.
_PACE_SECONDS = 0.6

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def demo(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[样例、事项或类别]…", help="只演示这些，如 PENSION-TRANSFER"),
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="列出全部样例")] = False,
    everything: Annotated[bool, typer.Option("--all", help="演示全部样例")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="演示后继续运行，直到 Ctrl-C")] = False,
    state: Annotated[str, typer.Option(help="数据放在 .tongban/<名字>，每次清空重来")] = "demo",
) -> None:
    """起一套临时的系统，把样例从申请办到办结，并核对结果。"""
    if not screen.console.is_terminal and "COLUMNS" not in os.environ:
        screen.console.width = _PIPE_WIDTH
    try:
        examples = every_example(load_catalog())
        chosen = choose(examples, names or (), everything=everything)
    except (CatalogError, UnknownExample) as error:
        screen.fail(error)
        raise typer.Exit(2) from None
    if show_list:
        report.show_examples(examples.values())
        return
    whole = bool(names) or everything
    try:
        good = asyncio.run(until_signal(_demo(state, chosen, keep=keep, whole=whole)))
    except Interrupted:
        raise typer.Exit(_INTERRUPTED) from None
    except (StartError, SettingsError, CatalogError, TemporalUnreachable, OfficeError) as error:
        screen.fail(error)
        raise typer.Exit(1) from None
    except PermissionError as error:
        screen.fail(f"没有权限使用 {error.filename}。请用上次演示的用户，或先 chown 再试。")
        raise typer.Exit(1) from None
    raise typer.Exit(int(not good))


async def _demo(state: str, examples: Sequence[Example], *, keep: bool, whole: bool) -> bool:
    """`whole`: all of these were asked for, so what cannot be played is a failure."""
    scripts = [one.script for one in examples if not one.obstacle]
    if not scripts:
        return report.show_obstacles(examples, asked_for=True)
    began = time.monotonic()
    directory = PROJECT_ROOT / ".tongban" / state
    catalog = load_catalog()
    await clear(directory, state)
    # Yesterday's demo is worth no fsync; `make look` starts the same data as durably as any.
    options = Options(durable=False, ui_codec=True)
    async with System(directory, Ports.free(), catalog, options, screen.say) as system:
        async with _offices(system, catalog) as offices:
            screen.say(f"提交 {len(scripts)} 个样例，由各机构的工作人员照脚本办理")
            results = await _play(catalog, offices, scripts)
            good = await _check(system, offices, results)
            good = report.show_obstacles(examples, asked_for=whole) and good
        screen.say(f"共用 {time.monotonic() - began:.0f} 秒")
        serving_at = system.settings.ui_url if keep else None
        report.show_next(state, directory / SETTINGS_FILE, results, serving_at)
        if keep:
            # Whoever asked to keep it and ends it has lost nothing: the verdict stands.
            with suppress(asyncio.CancelledError):
                await watch(system, screen.say)
    return good


async def _play(
    catalog: Catalog, offices: Mapping[str, Office], scripts: Sequence[Script]
) -> list[Result]:
    pace = _PACE_SECONDS if screen.console.is_terminal else 0.0
    with Board(catalog) as board:
        plays = await Player(offices, board.show, pace=pace).play(scripts)
    return await collect(plays, offices)


async def _check(system: System, offices: Mapping[str, Office], results: Sequence[Result]) -> bool:
    searched = await checks.search_histories(system.settings, offices, results)
    violations = await checks.check_registers(system.settings, offices)
    verdicts = (
        report.show_results(results, searched.events),
        report.show_violations(violations),
        report.show_search(searched),
    )
    return all(verdicts)


@asynccontextmanager
async def _offices(system: System, catalog: Catalog) -> AsyncIterator[dict[str, Office]]:
    """Each locality's offices, as its own people reach them."""
    localities = system.settings.localities
    databases = {
        code: Database(loc.database_url.get_secret_value(), pool_size=4)
        for code, loc in localities.items()
    }
    try:
        yield {
            code: Office(databases[code], partial(connect, loc), catalog, code)
            for code, loc in localities.items()
        }
    finally:
        for database in databases.values():
            await database.close()


if __name__ == "__main__":
    app()
