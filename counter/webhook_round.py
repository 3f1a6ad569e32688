"""The worker's webhook round: reads the trail of events and tells integrators of it.

Runs beside the outbox, on its own. What is to be told is on file before anything is sent, and
stays there until it is taken: a killed worker tells it again under the same id. Of one case things
go out in order; a webhook that takes nothing for long is paused, and somebody is told why.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

from adapters.webhooks import Sent, WebhookSender
from catalog.catalog import Catalog
from domain.calendar import SHANGHAI
from domain.permissions import Permission, Post, offices_for
from domain.stages import FINAL_STAGES
from domain.webhooks import WebhookEvent, signing_secret, told_of, wait_after
from storage import api_calls, posts, webhooks
from storage.database import Database
from storage.webhooks import Record

log = logging.getLogger("tongban.webhooks")

_EVENTS, _MESSAGES, _AT_ONCE = 200, 40, 8
#: Longer than one sending takes; a message of a worker that died is free after that.
_HELD = timedelta(minutes=1)
_SWEPT_EVERY = timedelta(hours=1)
_KEY_ENDED = "密钥已到期或停用；请管理员签发新的密钥。"
_FINAL = frozenset(stage.value for stage in FINAL_STAGES)


class WebhookRound:
    """One locality's webhooks."""

    def __init__(
        self,
        database: Database,
        sender: WebhookSender,
        catalog: Catalog,
        locality: str,
        secret: bytes,
    ) -> None:
        self._database = database
        self._sender = sender
        self._catalog = catalog
        self._locality = locality
        self._secret = secret
        self._swept_at = datetime.min.replace(tzinfo=UTC)

    async def run(self, rest_seconds: float) -> None:
        """Until cancelled; who answers slowly keeps none of the other rounds waiting."""
        while True:
            try:
                await self.step()
            except Exception as error:
                log.warning("webhook round failed: %s", type(error).__name__)
            await asyncio.sleep(rest_seconds)

    async def step(self) -> None:
        """Read what has happened, then tell what is due."""
        now = datetime.now(UTC)
        async with self._database.glance() as connection:
            known = await webhooks.listed(connection)
        if known:
            await self._read(known, now)
            await self._tell(now)
        if now - self._swept_at > _SWEPT_EVERY:
            await self._sweep(now)

    async def _read(self, known: list[Record], now: datetime) -> None:
        async with self._database.write() as connection:
            keys = await webhooks.keys_of(connection, {one["key_id"] for one in known})
            for one in known:
                if not _holds(keys[one["key_id"]], now):
                    await webhooks.pause(connection, one["id"], _KEY_ENDED, now)
            known = [one for one in known if _holds(keys[one["key_id"]], now)]
            found = await webhooks.settled_events(connection, _EVENTS)
            if not found:
                return
            numbers = {event["case_no"] for event in found}
            told = _told(found, *await webhooks.steps_of(connection, numbers))
            for one in known:
                key = keys[one["key_id"]]
                offices = await self._offices(connection, key, now.astimezone(SHANGHAI).date())
                seen = await webhooks.visible(connection, numbers, offices)
                await webhooks.put(
                    connection,
                    [
                        _message(one, event, number, kind, task, now)
                        for event, number, kind, task in told
                        if event["case_no"] in seen and kind in one["events"]
                    ],
                )

    async def _offices(self, connection: Any, key: Record, today: date) -> list[str]:
        """What the key's post reads today."""
        clerk = self._catalog.clerks.get(key["code"])
        given = await posts.by_code(connection, key["code"], today)
        if clerk is not None:
            given.append(Post(clerk.code, clerk.office, frozenset(clerk.roles)))
        every = [one.code for one in self._catalog.locality(self._locality).offices]
        own = [post for post in given if post.office == key["office"]]
        return sorted(offices_for(own, Permission.READ, every))

    async def _tell(self, now: datetime) -> None:
        async with self._database.write() as connection:
            waiting = await webhooks.due(connection, now, now + _HELD, _MESSAGES)
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(message: Record) -> None:
            async with gate:
                secret = signing_secret(self._secret, message["salt"])
                sent = await self._sender.send(
                    message["url"], secret, message["id"], message["body"], datetime.now(UTC)
                )
            await self._settle(message, sent)

        await asyncio.gather(*(one(message) for message in waiting))

    async def _settle(self, message: Record, sent: Sent) -> None:
        now = datetime.now(UTC)
        async with self._database.write() as connection:
            if sent.taken:
                await webhooks.taken(connection, message, sent.said, now)
                return
            attempts = message["attempts"] + 1
            first = timedelta(seconds=self._policy("webhook.first_wait_seconds"))
            longest = timedelta(seconds=self._policy("webhook.longest_wait_seconds"))
            await webhooks.put_off(
                connection, message, sent.said, now + wait_after(attempts, first, longest)
            )
            if sent.gone or attempts >= self._policy("webhook.attempts"):
                why = f"推送 {attempts} 次未被接收（{sent.said}）；请检查接收方后恢复推送。"
                await webhooks.pause(connection, message["webhook_id"], why, now)
                log.warning("webhook paused", extra={"webhook": message["webhook_id"]})

    async def _sweep(self, now: datetime) -> None:
        self._swept_at = now
        async with self._database.write() as connection:
            await webhooks.sweep(
                connection, now - timedelta(days=self._policy("webhook.kept_days"))
            )
            kept = timedelta(days=self._policy("api.calls_kept_days"))
            await api_calls.sweep(connection, now - kept)

    def _policy(self, key: str) -> int:
        today = datetime.now(SHANGHAI).date()
        return self._catalog.policy(key, self._locality, on=today).as_number()


def _holds(key: Record, now: datetime) -> bool:
    return key["revoked_at"] is None and bool(key["expires_at"] > now)


def _told(
    events: list[Record], acts: list[Any], opened: list[Any], decided: list[Any]
) -> list[tuple[Record, int, WebhookEvent, str | None]]:
    """What these events mean, each with its place among what its event means."""
    by_step: dict[str, dict[tuple[str, int], list[str]]] = {}
    for name, rows in (("acts", acts), ("opened", opened), ("decided", decided)):
        by_step[name] = defaultdict(list)
        for case_no, step, what in rows:
            by_step[name][case_no, step].append(what)
    found = []
    for event in events:
        step = (event["case_no"], event["made_in"])
        meaning = told_of(
            event["code"],
            first=event["made_in"] == 1,
            moved=event["stage"] != event["stage_before"],
            final=event["stage"] in _FINAL,
            acts=frozenset(by_step["acts"].get(step, ())),
            opened=tuple(sorted(by_step["opened"].get(step, ()))),
            decided=tuple(sorted(by_step["decided"].get(step, ()))),
        )
        found += [(event, number, kind, task) for number, (kind, task) in enumerate(meaning)]
    return found


def _message(
    webhook: Record, event: Record, number: int, kind: WebhookEvent, task: str | None, now: datetime
) -> Record:
    """A row of what is to be told: numbers and codes, nobody's data."""
    data = {
        "case_no": event["case_no"],
        "kind": event["kind"],
        "stage": event["stage"],
        "sequence": event["id"],
        **({"task_id": task} if task else {}),
    }
    return {
        "id": f"msg_{webhook['id']}_{event['id']}_{number}",
        "webhook_id": webhook["id"],
        "case_no": event["case_no"],
        "body": {"type": kind.value, "timestamp": event["at"].isoformat(), "data": data},
        "next_at": now,
    }
