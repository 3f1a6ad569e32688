"""What the demo says in the end: each example against its script, the searches, where to look.

Used by `embedded.demo`; `Result.deviations` decides whether an example has shown what it is for.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from console.checking import CHECKS, Violation
from embedded.demo.choosing import Example
from embedded.demo.histories import Search
from embedded.demo.result import Result
from embedded.demo.result_table import Column, described, result_table
from embedded.screen import console
from settings import PROJECT_ROOT

#: Columns of a terminal with room for two columns of rules.
_TWO_COLUMNS = 116


def show_examples(examples: Iterable[Example]) -> None:
    """The list of `--list`."""
    rows = [
        (
            one.script.name,
            one.matter,
            f"（{one.obstacle}）" if one.obstacle else one.script.shows,
            str(one.script.file.relative_to(PROJECT_ROOT)),
        )
        for one in examples
    ]
    table = Table(box=None, pad_edge=False)
    for number, column in enumerate(("样例", "事项", "说明", "文件")):
        # What can be typed is never cut off; the description is.
        widest = 0 if column == "说明" else max((cell_len(row[number]) for row in rows), default=0)
        style = "cyan" if column == "样例" else None
        table.add_column(column, no_wrap=True, min_width=widest, style=style)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def show_obstacles(examples: Iterable[Example], *, asked_for: bool) -> bool:
    """What was left out and why; False where it was asked for."""
    left_out = [f"{one.script.name}：{one.obstacle}" for one in examples if one.obstacle]
    if left_out:
        verdict(not asked_for, f"有 {len(left_out)} 个样例还不能演示", left_out)
    return not (left_out and asked_for)


def show_results(results: Sequence[Result], events: Mapping[str, int]) -> bool:
    """The table of endings; False where one is not as its script expects."""
    console.print(result_table(_columns(results, events), console.width))
    for result in results:
        if result.items:
            _show_items(result)
    wrong = [f"{r.play.script.name}：{one}" for r in results for one in r.deviations()]
    good = sum(not result.deviations() for result in results)
    verdict(not wrong, f"{len(results)} 个样例中 {good} 个的结局与脚本相符", wrong)
    return not wrong


def _show_items(result: Result) -> None:
    """The items of a bundle in its order, each with its own number and how it ended."""
    table = Table(
        box=None,
        title=f"{result.records[0]['matter_name']}　{result.records[0]['case_no']}",
        title_justify="left",
        title_style="cyan",
        pad_edge=False,
    )
    for column in ("事项", "名称", "先办", "办件编号", "进展"):
        table.add_column(column, no_wrap=column == "办件编号")
    for one in result.items:
        cells = (one["item"], one["name"], "、".join(one["after"]), one["case_no"] or "")
        table.add_row(*cells, one["state_name"])
    console.print(table)
    console.print()


def _columns(results: Sequence[Result], events: Mapping[str, int]) -> list[Column]:
    def column(head: str, cells: Iterable[str], *, right: bool = False, style: str = "") -> Column:
        return Column(head=head, cells=tuple(cells), right=right, style=style)

    names = ("法定行为", "待办", "函件", "历史事件")
    counted = zip(*(result.counts(events) for result in results), strict=True)
    things = zip(*map(_things, results), strict=True)
    moved = any(any(result.money) or result.parcels for result in results)
    return [
        column("样例", (one.play.script.name for one in results), style="cyan"),
        column("说明", (described(one.play.script.shows) for one in results)),
        column("结局", (one.ending for one in results)),
        column("符合", ("否" if one.deviations() else "是" for one in results)),
        *(
            column(head, cells, right=True)
            for head, cells in zip(("划出／入账（元）", "物料"), things, strict=True)
            if moved
        ),
        *(
            column(head, map(str, numbers), right=True)
            for head, numbers in zip(names, counted, strict=True)
        ),
        column("秒", (f"{one.play.seconds:.1f}" for one in results), right=True),
    ]


def show_violations(violations: Sequence[Violation]) -> bool:
    """Every broken invariant, and what was checked; False where one is broken."""
    codes = {violation.invariant for violation in violations}
    verdict(
        not violations,
        f"不变量：两地登记和人口库全部核查 {len(CHECKS)} 项，"
        + (f"{len(codes)} 项有违反" if violations else "没有违反"),
        [f"{one.invariant} {one.locality} {one.case_no or ''} {one.text}" for one in violations],
    )
    halves = 2 if console.width >= _TWO_COLUMNS else 1
    checked = Table.grid(padding=(0, 1), expand=True)
    for _ in range(halves):
        checked.add_column(no_wrap=True, style="dim")
        checked.add_column(ratio=1, overflow="fold", style="dim")
    half = (len(CHECKS) + halves - 1) // halves
    for row in zip_longest(*(CHECKS[n * half : (n + 1) * half] for n in range(halves))):
        # The code keeps its place: what wraps goes on below the title.
        cells = [cell for code, title in (one or ("", "") for one in row) for cell in (code, title)]
        checked.add_row(*(f"  {one}" if n % 2 == 0 else one for n, one in enumerate(cells)))
    console.print(checked)
    return not violations


def show_search(search: Search) -> bool:
    """What the search of the histories came to; False where there was personal data."""
    verdict(
        not search.findings,
        f"历史里{'有' if search.findings else '没有'}个人信息：查了 {len(search.events)} 份历史、"
        f"{sum(search.events.values())} 个事件，解密 {search.sealed} 个载荷，"
        f"在 {search.bytes:,} 字节里逐一查找 {search.needles} 个姓名、身份号码、电话和住址",
        search.findings,
    )
    return not search.findings


def show_next(
    state: str, settings_file: Path, results: Sequence[Result], serving_at: str | None
) -> None:
    """Where to look now, with commands to copy; `serving_at`: the Web UI that stays open."""
    python = Path(sys.executable)
    program = python.relative_to(PROJECT_ROOT) if PROJECT_ROOT in python.parents else "python"
    if PROJECT_ROOT in settings_file.parents:
        settings_file = settings_file.relative_to(PROJECT_ROOT)
    look = "make look" if state == "demo" else f"make up STATE={shlex.quote(state)}"
    numbers = [result.records[0]["case_no"] for result in results if result.records]
    lines = [
        f"系统继续运行，Temporal 界面 [bold]{serving_at}[/]，按 Ctrl-C 停止。在另一个终端："
        if serving_at
        else f"[bold]{look}[/]　打开这套系统和 Temporal 界面，看每一件的历史。开着时在另一个终端：",
        f"  export TONGBAN_SETTINGS={shlex.quote(str(settings_file))}",
        *(f"  {program} starter.py show {number}" for number in numbers[:1]),
        f"  {program} starter.py check",
        "[bold]make up[/]　另起一套空的系统，自己提交样例：",
        f"  {program} starter.py file examples/spouse.yaml",
    ]
    console.print("\n接下来可以：")
    for line in lines:
        console.print(f"  {line}", soft_wrap=True)


def verdict(good: bool, sentence: str, details: Sequence[str] = ()) -> None:
    """One line with its sign, and what it is about below it."""
    console.print(Text.assemble(("✓ ", "bold green") if good else ("✗ ", "bold red"), sentence))
    for detail in details:
        console.print(Text(f"    {detail}", "red"))


def _things(result: Result) -> tuple[str, str]:
    money = "／".join(f"{fen // 100:,}.{fen % 100:02d}" for fen in result.money)
    return money if any(result.money) else "", str(result.parcels or "")
