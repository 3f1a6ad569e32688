"""Whether organs and lists fit together: units that nobody knows, rows without an item, counts.

Called by `catalog.loader` after every file has been read.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import Problem
from catalog.listing_models import Listing, ListingRow, Mode, Unit
from catalog.locality_checks import doubles
from catalog.source import Source


def organ_problems(source: Source) -> Iterator[Problem]:
    """Double codes, and a spelling that would mean two organs."""
    yield from doubles((one.file, f"{one.field}.code", one.entry.code) for one in source.organs)
    meant: dict[str, str] = {}
    for placed in source.organs:
        for position, spelling in enumerate(placed.entry.spellings):
            known = meant.setdefault(spelling, placed.entry.code)
            if known != placed.entry.code:
                text = f"“{spelling}”已是{known}的写法，一种写法只能指一个机构类别"
                yield Problem(placed.file, f"{placed.field}.spellings[{position}]", text)


def listing_problems(source: Source) -> Iterator[Problem]:
    """Unknown organs and items, rows written twice, sub-rows out of order, counts that differ."""
    yield from doubles((file, "code", one.code) for file, one in source.listings)
    spellings = {placed.entry.code: set(placed.entry.spellings) for placed in source.organs}
    items = {placed.entry.id for placed in source.items}
    for file, listing in source.listings:
        if listing.valid_to is not None and listing.valid_to < listing.valid_from:
            yield Problem(file, "valid_to", "失效日期早于生效日期")
        for position, row in enumerate(listing.rows):
            field = f"rows[{position}]"
            if row.item not in items:
                yield Problem(file, f"{field}.item", f"没有事项{row.item}，请在 items 中补上")
            if Mode.WINDOW in row.modes:
                yield Problem(file, f"{field}.modes", "清单只写全程网办、异地代收、多地联办")
            yield from _unit_problems(file, field, row, spellings)
        yield from _order_problems(file, listing)
        yield from _count_problems(file, listing)


def _unit_problems(
    file: str, field: str, row: ListingRow, spellings: dict[str, set[str]]
) -> Iterator[Problem]:
    units: list[tuple[str, Unit]] = [("lead", row.lead)] if row.lead is not None else []
    units += [(f"joint_leads[{number}]", unit) for number, unit in enumerate(row.joint_leads)]
    units += [(f"cooperating[{number}]", unit) for number, unit in enumerate(row.cooperating)]
    for name, unit in units:
        if unit.organ not in spellings:
            yield Problem(file, f"{field}.{name}.organ", f"没有机构类别{unit.organ}")
        elif unit.written not in spellings[unit.organ]:
            text = f"“{unit.written}”不是{unit.organ}已登记的写法，请补入 organs 的 spellings"
            yield Problem(file, f"{field}.{name}.written", text)
    for number, note in enumerate(row.power):
        if note.about is not None and note.about not in spellings:
            yield Problem(file, f"{field}.power[{number}].about", f"没有机构类别{note.about}")
    for number, part in enumerate(row.scene.acting if row.scene is not None else []):
        if part.organ is not None and part.organ not in spellings:
            place = f"{field}.scene.acting[{number}].organ"
            yield Problem(file, place, f"没有机构类别{part.organ}")


def _order_problems(file: str, listing: Listing) -> Iterator[Problem]:
    """Numbers run from 1 without a gap, sub-numbers from 1 within their number."""
    number, sub = 0, 0
    for position, row in enumerate(listing.rows):
        field = f"rows[{position}]"
        if row.number == number and row.sub is not None:
            expected: int | None = sub + 1
        else:
            expected = 1 if row.sub is not None else None
            if row.number != number + 1:
                yield Problem(file, f"{field}.number", f"序号应为{number + 1}，写成了{row.number}")
        if row.sub != expected and row.sub is not None:
            yield Problem(file, f"{field}.sub", f"子项序号应为{expected}，写成了{row.sub}")
        if (row.sub is None) != (row.group is None):
            yield Problem(file, f"{field}.group", "有子项的行须写所属的大项名称，没有子项的不写")
        number, sub = row.number, row.sub or 0


def _count_problems(file: str, listing: Listing) -> Iterator[Problem]:
    numbered = len({row.number for row in listing.rows})
    if numbered != listing.numbered:
        text = f"文件共{listing.numbered}项，这里有{numbered}项，请核对漏项或多项"
        yield Problem(file, "numbered", text)
    if len(listing.rows) != listing.leaves:
        text = f"文件共{listing.leaves}行（含子项），这里有{len(listing.rows)}行，请核对"
        yield Problem(file, "leaves", text)
