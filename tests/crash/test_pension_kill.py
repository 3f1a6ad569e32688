"""kill -9 between the origin's ending act and its message: table and money still come, once."""

from __future__ import annotations

import asyncio

from tests.rehearsal.stage import Stage
from tests.transfers.pension_stories import TOTAL, booked, examined


async def test_a_worker_killed_after_the_ending_act_still_sends_table_and_money_once(
    stage: Stage,
) -> None:
    story = await examined(stage)
    # The register does the act and its answers are lost for some seconds: the moment to die.
    await stage.behave("registers/330902", "lost_answer", "act", times=3)
    try:
        release = asyncio.create_task(story.decide("PENSION_RELEASE", "RELEASE"))

        async def ended() -> bool:
            entry = await story.look("PENSION", at=story.origin)
            return entry is not None and entry.status == "ENDED"

        await story.until(ended, "the ending act")
        await stage.system.kill("worker-330902")
        assert not await story.accounts()
        assert (await story.case())["stage"] == "PEER_PROCESSING"
        await stage.system.start("worker-330902")
        # The clerk may read "not known yet"; the decision itself is stored and comes through.
        await asyncio.gather(release, return_exceptions=True)
        await booked(story)
    finally:
        await stage.behave_well()
    await story.stands(RELATION=-TOTAL, CREDITED=TOTAL)
    leg = await story.leg()
    for act in ("RELEASED", "STATEMENT_ISSUED", "REMITTED"):
        done = [one for one in leg["acts"] if one["code"] == act]
        assert len(done) == 1, act
    done = (await stage.simulators.get("/_acts")).json()
    orders = [one for one in done if one["key"].startswith(await story.letter_no())]
    assert len(orders) == 1
