"""What the case page and the board show besides lists is told over the interface, without names."""

from __future__ import annotations

import re

from contracts.transitions import CertificateIssued, EventNoted
from storage.database import Database
from storage.desk_notes import follow, note
from tests.console.api_clients import V1, integrator, is_problem, signed_in
from tests.console.lists import case_with_task
from tests.console.test_case_page import case
from tests.console.test_signing_in import browser, sign_in
from tests.storage.builders import NOW, record, step

HANDLER, SUPERVISOR = "HC0102", "HC0902"


async def test_the_course_of_a_case_is_the_picture_s(database: Database) -> None:
    filing = await case(database)
    async with integrator(database, HANDLER) as client:
        told = (await client.get(f"{V1}/cases/{filing.case_no}/course")).json()
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, HANDLER)
        page = (await client.get(f"/cases/{filing.case_no}")).text
    drawn = re.findall(r'<li class="(done|running|coming)">', page)
    assert [one["progress"].lower() for one in told["steps"]] == drawn
    running = [one for one in told["steps"] if one["progress"] == "RUNNING"]
    assert [one["stage"] for one in running] == ["REVIEW"] and running[0]["own"]
    assert {one["own"] for one in told["steps"]} == {True, False}
    assert all(one["column"] + one["width"] <= told["columns"] for one in told["steps"])


async def test_history_and_file_tell_what_the_page_tells_and_nobody_s_name(
    database: Database,
) -> None:
    filing = await case(database)
    await record(
        database,
        step(
            filing,
            2,
            stage="REVIEW",
            certificates_issued=(
                CertificateIssued(
                    key="PERMIT",
                    kind="PERMIT",
                    office="371002-GA-01",
                    issued_on=NOW.date(),
                    valid_days=40,
                ),
            ),
            events=(EventNoted(code="OVERDUE"),),
        ),
    )
    async with integrator(database, HANDLER) as client:
        history = (await client.get(f"{V1}/cases/{filing.case_no}/history")).json()["items"]
        file = (await client.get(f"{V1}/cases/{filing.case_no}/file")).json()
    assert "交办：迁入审核（鲸园派出所）" in [text for one in history for text in one["what"]]
    assert [one["moved"] for one in history][-1]
    assert [(one["kind"], one["name"]) for one in file["certificates"]] == [
        ("PERMIT", "准予迁入证明")
    ]
    assert "样例1" not in str([history, file]) and "样例街" not in str(file)


async def test_a_case_s_notes_say_whether_the_caller_follows_it(database: Database) -> None:
    filing = await case(database)
    address = f"{V1}/cases/{filing.case_no}/notes"
    async with database.write() as connection:
        await note(connection, filing.case_no, kind="URGE", by=HANDLER, text="样例", at=NOW)
        await follow(connection, f"seeded:{SUPERVISOR}", filing.case_no, NOW)
    async with signed_in(database, SUPERVISOR) as client:
        told = (await client.get(address)).json()
        assert told["followed"] and [one["kind"] for one in told["items"]] == ["URGE"]
    async with integrator(database, HANDLER) as client:
        assert not (await client.get(address)).json()["followed"]


async def test_the_pulse_of_a_case_changes_when_it_moves(database: Database) -> None:
    filing = await case(database)
    address = f"{V1}/cases/{filing.case_no}/pulse"
    async with integrator(database, HANDLER) as client:
        before = (await client.get(address)).json()["newest"]
        assert (await client.get(address)).json()["newest"] == before
        await record(database, step(filing, 2, stage="APPROVAL"))
        assert (await client.get(address)).json()["newest"] > before


async def test_a_chart_of_the_board_is_told_in_numbers_to_supervisors(database: Database) -> None:
    await case_with_task(database, days=-3)
    async with signed_in(database, SUPERVISOR) as client:
        told = (await client.get(f"{V1}/board/charts/offices")).json()
        board = (await client.get(f"{V1}/board")).json()
        assert told["series"][0]["values"] == [one["late"] for one in board["offices"]]
        assert len(told["labels"]) == len(board["offices"])
        is_problem(await client.get(f"{V1}/board/charts/none"), 422, "WRONG_INPUT")
    async with integrator(database, HANDLER) as client:
        is_problem(await client.get(f"{V1}/board/charts/offices"), 403, "FORBIDDEN")
