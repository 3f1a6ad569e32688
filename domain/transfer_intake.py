"""The form check of every transfer: fields of the matter's own list, materials, what is missing.

Called when an application is filed. What the registers can prove is not asked of the applicant;
a wrong or missing entry is a defect with its remedy, all found at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from domain.errors import DomainError
from domain.identity import check_identity_number
from domain.intake_rules import Defect, DefectCode, DocumentNeed
from domain.schemes.vehicle_numbers import check_vin

_MONTH = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
_YES = {"是": "yes", "否": "no", "yes": "yes", "no": "no"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field that a matter asks for, as the catalogue describes it."""

    name: str
    label: str
    type: str
    required: bool
    choices: Mapping[str, str]


def read_fields(
    details: Mapping[str, Any], fields: Collection[Field]
) -> tuple[dict[str, Any], tuple[Defect, ...]]:
    """The values in the shape the procedures use (money in fen), and what is wrong with them."""
    values: dict[str, Any] = {}
    defects: list[Defect] = []
    known = {one.name for one in fields}
    for name in sorted(set(details) - known):
        choices = "、".join(sorted(known)) or "无"
        defects.append(
            Defect(
                DefectCode.FIELD_UNKNOWN,
                f"details.{name}",
                f"本事项没有栏目 {name}。",
                f"请核对栏目名称，本事项的栏目有：{choices}。",
            )
        )
    for one in fields:
        given = details.get(one.name)
        if given is None or given == "":
            if one.required:
                defects.append(_missing(one))
            continue
        try:
            values[one.name] = _READERS[one.type](given, one)
        except (ValueError, KeyError, InvalidOperation, DomainError):
            defects.append(
                Defect(
                    DefectCode.FIELD_WRONG,
                    f"details.{one.name}",
                    f"{one.label}填写有误。",
                    f"{one.label}{_ASKS[one.type]}{_listed(one)}，请改正。",
                )
            )
    return values, tuple(defects)


def missing_documents(needs: Collection[DocumentNeed], given: Collection[str]) -> Iterator[Defect]:
    """What the applicant still has to hand in."""
    for need in needs:
        if need.required and need.shareable_from is None and need.type not in given:
            yield Defect(
                DefectCode.DOCUMENT_MISSING, need.type, f"缺少{need.name}。", f"请补交{need.name}。"
            )


def _missing(one: Field) -> Defect:
    return Defect(
        DefectCode.FIELD_MISSING,
        f"details.{one.name}",
        f"没有填写{one.label}。",
        f"请补填{one.label}，{_ASKS[one.type]}{_listed(one)}。",
    )


def _listed(one: Field) -> str:
    return "、".join(f"{code}（{label}）" for code, label in one.choices.items())


def _day(given: Any, one: Field) -> str:
    return (given if isinstance(given, date) else date.fromisoformat(str(given))).isoformat()


def _month(given: Any, one: Field) -> str:
    if not _MONTH.match(str(given)):
        raise ValueError
    return str(given)


def _money(given: Any, one: Field) -> int:
    fen = Decimal(str(given).replace(",", "")) * 100
    if fen != fen.to_integral_value() or fen < 0:
        raise ValueError
    return int(fen)


def _number(given: Any, one: Field) -> int:
    if isinstance(given, bool) or int(given) < 0:
        raise ValueError
    return int(given)


def _choice(given: Any, one: Field) -> str:
    if str(given) not in one.choices:
        raise ValueError
    return str(given)


def _yes_no(given: Any, one: Field) -> str:
    if isinstance(given, bool):
        return "yes" if given else "no"
    return _YES[str(given)]


def _text(given: Any, one: Field) -> str:
    if not isinstance(given, str | int):
        raise ValueError
    return str(given).strip()


def _identity(given: Any, one: Field) -> str:
    return check_identity_number(str(given))


def _vehicle(given: Any, one: Field) -> str:
    return check_vin(str(given))


_READERS: Mapping[str, Callable[[Any, Field], Any]] = {
    "TEXT": _text,
    "DATE": _day,
    "MONTH": _month,
    "MONEY": _money,
    "NUMBER": _number,
    "CHOICE": _choice,
    "ID_NO": _identity,
    "VIN": _vehicle,
    "YES_NO": _yes_no,
}
_ASKS = {
    "TEXT": "应为文字",
    "DATE": "应为日期，例如 2026-11-22",
    "MONTH": "应为年月，例如 2026-11",
    "MONEY": "应为金额（元），最多两位小数",
    "NUMBER": "应为不小于零的整数",
    "CHOICE": "只能选：",
    "ID_NO": "应为十八位公民身份号码",
    "VIN": "应为十七位车辆识别代号",
    "YES_NO": "应填“是”或“否”",
}
