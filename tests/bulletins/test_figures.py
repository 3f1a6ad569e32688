"""The figures of the golden month, worked out by hand in tests/bulletins/golden.py."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, text

from bulletins.compiling import FORMAT, compiled, reference_of
from catalog.catalog import Catalog
from domain.bulletins import BulletinKind, DayList, canonical
from domain.calendar import SHANGHAI
from domain.figures import CaseFacts, Figures, Period, figures, rows, spread
from storage.database import Database
from storage.figures import case_facts, rungs
from storage.responsibility import Known
from storage.supervision_tables import SupervisionRow
from storage.task_tables import Task
from tests.bulletins import golden
from tests.bulletins.world import CATALOG, Step, Told, at, put

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
END = datetime(2026, 12, 2, 8, tzinfo=SHANGHAI)
LOCALITY, ELSEWHERE = "999100", "999101"


def offices_of(locality: str) -> list[str]:
    return [locality + one for one in (golden.STATION, golden.BUREAU, golden.AGENCY)]


OFFICES = offices_of(LOCALITY)


def reference_to(offices: list[str]) -> dict[str, Any]:
    return {
        "calendar": {"version": "样例", "off": [], "on": []},
        "offices": {code: code for code in offices},
        "matters": {code: code for code in ("HUKOU-SPOUSE", "PENSION-TRANSFER", "OTHER")},
        "localities": {code: code for code in ("330902", "370402", "110101")},
        "default_days": 0,
    }


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    return reference_to(OFFICES)


@pytest.fixture(scope="module")
async def world(database: Database) -> AsyncIterator[Database]:
    async with database.write() as connection:
        await put(connection, *golden.cases(LOCALITY))
    yield database


async def content(
    database: Database, reference: dict[str, Any], as_of: datetime = END, **more: int
) -> dict[str, Any]:
    async with database.read() as connection:
        return await compiled(
            connection,
            reference,
            BulletinKind.MONTHLY,
            NOVEMBER,
            as_of=as_of,
            cut=more.get("cut", 2**62),
            form=more.get("form", FORMAT),
        )


async def test_the_golden_month_has_the_figures_that_were_worked_out_by_hand(
    world: Database, reference: dict[str, Any]
) -> None:
    total = (await content(world, reference))["total"]
    assert total == {
        "received": 8,  # A B C D F P K L
        "accepted": 5,  # A B D P K; E was in October
        "not_accepted": 1,  # C
        "in_hand": 2,  # D E
        "in_hand_late": 1,  # E; of D only the pause was late
        "ended": 7,  # A B C F P K L
        "endings": {"COMPLETED": 5, "NOT_ACCEPTED": 1, "WITHDRAWN": 1},
        "on_time": 6,
        "late": 1,  # B
        "promised": 2,  # A B
        "promise_kept": 1,  # A
        "notices": 2,
        "repeat_notices": 1,  # B's second
        "withdrawn": 1,
        # 8 + 17 + 1 + 2 + 9 + 4 + 2 = 43 over seven; 90%: the seventh of 1 2 2 4 8 9 17
        "elapsed": {"count": 7, "total": 43, "average": "6.14", "p90": 17},
        # 7 + 10 + 1 + 0 + 4 + 3 + 2 = 27 over seven; 90%: the seventh of 0 1 2 3 4 7 10
        "counted": {"count": 7, "total": 27, "average": "3.86", "p90": 10},
        "statutory_days": 27,  # 20 + 7
        "promised_days": 14,  # 8 + 6
        "shared": 2,
        "brought": 2,
        "steps": 14,  # 3 + 4 + 1 + 0 + 2 + 2 + 2
    }


async def test_a_bulletin_of_an_earlier_format_is_computed_as_it_was_defined_then(
    world: Database, reference: dict[str, Any]
) -> None:
    now, then = [(await content(world, reference, form=form))["total"] for form in (3, 2)]
    changed = {name: then[name] for name in then if then[name] != now[name]}
    assert changed == {
        "in_hand_late": 2,  # D's pause was a limit of the case
        "on_time": 4,
        "late": 3,  # P's pause and K's check too
        # K was done when its promise was: 6 9-13 16-20 23-27 30 = 17; 43 - 4 + 17
        "elapsed": {"count": 7, "total": 56, "average": "8.00", "p90": 17},
        # P's pause ran on 6 9 10 11 12 besides, which is 4 more; K's check from 11 on, 14 more
        "counted": {"count": 7, "total": 45, "average": "6.43", "p90": 17},
        "steps": 15,
    }
    early = await content(world, reference, at("11-20", 23), form=2)
    assert (
        early["total"]["in_hand"]
        == 1 + (await content(world, reference, at("11-20", 23)))["total"]["in_hand"]
    )


async def test_offices_and_matters_stand_apart(world: Database, reference: dict[str, Any]) -> None:
    found = await content(world, reference)
    received = {
        (row["office"], row["matter"], row["side"]): row["figures"]["received"]
        for row in found["rows"]
    }
    # E is at the bureau since its limit ran out there.
    assert received == {
        (OFFICES[0], "HUKOU-SPOUSE", "HOME"): 7,
        (OFFICES[1], "HUKOU-SPOUSE", "HOME"): 0,
        (OFFICES[2], "PENSION-TRANSFER", "LEG"): 1,
    }
    assert found["overdue_steps"] == {OFFICES[0]: 4, OFFICES[1]: 1}
    assert found["coverage"] == {
        "matters": 2,
        "catalogue_matters": 3,
        "offices": 3,
        "catalogue_offices": 3,
        "localities": 2,  # 330902 of the home cases, 370402 of the leg
        "catalogue_localities": 3,
    }


async def test_the_days_of_the_golden_month_are_whose_they_were(
    world: Database, reference: dict[str, Any]
) -> None:
    found = await content(world, reference)
    used = {(one["holder"], one["party"]): one["working"] for one in found["responsibility"]}
    # The morning decides: A 3 4 5 | 6 9 bureau | 10 11 theirs | 12. B 3 | 4 5 6 9 applicant | 10
    # | 11 applicant | 12 13 16-20 23 24 25. C 10. D 17 18 | 19 20 23 paused | 24 25 26 27 30.
    # E 2-6 9-13 16 17 (12) | 18 19 20 23-27 30 bureau (9). F 23 24. L 3 4.
    # P 4 5 | 6 9 10 11 12 paused | 13 16. K 6 9-13 16-20 23-27 30: the check is the office's work.
    assert used == {
        ("OURS", OFFICES[0]): 4 + 1 + 1 + 10 + 1 + 7 + 12 + 2 + 4 + 17,
        ("OURS", OFFICES[1]): 2 + 9,
        ("OURS", OFFICES[2]): 2,
        ("THEIRS", "370402"): 2,
        ("APPLICANT", ""): 4 + 1,
        ("UNCOUNTED", ""): 3 + 5,
    }


async def test_the_days_of_the_month_show_what_came_and_went(
    world: Database, reference: dict[str, Any]
) -> None:
    days = {one["day"]: one for one in (await content(world, reference))["days"]}
    assert len(days) == 30
    assert days["2026-11-02"] == {"day": "2026-11-02", "received": 3, "ended": 0, "late": 0}
    assert days["2026-11-25"] == {"day": "2026-11-25", "received": 0, "ended": 1, "late": 1}


async def test_what_happens_later_changes_no_figure_of_the_past(database: Database) -> None:
    world, offices = database, offices_of(ELSEWHERE)
    reference = reference_to(offices)
    async with world.write() as connection:
        await put(connection, *golden.cases(ELSEWHERE))
    async with world.read() as connection:
        cut = (await connection.execute(text("SELECT max(id) FROM events"))).scalar_one()
    before = canonical(await content(world, reference, cut=cut))
    late = Told(  # dated within November, but on file only now
        office=offices[0], filed_at=at("11-16"), steps=[Step(at("11-16", 12), "SUBMITTED")]
    )
    async with world.write() as connection:
        await put(connection, late)
    after = await content(world, reference, cut=cut)
    assert canonical(after) == before
    assert json.loads(canonical(after)) == json.loads(before)
    assert (await content(world, reference))["total"]["received"] == 9


async def test_a_month_that_is_not_over_is_counted_as_far_as_it_is_known(
    world: Database, reference: dict[str, Any]
) -> None:
    total = (await content(world, reference, at("11-11", 18)))["total"]
    assert (total["received"], total["ended"], total["in_hand"], total["late"]) == (6, 3, 4, 0)


async def test_a_departments_late_part_of_a_joint_case_counts_at_the_department(
    database: Database,
) -> None:
    lead, _, department = offices = offices_of("999102")
    urged = {"part": "2", "reminders": "1"}
    joint = Told(
        office=lead,
        filed_at=at("11-02"),
        steps=[
            Step(at("11-02", 11), "PARTICIPATION"),
            Step(at("11-10", 0, 1), "PARTICIPATION", code="PART_LATE", facts=urged),
            # The same part again, and one that another locality performs: no task of ours.
            Step(at("11-12"), "PARTICIPATION", code="PART_LATE", facts={**urged, "reminders": "2"}),
            Step(at("11-13"), "PARTICIPATION", code="PART_LATE", facts={**urged, "part": "3"}),
            Step(at("11-20"), "ARCHIVED"),
        ],
        ending="COMPLETED",
    )
    async with database.write() as connection:
        await put(connection, joint)
        await connection.execute(
            insert(Task).values(
                task_id=f"{joint.case_no}/PART/1",
                case_no=joint.case_no,
                workflow_id="sample",
                kind="JOINT_PART",
                title="样例环节",
                office=department,
                role="HANDLER",
                clock="PART_2",
                opened_at=at("11-02"),
                opened_in=0,
            )
        )
    found = await content(database, reference_to(offices))
    assert found["overdue_steps"] == {department: 1}
    assert found["total"]["late"] == 0  # the deciding office kept its limit
    assert (await content(database, reference_to(offices), form=2))["overdue_steps"] == {}


async def test_rungs_are_counted_by_office_in_the_period(world: Database) -> None:
    async with world.engine.connect() as connection, connection.begin() as transaction:
        case_no = (await connection.execute(text("SELECT min(case_no) FROM cases"))).scalar_one()
        await connection.execute(
            insert(Task).values(
                task_id=f"{case_no}/SAMPLE/1",
                case_no=case_no,
                workflow_id="sample",
                kind="SAMPLE",
                title="样例待办",
                office=OFFICES[0],
                role="HANDLER",
                opened_at=at("11-01"),
                opened_in=1,
            )
        )
        issued = (("URGE", 1, "11-03"), ("URGE", 2, "11-04"), ("CIRCULAR", 1, "10-30"))
        for number, (rung, round_, day) in enumerate(issued):
            await connection.execute(
                insert(SupervisionRow).values(
                    number=f"JC{number}",
                    task_id=f"{case_no}/SAMPLE/1",
                    case_no=case_no,
                    office=OFFICES[0],
                    rung=rung,
                    round=round_,
                    content="OVERDUE",
                    rule="supervision.sample",
                    warning="RED",
                    issuer=OFFICES[0],
                    issued_at=at(day),
                    task_due_on=date(2026, 10, 20),
                    days_late=5,
                )
            )
        assert await rungs(connection, END, NOVEMBER) == {OFFICES[0]: {"URGE": 2}}
        await transaction.rollback()


async def test_a_reference_holds_what_the_figures_depend_on(database: Database) -> None:
    async with database.read() as connection:
        found = await reference_of(connection, CATALOG, CATALOG.calendar, "371002", NOVEMBER, END)
    catalog: Catalog = CATALOG
    assert found["catalog_version"] == catalog.version
    assert "2026-10-01" in found["calendar"]["off"]
    days = DayList.read(found["calendar"])
    november = [day for day in NOVEMBER.days() if days.is_working(day)]
    assert november == [day for day in NOVEMBER.days() if CATALOG.calendar.is_working(day)]


FACTS = st.builds(
    CaseFacts,
    office=st.sampled_from(["甲", "乙"]),
    matter=st.sampled_from(["一", "二", "三"]),
    side=st.sampled_from(["HOME", "LEG"]),
    received_on=st.dates(date(2026, 10, 1), date(2026, 11, 30)),
    accepted=st.integers(0, 1),
    ended_on=st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 10)),
    ending=st.sampled_from(["COMPLETED", "WITHDRAWN", "NOT_ACCEPTED"]),
    late=st.booleans(),
    overdue=st.booleans(),
    promise_kept=st.none() | st.booleans(),
    notices=st.integers(0, 3),
    elapsed=st.integers(0, 60),
    counted=st.integers(0, 30),
)
ADDED = tuple(
    name for name in Figures.__dataclass_fields__ if name not in ("endings", "elapsed", "counted")
)


@given(st.lists(FACTS, max_size=30), st.randoms())
def test_rows_add_up_to_the_total_and_the_order_of_cases_is_nothing(
    facts: list[CaseFacts], chance: random.Random
) -> None:
    whole = figures(facts, NOVEMBER)
    split = rows(facts, NOVEMBER, lambda one: (one.office, one.matter, one.side))
    for name in ADDED:
        assert sum(getattr(row.figures, name) for row in split) == getattr(whole, name)
    assert sum(row.figures.elapsed.total for row in split) == whole.elapsed.total
    assert whole.on_time + whole.late == whole.ended == sum(whole.endings.values())
    mixed = list(facts)
    chance.shuffle(mixed)
    assert figures(mixed, NOVEMBER) == whole
    assert rows(mixed, NOVEMBER, lambda one: (one.office, one.matter, one.side)) == split


@given(st.lists(st.integers(0, 100), min_size=1))
def test_the_percentile_is_the_smallest_number_that_nine_in_ten_do_not_exceed(
    days: list[int],
) -> None:
    p90 = spread(days).p90
    assert p90 in days
    assert 10 * sum(one <= p90 for one in days) >= 9 * len(days)
    assert 10 * sum(one < p90 for one in days) < 9 * len(days)


@pytest.mark.parametrize(
    ("days", "average", "p90"),
    [
        ([1], "1.00", 1),
        (list(range(1, 11)), "5.50", 9),
        ([1, 1, 2], "1.33", 2),
        ([0, 1], "0.50", 1),
    ],
)
def test_average_and_percentile(days: list[int], average: str, p90: int) -> None:
    found = spread(days)
    assert (found.average, found.p90) == (average, p90)


def test_no_ended_case_has_no_average() -> None:
    assert spread([]) == replace(spread([]), average=None, p90=None)


async def test_facts_of_another_office_are_not_asked(world: Database) -> None:
    async with world.read() as connection:
        found = await case_facts(connection, CATALOG.calendar, Known(END), [OFFICES[2]], NOVEMBER)
    assert [one.matter for one in found] == ["PENSION-TRANSFER"]
    assert found[0].ended_on == date(2026, 11, 2) + timedelta(days=2)
