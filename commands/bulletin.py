"""``bulletin``: the figures of a day or a month, issued once, computable again at any time."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.failure import wrong_input
from commands.register import SUPERVISING, command
from commands.session import Session
from domain.bulletins import BulletinKind, before, canonical, digest_of, period_of, read_period
from domain.calendar import SHANGHAI

if TYPE_CHECKING:
    from bulletins.issuing import BulletinRoom
    from domain.figures import Period
    from storage.bulletins import Issued

_KINDS = {"daily": BulletinKind.DAILY, "monthly": BulletinKind.MONTHLY}
_FORMATS = ("table", "json", "html", "xlsx", "pdf")
_WHAT = (*_KINDS, "list", "verify", "show")


@command("bulletin", panel=SUPERVISING)
async def bulletin(
    session: Session,
    what: Annotated[
        str,
        typer.Argument(
            metavar="|".join(_WHAT), help="日通报、月通报、已发布的、复核、查看", show_default=False
        ),
    ],
    number: Annotated[str | None, typer.Argument(metavar="[通报编号]", show_default=False)] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", help="2026-11 或 2026-11-20；不写即最近一个已结束的期间"),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="按当时已知的统计，如 2026-11-20T18:00")
    ] = None,
    issue: Annotated[
        bool, typer.Option("--issue", help="发布并存档；须以督办员身份（--as），每期一份")
    ] = False,
    format_: Annotated[
        str, typer.Option("--format", help="table、json、html、xlsx 或 pdf")
    ] = "table",
    out: Annotated[
        Path | None, typer.Option("--out", help="写到哪个文件；不写即当前文件夹，以编号或期间为名")
    ] = None,
) -> int:
    """办件通报：数量、按时、逾期、用时、用了谁的时间；已发布的可随时复核，重算结果相同。"""
    from activities.calendars import Calendars
    from bulletins.issuing import BulletinRoom

    if what not in _WHAT:
        raise wrong_input(f"bulletin 之后只能是 {'、'.join(_WHAT)} 之一。")
    if format_ not in _FORMATS:
        raise wrong_input(f"--format 只能是 {'、'.join(_FORMATS)} 之一。")
    own = session.locality()
    room = BulletinRoom(
        session.database(own),
        session.catalog,
        own.code,
        Calendars(session.catalog, own.code).current,
    )
    if what == "list":
        _list(session, await room.all_issued())
        return 0
    if what in ("verify", "show"):
        if number is None:
            raise wrong_input(f"请写明通报编号：bulletin {what} 编号（用 bulletin list 查看）。")
        if what == "verify":
            return await _verify(session, room, number)
        issued = await room.by_number(number)
    else:
        kind = _KINDS[what]
        chosen = _period(kind, period)
        if issue:
            _supervisor(session, own.code)
            issued = await room.issue(kind, chosen, datetime.now(UTC))
        else:
            found = await room.of_period(kind, chosen) if as_of is None else None
            if found is None:
                instant = _instant(as_of)
                text = canonical(await room.preview(kind, chosen, instant))
                _show(session, text, None, f"{what}-{chosen.first}", format_, out)
                return 0
            issued = found
    _show(session, issued.content, issued.number, issued.number, format_, out)
    return 0


async def _verify(session: Session, room: BulletinRoom, number: str) -> int:
    from dataclasses import asdict

    from commands.screen import print_all

    verdict = await room.verify(number)
    if not verdict.kept:
        words = f"{number} 的存档内容与指纹不符，存档被改动过；请查明原因。"
    elif not verdict.same:
        words = f"{number} 重新计算的结果与发布时不同；请查明办件记录是否被改动。"
    else:
        words = f"{number} 复核一致：重新计算的结果与发布时逐字节相同（{verdict.digest}）。"
    session.answer(asdict(verdict), lambda: print_all(words))
    return 0 if verdict.kept and verdict.same else 1


def _supervisor(session: Session, locality: str) -> None:
    from console.errors import OfficeError
    from contracts.commands import RejectionCode
    from domain.offices import Role

    clerk = session.catalog.clerk(session.clerk_needed())
    if Role.SUPERVISOR not in clerk.roles or session.catalog.home(clerk.office) != locality:
        raise OfficeError(
            RejectionCode.MISSING_ROLE, "通报由本地区的督办员发布；请用 --as 写督办员的工号。"
        )


def _period(kind: BulletinKind, words: str | None) -> Period:
    if words is not None:
        return read_period(kind, words)
    return before(kind, period_of(kind, datetime.now(SHANGHAI).date()))


def _instant(words: str | None) -> datetime:
    now = datetime.now(UTC)
    if words is None:
        return now
    try:
        told = datetime.fromisoformat(words)
    except ValueError:
        raise wrong_input("--as-of 请写成 2026-11-20T18:00 的形式。", "WRONG_DATE") from None
    return told if told.tzinfo else told.replace(tzinfo=SHANGHAI)


def _show(
    session: Session, text: str, number: str | None, name: str, format_: str, out: Path | None
) -> None:
    if out is None and format_ in ("table", "json"):
        content = json.loads(text)
        told = {"number": number, "digest": digest_of(text), **content}
        if format_ == "json" or session.as_json:
            from commands.screen import print_json

            print_json(told)
        else:
            _draw(content, number, told["digest"])
        return
    from bulletins.printing import printed

    kind = "json" if format_ == "table" else format_
    _write(session, out or Path(f"{name}.{kind}"), printed(text, number, kind))


def _write(session: Session, path: Path, content: bytes) -> None:
    from commands.screen import print_all

    try:
        path.write_bytes(content)
    except OSError:
        raise wrong_input(
            f"{path.name} 写不进去；请检查文件夹和权限，或用 --out 另写一处。"
        ) from None
    session.answer({"file": str(path)}, lambda: print_all(f"已写在 {path}"))


def _draw(content: dict[str, Any], number: str | None, digest: str) -> None:
    from bulletins.view import view
    from commands.screen import print_all, table

    seen = view(content, number, digest)
    print_all(f"{seen.title}　{seen.subtitle}")
    for sheet in (one.shortened() for one in seen.sheets):
        print_all(
            table(
                sheet.title,
                sheet.header,
                [["不详" if cell is None else cell for cell in row] for row in sheet.rows],
            )
        )
        if sheet.note:
            print_all(sheet.note)
    print_all(seen.origin)


def _list(session: Session, issued: list[Issued]) -> None:
    from commands.screen import print_all, table

    session.answer(
        [
            {
                "number": one.number,
                "kind": one.kind,
                "first_day": one.first_day,
                "last_day": one.last_day,
                "as_of": one.as_of,
                "digest": one.digest,
            }
            for one in issued
        ],
        lambda: print_all(
            table(
                "已发布的通报",
                ("编号", "种类", "自", "至", "统计截至", "指纹"),
                (
                    (
                        one.number,
                        BulletinKind(one.kind).label,
                        one.first_day,
                        one.last_day,
                        one.as_of,
                        one.digest[:12],
                    )
                    for one in issued
                ),
            )
        ),
    )
