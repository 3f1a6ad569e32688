"""Records histories for the replay tests: one per path that the stories take.

``make histories`` plays the stories with payload encryption off and keeps one history per distinct
path. A path is what the case saw and did, not the moment of each event.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from temporalio import workflow
from temporalio.client import Client, WorkflowHistory

from workflows.registry import PROCEDURES

FOLDER = Path(__file__).parent / "histories"
#: The procedures' names as operators read them, and their classes: a recording is named by these.
NAMES = {str(workflow._Definition.must_from_class(one).name): one.__name__ for one in PROCEDURES}
#: What of a command or letter belongs to the path; numbers and texts do not.
_TELLING = ("verb", "outcome", "reason_code", "answer", "persons", "status", "code")


async def export(clients: dict[str, Client], folder: Path = FOLDER) -> int:
    """Write one file per new path from all completed workflows; returns how many are new."""
    known = _marks(folder)
    before = len(known)
    for client in clients.values():
        async for execution in client.list_workflows("ExecutionStatus = 'Completed'"):
            if execution.workflow_type not in NAMES:
                continue  # a messenger of the tests
            handle = client.get_workflow_handle(execution.id, run_id=execution.run_id)
            content = json.loads((await handle.fetch_history()).to_json())
            mark = signature(content)[:10]
            if mark not in known:
                known.add(mark)
                name = f"{NAMES[execution.workflow_type]}-{ending(content)}-{mark}.json.gz"
                _keep(folder / name, {"workflow_id": execution.id, "history": content})
    return len(known) - before


def _marks(folder: Path) -> set[str]:
    folder.mkdir(exist_ok=True)
    return {path.name.removesuffix(".json.gz")[-10:] for path in folder.glob("*.json.gz")}


def _keep(path: Path, kept: dict[str, Any]) -> None:
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    # A process names itself and its machine in events and sticky queues: no part of the path.
    text = re.sub(r"\d+@[A-Za-z0-9._-]+", "worker", text)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def read(path: Path) -> dict[str, Any]:
    """A recorded file: ``workflow_id`` and ``history``."""
    kept: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return kept


def load(path: Path) -> WorkflowHistory:
    """A recorded history for the replayer."""
    kept = read(path)
    return WorkflowHistory.from_json(kept["workflow_id"], kept["history"])


def signature(content: dict[str, Any]) -> str:
    """sha256 over the path of a history."""
    return hashlib.sha256("\n".join(path_of(content)).encode()).hexdigest()


def path_of(content: dict[str, Any]) -> Iterator[str]:
    """What the case saw and did, one line each."""
    for event in content["events"]:
        kind = event["eventType"].removeprefix("EVENT_TYPE_")
        if kind == "WORKFLOW_EXECUTION_STARTED":
            started = event["workflowExecutionStartedEventAttributes"]
            filing = _decoded(started["input"]["payloads"][0])
            yield f"{started['workflowType']['name']} {filing.get('matter')}"
        elif kind == "WORKFLOW_EXECUTION_UPDATE_ACCEPTED":
            request = event["workflowExecutionUpdateAcceptedEventAttributes"]["acceptedRequest"]
            given = _decoded(request["input"]["args"]["payloads"][0])
            told = {name: given[name] for name in _TELLING if given.get(name)}
            yield f"{request['input']['name']} {json.dumps(told, sort_keys=True)}"
        elif kind == "ACTIVITY_TASK_SCHEDULED":
            yield event["activityTaskScheduledEventAttributes"]["activityType"]["name"]
        elif kind == "NEXUS_OPERATION_SCHEDULED":
            yield event["nexusOperationScheduledEventAttributes"]["operation"]
        elif kind == "UPSERT_WORKFLOW_SEARCH_ATTRIBUTES":
            fields = event["upsertWorkflowSearchAttributesEventAttributes"]["searchAttributes"]
            yield str(_decoded(fields["indexedFields"].get("Stage", {})))
        elif kind in ("TIMER_FIRED", "WORKFLOW_EXECUTION_COMPLETED"):
            yield kind


def ending(content: dict[str, Any]) -> str:
    """How the workflow ended, from its result."""
    last = content["events"][-1]["workflowExecutionCompletedEventAttributes"]
    return str(_decoded(last["result"]["payloads"][0]).get("ending", "DONE"))


def _decoded(payload: dict[str, Any]) -> Any:
    return json.loads(base64.b64decode(payload["data"])) if payload.get("data") else {}
