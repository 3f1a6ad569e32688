"""Reads ratings, appeals and hotline tickets as the facts that the check judges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from console.check_facts import belongs
from contracts.families import HOTLINE, RATING, RATING_APPEAL
from domain.casework import ActCode
from domain.invariants.services import AppealFact, FollowUp, RatingFact, Services, TicketFact
from domain.ratings import Occasion, reached
from storage import rating_register
from storage.case_tables import Case
from storage.cases import family_of_case
from storage.database import Database
from storage.hotline_tables import TicketReply, TicketRow
from storage.rating_register import KeptRating
from storage.rating_tables import RatingAppeal, RatingRow
from storage.step_tables import Act


async def read_services(
    databases: Mapping[str, Database], about: Collection[str] | None = None
) -> Services:
    """Everything of all localities, each in one consistent snapshot; of ratings only those of these
    home cases and what was opened for them, where they are given."""
    found = []
    for locality, database in databases.items():
        async with database.read() as connection:
            found.append(await _look(connection, locality, about))
    return Services(
        ratings=tuple(one for look in found for one in look.ratings),
        follow_ups=tuple(one for look in found for one in look.follow_ups),
        appeals=tuple(one for look in found for one in look.appeals),
        tickets=tuple(one for look in found for one in look.tickets),
    )


async def _look(
    connection: AsyncConnection, locality: str, about: Collection[str] | None
) -> Services:
    acts: dict[str, list[Any]] = defaultdict(list)
    cases = await connection.execute(
        select(Case.case_no, Case.closed_at, Case.filing["facts"].label("facts"), family_of_case())
        .where(Case.matter.in_((RATING.code, RATING_APPEAL.code, HOTLINE.code)))
        .order_by(Case.case_no)
    )
    rows = cases.all()
    closed = {row.case_no: row.closed_at is not None for row in rows}
    for act in await connection.execute(
        select(Act.case_no, Act.code, Act.actor, Act.office, Act.facts)
        .where(Act.case_no.in_(list(closed)), Act.voided_at.is_(None))
        .order_by(Act.id)
    ):
        acts[act.case_no].append(act)
    appeals = (await connection.execute(select(*RatingAppeal.__table__.columns))).all()
    tickets = (await connection.execute(select(TicketRow.ticket_no, TicketRow.case_no))).all()
    replies: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for reply in await connection.execute(
        select(TicketReply.ticket_no, TicketReply.kind, TicketReply.round)
    ):
        replies[reply.ticket_no].append((reply.kind, reply.round))
    return Services(
        ratings=await _ratings(connection, locality, about),
        follow_ups=tuple(
            FollowUp(
                locality=locality,
                case_no=row.case_no,
                rating_no=row.facts.get("rating", ""),
                closed=closed[row.case_no],
                acts=tuple(one.code for one in acts[row.case_no]),
            )
            for row in rows
            if row.family == RATING.code
        ),
        appeals=tuple(
            AppealFact(
                locality=locality,
                case_no=one.case_no,
                rating_no=one.rating_no,
                by=one.by,
                closed=closed.get(one.case_no, False),
                acts=tuple(act.code for act in acts[one.case_no]),
                reviewers=frozenset(
                    act.actor
                    for act in acts[one.case_no]
                    if act.code in (ActCode.APPEAL_UPHELD, ActCode.APPEAL_REJECTED)
                ),
            )
            for one in appeals
        ),
        tickets=tuple(
            TicketFact(
                locality=locality,
                ticket_no=one.ticket_no,
                case_no=one.case_no,
                closed=closed.get(one.case_no, False),
                acts=tuple((act.code, act.facts.get("round", "")) for act in acts[one.case_no]),
                not_ours=tuple(
                    act.office for act in acts[one.case_no] if act.code == ActCode.TICKET_NOT_OURS
                ),
                replies=tuple(replies[one.ticket_no]),
            )
            for one in tickets
        ),
    )


async def _ratings(
    connection: AsyncConnection, locality: str, about: Collection[str] | None
) -> tuple[RatingFact, ...]:
    chosen = select(*RatingRow.__table__.columns)
    if about is not None:
        chosen = chosen.where(or_(belongs(RatingRow, about), RatingRow.rectification.in_(about)))
    rows = await connection.execute(chosen)
    kept = [KeptRating(**row) for row in rows.mappings()]
    found = []
    for one in kept:
        case = await rating_register.ratable(connection, one.case_no)
        occasions = reached(case.trail) if case is not None else {}
        found.append(
            RatingFact(
                locality=locality,
                rating_no=one.rating_no,
                case_no=one.case_no,
                occasion=one.occasion,
                level=one.level,
                intact=rating_register.sealed(one) == one.digest,
                reached=Occasion(one.occasion) in occasions,
                rectification=one.rectification,
            )
        )
    return tuple(found)
