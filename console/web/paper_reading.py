"""A structured paper as people read it: fields under their names, codes in words, lists as tables.

Called by the preview of a document and by the task page. What has no words stays as it is written;
the exact file can be saved beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.catalog import Catalog
from catalog.transfer_models import FieldRule, FieldType
from console.wording.events import event_label
from console.wording.finding_values import material_words
from console.wording.labels import HOLDER_LABELS, actor_label, labelled
from console.wording.movement_view import yuan
from console.wording.paper_fields import in_order, paper_field
from console.wording.paper_names import CERTIFICATE_STATES, FUND_NAMES, RECORD_NAMES
from console.wording.reasons import known_reason
from domain.act_labels import ACT_LABELS
from domain.calendar import SHANGHAI
from domain.casework import CERTIFICATE_LABELS, STAGE_LABELS
from domain.hukou_application import MigrationReason

#: How much of a list and how deep is shown in the page.
_ROWS, _DEPTH = 300, 6
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_DIRECTIONS = {"OUT": "发出", "IN": "收到"}
#: Fields of a form whose value is kept otherwise than people write it.
_FILLED = frozenset({FieldType.CHOICE, FieldType.YES_NO, FieldType.MONEY})
_REASONS = {one.value: one.label for one in MigrationReason}
_ACCOUNTS = {"GENERAL": "一般账户", "TEMPORARY": "临时缴费账户"}
_KINDS = {"MARRIAGE": "婚姻登记", "ADMISSION": "录取", "GRADUATION": "毕业", "EDUCATION": "学历"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A value; ``typed``: nobody translates it."""

    text: str
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; ``more``: how many rows are left out."""

    heads: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One field with its value, its own fields, or its table."""

    label: Cell
    value: Cell | None = None
    lines: tuple[Line, ...] = ()
    table: Table | None = None


def lines_of(content: Any, catalog: Catalog, family: str = "", inside: str = "") -> list[Line]:
    """The fields of a paper in their order; an empty list where it is no object."""
    if not isinstance(content, dict):
        return []
    rules = _rules(catalog, str(content.get("matter") or ""))
    return _Reading(catalog, family, rules).lines(content, inside, 0)


def _rules(catalog: Catalog, matter: str) -> dict[str, FieldRule]:
    """The fields of the matter's own form, by name."""
    known = catalog.transfers.get(matter)
    if known is not None:
        return {one.name: one for one in known.fields}
    item = catalog.items.get(matter)
    if item is None or item.template is None:
        return {}
    return {one.name: one for one in catalog.definition(matter).fields}


@dataclass(frozen=True, slots=True)
class _Reading:
    catalog: Catalog
    family: str
    rules: Mapping[str, FieldRule]

    def lines(self, content: Mapping[str, Any], inside: str, depth: int) -> list[Line]:
        return [self._line(inside, key, content[key], depth) for key in in_order(content)]

    def _line(self, inside: str, key: str, value: Any, depth: int) -> Line:
        label = self._label(inside, key)
        if depth < _DEPTH and isinstance(value, dict) and value:
            return Line(label, lines=tuple(self.lines(value, key, depth + 1)))
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            return Line(label, table=self._table(key, value))
        return Line(label, self._cell(inside, key, value))

    def _table(self, key: str, rows: list[dict[str, Any]]) -> Table:
        names = in_order(dict.fromkeys(name for row in rows for name in row))
        return Table(
            tuple(self._label(key, name) for name in names),
            tuple(
                tuple(self._cell(key, name, row.get(name)) for name in names)
                for row in rows[:_ROWS]
            ),
            max(0, len(rows) - _ROWS),
        )

    def _label(self, inside: str, key: str) -> Cell:
        rule = self.rules.get(key) if inside == "details" else None
        words = rule.label if rule else paper_field(inside, key, self.catalog)
        return Cell(words, typed=False) if words else Cell(key)

    def _cell(self, inside: str, key: str, value: Any) -> Cell:
        if value is None or value == "" or value == [] or value == {}:
            return Cell("—")
        if isinstance(value, bool):
            return Cell("是" if value else "否", typed=False)
        rule = self.rules.get(key) if inside == "details" else None
        if rule is not None and rule.type in _FILLED and not isinstance(value, dict | list):
            return _filled(rule, value)
        if isinstance(value, int) and key.endswith("_fen"):
            return Cell(f"{yuan(value)}元", typed=False)
        if isinstance(value, int) and key.endswith("_bp"):
            return Cell(f"{value / 100:g}%")
        if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
            parts = [self._cell(inside, key, one) for one in value]
            return Cell("、".join(one.text for one in parts), all(one.typed for one in parts))
        if isinstance(value, dict):
            fields = (
                (self._label(key, name), self._cell(key, name, one)) for name, one in value.items()
            )
            return Cell("；".join(f"{label.text}：{one.text}" for label, one in fields))
        if isinstance(value, list):
            return Cell(json.dumps(value, ensure_ascii=False))
        words = self._words(inside, key, str(value))
        return Cell(words, typed=False) if words is not None else Cell(_moment(str(value)))

    def _words(self, inside: str, key: str, value: str) -> str | None:
        """A code in words; None for what is no code that anybody here knows."""
        catalog = self.catalog
        if value in catalog.localities:
            return catalog.localities[value].name
        if value in catalog.offices:
            return catalog.offices[value].name
        known: str | None = None
        match key:
            case "title":
                known = value
            case "matter":
                known = catalog.matter_name(value)
            case "reason":
                known = _REASONS.get(value) or known_reason(value, self.family)
            case "code" if inside == "acts":
                known = labelled(ACT_LABELS, value)
            case "code" if inside == "trail":
                known = "办理一步" if value == "STEP" else event_label(value)
            case "code":
                known = known_reason(value, self.family)
            case "stage":
                known = labelled(STAGE_LABELS, value)
            case "holder":
                known = labelled(HOLDER_LABELS, value)
            case "actor":
                known = actor_label(value)
            case "direction":
                known = _DIRECTIONS.get(value)
            case "kind":
                known = labelled(CERTIFICATE_LABELS, value)
                known = _KINDS.get(value) if known == value else known
            case "status":
                known = CERTIFICATE_STATES.get(value)
            case "type":
                known = material_words(value, catalog)
            case "account_kind":
                known = _ACCOUNTS.get(value)
            case "scheme":
                known = FUND_NAMES.get(value)
            case "record_kind":
                known = RECORD_NAMES.get(value)
            case "relation" | "basis":
                known = value
        return None if known == value and key not in _SAID else known


#: What this side's offices say in set words, though no code stands for it.
_SAID = frozenset({"title", "relation", "basis"})


def _filled(rule: FieldRule, value: Any) -> Cell:
    """What somebody filled into a field of the form; money is kept in fen."""
    if rule.type is FieldType.MONEY and isinstance(value, int):
        return Cell(f"{yuan(value)}元", typed=False)
    known = rule.choices.get(str(value))
    if rule.type is FieldType.YES_NO:
        known = {"yes": "是", "no": "否"}.get(str(value))
    return Cell(known, typed=False) if known else Cell(str(value))


def _moment(value: str) -> str:
    """An instant in Asia/Shanghai; anything else as it is."""
    if not _INSTANT.match(value):
        return value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at.tzinfo else value
