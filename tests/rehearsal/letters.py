"""Letters in the hands of a test: sent again, changed, sent to the wrong moment or by Nexus."""

from __future__ import annotations

import asyncio
import itertools
import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from temporalio import workflow
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from contracts import ids
from contracts.letters import Letter, LetterVerb, Receipt
from contracts.services import DOORS
from counter.desk import Counter
from storage.paper_tables import DocumentRow, LetterRow
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story

#: Numbers of letters that a case might write next; far above those that it writes itself.
_NUMBERS = itertools.count(1)


@workflow.defn(name="测试信使")
class Messenger:
    """Carries one letter over Nexus, as another locality's case would."""

    @workflow.run
    async def run(self, letter: Letter) -> Receipt:
        service, door = DOORS[letter.verb]
        counter: workflow.NexusClient[Any] = workflow.create_nexus_client(
            service=service, endpoint=ids.endpoint(letter.to_locality)
        )
        receipt: Receipt = await counter.execute_operation(
            door, letter, schedule_to_close_timeout=timedelta(seconds=30)
        )
        return receipt


async def by_nexus(stage: Stage, letter: Letter, *, times: int = 1) -> list[Receipt]:
    """Send a letter over Nexus from its sender's namespace, at the same time if several times."""
    client = stage.clients[letter.from_locality]
    queue = f"messenger-{uuid.uuid4()}"
    async with Worker(
        client,
        task_queue=queue,
        workflows=[Messenger],
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        return list(
            await asyncio.gather(
                *(
                    client.execute_workflow(
                        Messenger.run, letter, id=f"测试信使-{uuid.uuid4()}", task_queue=queue
                    )
                    for _ in range(times)
                )
            )
        )


async def at_counter(stage: Stage, letter: Letter) -> Receipt:
    """Hand a letter directly to the counter of its addressee."""
    office = stage.offices[letter.to_locality]
    counter = Counter(
        office.database, stage.clients[letter.to_locality], stage.catalog, letter.to_locality
    )
    return await counter.take(letter, letter.verb)


async def sent(story: Story, verb: LetterVerb, *, leg: bool = False) -> Letter:
    """The newest letter of that kind that this case, or its leg, has sent; waited for."""

    async def find() -> Letter | None:
        record = await (story.leg() if leg else story.case())
        rows = [row for row in record["letters"] if row["verb"] == verb and row["receipt"]]
        mine = [row for row in rows if row["direction"] == "OUT"]
        return Letter.model_validate(mine[-1]["letter"]) if mine else None

    found: Letter = await story.until(find, f"letter {verb}")
    return found


async def another(story: Story, verb: LetterVerb, *, leg: bool = False, **fields: Any) -> Letter:
    """A letter that the case, or its leg, might write next, under a number of its own."""
    request = await sent(story, LetterVerb.MOVE_OUT_REQUEST)
    leg_no = (await story.leg())["case_no"]
    sender = leg_no if leg else story.case_no
    values: dict[str, Any] = {
        "number": f"{sender}-9{next(_NUMBERS):06d}",
        "verb": verb,
        "in_reply_to": request.number,
        "case_no": sender,
        "peer_case_no": story.case_no if leg else leg_no,
        "manifest": (),
        **fields,
    }
    if leg:
        values |= {"from_locality": request.to_locality, "to_locality": request.from_locality}
    return request.model_copy(update=values)


async def tamper(stage: Stage, locality: str, digest: str, content: bytes) -> bytes:
    """Change the bytes of a stored document behind its digest; returns the true ones."""
    async with stage.offices[locality].database.write() as connection:
        true = (
            await connection.execute(
                select(DocumentRow.content).where(DocumentRow.digest == digest)
            )
        ).scalar_one()
        await connection.execute(
            update(DocumentRow).where(DocumentRow.digest == digest).values(content=content)
        )
    return bytes(true)


async def chain_holds(stage: Stage, story: Story) -> int:
    """Check the receipts of a case at every counter: one chain, each link follows; their number."""
    links = 0
    for office in stage.offices.values():
        async with office.database.read() as connection:
            rows = await connection.execute(
                select(LetterRow.receipt).where(
                    LetterRow.direction == "IN",
                    LetterRow.home_case_no == story.case_no,
                    LetterRow.receipt.is_not(None),
                )
            )
        receipts = {r.chain: r for r in (Receipt.model_validate(row.receipt) for row in rows)}
        assert all(receipt.verifies() for receipt in receipts.values())
        followed = [receipt.previous for receipt in receipts.values()]
        # One beginning, one end, and nobody is followed twice: a single chain.
        assert followed.count("") == min(1, len(receipts))
        assert len(followed) == len(set(followed)) and set(followed) - {""} <= set(receipts)
        links += len(receipts)
    return links
