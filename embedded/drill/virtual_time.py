"""Lets days pass for the whole system: every process and every running case stands on one day.

Used by `embedded.drill.play`. The clocks of the processes move first, then each open case is
fast-forwarded to the same instant, so that a timer that runs out on the way finds the register,
the counters and the other locality where it is.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from google.protobuf.field_mask_pb2 import FieldMask
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflow.v1 import WorkflowExecutionOptions
from temporalio.api.workflowservice.v1 import UpdateWorkflowExecutionOptionsRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from console.office import Office
from embedded.drill.shared_clock import ClockFile, ClockStuck, MovedClock
from embedded.drill.starts import forward, wait_forwarded

_ALL = 100_000
#: A case that is in the middle of a step is moved when the step is done.
_PATIENCE_SECONDS = 60.0
#: More at once would only wait for the server's one shard.
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Time:
    """What moves: this process's clock, the file for the others, the cases of each locality."""

    clock: MovedClock
    file: ClockFile
    clients: Mapping[str, Client]
    offices: Mapping[str, Office]

    async def move_to(self, instant: datetime) -> None:
        """Move everything forward to an instant; ClockStuck names who could not be moved.

        All is at rest before, so every open case stands where the processes stand and goes as far.
        """
        cases = await self._open_cases()
        distance = instant - datetime.now(UTC)
        self.clock.move(self.clock.offset + distance)
        await self.file.move(self.clock.offset)
        gate = asyncio.Semaphore(_AT_ONCE)
        await asyncio.gather(*(self._move(*case, distance, gate) for case in cases))

    async def at_rest(self) -> bool:
        """Whether no open case is in the middle of a step."""
        gate = asyncio.Semaphore(_AT_ONCE)
        cases = await self._open_cases()
        resting = await asyncio.gather(*(self._rests(client, id_, gate) for client, id_ in cases))
        return all(resting)

    async def _rests(self, client: Client, workflow_id: str, gate: asyncio.Semaphore) -> bool:
        async with gate:
            raw = (await client.get_workflow_handle(workflow_id).describe()).raw_description
        return not (
            raw.pending_activities
            or raw.pending_nexus_operations
            or raw.HasField("pending_workflow_task")
        )

    async def _open_cases(self) -> list[tuple[Client, str]]:
        return [
            (self.clients[code], case["workflow_id"])
            for code, office in self.offices.items()
            for case in await office.cases(limit=_ALL, open_only=True)
        ]

    async def _move(
        self,
        client: Client,
        workflow_id: str,
        distance: timedelta,
        gate: asyncio.Semaphore,
    ) -> None:
        async with gate:
            try:
                await asyncio.wait_for(
                    self._forward(client, workflow_id, distance), _PATIENCE_SECONDS
                )
            except TimeoutError:
                raise ClockStuck(f"{workflow_id} 停在一步中间，日期拨不动。") from None

    async def _forward(self, client: Client, workflow_id: str, distance: timedelta) -> None:
        key = str(uuid.uuid4())
        try:
            await client.workflow_service.update_workflow_execution_options(
                UpdateWorkflowExecutionOptionsRequest(
                    namespace=client.namespace,
                    workflow_execution=WorkflowExecution(workflow_id=workflow_id),
                    workflow_execution_options=WorkflowExecutionOptions(
                        time_skipping_config=forward(key, distance)
                    ),
                    update_mask=FieldMask(paths=["time_skipping_config"]),
                    identity=client.identity,
                )
            )
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return  # it has ended in this moment
            raise
        await wait_forwarded(client, workflow_id, key)
