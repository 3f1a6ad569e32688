"""The register of ratings: what a case has reached, what was said of it, who appealed.

Called by activities/rating_filing.py inside the transaction that takes a rating in, and by the
console's lists.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import ALONE
from domain.calendar import SHANGHAI
from domain.casework import ActCode, Stage
from domain.ratings import LOW, Occasion, Party, Trail, Visit, seal
from storage.case_tables import Case
from storage.cases import family_of_case
from storage.rating_tables import RatingAppeal, RatingRow
from storage.step_tables import Act, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRating:
    """A rating as it is kept; ``words`` may be personal."""

    rating_no: str
    case_no: str
    occasion: str
    channel: str
    level: str
    source: str
    platform_no: str | None
    office: str
    clerk: str | None
    matter: str
    words: str | None
    consent: bool
    rectification: str | None
    digest: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratable:
    """A case that may be rated: where it has come to, and what its rating needs to know."""

    matter: str
    matter_name: str
    phone: str | None
    trail: Trail


def sealed(rating: KeptRating) -> str:
    """The digest of everything that was said; the same for the row as it is read again."""
    facts = {**asdict(rating), "given_at": rating.given_at.astimezone(SHANGHAI).isoformat()}
    return seal({key: value for key, value in facts.items() if key != "digest"})


async def lock(connection: AsyncConnection, case_no: str) -> None:
    """One rating of a case at a time, until the transaction ends."""
    await connection.execute(
        select(func.pg_advisory_xact_lock(func.hashtext(f"ratings:{case_no}")))
    )


async def ratable(connection: AsyncConnection, case_no: str) -> Ratable | None:
    """A citizen's case that has begun; None for any other number."""
    case = (
        await connection.execute(
            select(Case.filing, Case.matter, Case.matter_name, Case.phone, Case.closed_at).where(
                Case.case_no == case_no,
                Case.kind == "HOME",
                Case.started,
                family_of_case().not_in(list(ALONE)),
            )
        )
    ).one_or_none()
    if case is None:
        return None
    acts = await connection.execute(
        select(Act.code, Act.office, Act.actor, Act.effective_on)
        .where(Act.case_no == case_no, Act.voided_at.is_(None))
        .order_by(Act.id)
    )
    events = (
        await connection.execute(
            select(Event.code, Event.stage, Event.at)
            .where(Event.case_no == case_no)
            .order_by(Event.id)
        )
    ).all()
    # Done for the applicant when only a promise is left to be checked (docs/figures.md).
    handed_over = next((row.at for row in events if row.stage == Stage.AFTER_CHECK), None)
    done_at = handed_over or case.closed_at
    desks = case.filing["desks"]
    return Ratable(
        matter=case.matter,
        matter_name=case.matter_name,
        phone=case.phone,
        trail=Trail(
            intake=desks["intake"],
            station=desks["station"],
            visits=tuple(
                Visit(code=row.code, office=row.office, actor=row.actor, on=row.effective_on)
                for row in acts
            ),
            events=frozenset(row.code for row in events),
            closed_on=done_at.astimezone(SHANGHAI).date() if done_at else None,
        ),
    )


async def rated(connection: AsyncConnection, case_no: str) -> set[Occasion]:
    """The occasions of the case that have a rating."""
    rows = await connection.execute(select(RatingRow.occasion).where(RatingRow.case_no == case_no))
    return {Occasion(row.occasion) for row in rows}


async def keep(connection: AsyncConnection, rating: KeptRating) -> None:
    """Put a rating on file, for good."""
    await connection.execute(insert(RatingRow).values(**asdict(rating)))


async def find(connection: AsyncConnection, rating_no: str) -> KeptRating | None:
    """The rating of that number."""
    return await _one(connection, RatingRow.rating_no == rating_no)


async def appealed_by(connection: AsyncConnection, rating_no: str) -> set[Party]:
    """Who has appealed already."""
    rows = await connection.execute(
        select(RatingAppeal.party).where(RatingAppeal.rating_no == rating_no)
    )
    return {Party(row.party) for row in rows}


async def keep_appeal(connection: AsyncConnection, **values: Any) -> None:
    """Append an appeal with the case that reviews it."""
    await connection.execute(insert(RatingAppeal).values(**values))


def excluded() -> ColumnElement[bool]:
    """Whether an appeal against the rating of this row was upheld."""
    return exists().where(
        RatingAppeal.rating_no == RatingRow.rating_no,
        Act.case_no == RatingAppeal.case_no,
        Act.code == ActCode.APPEAL_UPHELD.value,
        Act.voided_at.is_(None),
    )


async def listed(
    connection: AsyncConnection,
    offices: Collection[str],
    *,
    low: bool = False,
    rating_no: str | None = None,
    case_no: str | None = None,
    limit: int = 100,
) -> list[dict[str, Any]]:
    """Ratings of these offices, newest first, with their appeals and what came of them."""
    rectification, appeal = Case.__table__.alias(), Case.__table__.alias()
    statement = (
        select(
            *RatingRow.__table__.columns,
            Case.matter_name,
            rectification.c.stage.label("rectification_stage"),
            excluded().label("excluded"),
        )
        .join(Case, Case.case_no == RatingRow.case_no)
        .outerjoin(rectification, rectification.c.case_no == RatingRow.rectification)
        .where(RatingRow.office.in_(offices))
        .order_by(RatingRow.given_at.desc(), RatingRow.rating_no.desc())
        .limit(limit)
    )
    if low:
        statement = statement.where(RatingRow.level.in_([one.value for one in LOW]))
    if rating_no is not None:
        statement = statement.where(RatingRow.rating_no == rating_no)
    if case_no is not None:
        statement = statement.where(RatingRow.case_no == case_no)
    found = [dict(row) for row in (await connection.execute(statement)).mappings()]
    appeals = (
        await connection.execute(
            select(
                RatingAppeal.rating_no,
                RatingAppeal.case_no,
                RatingAppeal.party,
                RatingAppeal.ground,
                RatingAppeal.words,
                RatingAppeal.made_at,
                appeal.c.stage,
            )
            .join(appeal, appeal.c.case_no == RatingAppeal.case_no)
            .where(RatingAppeal.rating_no.in_([one["rating_no"] for one in found]))
            .order_by(RatingAppeal.made_at)
        )
    ).mappings()
    by_rating: dict[str, list[dict[str, Any]]] = {}
    for row in appeals:
        by_rating.setdefault(row["rating_no"], []).append(
            {key: value for key, value in row.items() if key != "rating_no"}
        )
    return [{**one, "appeals": by_rating.get(one["rating_no"], [])} for one in found]


async def _one(connection: AsyncConnection, which: ColumnElement[bool]) -> KeptRating | None:
    row = (
        (await connection.execute(select(*RatingRow.__table__.columns).where(which)))
        .mappings()
        .one_or_none()
    )
    return KeptRating(**row) if row is not None else None
