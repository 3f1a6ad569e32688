"""Sends word of each rung from 催办 up to the mailbox of the office that it addresses, once.

Held by the worker's outbox. The text tells what is late and until when to answer, nothing about a
person. What the platform does not answer is kept in mind here and sent again under the same key; a
new worker begins with whatever has no receipt on file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from adapters.notices.protocol import MAX_OFFICE_TEXT, OfficeMessage
from adapters.protocols import NoticeGateway
from counter.mailbox import deliver
from domain.supervision import Rung
from storage import supervision_telling as register
from storage.database import Database
from storage.supervision_telling import AT_ONCE, Untold

_LONGEST_WAIT = timedelta(minutes=10)


@dataclass(slots=True)
class _Waiting:
    """A rung that the platform did not answer for."""

    attempts: int
    until: datetime


@dataclass(slots=True)
class RungRound:
    """The rungs of one locality on their way to their offices."""

    database: Database
    notices: NoticeGateway
    _seen: int = 0
    _waiting: dict[str, _Waiting] = field(default_factory=dict)

    async def step(self) -> int:
        """Send what is new and what is due again; how many were looked at."""
        now = datetime.now(UTC)
        due = [number for number, one in self._waiting.items() if one.until <= now][:AT_ONCE]
        async with self.database.read() as connection:
            again = await register.untold(connection, numbers=due) if due else ()
            fresh = await register.untold(connection, after=self._seen)
        for number in set(due) - {one.number for one in again}:
            del self._waiting[number]  # it has ended, or somebody else has sent it
        for one in (*again, *fresh):
            # Rungs are written one batch at a time, so that none with a lower number comes later.
            self._seen = max(self._seen, one.id)
            receipt = await self._sent(one)
            if receipt is None:
                self._put_off(one, now)
                break  # the others are tried in the next round
            async with self.database.write() as connection:
                await register.told(connection, one, receipt, now)
            self._waiting.pop(one.number, None)
        return len(again) + len(fresh)

    def _put_off(self, one: Untold, now: datetime) -> None:
        before = self._waiting.get(one.number)
        attempts = before.attempts + 1 if before else 1
        wait = min(timedelta(seconds=2 ** min(attempts, 10)), _LONGEST_WAIT)
        self._waiting[one.number] = _Waiting(attempts, now + wait)

    async def _sent(self, one: Untold) -> str | None:
        """The platform's receipt, or why there will be none; None: try again."""
        message = OfficeMessage(
            key=f"rung:{one.number}",
            case_no=one.case_no,
            office=one.office,
            title=f"{Rung(one.rung).label} {one.number}",
            text=words(one),
        )
        return await deliver(self.notices, message)


def words(one: Untold) -> str:
    """What the office reads: what is late, until when to answer, and where."""
    late = f"应办日 {one.task_due_on}，已超期 {one.days_late} 个工作日"
    answer = f"请尽快办结；一时办不了的，于 {one.due_on} 前答复。" if one.due_on else "请尽快办结。"
    return (
        f"{Rung(one.rung).label} {one.number}：办件 {one.case_no}（{one.matter}）的"
        f"“{one.title}”{late}。{answer}在工作台的“督办件”里查看和答复。"
    )[:MAX_OFFICE_TEXT]
