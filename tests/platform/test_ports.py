"""Ports: free ones are free and distinct, a busy one is named with the way around it."""

import socket

import pytest

from embedded.errors import StartError
from embedded.ports import HOST, Ports, is_free


def test_free_ports_are_distinct_and_free() -> None:
    ports = Ports.free()
    every = [ports.temporal, ports.ui, ports.postgres, ports.simulators, *ports.consoles]
    assert len(set(every)) == len(every)
    assert all(is_free(port) for port in every)


def test_two_systems_get_different_ports() -> None:
    assert Ports.free() != Ports.free()


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (0, "（数据库）已被占用.*--postgres-port"),
        (1, "（Temporal 服务）已被占用.*--temporal-port"),
        (2, "（Temporal 界面）已被占用.*--ui-port"),
        (3, "（外部系统模拟器）已被占用.*--simulators-port"),
        (5, "（工作台）已被占用.*--console-port"),
    ],
)
def test_a_busy_port_is_named_with_the_option_that_moves_it(position: int, words: str) -> None:
    ports = Ports.free()
    port = [port for port, _, _ in ports.named(2)][position]
    with socket.socket() as taken:
        taken.bind((HOST, port))
        taken.listen()
        with pytest.raises(StartError, match=f"端口 {port}{words}"):
            ports.ensure_free(2)
    ports.ensure_free(2)


def test_too_few_console_ports_are_noticed() -> None:
    with pytest.raises(StartError, match="有 9 个地区，只留了 8 个"):
        Ports.free().ensure_free(9)
