"""From a kind and plain facts to a slip and its PDF: what the console and the commands call."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from domain.errors import DomainError
from slips.amounts import capitals, figures
from slips.compose import chinese_date, compose
from slips.form import Columns, Form
from slips.forms_hearings import HEARINGS
from slips.forms_money import MONEY
from slips.forms_notices import NOTICES
from slips.forms_supervision import SUPERVISION
from slips.forms_things import THINGS
from slips.kinds import TITLES, SlipKind
from slips.model import Slip, Table

Value = str | int | date
Fact = Value | Sequence[Mapping[str, Value]]
Facts = Mapping[str, Fact]

FORMS: dict[SlipKind, Form] = NOTICES | HEARINGS | THINGS | MONEY | SUPERVISION
_ALWAYS = ("number", "verification_code", "issuer", "issued_on")
_ALWAYS_OPTIONAL = ("check_at", "basis")
#: The other columns together are this many times as wide as the one that numbers the rows.
_NUMBERED_SHARE = 12
_FEN, _CAPITALS = "_fen", "_capitals"


class SlipError(StrEnum):
    """Why a slip was not made."""

    MISSING_FACTS = "MISSING_FACTS"
    UNKNOWN_FACTS = "UNKNOWN_FACTS"


def render(kind: SlipKind, facts: Facts) -> bytes:
    """The PDF of a slip; the same facts give the same bytes. Raises as `build` does."""
    return compose(build(kind, facts))


def build(kind: SlipKind, facts: Facts) -> Slip:
    """The slip of `kind` with its facts filled in.

    Dates are `date`, sums are integer fen under names that end in `_fen`, tables are lists of
    mappings with the columns' keys. Raises DomainError MISSING_FACTS or UNKNOWN_FACTS with the
    names of the facts, never their values.
    """
    form = FORMS[kind]
    given = dict(form.defaults) | {name: fact for name, fact in facts.items() if fact != ""}
    _check(kind, given)
    words = _words(given)
    issued_on = given["issued_on"]
    if not isinstance(issued_on, date):
        raise TypeError("issued_on is a date")
    return Slip(
        title=TITLES[kind],
        number=words["number"],
        verification_code=words["verification_code"],
        issuer=words["issuer"],
        issued_on=issued_on,
        recipient=form.recipient.format_map(words),
        paragraphs=tuple(text.format_map(words) for text in form.paragraphs),
        rows=tuple((row.label, words[row.fact]) for row in form.rows if row.fact in words),
        tables=tuple(_table(columns, given[columns.fact]) for columns in form.tables),
        closing=tuple(text.format_map(words) for text in form.closing),
        remedies=form.remedies.format_map(words),
        signatures=form.signatures,
        basis=words.get("basis", form.basis),
        footer=form.footer,
        check_at=words.get("check_at", ""),
        sealed=form.sealed,
        landscape=form.landscape,
        stub=form.stub and replace(form.stub, paragraph=form.stub.paragraph.format_map(words)),
    )


def facts_of(kind: SlipKind) -> tuple[frozenset[str], frozenset[str]]:
    """The facts that `kind` needs and those it may have besides."""
    form = FORMS[kind]
    texts = (form.recipient, *form.paragraphs, *form.closing, form.remedies)
    texts += (form.stub.paragraph,) if form.stub else ()
    needed = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
    needed |= {row.fact for row in form.rows if not row.optional} | set(_ALWAYS)
    needed |= {columns.fact for columns in form.tables}
    optional = {row.fact for row in form.rows if row.optional} | set(_ALWAYS_OPTIONAL)
    optional |= set(form.defaults)
    made = {name for name in needed if name.endswith(_CAPITALS)}
    return frozenset(needed - optional - made), frozenset(optional)


def _check(kind: SlipKind, given: Mapping[str, object]) -> None:
    needed, optional = facts_of(kind)
    for code, names, text in (
        (SlipError.MISSING_FACTS, needed - set(given), "缺少内容，请补齐后再出具"),
        (SlipError.UNKNOWN_FACTS, set(given) - needed - optional, "没有这些栏目，请核对模板"),
    ):
        if names:
            listed = "、".join(sorted(names))
            raise DomainError(code, f"《{TITLES[kind]}》{text}：{listed}。", kind=kind.value)


def _table(columns: Columns, items: Fact) -> Table:
    if not isinstance(items, Sequence) or isinstance(items, str):
        raise TypeError(f"{columns.fact} is a list of mappings")
    keys = [column.key for column in columns.columns]
    if any(set(item) - set(keys) for item in items):
        raise DomainError(
            SlipError.UNKNOWN_FACTS, f"清单“{columns.title}”没有这些栏目，请核对模板。"
        )
    rows = [tuple(_cell(key, item.get(key, "")) for key in keys) for item in items]
    header = tuple(column.label for column in columns.columns)
    weights = tuple(column.weight for column in columns.columns)
    if columns.numbered:
        rows = [(str(number), *row) for number, row in enumerate(rows, 1)]
        header = ("序号", *header)
        weights = (sum(weights), *(weight * _NUMBERED_SHARE for weight in weights))
    return Table(header, tuple(rows), weights, columns.title)


def _words(given: Mapping[str, Fact]) -> dict[str, str]:
    plain = {name: fact for name, fact in given.items() if isinstance(fact, str | int | date)}
    sums = {name: _whole(fact) for name, fact in plain.items() if name.endswith(_FEN)}
    return {name: _text(name, fact) for name, fact in plain.items()} | {
        name.removesuffix(_FEN) + _CAPITALS: capitals(fen) for name, fen in sums.items() if fen >= 0
    }


def _whole(fact: object) -> int:
    if not isinstance(fact, int):
        raise TypeError("a sum is integer fen")
    return fact


def _cell(key: str, fact: object) -> str:
    """Dates are short in tables: 2026-03-05."""
    return fact.isoformat() if isinstance(fact, date) else _text(key, fact)


def _text(name: str, fact: object) -> str:
    if isinstance(fact, date):
        return chinese_date(fact)
    if name.endswith(_FEN) and fact != "":
        return figures(_whole(fact))
    return str(fact)
