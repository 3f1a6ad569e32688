"""Runs a program of the system in the drill's virtual time; `embedded.system` starts it so.

`python -m embedded.drill.moved <clock directory> worker.py --locality 371002`: the program's wall
clock follows the directory, and the workflows it starts begin in virtual time. It is the program
that runs in production, unchanged.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from temporalio.client import Client

import connection
from embedded.drill.shared_clock import ClockFile, MovedClock
from embedded.drill.starts import at_virtual_time
from settings import LocalitySettings


def main(argv: list[str]) -> None:
    """`argv`: the clock's directory, then the program as the interpreter would take it."""
    directory, *program = argv
    with MovedClock() as clock:
        ClockFile(Path(directory)).follow(clock)
        plainly = connection.connect

        async def connect(loc: LocalitySettings) -> Client:
            return at_virtual_time(await plainly(loc), lambda: clock.offset)

        connection.connect = connect
        if program[0] == "-m":
            sys.argv = program[1:]
            runpy.run_module(program[1], run_name="__main__", alter_sys=True)
        else:
            sys.argv = program
            runpy.run_path(program[0], run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
