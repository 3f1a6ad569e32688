"""The server can move one case's clock when it was started for that, as deadline tests need."""

import asyncio
from datetime import datetime, timedelta

import pytest
from temporalio import workflow
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig
from temporalio.worker import Worker

from connection import connect
from embedded.ports import Ports
from embedded.system import Options, System
from tests.platform.builders import HOME, Codes, state_directory


@workflow.defn(name="等待十五日", sandboxed=False)
class WaitFifteenDays:
    @workflow.run
    async def run(self) -> datetime:
        await workflow.sleep(timedelta(days=15))
        return workflow.now()


async def fast_forwarded(system: System) -> timedelta:
    """How much later than it began the case ends, its clock being moved sixteen days."""
    client = await connect(system.settings.locality(HOME))
    skipper = TimeSkipper(
        client, config=TimeSkippingConfig(enabled=False, disable_propagation=True)
    )
    async with Worker(client, task_queue="skipping", workflows=[WaitFifteenDays]):
        handle = await client.start_workflow(
            WaitFifteenDays.run, id="skipping", task_queue="skipping"
        )
        began = (await handle.describe()).start_time
        await asyncio.wait_for(skipper.fast_forward(handle, timedelta(days=16)), 20)
        return await handle.result() - began


async def test_a_case_is_moved_sixteen_days_at_once() -> None:
    options = Options(
        simulators=False,
        consoles=False,
        workers=False,
        durable=False,
        time_skipping=True,
        upgrade=lambda _: None,
    )
    with state_directory() as directory:
        async with System(directory, Ports.free(), Codes(), options) as system:
            waited = await fast_forwarded(system)
    assert timedelta(days=15) <= waited < timedelta(days=15, minutes=1)


async def test_without_the_option_nobody_can_move_a_clock(servers: System) -> None:
    with pytest.raises(RPCError, match="not enabled"):
        await fast_forwarded(servers)
