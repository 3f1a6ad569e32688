"""What a form of slip is made of; the forms themselves are tables in forms_*.py.

Texts name facts in braces. A fact whose name ends in `_fen` is integer fen and printed in yuan;
the same name with `_capitals` instead is that sum in capital numerals, which render makes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from slips.model import Stub


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the grid; an optional one is left out when its fact is missing or empty."""

    label: str
    fact: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, the key in each item, its relative width."""

    label: str
    key: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """A table filled from the list of mappings that is the fact `fact`; `numbered` counts rows."""

    fact: str
    columns: tuple[Column, ...]
    title: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """A form: fixed words, the facts they need, and who issues it on what legal basis.

    `office` says in Chinese which office issues it. `defaults` are facts a caller may leave out.
    Facts every form takes: number, verification_code, issuer, issued_on, and optionally check_at
    and basis (which replaces the form's own).
    """

    office: str
    basis: str = ""
    recipient: str = ""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    tables: tuple[Columns, ...] = ()
    closing: tuple[str, ...] = ()
    remedies: str = ""
    signatures: tuple[str, ...] = ()
    footer: str = ""
    sealed: bool = True
    landscape: bool = False
    stub: Stub | None = None
    defaults: dict[str, str] = field(default_factory=dict)
