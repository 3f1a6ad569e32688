"""What a slip holds, without a word about its looks: forms build it, compose lays it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that is repeated on every page.

    `weights` are the columns' relative widths (one per header cell); every row has as many cells
    as the header, which is checked here so that no cell is lost on paper.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    weights: tuple[int, ...]
    title: str = ""

    def __post_init__(self) -> None:
        if len(self.weights) != len(self.header) or min(self.weights, default=0) <= 0:
            raise ValueError("a table needs one positive weight per column")
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("a row has another number of cells than its header")


@dataclass(frozen=True, slots=True)
class Stub:
    """A part to cut off that the receiver fills in, signs and seals.

    `blanks` are the labels of lines to fill in, `seal` that of the taller one for the seal.
    """

    title: str
    paragraph: str
    blanks: tuple[str, ...]
    seal: str
    signatures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip ready for the page.

    `rows` are pairs of label and value set as a grid, `tables` follow them, `paragraphs` say what
    was decided, `closing` stands after the tables, `remedies` is what the reader can do. With
    `sealed` the issuer, the date and the place of the seal stand at the end; `signatures` are the
    labels of the lines to sign. `check_at` says where the verification code can be checked: an
    https address, or words. A `stub` stands below a cut line at the end.
    """

    title: str
    number: str
    verification_code: str
    issuer: str
    issued_on: date
    recipient: str = ""
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    closing: tuple[str, ...] = ()
    remedies: str = ""
    signatures: tuple[str, ...] = ()
    basis: str = ""
    footer: str = ""
    check_at: str = ""
    sealed: bool = True
    landscape: bool = False
    stub: Stub | None = None
