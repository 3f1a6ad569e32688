"""``catalogue search`` and ``catalogue show``: find an item, and everything that is known of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from commands.catalogue_group import ItemArgument, OnOption, day, group, item_meant
from commands.register import CHECKING, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.definitions import Definition
    from catalog.item_models import Item


@command("search", panel=CHECKING, group=group)
def search(
    session: Session,
    words: Annotated[
        list[str],
        typer.Argument(metavar="词…", help="名称、别名、拼音首字母、编号或代码；须都符合"),
    ],
    limit: Annotated[int, typer.Option("--limit", help="最多列出几项", min=1, max=1000)] = 20,
) -> None:
    """查找事项，最相符的在前。"""
    from catalog.describing import summary
    from catalog.searching import Searching
    from commands.catalogue_screen import draw_found

    catalog = session.catalog
    found = Searching(catalog).find(" ".join(words))
    data = {
        "total": len(found),
        "items": [{**summary(catalog, one.item), "matched": one.matched} for one in found[:limit]],
    }
    session.answer(data, lambda: draw_found(data))


@command("show", panel=CHECKING, group=group)
async def show(session: Session, item: ItemArgument, on: OnOption = None) -> None:
    """列出事项的一切：各文件怎么列、彼此的差异、职权、各地区能否办理、现行定义和办事指南。

    用 --locality 指明地区时，定义以该地区公布的为准；否则是随程序发布的。
    """
    from catalog.records import full_record
    from commands.catalogue_screen import draw_item

    catalog, when = session.catalog, day(on)
    known = item_meant(catalog, item)
    definition, entry = await _definition(session, known, when)
    data = full_record(
        catalog, known, when, definition, entry=entry, locality=session.given_locality
    )
    session.answer(data, lambda: draw_item(data))


async def _definition(
    session: Session, item: Item, on: date
) -> tuple[Definition | None, int | None]:
    """The definition in force with the publication that brought it; None: shipped."""
    if item.template is None:
        return None, None
    if session.given_locality is None or not session.set_up:
        return session.catalog.definition(item.id), None
    office = session.office()
    found = await office.read(
        lambda connection: office.definitions.in_force(connection, item.id, on)
    )
    return found.definition, found.entry
