"""Workflows that start in virtual time: each begins on the day on which the drill stands.

Used by every process of a drill for its Temporal client. A start is put off by the drill's offset
and fast-forwarded by as much at once, so that the first step of the case already reads that day.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from temporalio.api.common.v1 import FastForwardConfig, TimeSkippingConfig, WorkflowExecution
from temporalio.api.enums.v1.time_skipping_pb2 import FastForwardPollingResult
from temporalio.api.workflowservice.v1 import PollWorkflowExecutionTimeSkippingRequest
from temporalio.client import (
    Client,
    Interceptor,
    OutboundInterceptor,
    StartWorkflowInput,
    WorkflowHandle,
)

Offset = Callable[[], timedelta]


def at_virtual_time(client: Client, offset: Offset) -> Client:
    """The same client; what it starts begins `offset()` ahead of the real time."""
    config = client.config()
    config["interceptors"] = [*config["interceptors"], _VirtualStarts(client, offset)]
    return Client(**config)


async def wait_forwarded(client: Client, workflow_id: str, key: str) -> bool:
    """Wait until the fast-forward of that id is over; False where it is not this run's."""
    request = PollWorkflowExecutionTimeSkippingRequest(
        namespace=client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=workflow_id),
        fast_forward_id=key,
    )
    while True:
        answer = await client.workflow_service.poll_workflow_execution_time_skipping(
            request, retry=True
        )
        match answer.fast_forward_polling_result:
            case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED:
                return True
            case FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED:
                return False


def forward(key: str, duration: timedelta) -> TimeSkippingConfig:
    """One bounded fast-forward; unbounded skipping would run through every deadline at once."""
    bounded = FastForwardConfig(id=key)
    bounded.duration.FromTimedelta(duration)
    return TimeSkippingConfig(enabled=True, fast_forward_config=bounded, disable_propagation=True)


class _VirtualStarts(Interceptor):
    def __init__(self, client: Client, offset: Offset) -> None:
        self._client = client
        self._offset = offset

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:
        return _Starting(next, self._client, self._offset)


class _Starting(OutboundInterceptor):
    def __init__(self, next: OutboundInterceptor, client: Client, offset: Offset) -> None:
        super().__init__(next)
        self._client = client
        self._offset = offset

    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:
        offset = self._offset()
        if not offset:
            return await super().start_workflow(input)
        key = str(uuid.uuid4())
        input.start_delay = offset
        input.time_skipping_config = forward(key, offset)
        handle = await super().start_workflow(input)
        # A start that found the case running has another id on it, or none: nothing to wait for.
        await wait_forwarded(self._client, handle.id, key)
        return handle
