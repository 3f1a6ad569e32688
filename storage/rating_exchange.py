"""The exchange of ratings with the 好差评 platform, and how far platforms' feeds have been read.

Called by the worker's rating and hotline rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rating_register import KeptRating
from storage.rating_tables import Feed, PlatformRating, RatingReport, RatingRow

TAKEN = "TAKEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A rating of the platform that it has no answer to."""

    platform_no: str
    outcome: str


async def position(connection: AsyncConnection, feed: str) -> int:
    """The number up to which a feed has been read; 0 before the first."""
    found = await connection.execute(select(Feed.position).where(Feed.name == feed))
    return int(found.scalar_one_or_none() or 0)


async def advance(connection: AsyncConnection, feed: str, number: int) -> None:
    """Everything up to this number has been taken in."""
    await connection.execute(
        insert(Feed)
        .values(name=feed, position=number)
        .on_conflict_do_update(index_elements=[Feed.name], set_={"position": number})
    )


async def is_known(connection: AsyncConnection, platform_no: str) -> bool:
    """Whether the platform's rating was taken or refused before."""
    found = await connection.execute(
        select(PlatformRating.platform_no).where(PlatformRating.platform_no == platform_no)
    )
    return found.first() is not None


async def settle(
    connection: AsyncConnection, platform_no: str, outcome: str, rating_no: str | None, at: datetime
) -> None:
    """What became of the platform's rating: TAKEN under a number of ours, or a code."""
    await connection.execute(
        insert(PlatformRating).values(
            platform_no=platform_no, outcome=outcome, rating_no=rating_no, taken_at=at
        )
    )


async def unanswered(connection: AsyncConnection, limit: int = 100) -> tuple[Unanswered, ...]:
    """What the platform has not been told of, oldest first."""
    rows = await connection.execute(
        select(PlatformRating.platform_no, PlatformRating.outcome)
        .where(PlatformRating.answered_at.is_(None))
        .order_by(PlatformRating.taken_at, PlatformRating.platform_no)
        .limit(limit)
    )
    return tuple(Unanswered(platform_no=row.platform_no, outcome=row.outcome) for row in rows)


async def mark_answered(connection: AsyncConnection, platform_no: str, at: datetime) -> None:
    """The platform has been told."""
    await connection.execute(
        update(PlatformRating)
        .where(PlatformRating.platform_no == platform_no)
        .values(answered_at=at)
    )


async def unreported(connection: AsyncConnection, limit: int = 100) -> tuple[KeptRating, ...]:
    """Ratings that we took in ourselves and that the platform has not, oldest first."""
    rows = await connection.execute(
        select(*RatingRow.__table__.columns)
        .outerjoin(RatingReport, RatingReport.rating_no == RatingRow.rating_no)
        .where(RatingRow.platform_no.is_(None), RatingReport.rating_no.is_(None))
        .order_by(RatingRow.given_at, RatingRow.rating_no)
        .limit(limit)
    )
    return tuple(KeptRating(**row) for row in rows.mappings())


async def mark_reported(
    connection: AsyncConnection, rating_no: str, receipt: str, at: datetime
) -> None:
    """The platform has taken it, or refused it for good: ``receipt`` tells which."""
    await connection.execute(
        insert(RatingReport)
        .values(rating_no=rating_no, receipt=receipt, sent_at=at)
        .on_conflict_do_nothing()
    )
