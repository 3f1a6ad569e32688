"""Draws what ``console.wording.case_view`` tells of a case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from commands.bundle_screen import draw_bundle
from commands.movement_screen import draw_movements
from commands.paper_screen import draw_papers
from commands.screen import print_all, shown, table
from console.wording.labels import (
    HOLDER_LABELS,
    actor_label,
    ending_label,
    labelled,
    locality_named,
    office_name,
    office_named,
    outcome_label,
)
from console.wording.reasons import reason_label
from contracts.families import HUKOU
from domain.supervision import Rung

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalog.catalog import Catalog

View = dict[str, Any]


def draw_case(view: View, catalog: Catalog) -> None:
    """The whole case on one screen, the present first."""
    print_all(
        _head(view, catalog),
        *draw_bundle(view, catalog),
        *(_optional("时限", view["clocks"], _clocks)),
        _days(view),
        *(_optional(_person_word(view), view["persons"], _persons)),
        *draw_movements(view, catalog),
        *(_optional("待办", view["tasks"], partial(_tasks, catalog=catalog))),
        *(_optional("法定行为", view["acts"], partial(_acts, catalog=catalog))),
        *draw_papers(view, catalog),
        *(_optional("12345热线工单", view["tickets"], _tickets)),
    )


def _head(view: View, catalog: Catalog) -> RenderableType:
    where = office_named(view["competent_office"], catalog)
    peer = locality_named(view["peer"], catalog)
    rows: list[tuple[str, object]] = [
        ("事项", f"{view['matter_name']}（{view['matter']}）"),
        ("阶段", view["stage_name"]),
        ("轮到谁办", f"{view['holder_name']}；主管机构 {where}"),
        ("到期日", view["due_on"]),
        ("对方地区", f"{peer}，对方办件编号 {shown(view['peer_case_no'])}"),
        ("收件", f"{shown(view['received_on'])}（提交于 {shown(view['filed_at'])}）"),
    ]
    if view["home_case_no"] != view["case_no"]:
        rows.append(("业务协同编号", view["home_case_no"]))
    if view["composite_no"]:
        rows.append(("所属一件事", view["composite_no"]))
    if view["overdue"]:
        rows.append(("逾期", f"已逾期，督办 {view['escalation']} 级"))
    if view["peer_late"]:
        late = view["peer_late"]
        rung = f"{Rung(late['rung']).label}（{late['level']} 级）"
        rows.append(("对方超期", f"应于 {late['due_on']} 前办结，当地已{rung}，{late['number']}"))
    if view["ending"]:
        reason = (
            f"：{reason_label(view['reason_code'], view['family'])}" if view["reason_code"] else ""
        )
        ending = f"{ending_label(view['ending'], view['family'])}{reason}"
        rows.append(("结果", f"{ending}（{shown(view['closed_at'])}）"))
    if not view["started"]:
        rows.append(("提示", "已收件保存，服务恢复后自动受理流程"))
    if view["commands_pending"]:
        rows.append(("提示", f"有 {view['commands_pending']} 项操作已保存，正等待提交"))
    return table(f"办件 {view['case_no']}", ("项目", "内容"), rows)


def _person_word(view: View) -> str:
    return "迁移人" if view["family"] == HUKOU.code else "当事人"


def _optional(title: str, items: list[View], draw: Any) -> list[RenderableType]:
    return [draw(title, items)] if items else []


def _clocks(title: str, items: list[View]) -> RenderableType:
    return table(
        title,
        ("时限", "长度", "起算", "法定到期", "承诺到期", "当前到期", "停止", "依据"),
        (
            (
                one["name"],
                one["limit_name"],
                one["started_on"],
                one["statutory_on"],
                one["promised_on"],
                f"{shown(one['current_on'])}{'（暂定）' if one['provisional'] else ''}"
                if one["current_on"]
                else _paused(one["estimated_on"]),
                one["stopped_on"],
                one["basis"],
            )
            for one in items
        ),
    )


def _paused(estimated: object) -> str:
    return f"中止中，预计 {shown(estimated)}" if estimated else "中止中"


def _days(view: View) -> RenderableType:
    used = [(labelled(HOLDER_LABELS, holder), days) for holder, days in view["days_used"].items()]
    total = sum(view["days_used"].values())
    return table("已用工作日", ("由谁占用", "工作日"), [*used, ("合计", total)])


def _persons(title: str, items: list[View]) -> RenderableType:
    named = "name" in items[0]
    return table(
        title,
        ("序号", "关系", "状态", *(("姓名", "公民身份号码") if named else ())),
        (
            (
                one["number"],
                one["relation"],
                one["status_name"],
                *((one["name"], one["id_no"]) if named else ()),
            )
            for one in items
        ),
    )


def _tasks(title: str, items: list[View], catalog: Catalog) -> RenderableType:
    return table(
        title,
        ("待办编号", "内容", "机构", "状态", "认领", "到期", "结果", "办理人"),
        (
            (
                one["task_id"],
                one["title"],
                office_name(one["office"], catalog),
                {"OPEN": "待办", "DONE": "已办", "SUPERSEDED": "已取消"}[one["status"]],
                one["assignee"],
                one["due_on"],
                outcome_label(one),
                actor_label(one["decided_by"]),
            )
            for one in items
        ),
    )


def _acts(title: str, items: list[View], catalog: Catalog) -> RenderableType:
    texts = "reason" in items[0]
    return table(
        title,
        ("行为", "日期", "机构", "办理人", "迁移人", "依据", *(("理由",) if texts else ())),
        (
            (
                one["name"],
                one["effective_on"],
                office_name(one["office"], catalog),
                actor_label(one["actor"]),
                one["person"] or None,
                one["basis"],
                *((_texts(one),) if texts else ()),
            )
            for one in items
        ),
    )


def _texts(act: View) -> list[str]:
    facts = act["facts"]
    written = [act["reason"], *facts.get("defects", ()), facts.get("remedy"), facts.get("evidence")]
    return [str(text) for text in written if text]


def _tickets(title: str, items: list[View]) -> RenderableType:
    return table(
        title,
        ("工单编号", "类别", "来电于", "阶段", "工单办件编号"),
        (
            (
                one["ticket_no"],
                one["category"],
                one["called_at"],
                one["stage_name"],
                one["case_no"],
            )
            for one in items
        ),
    )
