"""What people read in the terminal while the one-machine system runs."""

import shlex
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from settings import PROJECT_ROOT, Settings

console = Console(highlight=False)

_TITLES = {
    "postgres": "数据库",
    "temporal": "Temporal 服务与界面",
    "simulators": "外部系统模拟器",
    "worker": "工作进程",
    "console": "工作台",
}
_ORDER = tuple(_TITLES)


def say(line: str) -> None:
    console.print(f"· {line}")


def fail(message: object) -> None:
    # To stderr and without markup: messages quote logs, which may hold square brackets.
    Console(stderr=True, highlight=False).print(str(message), style="red", markup=False)


def show_running(
    settings: Settings, names: Mapping[str, str], state_dir: Path, pids: Mapping[str, int]
) -> None:
    """One row per process; `names` maps locality codes to Chinese names."""
    table = Table(title="通办已在本机运行", title_style="bold")
    for column in ("部分", "地址", "进程", "日志"):
        table.add_column(column, overflow="fold")
    for name, pid in sorted(pids.items(), key=lambda item: _ORDER.index(_kind(item[0]))):
        log = _short(state_dir / "logs" / f"{name}.log")
        table.add_row(_title(name, names), _address(name, settings), str(pid), log)
    console.print(table)


def show_next(settings: Settings, state: str) -> None:
    """Where to look and what to try."""
    console.print(f"运行状态（Temporal 界面）：[bold]{settings.ui_url}[/]")
    for loc in settings.localities.values():
        console.print(
            f"工作台 {loc.code}：[bold]{loc.console_url}[/]，"
            f"事项目录：[bold]{loc.console_url}/catalogue[/]"
        )
    suffix = "" if state == "up" else f" STATE={shlex.quote(state)}"
    console.print(
        f"接下来可以：make demo（看一个办件从头到尾）、make down{suffix}（停止，数据保留）、"
        f"make reset{suffix}（停止并清空）。按 Ctrl-C 也会依次停止。"
    )


def _title(name: str, names: Mapping[str, str]) -> str:
    kind, _, code = name.partition("-")
    return f"{_TITLES[kind]} {names.get(code, code)}".strip()


def _kind(name: str) -> str:
    return name.partition("-")[0]


def _address(name: str, settings: Settings) -> str:
    kind, _, code = name.partition("-")
    first = next(iter(settings.localities.values()))
    if kind == "console":
        return settings.locality(code).console_url
    if kind == "worker":
        return f"任务队列 {settings.locality(code).task_queue}"
    if kind == "temporal":
        return f"{first.temporal_address}，界面 {settings.ui_url}"
    if kind == "postgres":
        return first.database_url.get_secret_value().rpartition("@")[2].partition("/")[0]
    return first.adapters.marriage.rpartition("/")[0]


def _short(path: Path) -> str:
    return str(path.relative_to(PROJECT_ROOT) if path.is_relative_to(PROJECT_ROOT) else path)
