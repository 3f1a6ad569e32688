"""How ``catalogue …`` shows problems of data, imports, versions and differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from commands.catalogue_screen import Record, places_table
from commands.screen import print_all, table

if TYPE_CHECKING:
    from catalog.errors import Problem
    from catalog.importing import Altered
    from console.definition_desk import DefinitionChanged


def draw_problems(problems: Sequence[Problem]) -> None:
    """What is wrong with data files."""
    if not problems:
        print_all("目录数据没有问题。")
        return
    print_all(
        table(
            f"目录数据有 {len(problems)} 处问题",
            ("文件", "行", "位置", "原因"),
            ((one.file, one.line, one.field, one.text) for one in problems),
        )
    )


def draw_altered(found: Sequence[Altered], files: int, *, done: bool) -> None:
    """What an import changes."""
    print_all(
        table(
            f"{files} 个文件，{len(found)} 处变动",
            ("变动", "类别", "代码", "名称"),
            ((one.change, one.kind, one.code, one.name) for one in found),
        ),
        "已复制，重新启动后生效。" if done else "以上只是预览；写明 --into 附加目录 即可导入。",
    )


def draw_versions(rows: Iterable[Record]) -> None:
    """The log of definitions."""
    from domain.definition_versions import DefinitionChange

    print_all(
        table(
            "定义的起草、公布和撤回",
            ("号", "时间", "事项", "变更", "版本", "此前", "自", "撤回", "办理人", "说明"),
            (
                (
                    row["id"],
                    row["at"],
                    row["item"],
                    DefinitionChange(row["change"]).label,
                    row["version"],
                    row["based_on"],
                    row["first_day"],
                    f"第 {row['withdraws']} 号" if row["withdraws"] else None,
                    row["actor"],
                    row["note"],
                )
                for row in rows
            ),
        )
    )


def draw_differences(data: Record) -> None:
    """Two definitions beside each other, and what two places differ in."""
    before, after = data["before"], data["after"]
    print_all(
        _difference_table(
            f"{data['item']}：{before['title']}（{before['version']}）"
            f"与{after['title']}（{after['version']}）",
            before["title"],
            after["title"],
            data["differences"],
        )
    )
    if "places" in data:
        print_all(places_table(data["places"]))


def draw_change(done: DefinitionChanged) -> None:
    """What a draft, a publication or a withdrawal did."""
    from dataclasses import asdict

    print_all(
        _difference_table(
            f"{done.item} {done.change.label}：{done.version_from} → {done.version_to}",
            "此前",
            "此后",
            [asdict(one) for one in done.differences],
        )
    )
    if done.repeated:
        print_all("与现行定义相同，没有登记。")
    elif done.entry is None:
        print_all("以上只是预览，没有登记。")
    else:
        start = f"，自 {done.first_day} 生效" if done.first_day else ""
        print_all(f"已登记为第 {done.entry} 号{start}；在办办件仍按申请时的定义办理。")


def _difference_table(title: str, before: str, after: str, found: list[Record]) -> Any:
    return table(
        title,
        ("部分", "条目", "栏目", before, after),
        ((one["part"], one["entry"], one["field"], one["before"], one["after"]) for one in found),
    )
