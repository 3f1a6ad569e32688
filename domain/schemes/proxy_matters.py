"""What is collected for another place: three matters with rules of their own, and any item.

Called by the home office's leg of A11 to find the document register and the decision limit, and by
its examiner. Limits are policies below ``proxy.``; docs/rules.md A11.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.schemes.proxy_intake import ProxyMatter

#: The first two digits of a region code are its province (GB/T 2260).
_PROVINCE = 2


@dataclass(frozen=True, slots=True)
class Proxied:
    """``register``: kind of the document register; ``*limit``: policy keys below ``proxy.``;
    ``validity``: policy number in months, where the law says how long the document lasts."""

    matter: ProxyMatter
    register: str
    limit: str
    cross_province_limit: str = ""
    validity: str = ""


PROXIED: Mapping[str, Proxied] = {
    "PROXY-TRAVEL-ENDORSEMENT": Proxied(
        ProxyMatter.ENDORSEMENT,
        "TRAVEL_PERMIT",
        "endorsement.decision",
        cross_province_limit="endorsement.decision_cross_province",
    ),
    "PROXY-TEMP-ID": Proxied(
        ProxyMatter.TEMPORARY_ID,
        "TEMP_ID",
        "temporary_id.decision",
        validity="temporary_id.validity_months",
    ),
    "PROXY-TRANSPORT-LICENCE": Proxied(
        ProxyMatter.TRANSPORT_LICENCE, "TRANSPORT_LICENCE", "transport_licence.decision"
    ),
}


#: Any other item: its licence stands in the library, its limit is the definition's own.
ITEM = Proxied(ProxyMatter.ITEM, "LICENCE_LIBRARY", "")


def proxied(matter: str) -> Proxied:
    """Register and limits of a matter; an item without rules of its own goes by its definition."""
    return PROXIED.get(matter, ITEM)


def decision_limit(proxied: Proxied, window: str, home: str) -> str:
    """The policy key of the decision's limit, given the two localities' region codes."""
    if proxied.cross_province_limit and window[:_PROVINCE] != home[:_PROVINCE]:
        return proxied.cross_province_limit
    return proxied.limit


def valid_until(made_on: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    running = made_on.year * 12 + made_on.month - 1 + months
    year, month = running // 12, running % 12 + 1
    return date(year, month, min(made_on.day, monthrange(year, month)[1]))
