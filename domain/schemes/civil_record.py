"""The record of a civil-servant pension (机关事业单位) relation, as the core returns it.

As `pension_record`, but: `pool` is the pooling area (统筹地区) that holds the relation; `request`
has `destination_scheme` CIVIL or PENSION and, for CIVIL, `destination_pool`; `earlier_account_fen`
is account money from before the reform (pilot places, or brought in from an enterprise); rows are
those of an employee pension. `leaving` tells how somebody left: null, or RESIGNED, DISMISSED,
EXPELLED or SENTENCED, with `hukou_region`, whose enterprise agency then takes the relation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.schemes.pension_record import DestinationScheme, RelationStatus, Row, read_row
from domain.schemes.record_fields import Fields


class Leaving(StrEnum):
    """Why somebody left the unit."""

    RESIGNED = "RESIGNED"
    DISMISSED = "DISMISSED"
    EXPELLED = "EXPELLED"
    SENTENCED = "SENTENCED"


@dataclass(frozen=True, slots=True)
class CivilRecord:
    """A person in 机关事业单位养老保险: sums in fen, ``pool`` the 统筹区."""

    region: str
    pool: str
    status: RelationStatus
    arrears_months: int
    earlier_account_fen: int
    rows: tuple[Row, ...]
    destination_region: str
    destination_scheme: DestinationScheme
    destination_pool: str
    leaving: Leaving | None
    hukou_region: str


def read_civil(data: Mapping[str, Any]) -> CivilRecord:
    """The record, checked; DomainError WRONG_FIELD."""
    fields = Fields(data)
    region = fields.region("region")
    request = fields.part("request")
    scheme = request.choice("destination_scheme", DestinationScheme)
    leaving = fields.choice("leaving", Leaving) if fields.has("leaving") else None
    civil = scheme is DestinationScheme.CIVIL
    record = CivilRecord(
        region=region,
        pool=fields.text("pool"),
        status=fields.choice("status", RelationStatus),
        arrears_months=fields.number("arrears_months", 0, most=1200),
        earlier_account_fen=fields.fen("earlier_account_fen", 0),
        rows=tuple(read_row(one, region, frozenset()) for one in fields.parts("rows")),
        destination_region=request.region("destination_region"),
        destination_scheme=scheme,
        destination_pool=request.text("destination_pool") if civil else "",
        leaving=leaving,
        hukou_region=fields.region("hukou_region") if leaving else "",
    )
    request.done()
    fields.done()
    return record
