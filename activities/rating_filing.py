"""Takes a rating or an appeal in: on file for good, with the case that it calls for.

Called by the console (the applicant's own rating, appeals) and by the worker's rating round (what
the 好差评 platform collected), each inside one transaction. The worker's outbox starts the cases.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.lead_office import lead_office
from activities.office_case import office_filing
from catalog.catalog import Catalog
from contracts.cases import Desks
from contracts.families import RATING, RATING_APPEAL, Family
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.ratings import (
    Channel,
    Ground,
    Level,
    Occasion,
    Party,
    RatingCode,
    appeal_refusal,
    occasion_rated,
)
from storage import cases, rating_register
from storage.rating_register import KeptRating
from storage.serials import new_rating_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A rating as it comes in, its giver known to be the applicant."""

    case_no: str
    level: Level
    channel: Channel
    occasion: Occasion | None = None
    words: str = ""
    consent: bool = False
    platform_no: str | None = None


async def take_rating(
    connection: AsyncConnection, catalog: Catalog, locality: str, offered: Offered, at: datetime
) -> KeptRating:
    """Keep a rating; a low one opens its 差评整改. DomainError says why one is not taken."""
    await rating_register.lock(connection, offered.case_no)
    found = await rating_register.ratable(connection, offered.case_no)
    if found is None:
        raise DomainError(
            RatingCode.NOT_RATABLE,
            f"没有可以评价的办件 {offered.case_no}；请核对收件凭证上的办件编号。",
        )
    reached = occasion_rated(
        found.trail,
        offered.channel,
        await rating_register.rated(connection, offered.case_no),
        offered.occasion,
    )
    day = at.astimezone(SHANGHAI).date()
    rating = KeptRating(
        rating_no=await new_rating_number(connection, locality, day.year),
        case_no=offered.case_no,
        occasion=reached.occasion.value,
        channel=offered.channel.value,
        level=offered.level.value,
        source="PLATFORM" if offered.platform_no else "APPLICANT",
        platform_no=offered.platform_no,
        office=reached.office,
        clerk=reached.clerk or None,
        matter=found.matter,
        words=offered.words or None,
        consent=offered.consent,
        rectification=None,
        digest="",
        given_at=at,
    )
    if offered.level.low:
        opened = await _open(connection, catalog, locality, RATING, rating, at, found.phone)
        rating = replace(rating, rectification=opened)
    rating = replace(rating, digest=rating_register.sealed(rating))
    await rating_register.keep(connection, rating)
    return rating


async def take_appeal(
    connection: AsyncConnection,
    catalog: Catalog,
    locality: str,
    rating: KeptRating,
    *,
    party: Party,
    ground: Ground,
    words: str,
    by: str,
    at: datetime,
) -> str:
    """Keep an appeal; the number of the case that reviews it."""
    await rating_register.lock(connection, rating.case_no)
    refusal = appeal_refusal(
        Level(rating.level),
        party,
        appealed_by=await rating_register.appealed_by(connection, rating.rating_no),
    )
    if refusal is not None:
        raise refusal
    number = await _open(
        connection,
        catalog,
        locality,
        RATING_APPEAL,
        rating,
        at,
        None,
        party=party.value,
        ground=ground.value,
        rectification=rating.rectification or "",
    )
    await rating_register.keep_appeal(
        connection,
        case_no=number,
        rating_no=rating.rating_no,
        party=party.value,
        ground=ground.value,
        words=words,
        by=by,
        made_at=at,
    )
    return number


async def _open(
    connection: AsyncConnection,
    catalog: Catalog,
    locality: str,
    family: Family,
    rating: KeptRating,
    at: datetime,
    phone: str | None,
    **more: str,
) -> str:
    """File the case; neither its facts nor its number lead to the person who rated."""
    lead = lead_office(catalog, locality)
    filing = await office_filing(
        connection,
        catalog,
        locality,
        family,
        at,
        prefix="rating.",
        desks=Desks(intake=lead, station=rating.office, bureau=lead),
        facts={
            "rating": rating.rating_no,
            "level": rating.level,
            "occasion": rating.occasion,
            "matter": rating.matter,
            "office": rating.office,
            **more,
        },
    )
    await cases.put_case(
        connection, filing, application={"rating": rating.rating_no}, phone=phone, filed_at=at
    )
    return filing.case_no
