"""``compute``: prints every sum of a scheme with its derivation, from a record, without a case.

Needs neither database nor Temporal. A further scheme is one line in ``SCHEMES``: its module in
``domain.schemes`` offers ``compute``, a function of ``catalog`` builds its policy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.failure import wrong_input
from commands.register import command
from commands.session import Session
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.schemes.computation import Computation

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalog.catalog import Catalog

COMPUTING = "测算"
#: Codes of `domain.schemes.record_fields` and `domain.schemes.register_record`.
_RECORD_MISTAKES = frozenset({"WRONG_FIELD", "MALFORMED_RECORD"})
_MAX_BYTES = 4 * 1024 * 1024

#: Name -> module in `domain.schemes`, module and function in `catalog` that build its policy:
#: builder(catalog, locality or None for everybody's rules, on=day).
SCHEMES: Mapping[str, tuple[str, str]] = {
    "pension": ("pension", "scheme_policies.pension_policy"),
    "civil-pension": ("civil", "scheme_policies.civil_policy"),
    "annuity": ("civil_annuity", "scheme_policies.annuity_policy"),
    "benefit-place": ("benefit_place", "scheme_policies.benefit_place_policy"),
    "resident": ("resident", "scheme_policies.resident_policy"),
    "unemployment": ("unemployment", "matter_policies.unemployment_policy"),
}


@command("compute", panel=COMPUTING)
def compute(
    session: Session,
    scheme: Annotated[
        str,
        typer.Argument(metavar="险种", help=f"其中之一：{'、'.join(SCHEMES)}", show_default=False),
    ],
    file: Annotated[
        str, typer.Argument(metavar="记录文件", help="一个人的记录，JSON", show_default=False)
    ],
    on: Annotated[
        str | None, typer.Option("--on", help="按哪一天测算，如 2026-11-23；不写为今天")
    ] = None,
) -> None:
    """测算一份记录的各项金额，逐项说明算法。不建办件，不需要服务在运行。

    写 --locality 按该地区的标准测算，不写按通用标准。
    """
    if scheme not in SCHEMES:
        raise wrong_input(f"没有这个险种，请写其中之一：{'、'.join(SCHEMES)}。", "UNKNOWN_SCHEME")
    day = _day(on)
    module, builder = SCHEMES[scheme]
    policies, _, function = builder.partition(".")
    policy = getattr(import_module(f"catalog.{policies}"), function)(
        session.catalog, session.given_locality, on=day
    )
    try:
        told: Computation = import_module(f"domain.schemes.{module}").compute(
            _record(file), policy, day
        )
    except DomainError as error:
        # A wrong record is a mistake in the file, not a refusal.
        if error.code.value in _RECORD_MISTAKES:
            raise wrong_input(error.message, error.code.value) from None
        raise
    session.answer({"on": day, **asdict(told)}, lambda: _draw(told, day, session.catalog))


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(SHANGHAI).date()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise wrong_input(
            "--on 不是有效日期；请写成 2026-11-23 这样的年月日。", "WRONG_DATE"
        ) from None


def _record(file: str) -> Any:
    path = Path(file)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise wrong_input("记录文件超过 4 兆字节；请核对是否选错了文件。", "TOO_LARGE")
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise wrong_input("读不到记录文件；请核对路径和读取权限。", "NO_SUCH_FILE") from None
    except UnicodeDecodeError:
        raise wrong_input("记录文件不是 UTF-8 文本；请另存为 UTF-8 后再试。", "NOT_JSON") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise wrong_input(
            f"记录文件第 {error.lineno} 行第 {error.colno} 列不是正确的 JSON；请改正后再试。",
            "NOT_JSON",
        ) from None
    except (ValueError, RecursionError):
        raise wrong_input("记录文件不是正确的 JSON；请改正后再试。", "NOT_JSON") from None


def _draw(told: Computation, day: date, catalog: Catalog) -> None:
    from commands.screen import print_all, table
    from console.wording.labels import with_places

    results = ((name, with_places(value, catalog)) for name, value in told.results.items())
    shown: list[RenderableType] = []
    if told.steps:
        shown.append(
            table(
                f"{told.title}，按 {day:%Y-%m-%d} 测算（金额单位：元）",
                ("项目", "算法", "结果"),
                (
                    tuple(
                        with_places(cell, catalog)
                        for cell in (step.label, step.formula, step.result)
                    )
                    for step in told.steps
                ),
            )
        )
    shown.append(table(f"{told.title}：结果", ("项目", "结果"), results))
    if told.findings:
        shown.append(
            table(
                f"须先处理的事项（{len(told.findings)}）",
                ("代码", "原因", "怎样处理"),
                ((one.code, one.text, one.remedy) for one in told.findings),
            )
        )
    print_all(*shown)
