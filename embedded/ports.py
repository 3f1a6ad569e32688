"""The ports of the one-machine system: fixed ones for `up`, free ones for the demo and tests."""

import random
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

from embedded.errors import StartError

HOST = "127.0.0.1"
# Below the range from which Linux and macOS take ports for outgoing connections (32768, 49152):
# a free port chosen here is not given away between choosing and listening.
_LOWEST, _HIGHEST = 20000, 32000
_SPARE_CONSOLES = 8


@dataclass(frozen=True, slots=True)
class Ports:
    """One TCP port on 127.0.0.1 per server; consoles are numbered in catalog order."""

    temporal: int = 7233
    ui: int = 8233
    postgres: int = 7432
    simulators: int = 7480
    consoles: tuple[int, ...] = tuple(range(7490, 7590))

    @classmethod
    def free(cls) -> Self:
        """Ports that nobody listens on at this moment."""
        temporal, ui, postgres, simulators, *consoles = _free_ports(4 + _SPARE_CONSOLES)
        return cls(temporal, ui, postgres, simulators, tuple(consoles))

    def named(self, localities: int) -> Iterator[tuple[int, str, str]]:
        """(port, what listens there, the option of `up` that moves it)."""
        yield self.postgres, "数据库", "--postgres-port"
        yield self.temporal, "Temporal 服务", "--temporal-port"
        yield self.ui, "Temporal 界面", "--ui-port"
        yield self.simulators, "外部系统模拟器", "--simulators-port"
        for port in self.consoles[:localities]:
            yield port, "工作台", "--console-port"

    def ensure_free(self, localities: int) -> None:
        """StartError names the first busy port and the option that moves it."""
        if localities > len(self.consoles):
            raise StartError(f"有 {localities} 个地区，只留了 {len(self.consoles)} 个工作台端口。")
        for port, name, option in self.named(localities):
            if not is_free(port):
                raise StartError(
                    f"端口 {port}（{name}）已被占用。请关闭占用它的程序，"
                    f'或换一个端口：make up ARGS="{option} {port + 1000}"。'
                )


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the servers do, so that a port in TIME_WAIT after a restart counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _free_ports(count: int) -> list[int]:
    found: list[int] = []
    with ExitStack() as held:
        while len(found) < count:
            probe = held.enter_context(socket.socket())
            port = random.randint(_LOWEST, _HIGHEST)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            found.append(port)
    return found
