"""``supervision`` and ``patrol`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.terminal import Terminal, settings_file
from tests.platform.builders import locality_data
from tests.rehearsal.stage import HOME, ORIGIN

NUMBER = f"JC{HOME}2026112300001"


async def test_a_patrol_by_hand_goes_through_every_locality(office: Terminal) -> None:
    ended = await office.enter("patrol", "--json")
    assert ended.code == 0
    assert set(ended.data) == {HOME, ORIGIN}
    assert "督办巡查" in (await office.enter("patrol", "--locality", HOME)).out


async def test_a_rehearsal_takes_an_instant_and_nothing_else(office: Terminal) -> None:
    ended = await office.enter("patrol", "--locality", HOME, "--at", "2026-11-22T10:00", "--json")
    assert ended.data[HOME]["skipped"] == "REST_DAY"
    refused = await office.enter("patrol", "--at", "明天")
    assert refused.is_a_sentence()


async def test_a_system_on_several_machines_takes_no_rehearsal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = locality_data(temporal_address="temporal.example:7233")
    terminal = Terminal(monkeypatch, settings_file(tmp_path, {HOME: data}))
    ended = await terminal.enter("patrol", "--at", "2026-12-01T10:00", "--json")
    assert ended.failure["code"] == "REHEARSAL_ONLY"


async def test_the_list_of_rungs_can_be_empty_and_is_json_for_scripts(office: Terminal) -> None:
    listed = await office.enter("supervision", "list", "--locality", HOME, "--open", "--json")
    assert isinstance(listed.data, list)
    assert "督办件" in (await office.enter("supervision", "list", "--locality", HOME)).out


async def test_a_rung_that_is_not_there_and_one_not_named_are_said_so(office: Terminal) -> None:
    for words in (
        ("supervision", "show", NUMBER),
        ("supervision", "show"),
        ("supervision", "reply", NUMBER, "--text", "样例"),
        ("supervision", "list", "--locality", HOME, "--rung", "样例"),
        ("--as", "HC0902", "supervision", "slip", NUMBER),
    ):
        ended = await office.enter(*words)
        assert ended.code != 0
        assert ended.is_a_sentence(), ended.err


async def test_the_registers_are_compared_on_demand(office: Terminal) -> None:
    ended = await office.enter("supervision", "registers", "--json")
    assert set(ended.data) == {HOME, ORIGIN}
