"""What ``supervision`` and ``patrol`` print: rungs, one rung with its records, differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.screen import print_all, table
from console.wording.labels import office_name, office_named
from console.wording.supervision import (
    CONTENTS,
    REFERRALS,
    WARNINGS,
    kind_words,
    result_words,
    state_words,
)
from domain.supervision import Rung

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from console.office import Record
    from contracts.patrolling import PatrolResult


def draw_rungs(found: list[Record], catalog: Catalog) -> None:
    """Rungs, newest first."""
    print_all(
        table(
            f"督办件（{len(found)}）",
            ("监察编号", "级别", "责任机构", "待办", "应办日", "发出", "答复期限", "状态"),
            (
                (
                    one["number"],
                    Rung(one["rung"]).label,
                    office_name(one["office"], catalog),
                    one["task_title"],
                    one["task_due_on"],
                    one["issued_at"],
                    one["due_on"] or "",
                    state_words(one),
                )
                for one in found
            ),
        )
    )


def draw_one(one: Record, catalog: Catalog) -> None:
    """One rung with the fields of the standard, and what was recorded about it."""
    print_all(
        table(
            f"督办件 {one['number']}",
            ("项目", "内容"),
            (
                ("级别", Rung(one["rung"]).label),
                ("办件编号", one["case_no"]),
                ("督办内容", CONTENTS[one["content"]]),
                ("责任部门", office_named(one["office"], catalog)),
                ("发出机构", office_named(one["issuer"], catalog)),
                ("发出时间", one["issued_at"]),
                ("规则编号", one["rule"]),
                ("预警类型", WARNINGS[one["warning"]]),
                ("待办", f"{one['task_title']}（{one['task_id']}）"),
                ("应办日", one["task_due_on"]),
                ("发出时已超期", f"{one['days_late']} 个工作日"),
                ("答复期限", one["due_on"] or "不需要答复"),
                ("状态", state_words(one)),
                ("状态时间", one["state_at"]),
            ),
        ),
        table(
            "结果描述",
            ("时间", "事项", "机构", "人员", "内容"),
            (
                (
                    record["at"],
                    kind_words(record),
                    office_name(record["office"], catalog),
                    record["actor"],
                    record["words"] or result_words(record),
                )
                for record in one["records"]
            ),
        ),
    )


def draw_referrals(found: list[Record], catalog: Catalog) -> None:
    """What was put before the superior, what is still to be sent first."""
    print_all(
        table(
            f"报请上级（{len(found)}）",
            ("事由编号", "办件编号", "待办", "承办机构", "级别", "报请", "状态", "回执"),
            (
                (
                    one["subject"],
                    one["case_no"],
                    one["task_title"],
                    office_name(one["office"], catalog),
                    Rung(one["rung"]).label if one["rung"] else "经办人报请",
                    one["drawn_up_at"],
                    REFERRALS[one["state"]],
                    one["receipt"] or "",
                )
                for one in found
            ),
        )
    )


def draw_patrol(done: dict[str, PatrolResult]) -> None:
    """What a patrol did in each locality."""
    print_all(
        table(
            "督办巡查",
            ("地区", "查看", "发出", "随办结关闭", "撤回", "说明"),
            (
                (
                    code,
                    one.looked,
                    one.issued,
                    one.closed,
                    one.withdrawn,
                    "非工作日，未巡查" if one.skipped else "",
                )
                for code, one in done.items()
            ),
        )
    )


def draw_differences(found: dict[str, list[Record]]) -> None:
    """What the nightly check of the registers has found."""
    if not any(found.values()):
        print_all("登记簿与运行中的流程一致，在办办件都有责任人、期限和下一步。")
        return
    print_all(
        table(
            f"登记核对差异（{sum(map(len, found.values()))}）",
            ("地区", "办件", "流程", "自", "说明"),
            (
                (code, one["case_no"], one["workflow_id"], one["found_at"], one["words"])
                for code, standing in found.items()
                for one in standing
            ),
        )
    )
