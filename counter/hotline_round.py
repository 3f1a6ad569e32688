"""The worker's hotline round: reads the platform's news of tickets and sends replies back.

Runs beside the outbox; what a call-back has told already is nothing new. Every reply goes under
ticket, kind and round, so that the platform takes it once however often it is sent.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from activities.ticket_filing import take_news
from adapters.protocols import (
    ExtensionOrder,
    Hotline,
    OutsideRefusal,
    OutsideUnavailable,
    TicketReceipt,
    WordsOrder,
)
from catalog.catalog import Catalog
from domain.hotline import HotlineNews, ReplyKind
from domain.hotline_calls import news_token
from storage import hotline, rating_exchange
from storage.database import Database

log = logging.getLogger("tongban.hotline")

_FEED = "hotline"


class HotlineRound:
    """One locality's exchange with the hotline; without one it does nothing."""

    def __init__(
        self,
        database: Database,
        platform: Hotline | None,
        catalog: Catalog,
        locality: str,
        console_url: str,
        secret: bytes,
    ) -> None:
        self._database = database
        self._platform = platform
        self._catalog = catalog
        self._locality = locality
        self._address = f"{console_url.rstrip('/')}/hotline/events/{news_token(secret, locality)}"

    async def step(self) -> None:
        """Read, then reply; an outage leaves the rest for the next round."""
        if self._platform is None:
            return
        try:
            await self._read(self._platform)
            await self._send(self._platform)
        except OutsideUnavailable:
            return

    async def _read(self, platform: Hotline) -> None:
        async with self._database.glance() as connection:
            after = await rating_exchange.position(connection, _FEED)
        for event in await platform.pull(self._locality, after, self._address):
            if event.kind is HotlineNews.UNREADABLE:
                log.warning("hotline news %s cannot be read", event.number)
            async with self._database.write() as connection:
                # News of a ticket that was never told are nobody's: the feed goes on behind them.
                await take_news(
                    connection,
                    self._catalog,
                    self._locality,
                    event,
                    source="POLL",
                    at=datetime.now(UTC),
                )
                await rating_exchange.advance(connection, _FEED, event.number)

    async def _send(self, platform: Hotline) -> None:
        async with self._database.write() as connection:
            await hotline.draw_up_extensions(connection, datetime.now(UTC))
        async with self._database.glance() as connection:
            waiting = await hotline.unsent(connection)
        for one in waiting:
            try:
                receipt = (await self._give(platform, one)).receipt_no
            except OutsideRefusal as refusal:
                receipt = f"REFUSED:{refusal.code}"
            async with self._database.write() as connection:
                await hotline.mark_sent(connection, one, receipt, datetime.now(UTC))

    async def _give(self, platform: Hotline, one: hotline.Unsent) -> TicketReceipt:
        key = f"{one.ticket_no}/{one.kind.value}/{one.round}"
        if one.kind is ReplyKind.EXTENSION:
            return await platform.extend(
                ExtensionOrder(
                    key=key,
                    case_no=one.case_no,
                    ticket_no=one.ticket_no,
                    round=one.round,
                    office=one.office,
                    days=one.days,
                )
            )
        order = WordsOrder(
            key=key,
            case_no=one.case_no,
            ticket_no=one.ticket_no,
            round=one.round,
            office=one.office,
            words=one.words,
        )
        if one.kind is ReplyKind.RETURN:
            return await platform.send_back(order)
        return await platform.reply(order)
