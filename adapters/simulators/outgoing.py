"""Call-backs of a simulated system: posted once, twice, late or in reverse, repeated until taken.

What was not taken (no connection, no 2xx) stays in the store and goes out again with the system's
next call-backs or on POST to its control `_callbacks`.
"""

import asyncio
import json
from enum import StrEnum

import httpx
from pydantic import BaseModel, ConfigDict

from adapters.http import trusted
from adapters.models import OutsideModel
from adapters.simulators.store import Store

_TIMEOUT_SECONDS = 2.0


class CallbackMode(StrEnum):
    NORMAL = "NORMAL"
    TWICE = "TWICE"  # every call-back is posted twice
    HOLD = "HOLD"  # nothing goes out but on POST to `_callbacks`
    REVERSE = "REVERSE"  # the latest event first


class CallbackSetting(BaseModel):
    """What PUT `_callbacks` takes."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    mode: CallbackMode


class Outgoing:
    """`mode` lives in memory only, as behaviours do."""

    def __init__(self, store: Store, system: str) -> None:
        self._store = store
        self._shelf = f"{system}#outgoing"
        self._one_at_a_time = asyncio.Lock()
        self._running: set[asyncio.Task[int]] = set()
        self.mode = CallbackMode.NORMAL

    def add(self, url: str, id_: str, callback: OutsideModel) -> None:
        """Queue one call-back under its id; inside the transaction that made the event."""
        body = {"id": id_, "url": url, "body": callback.model_dump(mode="json")}
        self._store.put(self._shelf, id_, json.dumps(body))

    def left(self) -> int:
        return len(self._store.all(self._shelf))

    def send_soon(self) -> None:
        """Send in the background, unless there is nothing or it is held back."""
        if self.mode is CallbackMode.HOLD or not self.left():
            return
        task = asyncio.create_task(self.send())
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def send(self) -> int:
        """Post everything that waits; returns how many were taken."""
        taken = 0
        # A second round beside this one would post the same call-backs again.
        async with self._one_at_a_time:
            waiting = [json.loads(body) for body in self._store.all(self._shelf)]
            if not waiting:
                return 0
            if self.mode is CallbackMode.REVERSE:
                waiting.reverse()
            async with httpx.AsyncClient(
                timeout=_TIMEOUT_SECONDS,
                verify=trusted(),
                trust_env=False,
                follow_redirects=False,
            ) as http:
                for one in waiting:
                    if await self._post(http, one["url"], one["body"]):
                        self._store.delete(self._shelf, one["id"])
                        taken += 1
        return taken

    async def _post(self, http: httpx.AsyncClient, url: str, body: object) -> bool:
        times = 2 if self.mode is CallbackMode.TWICE else 1
        try:
            answers = [await http.post(url, json=body) for _ in range(times)]
        except (httpx.HTTPError, httpx.InvalidURL):
            return False
        return all(answer.is_success for answer in answers)
