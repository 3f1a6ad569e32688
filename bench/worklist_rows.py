"""A register full of synthetic work: cases, persons, tasks and parcels for `bench.worklist`.

Nobody in it exists: the county code of every identity number was never given.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.identity import with_check_digit
from storage.database import Database

#: The office of the clerk who is measured comes first; it has a tenth of everything.
OFFICES = (
    *("371002-GA-01", "371002-GA-02", "371002-GA-03", "371002-RS-01", "371002-YB-01"),
    *("371002-GJ-01", "371002-DA-01", "371002-CG-01", "371002-CL-01", "371002-ZW-01"),
)
#: How many people share a name.
NAMESAKES = 200
_MATTERS = ("HUKOU-SPOUSE", "HUKOU-JOB-TRANSFER", "PENSION-TRANSFER", "FUND-TRANSFER")
_FILL = """
INSERT INTO cases (case_no, kind, workflow_id, workflow_name, filing, started, matter, matter_name,
    home_case_no, peer, peer_case_no, intake_office, competent_office, custodian_office, stage,
    holder, due_on, due_clock, filed_at, received_on)
SELECT no, 'HOME', 'bench-' || n, 'bench', '{}', true, (ARRAY[:matters])[1 + n / 10 % 4],
    '基准事项', no, '330902', 'P' || no, office, office, office, 'REVIEW',
    CASE WHEN n / 10 % 20 = 0 THEN 'THEIRS' WHEN n / 10 % 20 = 1 THEN 'APPLICANT' ELSE 'OURS' END,
    due, 'DECISION', now() - n * interval '1 second', :today
FROM (SELECT n, '37100220260301' || lpad(n::text, 8, '0') AS no, (ARRAY[:offices])[1 + n % 10]
    AS office, CASE WHEN n / 10 % 11 > 0 THEN :today + (n / 10 % 97) - 9 END AS due
    FROM generate_series(0, :open - 1) n) made;
INSERT INTO tasks (task_id, case_no, workflow_id, kind, title, office, role, matter, clock, due_on,
    assignee, provisional, opened_at, opened_in)
SELECT case_no || '/REVIEW/' || CASE WHEN n % 25 = 0 THEN 2 ELSE 1 END, case_no, workflow_id,
    'REVIEW', '审核', competent_office, (ARRAY['INTAKE', 'HANDLER', 'APPROVER'])[1 + n % 3], matter,
    'DECISION', due_on, CASE WHEN n % 3 = 0 THEN 'BENCH' || n % 40 WHEN n % 4000 = 1 THEN 'HC0102'
    END, n % 9 = 0, filed_at, 1
FROM (SELECT *, row_number() OVER () / 10 AS n FROM cases) numbered;
INSERT INTO parcels (parcel_key, case_no, kind, service, from_locality, from_office, to_locality,
    to_office, items, seal_no, waybill, state, custodian, homeward, answerable, settled, opened_at,
    changed_at)
SELECT case_no || '-P1', case_no, 'FILE', 'EMS', '371002', competent_office, '330902',
    '330902-GA-01', '[]', '1', 'W' || case_no, 'IN_TRANSIT', 'COURIER', false, competent_office,
    false, filed_at, filed_at
FROM cases WHERE right(case_no, 2) = '00'
"""


async def fill(database: Database, count: int, today: date) -> None:
    """So many cases, each with one open task and one person; every hundredth with a parcel."""
    given = {
        "matters": ", ".join(f"'{one}'" for one in _MATTERS),
        "offices": ", ".join(f"'{one}'" for one in OFFICES),
        "today": f"date '{today}'",
        "open": str(count),
    }
    async with database.engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver = raw.driver_connection
        assert driver is not None
        for statement in _FILL.strip().split(";\n"):
            for name, value in given.items():
                statement = statement.replace(f":{name}", value)
            await driver.execute(statement, timeout=1800)
        await driver.copy_records_to_table(
            "persons",
            records=_persons(count),
            columns=[
                *("case_no", "number", "side", "scheme", "subject", "relation"),
                *("name", "id_no", "details"),
            ],
            timeout=1800,
        )
        await driver.execute("VACUUM ANALYZE", timeout=1800)


def case_number(number: int) -> str:
    """The case of that place in the register."""
    return f"37100220260301{number:08d}"


def identity(number: int) -> str:
    """Its person's identity number."""
    day = 1 + number // 999 % 28
    return with_check_digit(f"339999{1930 + number // 27972 % 90}01{day:02d}{number % 999 + 1:03d}")


def name(number: int, count: int) -> str:
    """Its person's name, which NAMESAKES people share."""
    return f"样例{number % max(count // NAMESAKES, 1)}"


def _persons(count: int) -> Iterator[tuple[object, ...]]:
    for number in range(count):
        id_no = identity(number)
        yield (
            case_number(number),
            *(1, "HOME", "BENCH", f"{id_no}-{number}", "本人", name(number, count), id_no, "{}"),
        )
