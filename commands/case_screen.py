"""Draws what ``commands.case_view`` tells of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.labels import HOLDER_LABELS, ending_label, labelled, reason_label
from commands.movement_screen import draw_movements
from commands.screen import print_all, shown, table
from contracts.families import HUKOU
from domain.supervision import Rung

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalog.catalog import Catalog

View = dict[str, Any]

_STATUS = {"PREPARED": "待生效", "VALID": "有效", "USED": "已使用", "VOID": "作废"}
_RECEIPT = {"ACCEPTED": "已收", "REFUSED": "拒收", "NOT_YET": "暂不办理"}


def draw_case(view: View, catalog: Catalog) -> None:
    """The whole case on one screen, the present first."""
    print_all(
        _head(view, catalog),
        *(_optional("时限", view["clocks"], _clocks)),
        _days(view),
        *(_optional(_person_word(view), view["persons"], _persons)),
        *draw_movements(view),
        *(_optional("待办", view["tasks"], _tasks)),
        *(_optional("法定行为", view["acts"], _acts)),
        *(_optional("证件", view["certificates"], _certificates)),
        *(_optional("函件", view["letters"], _letters)),
        *(_optional("通知", view["notices"], _notices)),
    )


def _head(view: View, catalog: Catalog) -> RenderableType:
    office = catalog.offices.get(view["competent_office"])
    where = f"{view['competent_office']} {office.name}" if office else view["competent_office"]
    rows: list[tuple[str, object]] = [
        ("事项", f"{view['matter_name']}（{view['matter']}）"),
        ("阶段", view["stage_name"]),
        ("轮到谁办", f"{view['holder_name']}；主管机构 {where}"),
        ("到期日", view["due_on"]),
        ("对方地区", f"{view['peer']}，对方办件编号 {shown(view['peer_case_no'])}"),
        ("收件", f"{shown(view['received_on'])}（提交于 {shown(view['filed_at'])}）"),
    ]
    if view["home_case_no"] != view["case_no"]:
        rows.append(("业务协同编号", view["home_case_no"]))
    if view["overdue"]:
        rows.append(("逾期", f"已逾期，督办 {view['escalation']} 级"))
    if view["peer_late"]:
        late = view["peer_late"]
        rung = f"{Rung(late['rung']).label}（{late['level']} 级）"
        rows.append(("对方超期", f"应于 {late['due_on']} 前办结，当地已{rung}，{late['number']}"))
    if view["ending"]:
        reason = f"：{reason_label(view['reason_code'])}" if view["reason_code"] else ""
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
                else "中止中",
                one["stopped_on"],
                one["basis"],
            )
            for one in items
        ),
    )


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


def _tasks(title: str, items: list[View]) -> RenderableType:
    return table(
        title,
        ("待办编号", "内容", "机构", "状态", "认领", "到期", "结果", "办理人"),
        (
            (
                one["task_id"],
                one["title"],
                one["office"],
                {"OPEN": "待办", "DONE": "已办", "SUPERSEDED": "已取消"}[one["status"]],
                one["assignee"],
                one["due_on"],
                one["outcome"],
                one["decided_by"],
            )
            for one in items
        ),
    )


def _acts(title: str, items: list[View]) -> RenderableType:
    texts = "reason" in items[0]
    return table(
        title,
        ("行为", "日期", "机构", "办理人", "迁移人", "依据", *(("理由",) if texts else ())),
        (
            (
                one["name"],
                one["effective_on"],
                one["office"],
                one["actor"],
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


def _certificates(title: str, items: list[View]) -> RenderableType:
    return table(
        title,
        ("证件", "编号", "签发地区", "迁移人", "状态", "签发", "有效期至"),
        (
            (
                one["name"],
                one["number"],
                one["issuer"],
                one["person"] or None,
                _STATUS.get(one["status"], one["status"]),
                one["issued_on"],
                one["valid_until"],
            )
            for one in items
        ),
    )


def _letters(title: str, items: list[View]) -> RenderableType:
    return table(
        title,
        ("函号", "方向", "名称", "对方", "登记时间", "回执"),
        (
            (
                one["number"],
                "发出" if one["direction"] == "OUT" else "收到",
                one["name"],
                one["peer"],
                one["recorded_at"],
                _receipt(one["receipt"]),
            )
            for one in items
        ),
    )


def _receipt(receipt: View | None) -> str:
    if receipt is None:
        return "尚无回执"
    status = _RECEIPT.get(receipt["status"], receipt["status"])
    code = f"（{receipt['code']}）" if receipt["code"] else ""
    return f"{status}{code} {receipt['case_no'] or ''}".strip()


def _notices(title: str, items: list[View]) -> RenderableType:
    texts = "wording" in items[0]
    return table(
        title,
        ("通知", "发出时间", "回执", *(("内容",) if texts else ())),
        (
            (
                one["template"],
                one["sent_at"] or "待发送",
                one["receipt"],
                *((one["wording"],) if texts else ()),
            )
            for one in items
        ),
    )
