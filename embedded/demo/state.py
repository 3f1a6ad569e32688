"""The demo's state directory: emptied at each start, never while somebody uses it.

Used by `embedded.demo`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from embedded import supervisor
from embedded.errors import StartError
from embedded.processes import Processes


async def clear(directory: Path, state: str) -> None:
    """Stop and delete what the last demo left.

    StartError while a system runs there, or where the directory holds anything that is not ours.
    """
    if supervisor.supervisor_of(directory) is not None:
        raise StartError(
            f"{directory} 里的系统正在运行：上次演示的界面还开着，或另一场演示没有结束。"
            f"请先在那个终端按 Ctrl-C，或运行 make down STATE={state}，再演示。"
        )
    _check_ours(directory)
    with supervisor.supervising(directory):
        await Processes(directory).stop_leftovers()
        _empty(directory)


def _check_ours(directory: Path) -> None:
    if not directory.exists():
        return
    if not directory.is_dir() or (any(directory.iterdir()) and not (directory / "lock").is_file()):
        raise StartError(f"{directory} 里有别的数据，不能清空；请另给一个目录。")


def _empty(directory: Path) -> None:
    """Everything but the lock, which we hold."""
    for path in directory.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name not in ("lock", "supervisor.json"):
            path.unlink()
