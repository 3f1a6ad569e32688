"""Lists and coverage as CSV that spreadsheet programs open: one line per listed row.

Called by ``catalogue export`` and ``coverage``. Text that a spreadsheet would run as a formula is
written so that it stays text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from catalog.catalog import Catalog
from catalog.coverage import Coverage, CoveredRow, PlaceState
from catalog.item_models import Power
from catalog.items import Listed
from catalog.powers import powers_for
from catalog.words import AUDIENCES, ITEM_TYPES, LEVELS, MODES

EXPORT_COLUMNS = (
    "文件",
    "清单",
    "序号",
    "子序号",
    "事项名称",
    "事项类型",
    "服务对象",
    "行使层级",
    "业务模式",
    "牵头单位",
    "配合单位",
    "阶段",
    "场景",
    "职权层级",
    "事项编号",
)
COVERAGE_COLUMNS = (
    "文件",
    "清单",
    "序号",
    "子序号",
    "清单所列名称",
    "事项编号",
    "事项",
    "地区",
    "状态",
    "业务模式",
    "申请情形",
    "流程",
    "本地申请人",
    "异地申请人",
    "依协议",
    "收件机构",
    "决定机构",
    "职权层级",
)
#: How Excel knows that a file is UTF-8.
BOM = "﻿"


def export_csv(catalog: Catalog) -> str:
    """Every row of every list; the power level is that of the place whose list it is."""
    return _csv(EXPORT_COLUMNS, (_exported(catalog, one) for one in catalog.lists.every_row()))


def coverage_csv(catalog: Catalog, found: Coverage) -> str:
    """Every row of every list for every place that the list binds, a line for each mode."""
    return _csv(
        COVERAGE_COLUMNS,
        (
            (*_row_columns(row, place), *columns)
            for row in found.rows
            for place in row.places
            for columns in _way_columns(catalog, place)
        ),
    )


def _row_columns(row: CoveredRow, place: PlaceState) -> tuple[object, ...]:
    return (
        row.document,
        row.listing,
        row.number,
        row.sub,
        row.name,
        row.item,
        row.item_name,
        place.locality,
        place.state.label,
    )


def _way_columns(catalog: Catalog, place: PlaceState) -> Iterator[tuple[object, ...]]:
    """Mode by mode; a place that the system does not run has one line with the reason."""
    if not place.ways:
        yield (None, None, None, place.reason, place.reason, None, None, None, None)
    for way in place.ways:
        yield (
            MODES[way.mode],
            way.choice,
            way.procedure,
            way.here.reason or "可以办理",
            way.elsewhere.reason or "可以办理",
            way.elsewhere.agreement,
            office_words(catalog, way.best.receives),
            office_words(catalog, way.best.competent),
            LEVELS.get(way.best.level),
        )


def office_words(catalog: Catalog, code: str) -> str:
    """An office by code and name."""
    return f"{code} {catalog.office(code).name}" if code else ""


def _exported(catalog: Catalog, listed: Listed) -> tuple[object, ...]:
    listing, row = listed.listing, listed.row
    item = catalog.items.get(row.item)
    powers = powers_for(item, listing.locality, listing.valid_from) if item else ()
    return (
        listing.document,
        listing.code,
        row.number,
        row.sub,
        row.name,
        ITEM_TYPES.get(row.item_type or ""),
        _joined(AUDIENCES[one] for one in row.audience),
        _joined(LEVELS[one] for one in row.levels),
        _joined(MODES[one] for one in row.modes),
        _joined(unit.written for unit in ([row.lead] if row.lead else []) + row.joint_leads),
        _joined(unit.written for unit in row.cooperating),
        row.stage,
        row.scenario,
        _joined(_levels(powers)) or None,
        row.item,
    )


def _levels(powers: Sequence[Power]) -> Iterator[str]:
    """The level that has the power; all of them where a choice of the applicant splits it."""
    said = [one for one in powers if one.when and one.locality == powers[0].locality]
    yield from dict.fromkeys(LEVELS[one.level] for one in said or powers[:1])


def _joined(words: Iterable[str]) -> str:
    return "、".join(words)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return BOM + out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")):
        return f"'{value}"
    return "" if value is None else value
