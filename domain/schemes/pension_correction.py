"""Correcting a statement: corrected rows replace earlier ones, and the difference is explained.

Called by the origin's leg when the destination returns a wrong table; the money that follows is
the difference only, under the number of the same contact letter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.schemes.computation import Statement, Step, yuan


@dataclass(frozen=True, slots=True)
class Difference:
    """Later minus earlier, in fen and months; positive: the origin still owes it."""

    account_fen: int
    pooled_fen: int
    total_fen: int
    months: int
    steps: tuple[Step, ...]


def corrected(record: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The record with all rows of each place and year in `rows` replaced by these.

    A correction restates a year of a place as a whole, so it may split or join its rows; doing the
    same correction again changes nothing.
    """
    region = record.get("region")
    restated = {_key(row, region) for row in rows}
    kept = [row for row in record.get("rows", ()) if _key(row, region) not in restated]
    return {**record, "rows": [dict(row) for row in (*kept, *rows)]}


def difference(earlier: Statement, later: Statement) -> Difference:
    """What a corrected statement changes."""
    parts = {
        "个人账户部分": (earlier.account_fen, later.account_fen),
        "统筹基金部分": (earlier.pooled_fen, later.pooled_fen),
        "转移总额": (earlier.total_fen, later.total_fen),
    }
    return Difference(
        account_fen=later.account_fen - earlier.account_fen,
        pooled_fen=later.pooled_fen - earlier.pooled_fen,
        total_fen=later.total_fen - earlier.total_fen,
        months=later.months - earlier.months,
        steps=tuple(
            Step(f"{label}差额", f"{yuan(new)} - {yuan(old)}", yuan(new - old))
            for label, (old, new) in parts.items()
        ),
    )


def _key(row: Mapping[str, Any], region: object) -> tuple[object, ...]:
    return (row.get("region") or region, row.get("year"))
