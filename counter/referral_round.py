"""Sends each 报请协调函 to the superior's mailbox, once, and again until the platform takes it.

Held by the worker's outbox. The text names case, task, offices and days, nothing about a person.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from adapters.notices.protocol import MAX_OFFICE_TEXT, OfficeMessage
from adapters.protocols import NoticeGateway
from catalog.catalog import Catalog
from catalog.supervision_policies import supervision_desk
from counter.mailbox import deliver
from domain.supervision import Rung
from storage import referrals
from storage.database import Database
from storage.referrals import Request

_LONGEST_WAIT = timedelta(minutes=10)


class ReferralRound:
    """The requests of one locality on their way to its superior."""

    def __init__(
        self, database: Database, notices: NoticeGateway, catalog: Catalog, locality: str
    ) -> None:
        self._database = database
        self._notices = notices
        self._catalog = catalog
        self._locality = locality

    async def step(self) -> int:
        """Send what is due to be sent; how many were looked at."""
        now = datetime.now(UTC)
        async with self._database.read() as connection:
            waiting = await referrals.unsent(connection, now)
        for one in waiting:
            receipt = await self._sent(one)
            async with self._database.write() as connection:
                if receipt is None:
                    wait = min(timedelta(seconds=2 ** min(one.attempts + 1, 10)), _LONGEST_WAIT)
                    await referrals.put_off(connection, one, now + wait)
                else:
                    await referrals.settle(connection, one.subject, receipt, now)
        return len(waiting)

    async def _sent(self, one: Request) -> str | None:
        """The platform's receipt, or why there will be none; None: try again."""
        message = OfficeMessage(
            key=f"referral:{one.subject}",
            case_no=one.case_no,
            office=supervision_desk(self._catalog, self._locality).superior,
            title=f"报请协调函 {one.subject}",
            text=words(one, self._catalog, self._locality),
        )
        return await deliver(self._notices, message)


def cause_words(rung: str) -> str:
    """Why the superior is asked: a ladder that has come so far, or a clerk's decision."""
    if rung:
        return f"督办已升至{Rung(rung).label}，至今没有办结。"
    return "两地协商未果，承办机构报请协调。"


def words(one: Request, catalog: Catalog, locality: str) -> str:
    """The request as a message: what is late or disputed, where, and what is asked for."""
    desk = supervision_desk(catalog, locality)
    office = catalog.offices.get(one.office)
    peer = catalog.localities.get(one.peer or "")
    lines = [
        f"办件 {one.case_no}（{one.matter_name}），环节“{one.task_title}”，"
        f"由{office.name if office else one.office}承办"
        + (f"，协同地区为{peer.name}。" if peer else "。"),
        cause_words(one.rung),
        f"请{desk.superior_name}予以协调。办件的受理、审查和决定仍由有权机关依法办理。",
    ]
    return "\n".join(lines)[:MAX_OFFICE_TEXT]
