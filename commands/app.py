"""The root of the command line: all commands, the common options, and the end of every error.

Called by ``starter.py`` and by tests.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

# Imported for their commands, in the order in which the help lists them.
# isort: off
from commands import filing, looking, worklist, deciding
from commands import case_requests, slips, clocks, hearings, calendars
from commands import counting, compute
from commands import promises, ratings, tickets
from commands import catalogue, catalogue_items, catalogue_files, catalogue_versions
from commands import coverage, checking, reconciling, supervising
from commands import responsibility, bulletin, digest

# isort: on
from commands.failure import EXIT_CODES_HELP, Failure, explain, wrong_input
from commands.register import JsonOption, app
from commands.usage import OPTIONS, Group, mistake

PROGRAM = "python starter.py"


@app.callback(
    cls=Group,
    options_metavar=OPTIONS,
    subcommand_metavar="命令 [参数]…",
    epilog=EXIT_CODES_HELP,
)
def root(
    locality: Annotated[
        str | None,
        typer.Option(
            "--locality",
            envvar="TONGBAN_LOCALITY",
            show_envvar=True,
            help="地区代码，如 371002；不写时按编号、工作人员或唯一的地区确定",
        ),
    ] = None,
    clerk: Annotated[
        str | None,
        typer.Option(
            "--as",
            envvar="TONGBAN_CLERK",
            show_envvar=True,
            help="以哪位工作人员的身份办理，如 HC0101",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """通办命令行：收件、查看、办理，供窗口人员和脚本使用。"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every failure is one sentence on stderr."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        if any(not word.isprintable() and _undecodable(word) for word in words):
            raise wrong_input("命令里有不是 UTF-8 的字符；请改正后重试。")
        ended = get_command(app).main(
            args=words or ["--help"], prog_name=PROGRAM, standalone_mode=False
        )
    except typer.Abort:
        return _told(wrong_input("已取消。", "CANCELLED"), words)
    except typer.TyperException as error:
        return _told(mistake(error), words)
    except Exception as error:
        return _told(explain(error), words)
    return ended if isinstance(ended, int) else 0


def _undecodable(word: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in word)


def _told(failure: Failure, words: Sequence[str]) -> int:
    if "--json" in words:
        told: dict[str, object] = {"code": failure.code, "message": failure.message}
        if failure.details:
            told["details"] = failure.details
        text = json.dumps(told, ensure_ascii=False)
    else:
        text = failure.message
    sys.stderr.write(text + "\n")
    return int(failure.exit_code)
