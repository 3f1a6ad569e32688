"""The days of a hearing from the policy table.

Called by `console.hearing`.
"""

from __future__ import annotations

from datetime import date

from catalog.catalog import Catalog
from domain.hearings import HearingRules


def hearing_rules(catalog: Catalog, locality: str, on: date) -> HearingRules:
    """The lengths in force on a day; DomainError UNKNOWN_POLICY where one is missing."""
    ask, hold, notice = (
        catalog.policy(f"hearing.{name}", locality, on=on).as_limit()
        for name in ("ask", "hold", "notice")
    )
    return HearingRules(ask, hold, notice)
