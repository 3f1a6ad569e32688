"""Keeps a running system whole: a process that died is started again. Used by `up`."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Callable

from embedded.errors import StartError
from embedded.processes import log_tail
from embedded.system import System

_LOOK_SECONDS = 0.5
_RESTARTS = 5
_WITHIN_SECONDS = 60.0


async def watch(system: System, say: Callable[[str], None]) -> None:
    """Runs until cancelled; StartError when a process dies again and again."""
    deaths: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_RESTARTS))
    while True:
        for name in system.dead():
            times = deaths[name]
            times.append(time.monotonic())
            if len(times) == _RESTARTS and times[-1] - times[0] < _WITHIN_SECONDS:
                log = system.processes.children[name].log
                raise StartError(f"{name} 反复退出，系统停止。{log_tail(log)}")
            say(f"{name} 意外退出，重新启动")
            await system.start(name)
        await asyncio.sleep(_LOOK_SECONDS)
