"""``digest``: the morning digest of an office, as it was made at eight."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.register import SUPERVISING, command
from commands.session import Session
from console.wording.labels import HOLDER_LABELS, labelled
from domain.supervision import Rung


@command("digest", panel=SUPERVISING)
async def digest(
    session: Session,
    office: Annotated[str | None, typer.Option("--office", help="只看一个机构")] = None,
) -> None:
    """晨报：各机构今天到期、已经逾期、等别人办的、该寄的和待答复的督办件，每个工作日早八点编制并送机构信箱。"""
    from storage.digests import newest

    desk = session.office(office or "")
    offices = desk.visible_offices(session.clerk, office)
    found = await desk.read(lambda connection: newest(connection, offices))
    session.answer(found, lambda: _draw(found, session))


def _sending(one: dict[str, Any]) -> str:
    """Whether the office has it in its mailbox."""
    from commands.screen import shown

    if one["sent_at"] is None:
        return "尚未送达机构信箱。"
    receipt = one["receipt"] or ""
    if receipt == "OVERTAKEN":
        return "当日未能送达，已由待办列表代替。"
    if receipt.startswith("REFUSED"):
        return "消息平台没有收下，请联系平台管理员登记该机构的信箱。"
    return f"{shown(one['sent_at'])} 已送机构信箱。"


def _draw(found: list[dict[str, Any]], session: Session) -> None:
    from commands.screen import print_all, table

    if not found:
        print_all("还没有晨报；每个工作日早八点编制。")
        return
    for one in found:
        content = one["content"]
        name = session.catalog.offices[one["office"]].name
        waiting = "；".join(
            f"{labelled(HOLDER_LABELS, holder)} {count} 件"
            for holder, count in content["waiting"].items()
        )
        counts = content["counts"]
        print_all(
            f"{one['day']} {name}：今日到期 {counts.get('due_today', 0)} 项，"
            f"已逾期 {counts.get('late', 0)} 项，其中寄递 {counts.get('parcels', 0)} 项；"
            f"等待：{waiting or '无'}；待答复督办件 {counts.get('rungs', 0)} 件。{_sending(one)}"
        )
        rows = [
            (word, task["task_id"], task["case_no"], task["title"], task["due_on"])
            for word, key in (("已逾期", "late"), ("今日到期", "due_today"))
            for task in content[key]
        ]
        if rows:
            print_all(table("待办", ("", "待办编号", "办件", "内容", "到期"), rows))
        rungs = [
            (Rung(rung["rung"]).label, *(rung[key] for key in ("number", "title", "due_on")))
            for rung in content.get("rungs", ())
        ]
        if rungs:
            print_all(table("待答复督办件", ("级别", "监察编号", "待办", "答复期限"), rungs))
