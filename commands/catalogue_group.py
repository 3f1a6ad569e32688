"""The group ``catalogue …``, for the modules that put their commands into it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from commands.failure import wrong_input
from commands.register import CHECKING, subject

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from catalog.item_models import Item

group = subject(
    "catalogue",
    panel=CHECKING,
    about="事项目录：查找、查看、核对、导入、比较，以及事项定义的起草、公布和撤回。",
)

ItemArgument = Annotated[
    str, typer.Argument(metavar="事项", help="编号如 M0001，或专门流程的代码", show_default=False)
]
OnOption = Annotated[
    str | None, typer.Option("--on", help="按哪一天的目录，如 2026-11-23；不写即今天")
]


def day(text: str | None) -> date:
    """The day meant; today in Asia/Shanghai where none is given."""
    if text is None:
        from datetime import datetime

        from domain.calendar import SHANGHAI

        return datetime.now(SHANGHAI).date()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise wrong_input(
            f"{text[:20]} 不是有效日期；请写成 2026-11-23 这样的年月日。", "WRONG_DATE"
        ) from None


def item_meant(catalog: Catalog, words: str) -> Item:
    """An item by number or code, or by words that mean one item alone."""
    from domain.errors import DomainError

    try:
        return catalog.item(words.strip())
    except DomainError:
        from catalog.searching import Searching

        found = Searching(catalog).find(words)
        best = [one for one in found if one.score == found[0].score] if found else []
        if len(best) == 1:
            return best[0].item
        if not best:
            raise
        near = "、".join(f"{one.item.id} {one.item.name}" for one in best[:5])
        raise wrong_input(
            f"“{words[:40]}”不止指一个事项：{near}；请写事项编号。", "AMBIGUOUS_ITEM"
        ) from None
