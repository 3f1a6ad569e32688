"""Puts a function on the command line with the options that every command takes.

``@command("show", panel=LOOKING)`` gives the function a :class:`Session` as its first
argument; ``--locality``, ``--as`` and ``--json`` may stand before or after the command's name.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from commands.failure import EXIT_CODES_HELP, explain
from commands.session import Session
from commands.usage import OPTIONS, Command, Group

app = typer.Typer(
    cls=Group,
    add_completion=False,
    # Its tracebacks may print local variables, and some of ours are secrets.
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

FILING = "收件与申请人"
LOOKING = "查看"
WORKING = "办理"
CLOCKS = "期限"
SUPERVISING = "督办与通报"
CHECKING = "目录与核查"

LocalityOption = Annotated[
    str | None,
    typer.Option("--locality", help="地区代码，如 371002；不写时按编号、工作人员或唯一的地区确定"),
]
ClerkOption = Annotated[
    str | None, typer.Option("--as", help="以哪位工作人员的身份办理，如 HC0101")
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出 JSON，供脚本使用")]

CaseArgument = Annotated[str, typer.Argument(metavar="办件编号", show_default=False)]
TaskArgument = Annotated[str, typer.Argument(metavar="待办编号", show_default=False)]
ReasonOption = Annotated[str, typer.Option(help="理由", show_default=False)]
CommandIdOption = Annotated[
    str | None,
    typer.Option(help="操作编号，以 c- 开头；重复提交同一编号只办一次，得到同一回执"),
]

_COMMON = (
    ("locality", LocalityOption, None),
    ("clerk", ClerkOption, None),
    ("as_json", JsonOption, False),
)


def subject(name: str, *, panel: str, about: str) -> typer.Typer:
    """Commands of one subject, typed as ``name command``; ``about``: its line in the help."""
    made = typer.Typer(cls=Group, rich_markup_mode="rich")
    app.add_typer(
        made,
        name=name,
        rich_help_panel=panel,
        help=about,
        options_metavar=OPTIONS,
        subcommand_metavar="命令 [参数]…",
        epilog=EXIT_CODES_HELP,
    )
    return made


def command(
    name: str, *, panel: str, group: typer.Typer = app
) -> Callable[[Callable[..., Any]], Any]:
    """Register a function, plain or async; what it returns is the exit code (None: 0).

    ``group``: where it stands, the program itself unless given.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        common = [
            inspect.Parameter(
                field, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind
            )
            for field, kind, default in _COMMON
        ]
        context = inspect.Parameter(
            "ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context
        )

        @functools.wraps(function)
        def run(ctx: typer.Context, **given: Any) -> int | None:
            root = ctx.find_root().params
            chosen = {field: given.pop(field) or root.get(field) for field, _, _ in _COMMON}
            session = Session(
                locality=chosen["locality"], clerk=chosen["clerk"], as_json=bool(chosen["as_json"])
            )
            try:
                return _run(function, session, given)
            except Exception as error:
                raise session.again(explain(error)) from error

        parameters = [context, *own, *common]
        # typer reads the signature and the hints of what it registers, not of what is wrapped;
        # no type knows that a function may be given one.
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in parameters}
        group.command(
            name,
            cls=Command,
            rich_help_panel=panel,
            options_metavar=OPTIONS,
            epilog=EXIT_CODES_HELP,
        )(run)
        return function

    return register


def _run(function: Callable[..., Any], session: Session, given: dict[str, Any]) -> int | None:
    code: int | None
    if inspect.iscoroutinefunction(function):
        import asyncio

        code = asyncio.run(session.closing(function(session, **given)))
    else:
        code = function(session, **given)
    return code
