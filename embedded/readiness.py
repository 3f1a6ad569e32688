"""How the one-machine system knows that a process of ours serves: asked over and over at start."""

from datetime import UTC, datetime

import httpx
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.service import RPCError

from connection import connect
from embedded.ports import HOST
from settings import LocalitySettings

# A restarted worker counts once it polls itself: the server remembers its predecessor for minutes.
_QUEUE_TYPES = (
    TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
)


async def answers_health(port: int) -> bool:
    """Whether GET /health answers 200."""
    # Plain HTTP on this machine; loading the certificate store at every look would cost 20 ms.
    async with httpx.AsyncClient(trust_env=False, verify=False, timeout=2) as http:
        try:
            response = await http.get(f"http://{HOST}:{port}/health")
        except httpx.HTTPError:
            return False
    return response.status_code == httpx.codes.OK


class WorkerReadiness:
    """Whether a worker that was started at `since` (Unix seconds) polls its task queue."""

    def __init__(self, loc: LocalitySettings, since: float) -> None:
        self._loc = loc
        self._since = datetime.fromtimestamp(since, UTC)
        self._client: Client | None = None

    async def __call__(self) -> bool:
        if self._client is None:
            self._client = await connect(self._loc)
        try:
            return all([await self._polled(self._client, kind) for kind in _QUEUE_TYPES])
        except RPCError:
            return False

    async def _polled(self, client: Client, kind: TaskQueueType.ValueType) -> bool:
        answer = await client.workflow_service.describe_task_queue(
            DescribeTaskQueueRequest(
                namespace=self._loc.namespace,
                task_queue=TaskQueue(name=self._loc.task_queue),
                task_queue_type=kind,
            )
        )
        return any(
            poller.last_access_time.ToDatetime(tzinfo=UTC) >= self._since
            for poller in answer.pollers
        )
