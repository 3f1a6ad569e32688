"""How ``catalogue …`` shows items, problems, imports, versions and differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from commands.screen import print_all, table

if TYPE_CHECKING:
    from catalog.errors import Problem
    from catalog.importing import Altered
    from console.definition_desk import DefinitionChanged

Record = dict[str, Any]


def draw_found(data: Record) -> None:
    """The items that a search found."""
    print_all(
        table(
            f"找到 {data['total']} 项"
            + (f"，列出前 {len(data['items'])} 项" if data["total"] > len(data["items"]) else ""),
            ("编号", "名称", "事项类型", "服务对象", "业务模式", "主管", "专门流程"),
            (
                (
                    one["id"],
                    one["name"]
                    if one["matched"] == one["name"]
                    else f"{one['name']}（{one['matched']}）",
                    one["item_type"]["label"],
                    _labels(one["audience"]),
                    _labels(one["modes"]),
                    [organ["name"] for organ in one["organs"]],
                    one["own"],
                )
                for one in data["items"]
            ),
        )
    )


def draw_item(data: Record) -> None:
    """Everything of one item."""
    print_all(
        f"{data['id']} {data['name']}",
        f"{data['item_type']['label']}；服务对象：{'、'.join(_labels(data['audience']))}；"
        f"业务模式：{'、'.join(_labels(data['modes']))}（{data['modes_evidence']}）",
        *([f"别名：{'、'.join(data['aliases'])}"] if data["aliases"] else []),
        *([f"专门流程：{'、'.join(data['own'])}"] if data["own"] else []),
        _rows(data["listings"]),
        *_differing(data["differences"]),
        _powers(data["powers"]),
        _places(data["places"]),
        *_guide(data),
    )


def _rows(rows: list[Record]) -> Any:
    return table(
        "文件怎么列",
        ("文件", "范围", "序号", "所列名称", "牵头", "配合", "职权", "阶段和场景", "应用场景"),
        (
            (
                f"{row['document']} {row['annex']}",
                row["reach"]["label"],
                row["number"] if row["sub"] is None else f"{row['number']}.{row['sub']}",
                row["name"] if not row["group"] else f"{row['group']}：{row['name']}",
                [one["written"] for one in (row["lead"], *row["joint_leads"]) if one],
                [unit["written"] for unit in row["cooperating"]],
                [note["written"] for note in row["power"]],
                [part for part in (row["stage"], row["scenario"]) if part],
                _scene(row["scene"]),
            )
            for row in rows
        ),
    )


def _scene(scene: Record | None) -> list[str]:
    if scene is None:
        return []
    parts = (
        ("可在", "apply_at"),
        ("", "acting"),
        ("不受限于", "lifted"),
        ("限于", "conditions"),
        ("除外：", "exceptions"),
    )
    return [f"{word}{'、'.join(scene[key])}" for word, key in parts if scene[key]]


def _differing(found: list[Record]) -> list[Any]:
    if not found:
        return []
    return [
        table(
            "文件之间的差异",
            ("项目", "清单", "所列"),
            ((one["about"], listing, said) for one in found for listing, said in one["said"]),
        )
    ]


def _powers(powers: list[Record]) -> Any:
    return table(
        "职权",
        ("适用地区", "种类", "机构", "层级", "说明", "依据", "期间"),
        (
            (
                "全部" if one["place"] == "*" else one["place"],
                one["kind"]["label"],
                one["organ"]["name"],
                one["level"]["label"],
                one["note"],
                one["source"],
                f"{one['since'] or ''}–{one['until'] or ''}"
                if one["since"] or one["until"]
                else None,
            )
            for one in powers
        ),
    )


def _places(places: list[Record]) -> Any:
    return table(
        "各地区能否办理",
        ("地区", "业务模式", "能否办理", "收件", "决定", "层级", "说明"),
        (
            (
                place["name"],
                mode["mode"]["label"],
                mode["open"],
                mode["receives"]["name"] if mode["open"] else None,
                mode["competent"]["name"] if mode["open"] else None,
                mode["level"]["label"] if mode["open"] else None,
                _remark(mode),
            )
            for place in places
            for mode in place["modes"]
        ),
    )


def _remark(mode: Record) -> str | None:
    if not mode["open"]:
        return f"{mode['reason']}{mode['remedy']}"
    said = [f"依{mode['agreement']['name']}"] if mode["agreement"] else []
    said += ["企业提供服务，不是行政决定"] if mode["service"] else []
    said += [f"{mode['tracks']['name']}跟踪"] if mode["tracks"] else []
    return "；".join(said) or None


def _guide(data: Record) -> list[Any]:
    guide = data["guide"]
    if guide is None:
        return ["该事项没有办事指南；请核对目录数据。"]
    entry = data["definition_entry"]
    source = f"第 {entry} 号公布" if entry else "随程序发布"
    results = [("办理结果", guide["result"])] if guide["result"] else []
    return [
        table(
            f"办事指南（版本 {guide['version']}，{source}）",
            ("要素", "内容"),
            (
                *((one["label"], _lines(one["lines"])) for one in guide["elements"]),
                *results,
            ),
        ),
        *([guide["note"]] if guide["note"] else []),
    ]


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
        print_all(_places(data["places"]))


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


def _labels(coded: list[Record]) -> list[str]:
    return [one["label"] for one in coded]


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines)
