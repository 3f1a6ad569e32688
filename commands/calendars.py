"""``calendar …``: a locality's working days: look, check, publish, withdraw, close an office."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.failure import ExitCode, wrong_input
from commands.register import CLOCKS, command, subject
from commands.session import Session

if TYPE_CHECKING:
    from console.calendar_desk import Changed

group = subject(
    "calendar",
    panel=CLOCKS,
    about="历法：放假安排的查看、核对、公布、更正、撤回，机构临时不办公。",
)
_MAX_BYTES = 100_000

FileArgument = Annotated[
    Path | None, typer.Argument(metavar="数据文件", help="一年的放假安排（YAML）")
]
PreviewOption = Annotated[
    bool, typer.Option("--preview", help="只预览：多少在办时限会变动，不登记")
]
WhyOption = Annotated[str, typer.Option("--reason", help="原因，必须写明")]


@command("show", panel=CLOCKS, group=group)
async def show(
    session: Session,
    year: Annotated[int, typer.Argument(metavar="年份", min=2000, max=2100)],
    office: Annotated[
        str | None, typer.Option("--office", help="机构代码：连同该机构临时不办公的日子")
    ] = None,
) -> None:
    """列出一年的放假、调休和工作日数，以现行历法为准。"""
    from commands.calendar_screen import draw_year
    from console.calendar_looking import as_record, show_year

    shown = await show_year(session.office(office or ""), year, office)
    session.answer(as_record(shown), lambda: draw_year(shown))


@command("versions", panel=CLOCKS, group=group)
async def versions(session: Session) -> None:
    """列出历法的每次变更、重排进度和机构不办公的登记。"""
    from commands.calendar_screen import draw_versions
    from console.calendar_looking import versions as look

    found = await look(session.office())
    session.answer(found, lambda: draw_versions(found))


@command("check", panel=CLOCKS, group=group)
async def check(
    session: Session,
    file: FileArgument = None,
    installed: Annotated[
        bool, typer.Option("--installed", help="检查正在使用的历法，并列出待处理事项")
    ] = False,
) -> int:
    """核对一份数据文件，或检查正在使用的历法；有差异或待处理事项时退出码为 1。

    与 chinesecalendar 逐日比对只作参考，以通知原文为准；它不知道的年份不作比对。
    """
    if installed == (file is not None):
        raise wrong_input("请写明要核对的数据文件，或者用 --installed 检查正在使用的历法。")
    if file is not None:
        return _check_file(session, file)
    return await _check_installed(session)


@command("publish", panel=CLOCKS, group=group)
async def publish(session: Session, file: FileArgument, preview: PreviewOption = False) -> None:
    """公布或更正一年的放假安排（督办员）；在办时限随即自动重排。"""
    from commands.calendar_screen import draw_change
    from console.calendar_desk import CalendarDesk

    assert file is not None
    data, office = _read(file), session.office()
    done = await CalendarDesk(office).publish(data, clerk=session.clerk_needed(), only_show=preview)
    session.answer(_record(done), lambda: draw_change(done, office.catalog))


@command("withdraw", panel=CLOCKS, group=group)
async def withdraw(
    session: Session,
    what: Annotated[
        str, typer.Argument(metavar="年份或版本", help="如 2027，或 versions 列出的版本")
    ],
    reason: WhyOption,
    region: Annotated[str, typer.Option(help="地区性安排的地区代码前缀")] = "CN",
    preview: PreviewOption = False,
) -> None:
    """撤回一年有误的放假安排（督办员）；恢复此前的安排，在办时限随即重排。"""
    from commands.calendar_screen import draw_change
    from console.calendar_desk import CalendarDesk

    office = session.office()
    done = await CalendarDesk(office).withdraw(
        what, clerk=session.clerk_needed(), reason=reason, region=region, only_show=preview
    )
    session.answer(_record(done), lambda: draw_change(done, office.catalog))


@command("close", panel=CLOCKS, group=group)
async def close(
    session: Session,
    office: Annotated[str, typer.Argument(metavar="机构代码")],
    days: Annotated[list[str], typer.Argument(metavar="日期…", help="如 2026-08-12")],
    reason: WhyOption,
    evidence: Annotated[str, typer.Option(help="依据文书的名称和编号，必须写明")],
    reopen: Annotated[bool, typer.Option("--reopen", help="撤销：这些日子照常办公")] = False,
) -> None:
    """登记一个机构临时不办公（该机构审批人或督办员）：只推迟收件日，不影响法定时限。"""
    from commands.screen import print_all
    from console.calendar_desk import CalendarDesk

    found = sorted({_day(text) for text in days})
    await CalendarDesk(session.office(office)).close(
        office,
        found,
        clerk=session.clerk_needed(),
        reason=reason,
        evidence=evidence,
        closed=not reopen,
    )
    word = "照常办公" if reopen else "不办公"
    session.answer(
        {"office": office, "days": found, "closed": not reopen},
        lambda: print_all(f"已登记：{office} {'、'.join(map(str, found))} {word}。"),
    )


def _check_file(session: Session, path: Path) -> int:
    from commands.calendar_screen import draw_comparison
    from console.calendar_looking import compare_file

    file = _read(path)
    found = compare_file(file)
    session.answer(
        {
            "year": file.year,
            "region": file.region,
            "notice": file.notice,
            "compared": found is not None,
            "differences": [asdict(one) for one in found or ()],
        },
        lambda: draw_comparison(file, found),
    )
    return int(ExitCode.REFUSED if found else ExitCode.OK)


async def _check_installed(session: Session) -> int:
    from commands.calendar_screen import draw_findings
    from console.calendar_looking import check_installed
    from console.office import Office

    found = {}
    chosen = (
        [session.locality()] if session.locality_given else session.settings.localities.values()
    )
    for own in chosen:
        office: Office = session.office(own.code)
        found[own.code] = await check_installed(office)
    session.answer(found, lambda: draw_findings(found))
    return int(ExitCode.REFUSED if any(found.values()) else ExitCode.OK)


def _read(path: Path) -> Any:
    from console.calendar_desk import read_file

    try:
        if path.stat().st_size > _MAX_BYTES:
            raise wrong_input(f"文件 {path.name} 过大，不像是一年的放假安排；请核对。")
        content = path.read_bytes()
    except OSError:
        raise wrong_input(f"读不到文件 {path.name}；请核对文件名。", "NO_SUCH_FILE") from None
    return read_file(content, path.name)


def _record(done: Changed) -> dict[str, Any]:
    return {**asdict(done), "change": done.change.value}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise wrong_input(
            f"{text[:20]} 不是有效日期；请写成 2026-08-12 这样的年月日。", "WRONG_DATE"
        ) from None
