"""A statement as a structured record: what is stored on the case and travels with the letter."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from domain.schemes.computation import Statement


def as_record(statement: Statement) -> dict[str, Any]:
    """Plain JSON of all fields, the derivation included (信息表 with its steps)."""
    record = asdict(statement)
    record["rows"] = [dict(row) for row in statement.rows]
    record["facts"] = dict(statement.facts)
    return record
