"""What integrators are told of a case, when they are told again, and where nothing is ever sent.

Pure rules behind `counter.webhook_round` and the desk where webhooks are made.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address

from domain.acts import ActCode


class WebhookEvent(StrEnum):
    """What can be told."""

    CASE_FILED = "case.filed"
    CASE_ACCEPTED = "case.accepted"
    CASE_MOVED = "case.moved"
    CASE_OVERDUE = "case.overdue"
    CASE_SUSPENDED = "case.suspended"
    CASE_RESUMED = "case.resumed"
    CASE_EXTENDED = "case.extended"
    CASE_SUPERVISED = "case.supervised"
    CASE_CLOSED = "case.closed"
    TASK_OPENED = "task.opened"
    TASK_DECIDED = "task.decided"

    @property
    def label(self) -> str:
        """What it means, in Chinese."""
        return _LABELS[self]


_LABELS = {
    WebhookEvent.CASE_FILED: "收件",
    WebhookEvent.CASE_ACCEPTED: "受理",
    WebhookEvent.CASE_MOVED: "进入新的环节",
    WebhookEvent.CASE_OVERDUE: "逾期",
    WebhookEvent.CASE_SUSPENDED: "中止计时",
    WebhookEvent.CASE_RESUMED: "恢复计时",
    WebhookEvent.CASE_EXTENDED: "延长期限",
    WebhookEvent.CASE_SUPERVISED: "督办",
    WebhookEvent.CASE_CLOSED: "办结",
    WebhookEvent.TASK_OPENED: "新的待办",
    WebhookEvent.TASK_DECIDED: "待办办结",
}
_OF_CODE = {
    "OVERDUE": WebhookEvent.CASE_OVERDUE,
    "SUSPEND": WebhookEvent.CASE_SUSPENDED,
    "RESUME": WebhookEvent.CASE_RESUMED,
    "EXTEND": WebhookEvent.CASE_EXTENDED,
    "SUPERVISION": WebhookEvent.CASE_SUPERVISED,
}
_STEP = "STEP"
_ACCEPTANCE = frozenset({ActCode.ACCEPTED, ActCode.DEEMED_ACCEPTED})


def told_of(
    code: str,
    *,
    first: bool,
    moved: bool,
    final: bool,
    acts: frozenset[str],
    opened: tuple[str, ...],
    decided: tuple[str, ...],
) -> list[tuple[WebhookEvent, str | None]]:
    """What one event of the trail means, with the task where it is about one.

    ``moved``: the stage differs from the one before; ``final``: and is an end. ``acts``,
    ``opened`` and ``decided`` are those of the event's step.
    """
    if code in _OF_CODE:
        return [(_OF_CODE[code], None)]
    if code != _STEP:
        return []
    found: list[tuple[WebhookEvent, str | None]] = []
    if first:
        found.append((WebhookEvent.CASE_FILED, None))
    if acts & _ACCEPTANCE:
        found.append((WebhookEvent.CASE_ACCEPTED, None))
    found += [(WebhookEvent.TASK_DECIDED, task) for task in decided]
    if moved and not first:
        found.append((WebhookEvent.CASE_MOVED, None))
    found += [(WebhookEvent.TASK_OPENED, task) for task in opened]
    if final and moved:
        found.append((WebhookEvent.CASE_CLOSED, None))
    return found


def wait_after(attempts: int, first: timedelta, longest: timedelta) -> timedelta:
    """How long to wait after so many attempts: four times as long each time."""
    seconds = first.total_seconds() * 4.0 ** min(attempts - 1, 20)
    return min(timedelta(seconds=min(seconds, longest.total_seconds())), longest)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to somebody else on the public network."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and (inner := found.ipv4_mapped or found.sixtofour):
        return is_public(str(inner))
    return found.is_global and not found.is_multicast


def signing_secret(house: bytes, salt: str) -> str:
    """The secret that signs what a webhook is sent (Standard Webhooks): made, not kept."""
    digest = hmac.new(house, f"webhook/{salt}".encode(), hashlib.sha256).digest()
    return f"whsec_{base64.b64encode(digest).decode()}"
