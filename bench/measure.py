"""What a run cost: CPU seconds of the processes, rows written, and events in the histories."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping

import asyncpg
import psutil
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

#: The tables a case writes; a skeleton that writes other rows would compare nothing.
TABLES = (
    "cases",
    "persons",
    "tasks",
    "commands",
    "transitions",
    "acts",
    "events",
    "clocks",
    "certificates",
    "letters",
    "case_documents",
    "notices",
    "data_access",
)

_LOCAL_ACTIVITY = "core_local_activity"


def cpu_seconds(groups: Mapping[str, Iterable[int]]) -> dict[str, float]:
    """User and system time of each group of processes with all their children, in seconds."""
    return {name: sum(_of(pid) for pid in pids) for name, pids in groups.items()}


def _of(pid: int) -> float:
    process = psutil.Process(pid)
    # The parent's own account holds the children that have ended; the live ones are added.
    times = process.cpu_times()
    total = times.user + times.system + times.children_user + times.children_system
    for child in process.children(recursive=True):
        try:
            own = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += own.user + own.system
    return total


async def rows(dsns: Iterable[str]) -> Counter[str]:
    """Rows by table over all localities' databases."""
    counted: Counter[str] = Counter()
    for dsn in dsns:
        connection = await asyncpg.connect(dsn)
        try:
            for table in TABLES:
                counted[table] += await connection.fetchval(f"SELECT count(*) FROM {table}")
        finally:
            await connection.close()
    return counted


async def histories(workflows: Iterable[tuple[Client, str]]) -> Counter[str]:
    """Events by kind over the histories of these workflows, with their total and size."""
    counted: Counter[str] = Counter()
    for one in await asyncio.gather(*(_history(client, id_) for client, id_ in workflows)):
        counted += one
    return counted


async def _history(client: Client, workflow_id: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    async for event in client.get_workflow_handle(workflow_id).fetch_history_events():
        counted["events"] += 1
        counted["bytes"] += event.ByteSize()
        counted[_kind(event)] += 1
    return counted


def _kind(event: HistoryEvent) -> str:
    name = EventType.Name(event.event_type).removeprefix("EVENT_TYPE_")
    if name == "MARKER_RECORDED":
        marker = event.marker_recorded_event_attributes.marker_name
        return "LOCAL_ACTIVITY" if marker == _LOCAL_ACTIVITY else f"MARKER:{marker}"
    return name
