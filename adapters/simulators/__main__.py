"""`python -m adapters.simulators`: all simulated outside systems in one process, for rehearsals.

Prints one line with its address once it takes requests. --port 0 takes any free port.
"""

import argparse
import re
import signal
import socket
import sqlite3
import sys
from pathlib import Path
from typing import NoReturn

import uvicorn
from starlette.applications import Starlette

from adapters.simulators.app import Simulators
from adapters.simulators.seeds import SeedError, localities_in
from adapters.simulators.store import Store

HOST = "127.0.0.1"


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        _stop("命令行参数有误，请按上面的用法填写（--help 有说明）")


def _stop(text: str) -> NoReturn:
    print(text, file=sys.stderr)
    raise SystemExit(2)


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError
    return port


def _localities(text: str) -> list[str]:
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if not codes or not all(re.fullmatch(r"\d{6}", code) for code in codes):
        raise ValueError
    return list(dict.fromkeys(codes))


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = _Arguments(
        prog="python -m adapters.simulators",
        description="外部系统模拟器：人口库、婚姻登记库、学籍学历库、短信通知平台、业务系统、银行、寄递企业、好差评平台、12345热线平台",
        allow_abbrev=False,
    )
    parser.add_argument("--port", type=_port, required=True, help="监听端口，0 表示任选空闲端口")
    parser.add_argument("--state", type=Path, required=True, help="状态文件，重启后接着用")
    parser.add_argument("--seed", type=Path, required=True, help="种子数据目录")
    parser.add_argument(
        "--localities", type=_localities, help="地区代码，逗号分隔；缺省取种子目录中的全部地区"
    )
    return parser.parse_args(argv)


def _listening(port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only where the protocol is named; without it an answer takes 40 ms.
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    # A restart on the same port must not wait for the old connections to time out.
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
        taken.listen(256)
    except PermissionError:
        _stop(f"没有权限使用端口 {port}，请用 --port 换一个 1024 以上的端口")
    except OSError:
        _stop(f"端口 {port} 已被占用，请用 --port 换一个端口，或先停止占用它的程序")
    return taken


def _store(path: Path) -> Store:
    if not path.parent.is_dir():
        _stop(f"状态文件所在的目录不存在：{path.parent}，请先建立该目录")
    try:
        return Store(path)
    except sqlite3.Error:
        _stop(f"状态文件 {path} 无法打开或不是模拟器的状态文件，请检查 --state")


def _serve(application: Starlette, listening: socket.socket) -> None:
    # Hanging requests ("never") get one second when the process is asked to stop.
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            log_level="error",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
    )

    # Being asked to stop is no failure: uvicorn hands the signal on to this handler after its
    # orderly shutdown, and the process ends with 0. It also serves a signal that comes before
    # uvicorn listens for signals itself.
    def stop(*_: object) -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    print(f"外部系统模拟器已就绪：http://{HOST}:{listening.getsockname()[1]}", flush=True)
    server.run(sockets=[listening])


def main(argv: list[str] | None = None) -> None:
    arguments = _arguments(argv)
    try:
        localities = arguments.localities or localities_in(arguments.seed)
        listening = _listening(arguments.port)
        store = _store(arguments.state)
        simulators = Simulators(store, localities)
        simulators.seed(arguments.seed)
    except SeedError as error:
        _stop(str(error))
    except sqlite3.Error:
        _stop(f"状态文件 {arguments.state} 无法写入，请检查 --state")
    try:
        _serve(simulators.application(), listening)
    finally:
        store.close()


if __name__ == "__main__":
    main()
