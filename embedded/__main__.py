"""`python -m embedded up|down|reset|status|provision`: the one-machine system for people.

`provision` also serves production: it prepares whatever the settings point to.
"""

import asyncio
import shutil
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from catalog.catalog import Catalog
from catalog.errors import CatalogError
from catalog.loader import load_catalog
from connection import TemporalUnreachable
from embedded import installation, provision, screen, supervisor
from embedded.errors import StartError
from embedded.interruption import Interrupted, until_signal
from embedded.ports import Ports
from embedded.processes import Processes
from embedded.readiness import WorkerReadiness
from embedded.system import Options, System
from embedded.watch import watch
from settings import PROJECT_ROOT, SettingsError, load_settings

app = typer.Typer(
    help="单机上的通办系统",
    no_args_is_help=True,
    add_completion=False,
    # Its tracebacks may print local variables, and some of ours are secrets.
    pretty_exceptions_enable=False,
)
T = TypeVar("T")
State = Annotated[str, typer.Option(help="数据放在 .tongban/<名字> 里；也可给绝对路径")]


@app.command()
def up(
    state: State = "up",
    temporal_port: int = Ports().temporal,
    ui_port: int = Ports().ui,
    postgres_port: int = Ports().postgres,
    simulators_port: int = Ports().simulators,
    console_port: Annotated[int, typer.Option(help="第一个地区的工作台；其余依次加一")] = (
        Ports().consoles[0]
    ),
    catalog_dir: Annotated[list[Path] | None, typer.Option(help="另加的目录数据文件夹")] = None,
    ui_codec: Annotated[bool, typer.Option(help="Temporal 界面经工作台解密显示")] = True,
) -> None:
    """启动全部，直到 Ctrl-C；数据留到下次。"""
    consoles = tuple(range(console_port, console_port + 100))
    ports = Ports(temporal_port, ui_port, postgres_port, simulators_port, consoles)
    options = Options(ui_codec=ui_codec, catalog_dirs=tuple(catalog_dir or ()))
    _run(_up(state, ports, options))


@app.command()
def down(state: State = "up") -> None:
    """停止，数据保留。"""
    stopped = _run(supervisor.stop(_directory(state)))
    screen.say(f"已停止：{'、'.join(stopped)}" if stopped else "没有在运行的进程")


@app.command()
def reset(state: State = "up", yes: Annotated[bool, typer.Option(help="不再询问")] = False) -> None:
    """停止并清空全部数据。"""
    directory = _directory(state)
    # Never delete a directory that `up` did not make, whatever was typed.
    if not (directory / "lock").is_file():
        screen.say(f"{directory} 里没有通办的数据，无需清空")
        return
    if not yes:
        typer.confirm(f"将删除 {directory} 里的全部办件和登记数据，继续吗？", abort=True)
    _run(supervisor.stop(directory))
    shutil.rmtree(directory)
    screen.say("已清空")


@app.command()
def status(state: State = "up") -> None:
    """列出正在运行的部分。"""
    directory = _directory(state)
    pids = Processes(directory).recorded()
    if not pids:
        screen.say("没有在运行。启动请用 make up")
        raise typer.Exit(1)
    with _sentences():
        settings = load_settings(directory / installation.SETTINGS_FILE)
        names = _names(load_catalog(*settings.catalog_dirs))
    screen.show_running(settings, names, directory, pids)


@app.command("provision")
def provision_command() -> None:
    """按设置准备命名空间、检索属性、Nexus 端点和数据库表；可重复执行。"""
    _run(_provision())


@app.command()
def migrate() -> None:
    """把设置所指的各地区数据库升级到最新表结构。"""
    with _sentences():
        settings = load_settings()
    _run(provision.upgrade_databases(settings))
    screen.say(f"表结构已是最新：{'、'.join(settings.localities)}")


@app.command("check-worker")
def check_worker(locality: Annotated[str, typer.Option(help="地区代码")]) -> None:
    """健康检查：该地区的工作进程最近两分钟在取任务吗。"""
    with _sentences():
        loc = load_settings().locality(locality)
    if not _run(WorkerReadiness(loc, time.time() - 120)()):
        screen.fail(f"{locality} 的工作进程没有在取任务")
        raise typer.Exit(1)


async def _up(state: str, ports: Ports, options: Options) -> None:
    catalog = load_catalog(*options.catalog_dirs)
    directory = _directory(state)
    async with System(directory, ports, catalog, options, screen.say) as system:
        pids = system.processes.recorded()
        screen.show_running(system.settings, _names(catalog), directory, pids)
        screen.show_next(system.settings, state)
        await watch(system, screen.say)


async def _provision() -> None:
    settings = load_settings()
    await provision.upgrade_databases(settings)
    await provision.provision_temporal(settings)
    screen.say(f"已就绪：{'、'.join(settings.localities)}")


def _names(catalog: Catalog) -> dict[str, str]:
    return {code: locality.name for code, locality in catalog.localities.items()}


def _directory(state: str) -> Path:
    return PROJECT_ROOT / ".tongban" / state


def _run(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end or to a signal; what people can mend is a sentence, not a traceback."""
    with _sentences():
        return asyncio.run(until_signal(main))


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except Interrupted:
        raise typer.Exit(0) from None
    except (StartError, SettingsError, CatalogError, TemporalUnreachable) as error:
        screen.fail(error)
    except PermissionError as error:
        screen.fail(f"没有权限使用 {error.filename}。请用上次启动的用户，或先 chown 再试。")
    else:
        return
    raise typer.Exit(1)


if __name__ == "__main__":
    app()
