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
    REFERRALS = "referrals"
    REGISTERS = "registers"


@command("supervision", panel=WORKING)
async def supervision(
    session: Session,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="动作",
            help="list 列出，show 查看，reply 答复，interview 登记约谈，close 销号，"
            "slip 出具文书，referrals 列出报请上级的（写编号即出具报请协调函），"
            "registers 立即核对登记",
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
    from commands.supervision_screen import draw_one, draw_rungs
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
        session.answer(found, lambda: draw_rungs(found, session.catalog))
        return
    if action is Action.REFERRALS and number is None:
        await _referrals(session, office or case_no, limit)
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
    elif action in (Action.SLIP, Action.REFERRALS):
        referral = action is Action.REFERRALS
        await _slip(session, desk.office, number, hint, out, referral=referral)
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
    session.answer(one, lambda: draw_one(one, session.catalog))


@command("patrol", panel=CHECKING)
async def patrol(
    session: Session,
    at: Annotated[
        str | None,
        typer.Option("--at", help="按这一时刻演练，如 2026-12-01T10:00；只限本机系统"),
    ] = None,
) -> int:
    """立即督办巡查：对临期和超期待办逐级提醒、催办、督办；平时由计划任务每个工作小时进行。"""
    from commands.supervision_screen import draw_patrol
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
        {code: one.model_dump() for code, one in done.items()}, lambda: draw_patrol(done)
    )
    return 0


async def _referrals(session: Session, hint: str | None, limit: int) -> None:
    """What was put before the superior, of one locality."""
    from commands.supervision_screen import draw_referrals
    from console.supervising import SupervisionDesk

    desk = SupervisionDesk(session.office(*filter(None, (hint,))))
    found = await desk.referrals(clerk=session.clerk, limit=limit)
    session.answer(found, lambda: draw_referrals(found, session.catalog))


async def _registers(session: Session) -> None:
    """Compare now and list what stands, for each locality or the one given."""
    from commands.supervision_screen import draw_differences
    from connection import connect
    from console.supervising import SupervisionDesk, check_registers

    chosen = (
        [session.locality()] if session.locality_given else session.settings.localities.values()
    )
    found = {}
    for own in chosen:
        await check_registers(await connect(own), own.code)
        found[own.code] = await SupervisionDesk(session.office(own.code)).register_differences()
    session.answer(found, lambda: draw_differences(found))


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


async def _slip(
    session: Session, office: Any, number: str, hint: str, out: Path | None, *, referral: bool
) -> None:
    from commands.slips import hand_out
    from console.slip_desk import SlipDesk
    from console.supervision_slips import issue_referral, issue_rung

    own = session.locality(hint)
    desk = SlipDesk(
        office,
        secret=own.slip_secret.get_secret_value().encode(),
        check_at=f"{own.console_url.rstrip('/')}/verify",
    )
    issue = issue_referral if referral else issue_rung
    issued = await issue(desk, office, number, clerk=session.clerk_needed())
    hand_out(session, issued, out)
