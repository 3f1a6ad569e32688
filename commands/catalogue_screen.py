"""How ``catalogue search`` and ``catalogue show`` show items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from commands.screen import print_all, table

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
        *([f"可作为一件事办理：{_names(data['bundles'])}"] if data["bundles"] else []),
        _rows(data["listings"]),
        *_differing(data["differences"]),
        _powers(data["powers"]),
        places_table(data["places"]),
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
                [*(row["scene"]["words"] if row["scene"] else ()), *_said(row["remark"])],
            )
            for row in rows
        ),
    )


def _said(remark: str | None) -> list[str]:
    return [remark] if remark else []


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


def places_table(places: list[Record]) -> Any:
    """What each place offers of an item, mode by mode."""
    return table(
        "各地区能否办理",
        ("地区", "业务模式", "能否办理", "收件", "决定", "层级", "说明"),
        (
            (
                place["name"],
                _way(mode),
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


def _way(mode: Record) -> str:
    """业务模式, and the choice of the applicant where it decides whose power it is."""
    when = mode["when"]
    return f"{mode['mode']['label']}（{when['label']}）" if when else str(mode["mode"]["label"])


def _remark(mode: Record) -> str | None:
    if not mode["open"]:
        return f"{mode['reason']}{mode['remedy']}"
    said = [f"依{mode['agreement']['name']}"] if mode["agreement"] else []
    said += ["企业提供服务，不是行政决定"] if mode["service"] else []
    said += [f"{mode['tracks']['name']}跟踪"] if mode["tracks"] else []
    said += [
        f"{one['from']['name']}的申请人由{one['office']['name']}办理{one['organ']['name']}的环节"
        for one in mode["rerouted"]
    ]
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


def _names(bundles: list[Record]) -> str:
    return "、".join(f"{one['name']}（{one['code']}）" for one in bundles)


def _labels(coded: list[Record]) -> list[str]:
    return [one["label"] for one in coded]


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines)
