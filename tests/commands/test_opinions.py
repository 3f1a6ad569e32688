"""The command line waits for opinions like everybody: there is no door beside the question."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import desk_notes
from storage.database import Database
from tests.commands.terminal import Terminal, settings_file
from tests.console.lists import case_with_task
from tests.platform.builders import HOME, locality_data


async def test_a_decision_is_refused_until_everybody_who_was_asked_has_answered(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    data = locality_data(temporal_address="127.0.0.1:9", database_url=url)
    terminal = Terminal(monkeypatch, settings_file(tmp_path, {HOME: data}))
    task_id = await case_with_task(database, kind="INTAKE_CHECK")
    async with database.write() as connection:
        await desk_notes.ask_signature(
            connection,
            task_id,
            mode="ALL",
            signer="HC0102",
            asked_by="HC0101",
            question="",
            at=datetime.now(UTC),
        )
        number = (await desk_notes.signatures(connection, task_id))[0]["id"]
    refused = await terminal.enter("decide", task_id, "ACCEPT", "--as", "HC0101")
    assert refused.code == 1 and refused.is_a_sentence() and "HC0102" in refused.err
    told = await terminal.enter("decide", task_id, "ACCEPT", "--as", "HC0101", "--json")
    assert told.failure["code"] == "OPINIONS_AWAITED"
    async with database.write() as connection:
        assert await desk_notes.sign(
            connection, number, "HC0102", answer="AGREE", text="", at=datetime.now(UTC)
        )
    sent = await terminal.enter("decide", task_id, "ACCEPT", "--as", "HC0101", "--json")
    assert sent.failure["code"] == "PENDING"
