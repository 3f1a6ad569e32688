"""Which office of a locality leads the platform: it follows ratings up and dispatches tickets."""

from __future__ import annotations

from catalog.catalog import Catalog
from domain.errors import DomainError
from domain.offices import OfficeKind
from domain.ratings import RatingCode


def lead_office(catalog: Catalog, locality: str) -> str:
    """The service hall (政务服务大厅); DomainError NO_LEAD_OFFICE where there is none."""
    place = catalog.locality(locality)
    named = place.agencies.get(OfficeKind.SERVICE_HALL)
    halls = [one.code for one in place.offices if one.kind is OfficeKind.SERVICE_HALL]
    if named is None and not halls:
        raise DomainError(
            RatingCode.NO_LEAD_OFFICE,
            f"地区 {locality} 的目录没有政务服务大厅，评价和工单无处交办；请补充后再试。",
        )
    return named or halls[0]
