"""Every way a command can fail, as an exit code, a code for scripts and one Chinese sentence.

``commands.app`` hands every exception to :func:`explain`; no traceback and no English reaches the
person. Heavy modules are looked up only once something has failed.
"""

from __future__ import annotations

import traceback
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from domain.errors import DomainError
from domain.limits import ClockCode

if TYPE_CHECKING:
    from console.errors import OfficeError


_ROOT = Path(__file__).resolve().parent.parent


class ExitCode(IntEnum):
    """What scripts branch on; told in every ``--help``."""

    OK = 0
    REFUSED = 1
    WRONG_INPUT = 2
    UNAVAILABLE = 3


EXIT_CODES_HELP = (
    "退出码：0 成功；1 依规定不能办理（业务拒绝）；2 用法或输入有误；3 所需服务暂时不可用。"
    "出错时标准错误输出一句话说明；加 --json 时是 {code, message}。"
)


class Failure(Exception):
    """A failure in words. ``details`` lists single points, for scripts."""

    def __init__(
        self, exit_code: ExitCode, code: str, message: str, details: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code
        self.message = message
        self.details = details


def wrong_input(message: str, code: str = "USAGE") -> Failure:
    """What was typed or handed in cannot be understood."""
    return Failure(ExitCode.WRONG_INPUT, code, message)


def explain(error: Exception) -> Failure:
    """The failure behind any exception."""
    if isinstance(error, Failure):
        return error
    if isinstance(error, DomainError):
        return Failure(_of_domain(error), error.code.value, error.message)
    return _of_the_rooms(error) or _unforeseen(error)


def _of_domain(error: DomainError) -> ExitCode:
    from catalog.errors import CatalogCode

    unknown = isinstance(error.code, CatalogCode) or error.code is ClockCode.MALFORMED_LIMIT
    return ExitCode.WRONG_INPUT if unknown else ExitCode.REFUSED


def _of_the_rooms(error: Exception) -> Failure | None:
    from sqlalchemy.exc import SQLAlchemyError

    from adapters.errors import OutsideUnavailable
    from catalog.errors import CatalogError
    from console.errors import OfficeCode, OfficeError
    from settings import SettingsError

    if isinstance(error, OfficeError):
        # The office speaks to people of every kind; only here is something written by options.
        how = "各栏用什么选项写，见 --help。" if error.code == OfficeCode.MISSING_TEXT else ""
        return Failure(_of_office(error), error.code.value, error.message + how, error.details)
    if isinstance(error, SettingsError):
        return wrong_input(str(error), "SETTINGS")
    if isinstance(error, CatalogError):
        return wrong_input(str(error), "CATALOG")
    if isinstance(error, OutsideUnavailable):
        return Failure(
            ExitCode.UNAVAILABLE,
            "OUTSIDE_UNAVAILABLE",
            "外部系统（人口库等）没有可用的答复；请确认其已启动、地址无误后重试。",
        )
    # The driver's own errors (a wrong password, a vanished database) pass SQLAlchemy unwrapped.
    if isinstance(error, SQLAlchemyError | OSError) or type(error).__module__.startswith("asyncpg"):
        return Failure(
            ExitCode.UNAVAILABLE,
            "UNAVAILABLE",
            "连不上数据库或服务；请确认系统已启动（make status）、地址和密码无误后重试。",
        )
    return None


def _of_office(error: OfficeError) -> ExitCode:
    from catalog.errors import CatalogCode
    from console.errors import OfficeCode

    if error.code in (OfficeCode.UNAVAILABLE, OfficeCode.PENDING, OfficeCode.BUSY):
        return ExitCode.UNAVAILABLE
    mistakes = (
        OfficeCode.NOT_FOUND,
        OfficeCode.NO_SUCH_FILE,
        OfficeCode.UNREADABLE_FILE,
        OfficeCode.WRONG_FIELD,
        OfficeCode.TOO_LARGE,
        OfficeCode.DIGEST_DIFFERS,
        OfficeCode.FOREIGN_STATION,
        OfficeCode.MISSING_TEXT,
    )
    if isinstance(error.code, CatalogCode) or error.code in mistakes:
        return ExitCode.WRONG_INPUT
    return ExitCode.REFUSED


def _unforeseen(error: Exception) -> Failure:
    """A defect of ours: where it happened helps the maintainer and holds no personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT)]
    frame = (ours or frames)[-1]
    place = f"{type(error).__name__}，{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno}"
    return Failure(
        ExitCode.UNAVAILABLE,
        "INTERNAL",
        f"程序内部出错（{place}），操作可能没有完成；"
        "请用 show 查看办件现状，并把这句话告诉系统管理员。",
    )
