"""The check over real transfers: money, acts and register entries that somebody damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from console import checking
from console.checking import Violation, check_localities
from domain.invariants.transfers import TransferWorld
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

RECORD = json.loads(Path("examples/compute/pension.json").read_text())


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def moved(stage: Stage) -> TransferStory:
    """A pension relation that has moved with its money."""
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("PENSION", RECORD, at=story.origin)
    await story.entry("PENSION", RECORD, at=story.home)
    await story.file_transfer("PENSION-TRANSFER")
    await story.work(
        "INTAKE_CHECK=ACCEPT",
        "PENSION_REVIEW=PASS",
        "PENSION_EXAMINATION=PASS",
        "PENSION_RELEASE=RELEASE",
        "PENSION_BOOKING=BOOK",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    return story


async def found(story: TransferStory) -> list[Violation]:
    """What the check says of this story's case and leg."""
    violations = await check_localities(
        {code: office.database for code, office in story.stage.offices.items()},
        story.stage.registers,
        business=story.stage.business,
        about={story.case_no},
        catalog=story.stage.catalog,
    )
    numbers = (story.case_no, (await story.leg())["case_no"])
    return [one for one in violations if any(n in f"{one.case_no} {one.text}" for n in numbers)]


#: (what is broken, where, by which statement); each is done to the same case, one after the other.
DAMAGE = (
    (
        "P4",
        "origin",
        "UPDATE remittances SET amount_fen = amount_fen + 1 WHERE letter_no = :letter",
    ),
    (
        "P1",
        "origin",
        "INSERT INTO ledger_postings (entry_id, number, letter_no, account, amount_fen)"
        " SELECT id, 9, letter_no, 'BANK_ERROR', 5 FROM ledger_entries"
        " WHERE letter_no = :letter AND kind = 'SENT'",
    ),
    (
        "P6",
        "origin",
        "INSERT INTO ledger_entries"
        " (letter_no, key, side, kind, amount_fen, version, facts, case_no, made_in, at)"
        " SELECT letter_no, 'again', side, kind, amount_fen, version, facts, case_no, made_in, at"
        " FROM ledger_entries WHERE letter_no = :letter AND kind = 'SENT'",
    ),
    (
        "P2",
        "home",
        "INSERT INTO ledger_entries"
        " (letter_no, key, side, kind, amount_fen, version, facts, case_no, made_in, at)"
        " SELECT letter_no, 'more', side, kind, amount_fen + 1, version + 1, facts, case_no,"
        " made_in, at FROM ledger_entries WHERE letter_no = :letter AND kind = 'MATCHED'",
    ),
    (
        "G1",
        "origin",
        "INSERT INTO acts"
        " (case_no, key, code, office, actor, basis, person, facts, effective_on, at, made_in)"
        " SELECT case_no, 'RELEASED:0:99', code, office, actor, basis, person, facts,"
        " effective_on, at, made_in FROM acts WHERE case_no = :leg AND code = 'RELEASED'",
    ),
    ("G9", "origin", "UPDATE cases SET ending = 'PEER_REFUSED' WHERE case_no = :leg"),
    ("G8", "origin", "DELETE FROM letters WHERE number = :answer"),
)


async def test_a_look_at_a_transfer_finds_nothing_to_complain_of(moved: TransferStory) -> None:
    assert await found(moved) == []


async def test_the_rules_of_a_family_see_both_sides_and_the_registers(
    moved: TransferStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds: list[TransferWorld] = []

    def look(world: TransferWorld) -> list[Violation]:
        worlds.append(world)
        return [one.broken("P3", "样例") for one in world.of("PENSION", "HOME")]

    monkeypatch.setattr(checking, "TRANSFER_RULES", (("P3", "样例", look),))
    assert [one.invariant for one in await found(moved)] == ["P3"]
    home, leg = sorted(worlds[0].transfers, key=lambda one: one.side)
    assert (home.side, leg.side) == ("HOME", "LEG")
    assert home.letter_no == leg.letter_no == f"{moved.case_no}-01"
    assert home.did("BOOKED") and leg.did("RELEASED") and home.ending == "COMPLETED"
    entries = worlds[0].entries_of("PENSION", home.subject)
    assert leg.subject == home.subject
    assert {entry.locality: entry.status for entry in entries} == {
        moved.home: "ACTIVE",
        moved.origin: "ENDED",
    }
    assert moved.applicant["id_no"] not in repr(worlds[0])


async def test_damage_done_to_a_transfer_by_hand_is_found(moved: TransferStory) -> None:
    leg = (await moved.leg())["case_no"]
    moved.stage.lawful -= {moved.case_no, leg}
    words = {"letter": f"{moved.case_no}-01", "leg": leg, "answer": f"{leg}-01"}
    for code, where, statement in DAMAGE:
        before = {one.invariant for one in await found(moved)}
        assert code not in before
        locality = moved.home if where == "home" else moved.origin
        async with moved.stage.offices[locality].database.write() as connection:
            named = {word: words[word] for word in words if f":{word}" in statement}
            assert (await connection.execute(text(statement), named)).rowcount == 1
        after = await found(moved)
        assert code in {one.invariant for one in after}, after
        for one in after:
            assert moved.applicant["id_no"] not in one.text
            assert moved.applicant["name"] not in one.text
