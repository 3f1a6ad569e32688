"""``supervision`` and ``patrol``: the ladder of late tasks, its answers, and a patrol by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

from commands.failure import wrong_input
from commands.register import CHECKING, WORKING, CommandIdOption, command
from commands.session import Session

if TYPE_CHECKING:
    from console.office import Record
    from contracts.patrolling import PatrolResult
    from settings import LocalitySettings

#: A 监察编号 begins with this, then comes the locality.
_PREFIX = "JC"
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class Action(StrEnum):
    """What to do with rungs."""

    LIST = "list"
    SHOW = "show"
    REPLY = "reply"
    INTERVIEW = "interview"
    CLOSE = "close"
    SLIP = "slip"
    REGISTERS = "registers"


@command("supervision", panel=WORKING)
async def supervision(
    session: Session,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="动作",
            help="list 列出，show 查看，reply 答复，interview 登记约谈，close 销号，"
            "slip 出具文书，registers 立即核对登记",
            show_default=False,
        ),
    ] = Action.LIST,
    number: Annotated[
        str | None, typer.Argument(metavar="监察编号", help="指明一件时写", show_default=False)
    ] = None,
    text: Annotated[str, typer.Option("--text", help="答复、约谈记录或销号意见")] = "",
    office: Annotated[str | None, typer.Option("--office", help="只列发给这个机构的")] = None,
    rung: Annotated[
        str | None, typer.Option("--rung", help="只列这一级的，如 SUPERVISION_ORDER")
    ] = None,
    case_no: Annotated[str | None, typer.Option("--case", help="只列这个办件的")] = None,
    open_: Annotated[bool, typer.Option("--open", help="只列尚未销号或撤回的")] = False,
    limit: Annotated[int, typer.Option(help="最多列几件", min=1, max=10_000)] = 100,
    out: Annotated[
        Path | None, typer.Option("--out", help="文书 PDF 写到哪里；不写即以编号为名")
    ] = None,
    command_id: CommandIdOption = None,
) -> None:
    """督办件：列出、查看、由被督办机构答复、由督办员登记约谈和销号、出具督办单等文书。"""
    from console.supervising import SupervisionDesk

    if action is Action.LIST:
        desk = SupervisionDesk(session.office(*filter(None, (case_no, office))))
        found = await desk.rungs(
            clerk=session.clerk,
            office=office,
            rung=rung.upper() if rung else None,
            open_only=open_,
            case_no=case_no,
            limit=limit,
        )
        session.answer(found, lambda: _draw(found))
        return
    if action is Action.REGISTERS:
        await _registers(session)
        return
    if number is None:
        raise wrong_input("请写明监察编号，例如 supervision show JC3710022026112300001。")
    hint = number.removeprefix(_PREFIX)
    desk = SupervisionDesk(session.office(hint))
    if action is Action.SHOW:
        one = await desk.rung(number, clerk=session.clerk)
    elif action is Action.SLIP:
        await _slip(session, desk.office, number, hint, out)
        return
    else:
        act = {
            Action.REPLY: desk.reply,
            Action.INTERVIEW: desk.interview,
            Action.CLOSE: desk.check,
        }[action]
        one = await act(
            number, text, clerk=session.clerk_needed(), command_id=session.command(command_id)
        )
    session.answer(one, lambda: _draw_one(one))


@command("patrol", panel=CHECKING)
async def patrol(
    session: Session,
    at: Annotated[
        str | None,
        typer.Option("--at", help="按这一时刻演练，如 2026-12-01T10:00；只限本机系统"),
    ] = None,
) -> int:
    """立即督办巡查：对临期和超期待办逐级提醒、催办、督办；平时由计划任务每个工作小时进行。"""
    from connection import connect
    from console.supervising import patrol_now

    chosen = (
        [session.locality()] if session.locality_given else session.settings.localities.values()
    )
    instant = _instant(at) if at is not None else None
    done = {}
    for own in chosen:
        if instant is not None and not _is_rehearsal(own):
            raise wrong_input(
                "--at 会按演练时刻发出督办件并函告对方地区，只限本机系统使用；请去掉 --at。",
                "REHEARSAL_ONLY",
            )
        done[own.code] = await patrol_now(await connect(own), own.code, at=instant)
    session.answer(
        {code: one.model_dump() for code, one in done.items()}, lambda: _draw_patrol(done)
    )
    return 0


async def _registers(session: Session) -> None:
    """Compare now and list what stands, for each locality or the one given."""
    from connection import connect
    from console.supervising import SupervisionDesk, check_registers

    chosen = (
        [session.locality()] if session.locality_given else session.settings.localities.values()
    )
    found = {}
    for own in chosen:
        await check_registers(await connect(own), own.code)
        found[own.code] = await SupervisionDesk(session.office(own.code)).register_differences()
    session.answer(found, lambda: _draw_differences(found))


def _instant(text: str) -> datetime:
    from domain.calendar import SHANGHAI

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise wrong_input("--at 应写成时刻，例如 2026-12-01T10:00（北京时间）。") from None
    return (found if found.tzinfo else found.replace(tzinfo=SHANGHAI)).astimezone(UTC)


def _is_rehearsal(own: LocalitySettings) -> bool:
    """Everything of the locality runs on this machine, and so do its peers."""
    urls = [own.console_url, *own.peers.values(), own.database_url.get_secret_value()]
    hosts = {urlsplit(url).hostname for url in urls}
    return {*hosts, own.temporal_address.rpartition(":")[0]} <= _LOCAL


async def _slip(session: Session, office: Any, number: str, hint: str, out: Path | None) -> None:
    from commands.slips import hand_out
    from console.slip_desk import SlipDesk
    from console.supervision_slips import issue_rung

    own = session.locality(hint)
    desk = SlipDesk(
        office,
        secret=own.slip_secret.get_secret_value().encode(),
        check_at=f"{own.console_url.rstrip('/')}/verify",
    )
    issued = await issue_rung(desk, office, number, clerk=session.clerk_needed())
    hand_out(session, issued, out)


def _draw(found: list[Record]) -> None:
    from commands.screen import print_all, table
    from domain.supervision import Rung

    print_all(
        table(
            f"督办件（{len(found)}）",
            ("监察编号", "级别", "责任机构", "待办", "应办日", "发出", "答复期限", "状态"),
            (
                (
                    one["number"],
                    Rung(one["rung"]).label,
                    one["office"],
                    one["task_title"],
                    one["task_due_on"],
                    one["issued_at"],
                    one["due_on"] or "",
                    STATES[one["state"]],
                )
                for one in found
            ),
        )
    )


def _draw_one(one: Record) -> None:
    from commands.screen import print_all, table
    from domain.supervision import Rung

    print_all(
        table(
            f"督办件 {one['number']}",
            ("项目", "内容"),
            (
                ("级别", Rung(one["rung"]).label),
                ("办件编号", one["case_no"]),
                ("督办内容", CONTENTS[one["content"]]),
                ("责任部门", one["office"]),
                ("发出机构", one["issuer"]),
                ("发出时间", one["issued_at"]),
                ("规则编号", one["rule"]),
                ("预警类型", WARNINGS[one["warning"]]),
                ("待办", f"{one['task_title']}（{one['task_id']}）"),
                ("应办日", one["task_due_on"]),
                ("发出时已超期", f"{one['days_late']} 个工作日"),
                ("答复期限", one["due_on"] or "不需要答复"),
                ("状态", STATES[one["state"]]),
                ("状态时间", one["state_at"]),
            ),
        ),
        table(
            "结果描述",
            ("时间", "事项", "机构", "人员", "内容"),
            (
                (
                    record["at"],
                    KINDS[record["kind"]],
                    record["office"],
                    record["actor"],
                    record["words"] or _result(record),
                )
                for record in one["records"]
            ),
        ),
    )


def _result(record: Record) -> str:
    if record["kind"] == "REFERRED":
        return "报请共同上级协调"
    facts = record["facts"]
    told = "已答复" if facts["answered"] else "未答复"
    return f"{ENDED[record['reason']]}，超期 {facts['days_late']} 个工作日，{told}"


def _draw_patrol(done: dict[str, PatrolResult]) -> None:
    from commands.screen import print_all, table

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


def _draw_differences(found: dict[str, list[Record]]) -> None:
    from commands.screen import print_all, table

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


STATES = {
    "OPEN": "待办结或答复",
    "ANSWERED": "已答复",
    "CLOSED": "随办结关闭",
    "CHECKED": "已销号",
    "WITHDRAWN": "已撤回",
}
KINDS = {
    "REPLIED": "答复",
    "INTERVIEWED": "约谈记录",
    "CHECKED": "销号",
    "CLOSED": "办结核验",
    "WITHDRAWN": "撤回",
    "REFERRED": "报请上级",
}
ENDED = {"DONE": "已办结", "SUPERSEDED": "无须再办", "DUE_MOVED": "应办日后移，不再超期"}
WARNINGS = {"YELLOW": "黄牌", "RED": "红牌"}
CONTENTS = {
    "DUE_SOON": "待办即将到期",
    "NOT_DONE_IN_TIME": "待办超期未办结",
    "DONE_NEITHER_NOR_ANSWERED": "超期未办结，上一级督办逾期未答复",
    "ANSWERED_NOT_DONE": "已答复，仍未办结",
}
