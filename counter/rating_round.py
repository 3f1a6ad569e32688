"""The worker's rating round: takes in what the 好差评 platform collected, reports what we took.

Runs beside the outbox. Every rating of the platform is taken or refused once and answered under its
own number; numbers become names here, at the edge.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.rating_filing import Offered, take_rating
from adapters.evaluation.codes import channel_code, channel_of, level_of_stars, stars
from adapters.protocols import (
    EvaluationAnswer,
    EvaluationPlatform,
    EvaluationReport,
    OutsideRefusal,
    OutsideUnavailable,
    PlatformEvaluation,
)
from catalog.catalog import Catalog
from domain.errors import DomainError
from domain.ratings import Channel, Level, RatingCode
from storage import rating_exchange
from storage.database import Database
from storage.rating_register import KeptRating

_FEED = "evaluation"


class RatingRound:
    """One locality's exchange with the platform; without a platform it does nothing."""

    def __init__(
        self,
        database: Database,
        platform: EvaluationPlatform | None,
        catalog: Catalog,
        locality: str,
    ) -> None:
        self._database = database
        self._platform = platform
        self._catalog = catalog
        self._locality = locality

    async def step(self) -> None:
        """Take in, answer, report; an outage leaves the rest for the next round."""
        if self._platform is None:
            return
        try:
            await self._take_in(self._platform)
            await self._answer(self._platform)
            await self._report(self._platform)
        except OutsideUnavailable:
            return

    async def _take_in(self, platform: EvaluationPlatform) -> None:
        async with self._database.glance() as connection:
            after = await rating_exchange.position(connection, _FEED)
        for one in await platform.pull(self._locality, after):
            async with self._database.write() as connection:
                if not await rating_exchange.is_known(connection, one.evaluation_no):
                    await self._take(connection, one)
                await rating_exchange.advance(connection, _FEED, one.number)

    async def _take(self, connection: AsyncConnection, one: PlatformEvaluation) -> None:
        """On file with a rating, or refused with the code that the platform will read."""
        now = datetime.now(UTC)
        level, channel = level_of_stars(one.satisfaction), channel_of(one.pf)
        outcome, rating_no = str(RatingCode.UNKNOWN_LEVEL), None
        if level is not None and channel is not None:
            try:
                async with connection.begin_nested():
                    rating = await take_rating(
                        connection,
                        self._catalog,
                        self._locality,
                        Offered(
                            case_no=one.case_no,
                            level=level,
                            channel=channel,
                            words=one.words or "",
                            consent=one.open_to_office,
                            platform_no=one.evaluation_no,
                        ),
                        now,
                    )
                outcome, rating_no = rating_exchange.TAKEN, rating.rating_no
            except DomainError as error:
                outcome = str(error.code)
        await rating_exchange.settle(connection, one.evaluation_no, outcome, rating_no, now)

    async def _answer(self, platform: EvaluationPlatform) -> None:
        async with self._database.glance() as connection:
            waiting = await rating_exchange.unanswered(connection)
        for one in waiting:
            # A platform that knows its own rating no more needs no answer.
            with contextlib.suppress(OutsideRefusal):
                await platform.answer(
                    EvaluationAnswer(
                        key=f"answer/{one.platform_no}",
                        case_no=one.platform_no,
                        evaluation_no=one.platform_no,
                        outcome=one.outcome,
                    )
                )
            async with self._database.write() as connection:
                await rating_exchange.mark_answered(connection, one.platform_no, datetime.now(UTC))

    async def _report(self, platform: EvaluationPlatform) -> None:
        async with self._database.glance() as connection:
            waiting = await rating_exchange.unreported(connection)
        for one in waiting:
            receipt = await self._reported(platform, one)
            async with self._database.write() as connection:
                await rating_exchange.mark_reported(
                    connection, one.rating_no, receipt, datetime.now(UTC)
                )

    async def _reported(self, platform: EvaluationPlatform, one: KeptRating) -> str:
        try:
            taken = await platform.report(
                EvaluationReport(
                    key=one.rating_no,
                    case_no=one.case_no,
                    rating_no=one.rating_no,
                    matter=one.matter,
                    office=one.office,
                    satisfaction=stars(Level(one.level)),
                    pf=channel_code(Channel(one.channel)),
                    given_at=one.given_at,
                )
            )
        except OutsideRefusal as refusal:
            return f"REFUSED:{refusal.code}"
        return taken.receipt_no
