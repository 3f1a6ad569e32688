"""Ending a running system by a signal: once, in order, however often somebody presses Ctrl-C.

Used by `python -m embedded` and by the demo.
"""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any, TypeVar

from embedded import screen

T = TypeVar("T")


class Interrupted(Exception):
    """A signal ended the work, and everything has been stopped in order."""


async def until_signal(main: Coroutine[Any, Any, T]) -> T:
    """The result of `main`. A signal cancels it once, further ones only wait; then Interrupted."""
    task = asyncio.ensure_future(main)
    asked = False

    def stop() -> None:
        nonlocal asked
        if not asked:
            task.cancel()
        asked = True
        screen.say("正在依次停止……")

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop)
    try:
        return await task
    except asyncio.CancelledError:
        if not asked:
            raise
        screen.say("已停止")
        raise Interrupted from None
