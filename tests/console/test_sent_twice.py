"""What is sent twice is done once, and a refusal repeats itself with everything that was typed."""

from __future__ import annotations

from storage.database import Database
from tests.console.test_bulk import RunningCases, at_work
from tests.console.test_signing_in import token_of
from tests.console.test_task_pages import command_of, opened


async def test_a_refused_decision_that_is_sent_twice_keeps_its_words(database: Database) -> None:
    one, running = await opened(database), RunningCases()
    running.refuse[one.task_id] = "UNKNOWN_REASON"
    async with at_work(database, running, "HC0101") as client:
        page = await client.get(f"/tasks/{one.task_id}")
        form = {
            "csrftoken": token_of(page),
            "command_id": command_of(page.text),
            "outcome": "CORRECT",
            "defect": "样例缺项",
            "remedy": "到原窗口补交",
        }
        for _ in range(2):
            refused = await client.post(f"/tasks/{one.task_id}/decide", data=form)
            assert refused.status_code == 409
            assert 'value="样例缺项"' in refused.text and "到原窗口补交" in refused.text
            assert command_of(refused.text) != form["command_id"]
    assert len(running.asked) == 1
