"""Reads a locality's ladder out of the catalogue, row by row, for the verdict of a drill.

Called by `embedded.drill`. The patrol has a reader of its own (`catalog.supervision_policies`).
"""

from __future__ import annotations

from datetime import date

from catalog.catalog import Catalog
from catalog.supervision_policies import supervision_desk
from embedded.drill.expected import RUNGS, Configuration, Configured


def configuration(catalog: Catalog, locality: str, on: date) -> Configuration:
    """What is configured there on that day; DomainError where a row is missing."""

    def number(name: str) -> int:
        return catalog.policy(f"supervision.{name}", locality, on=on).as_number()

    def days(name: str) -> int:
        row = catalog.find_policy(f"supervision.{name}", locality, on=on)
        return row.as_limit().length if row is not None else 0

    def rung(level: int, name: str) -> Configured:
        key = name.lower()
        asks = catalog.find_policy(f"supervision.{key}.must_answer", locality, on=on)
        return Configured(
            rung=name,
            level=level,
            after=days(key) if level else 0,
            reply=days(f"{key}.reply"),
            must_answer=asks is not None and bool(asks.as_number()),
            rule=f"supervision.{key if level else 'warn_days'}",
        )

    desk = supervision_desk(catalog, locality)
    return Configuration(
        rungs=tuple(rung(level, name) for level, name in enumerate(RUNGS)),
        warn_share=number("warn_share"),
        warn_days=number("warn_days"),
        told_level=number("told_level"),
        superior_level=number("superior_level"),
        own_level=number("own_level"),
        lead=desk.lead,
        superior=desk.superior,
    )
