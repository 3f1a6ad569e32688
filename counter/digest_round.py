"""Sends each morning digest to its office's mailbox, once, and again until the platform takes it.

Held by the worker's outbox. The text tells numbers and titles of the day, nothing about a person;
one of a day that is over is not sent any more, for the worklist has overtaken it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from adapters.notices.protocol import MAX_OFFICE_TEXT, OfficeMessage
from adapters.protocols import NoticeGateway
from counter.mailbox import deliver
from domain.attribution import Holder
from domain.calendar import SHANGHAI
from domain.supervision import Rung
from storage import digests
from storage.database import Database
from storage.digests import Content, Unsent

_LONGEST_WAIT = timedelta(minutes=10)
#: Of each list so many titles stand in the message; the rest is on the worklist.
_TITLES = 5
_WAITING = {
    Holder.THEIRS.value: "对方地区",
    Holder.APPLICANT.value: "申请人",
    Holder.COURIER.value: "寄递企业",
    Holder.UNCOUNTED.value: "不计时",
}


class DigestRound:
    """The digests of one locality on their way."""

    def __init__(self, database: Database, notices: NoticeGateway) -> None:
        self._database = database
        self._notices = notices

    async def step(self) -> int:
        """Send what is due to be sent; how many were looked at."""
        now = datetime.now(UTC)
        async with self._database.read() as connection:
            waiting = await digests.unsent(connection, now)
        for one in waiting:
            receipt = await self._sent(one, now)
            async with self._database.write() as connection:
                if receipt is None:
                    wait = min(timedelta(seconds=2 ** min(one.attempts + 1, 10)), _LONGEST_WAIT)
                    await digests.put_off(connection, one, now + wait)
                else:
                    await digests.settle(connection, one, receipt, now)
        return len(waiting)

    async def _sent(self, one: Unsent, now: datetime) -> str | None:
        """The platform's receipt, or why there will be none; None: try again."""
        if one.day < now.astimezone(SHANGHAI).date():
            return "OVERTAKEN"
        message = OfficeMessage(
            key=f"digest:{one.office}:{one.day}",
            case_no=f"digest-{one.day}",
            office=one.office,
            title=f"晨报 {one.day}",
            text=words(one.content),
        )
        return await deliver(self._notices, message)


def words(content: Content) -> str:
    """The digest as a message: numbers, the first titles, where the rest is."""
    counts = content["counts"]
    lines = [
        f"今日到期 {counts.get('due_today', 0)} 项，已逾期 {counts.get('late', 0)} 项，"
        f"其中寄递 {counts.get('parcels', 0)} 项。"
    ]
    waiting = "、".join(
        f"{_WAITING.get(holder, holder)} {count} 件"
        for holder, count in sorted(content["waiting"].items())
    )
    if waiting:
        lines.append(f"等待他方：{waiting}。")
    rungs = content.get("rungs", ())
    if rungs:
        lines.append(f"待答复督办件 {counts['rungs']} 件。")
        lines += [
            f"{Rung(one['rung']).label}：{one['number']}（{one['title']}，{one['due_on']} 前答复）"
            for one in rungs[:_TITLES]
        ]
    for name, key in (("逾期", "late"), ("今日到期", "due_today")):
        lines += [
            f"{name}：{one['title']}（{one['case_no']}，{one['due_on']}）"
            for one in content[key][:_TITLES]
        ]
    lines.append("全部待办和督办件见待办列表。")
    return "\n".join(lines)[:MAX_OFFICE_TEXT]
