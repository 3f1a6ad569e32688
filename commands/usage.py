"""Typer in Chinese: usage mistakes become our own failures, help texts lose their English words.

``Command`` and ``Group`` are the classes of every command; ``mistake`` translates what typer's
parser refuses. Typer's exception classes are not exported, so they are told apart by name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from typer import TyperException
from typer.core import TyperCommand, TyperGroup

from commands.failure import Failure, wrong_input

OPTIONS = "[选项]"
_TYPES = {
    "<str>": "文字",
    "<int>": "整数",
    "<bool>": "",
    "<list[str]>": "文字，可重复",
    "<list[int]>": "整数，可重复",
    "<path>": "文件",
    "<int range>": "整数",
}


class _AsTyped:
    """Takes a text or a flag as it stands; typer's coercion would first import pydantic."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        return value


class _Chinese:
    """What command and group share: the usage line and the help of ``--help`` in Chinese."""

    # Mixed into classes of typer, which mypy cannot see behind super() here.

    def get_params(self, ctx: Any) -> Any:
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            param.display_type_rich = _type_of(param)
            if param.type_descriptor.annotation in (str, bool):
                param.get_runtime_param = _AsTyped
        return params

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage: ", "用法：", 1)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示这份说明"
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        from typer import rich_utils

        rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
        rich_utils.OPTIONS_PANEL_TITLE = "选项"
        rich_utils.COMMANDS_PANEL_TITLE = "命令"
        rich_utils.REQUIRED_LONG_STRING = "[必填]"
        rich_utils.DEFAULT_STRING = "[默认：{}]"
        rich_utils.ENVVAR_STRING = "[环境变量：{}]"
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(_Chinese, TyperCommand):
    """A subcommand; an argument too many is named."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise wrong_input(
                f"{ctx.command.name} 多出了参数 {_quoted(rest)}；"
                f"请去掉，带空格的内容请加引号。{_see(ctx)}"
            )
        return rest


class Group(_Chinese, TyperGroup):
    """The root; an unknown command is answered with the nearest ones."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None:
            raise wrong_input(f"没有命令 {args[0]}；{_near(args[0], self.commands)}{_see(ctx)}")
        return super().resolve_command(ctx, args)


def mistake(error: TyperException) -> Failure:
    """A usage mistake that typer's own parser found."""
    ctx = getattr(error, "ctx", None)
    param = getattr(error, "param", None)
    option = str(getattr(error, "option_name", ""))
    match type(error).__name__:
        case "NoSuchOption":
            known = [name for one in _params(ctx) for name in one.opts]
            text = f"没有选项 {option}；{_near(option, known)}"
        case "MissingParameter" if param is not None:
            text = f"缺少{_named(param)}；请补上。"
        case "BadParameter" if param is not None:
            text = f"{_named(param)} 应是{_expected(param, ctx)}；请改正。"
        case "BadOptionUsage" | "BadArgumentUsage":
            text = f"选项 {option} 的写法不对：要写值的请补上值，开关类的请去掉等号和值。"
        case "UsageError" if ctx is not None and ctx.parent is None:
            text = "没有写要执行的命令；请补上。"
        case _:
            text = "命令的写法不对；请改正。"
    return wrong_input(text + _see(ctx))


def _type_of(param: Any) -> Any:
    def shown(ctx: Any) -> str:
        word: str = type(param).display_type(param, ctx)
        return _TYPES.get(word, word)

    return shown


def _expected(param: Any, ctx: Any) -> str:
    if getattr(param, "min", None) is not None:
        return f" {param.min} 至 {param.max} 的整数"
    return _type_of(param)(ctx).removesuffix("，可重复") or "是或否"


def _named(param: Any) -> str:
    """An option as it is typed, an argument by its Chinese name."""
    if param.param_type_name == "option":
        return f"选项 {max(param.opts, key=len)}"
    return f"参数“{param.display_name_raw}”"


def _params(ctx: Any) -> Iterable[Any]:
    return ctx.command.get_params(ctx) if ctx is not None else ()


def _near(typed: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(typed, sorted(known), n=3, cutoff=0.5)
    return f"相近的有：{'、'.join(near)}。" if near else ""


def _quoted(words: list[str]) -> str:
    return "、".join(f"“{word[:40]}”" for word in words[:3])


def _see(ctx: Any) -> str:
    path = ctx.command_path if ctx is not None else "python starter.py"
    return f"用法见 {path} --help。"
