"""The supervision ladder of a locality from its policy rows and its data file.

Called by the patrol and by whoever shows or answers a rung.
"""

from __future__ import annotations

from datetime import date

from catalog.catalog import Catalog
from catalog.models import SupervisionDesk
from domain.offices import OfficeKind
from domain.supervision import LADDER, LadderPolicy, Rung, RungRule

_SUPERIOR = "000000-ZW-00"


def ladder_policy(catalog: Catalog, locality: str, on: date) -> LadderPolicy:
    """The rungs in force on a day; DomainError UNKNOWN_POLICY where a distance is missing."""

    def number(name: str) -> int:
        return catalog.policy(f"supervision.{name}", locality, on=on).as_number()

    def rule(rung: Rung) -> RungRule:
        key = f"supervision.{rung.value.lower()}"
        reply = catalog.find_policy(f"{key}.reply", locality, on=on)
        must = catalog.find_policy(f"{key}.must_answer", locality, on=on)
        return RungRule(
            key=key,
            distance=catalog.policy(key, locality, on=on).as_limit().length,
            answer_within=reply.as_limit().length if reply else 0,
            must_answer=bool(reply and must and must.as_number()),
        )

    warning = RungRule(key="supervision.warn_days", distance=0)
    return LadderPolicy(
        rules={rung: warning if rung is Rung.REMIND else rule(rung) for rung in LADDER},
        warn_share=number("warn_share"),
        warn_days=number("warn_days"),
        superior_level=number("superior_level"),
        own_level=number("own_level"),
    )


def patrol_hours(catalog: Catalog, locality: str, on: date) -> tuple[int, int]:
    """The first and the last hour of the day in which the patrol goes, Asia/Shanghai."""
    opens, closes = (
        catalog.policy(f"supervision.{name}_hour", locality, on=on).as_number()
        for name in ("opens", "closes")
    )
    return opens, closes


def told_level(catalog: Catalog, locality: str, on: date) -> int:
    """From which level on a leg's lateness is told to the locality that asked for it."""
    return catalog.policy("supervision.told_level", locality, on=on).as_number()


def supervision_desk(catalog: Catalog, locality: str) -> SupervisionDesk:
    """Who issues the rungs of a locality."""
    one = catalog.locality(locality)
    if one.supervision is not None:
        return one.supervision
    halls = [office.code for office in one.offices if office.kind is OfficeKind.SERVICE_HALL]
    lead = halls[0] if halls else one.hukou.bureau
    return SupervisionDesk(lead=lead, superior=_SUPERIOR, superior_name="共同上级机构")
