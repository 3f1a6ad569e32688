"""``catalogue draft``, ``submit``, ``versions``, ``diff``, ``publish``, ``withdraw``: definitions.

Each locality publishes for itself; cases that run keep the definition of their filing.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.catalogue_files import read_file
from commands.catalogue_group import ItemArgument, OnOption, day, group, item_meant
from commands.failure import ExitCode, wrong_input
from commands.register import CHECKING, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.definitions import Definition
    from console.definition_desk import DefinitionChanged, DefinitionDesk

_VERSION = re.compile("[0-9a-f]{12}")

NoteOption = Annotated[str, typer.Option("--note", help="说明，必须写明", show_default=False)]
PreviewOption = Annotated[bool, typer.Option("--preview", help="只预览会变什么，不登记")]
WhatArgument = Annotated[
    str, typer.Argument(metavar="文件或版本", help="定义文件，或 versions 列出的版本")
]


@command("draft", panel=CHECKING, group=group)
async def draft(
    session: Session,
    item: ItemArgument,
    out: Annotated[
        Path | None, typer.Option("--out", help="写到哪个 YAML 文件；不写即输出到屏幕")
    ] = None,
) -> None:
    """写出事项的现行定义，供修改后提交或公布。"""
    import sys

    from catalog.drafts import write_draft
    from commands.screen import print_all

    known = item_meant(session.catalog, item)
    definition = await _in_force(session, known.id, session.given_locality)
    text = write_draft(definition)
    if session.as_json:
        session.answer(definition.model_dump(mode="json"), lambda: None)
    elif out is None:
        sys.stdout.write(text)
    else:
        try:
            out.write_text(text, encoding="utf-8")
        except OSError:
            raise wrong_input(f"不能写文件 {out.name}；请换一个位置。", "NO_SUCH_FILE") from None
        print_all(f"已写入 {out.name}（{known.id} {known.name}，版本 {definition.version}）。")


@command("submit", panel=CHECKING, group=group)
async def submit(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="定义文件", show_default=False)],
    note: NoteOption,
    preview: PreviewOption = False,
) -> None:
    """登记一份草稿供核对（主管部门经办人、审批人或督办员）；没有效力。"""
    done = await _desk(session).draft(
        read_file(file), file.name, clerk=session.clerk_needed(), note=note, only_show=preview
    )
    _answer(session, done)


@command("versions", panel=CHECKING, group=group)
async def versions(
    session: Session,
    item: Annotated[
        str | None, typer.Argument(metavar="[事项]", help="不写即全部", show_default=False)
    ] = None,
) -> None:
    """列出本地区起草、公布、撤回过的定义，新的在前。"""
    from commands.catalogue_screen import draw_versions
    from storage import definition_log

    office = session.office()
    code = item_meant(session.catalog, item).id if item else None
    rows = await office.read(lambda connection: definition_log.entries(connection, code))
    data = [row._asdict() for row in reversed(rows)]
    session.answer(data, lambda: draw_versions(data))


@command("diff", panel=CHECKING, group=group)
async def diff(
    session: Session,
    what: Annotated[
        list[str],
        typer.Argument(metavar="文件|事项 [版本 [版本]]", help="一份定义文件，或事项及一两个版本"),
    ],
    between: Annotated[
        list[str] | None, typer.Option("--between", help="两个地区的代码，写两次")
    ] = None,
    on: OnOption = None,
) -> int:
    """比较定义：草稿与现行、两个版本、一个版本与现行、两个地区；有差异时退出码为 1。"""
    from catalog.definition_diff import differences
    from commands.catalogue_screen import draw_differences

    before, after, titles = await _compared(session, what, between or [], on)
    found = differences(before, after)
    data: dict[str, Any] = {
        "item": after.item,
        "before": {"title": titles[0], "version": before.version},
        "after": {"title": titles[1], "version": after.version},
        "differences": [asdict(one) for one in found],
    }
    if between:
        data["places"] = _places(session, after.item, between, on)
    session.answer(data, lambda: draw_differences(data))
    return int(ExitCode.REFUSED if found else ExitCode.OK)


@command("publish", panel=CHECKING, group=group)
async def publish(
    session: Session,
    what: WhatArgument,
    note: NoteOption,
    first_day: Annotated[
        str | None, typer.Option("--from", help="自哪一天生效，如 2027-01-01；不写即今天")
    ] = None,
    preview: PreviewOption = False,
) -> None:
    """公布一份定义（决定机构的审批人，或目录主管机构的督办员）；在办办件仍按原定义办理。"""
    clerk, start = session.clerk_needed(), day(first_day) if first_day else None
    desk = _desk(session)
    if _VERSION.fullmatch(what):
        done = await desk.publish_version(
            what, clerk=clerk, note=note, first_day=start, only_show=preview
        )
    else:
        path = Path(what)
        done = await desk.publish(
            read_file(path), path.name, clerk=clerk, note=note, first_day=start, only_show=preview
        )
    _answer(session, done)


@command("withdraw", panel=CHECKING, group=group)
async def withdraw(
    session: Session,
    item: ItemArgument,
    reason: Annotated[str, typer.Option(help="原因，必须写明", show_default=False)],
    preview: PreviewOption = False,
) -> None:
    """撤回最近公布的一份定义，恢复此前的定义；在办办件不受影响。"""
    known = item_meant(session.catalog, item)
    done = await _desk(session).withdraw(
        known.id, clerk=session.clerk_needed(), reason=reason, only_show=preview
    )
    _answer(session, done)


def _desk(session: Session) -> DefinitionDesk:
    from console.definition_desk import DefinitionDesk

    return DefinitionDesk(session.office())


def _answer(session: Session, done: DefinitionChanged) -> None:
    from commands.catalogue_screen import draw_change

    session.answer({**asdict(done), "change": done.change.value}, lambda: draw_change(done))


async def _in_force(
    session: Session, item: str, locality: str | None, on: str | None = None
) -> Any:
    """The definition in force in a locality; without one, what is shipped."""
    if locality is None or not session.set_up:
        return session.catalog.definition(item)
    own = session.settings.locality(locality)
    office = session.office_of(own)
    found = await office.read(
        lambda connection: office.definitions.in_force(connection, item, day(on))
    )
    return found.definition


async def _compared(
    session: Session, what: list[str], between: list[str], on: str | None
) -> tuple[Definition, Definition, tuple[str, str]]:
    if between:
        if len(between) != 2 or len(what) != 1:
            raise wrong_input("比较两个地区，请写一个事项和两次 --between。")
        item = item_meant(session.catalog, what[0]).id
        one, other = [await _in_force(session, item, code, on) for code in between]
        names = [session.catalog.locality(code).name for code in between]
        return one, other, (names[0], names[1])
    if what[0].endswith((".yaml", ".yml")):
        from catalog.drafts import read_draft

        first = Path(what[0])
        definition, problems = read_draft(read_file(first), first.name, session.catalog)
        if definition is None or problems:
            raise wrong_input(f"事项定义不能使用：{'；'.join(map(str, problems))}。", "WRONG_FIELD")
        current = await _in_force(session, definition.item, session.given_locality, on)
        return current, definition, ("现行", first.name)
    item = item_meant(session.catalog, what[0]).id
    if len(what) == 2:
        kept = await _kept(session, what[1])
        return await _in_force(session, item, session.locality().code, on), kept, ("现行", what[1])
    if len(what) == 3:
        return await _kept(session, what[1]), await _kept(session, what[2]), (what[1], what[2])
    shipped = session.catalog.definition(item)
    current = await _in_force(session, item, session.locality().code, on)
    return shipped, current, ("随程序发布", "现行")


async def _kept(session: Session, version: str) -> Definition:
    office = session.office()
    found = await office.read(lambda connection: office.definitions.of_version(connection, version))
    if found is None:
        raise wrong_input(f"没有版本 {version[:20]}；请用 catalogue versions 查看。", "NOT_FOUND")
    return found


def _places(session: Session, item: str, between: list[str], on: str | None) -> list[Any]:
    from catalog.placing import place_record

    catalog = session.catalog
    return [place_record(catalog, catalog.item(item), code, day(on)) for code in between]
