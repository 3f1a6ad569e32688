"""The plan of a drill follows from its seed; its people are nobody and nobody's twin."""

from __future__ import annotations

from datetime import date, timedelta

from catalog.loader import load_catalog
from domain.identity import check_identity_number
from domain.schemes.vehicle_numbers import check_vin, vin_check_digit
from domain.supervision import Rung, working_day_after
from embedded.demo.choosing import every_example
from embedded.demo.transfers import form_of
from embedded.drill.cast import recast, seed_records
from embedded.drill.conduct import Conduct, Manner, Temper, conduct, tempers
from embedded.drill.plan import Plan, draw
from settings import PROJECT_ROOT

CATALOG = load_catalog()
CALENDAR = CATALOG.calendar
FIRST = date(2026, 10, 9)
NAMES = tuple("abcdefgh")


def plan(seed: int) -> Plan:
    return draw(seed, first=FIRST, days=40, cases=20, examples=NAMES, calendar=CALENDAR)


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    assert plan(7) == plan(7)
    assert plan(7) != plan(8)


def test_every_kind_is_dealt_before_one_comes_again_and_nobody_files_on_a_rest_day() -> None:
    drawn = plan(7)
    assert {one.example for one in drawn.cases[: len(NAMES)]} == set(NAMES)
    assert all(CALENDAR.is_working(one.filed_on) for one in drawn.cases)
    assert drawn.days[0] == FIRST
    assert len(drawn.days) == 40


def test_every_temper_is_played_and_conduct_depends_on_seed_and_task_alone() -> None:
    offices = [f"371002-X-{number}" for number in range(9)]
    assert set(tempers(3, offices).values()) == set(Temper)
    assert tempers(3, offices) == tempers(3, list(reversed(offices)))
    manners = {conduct(1, f"{number}/t", Temper.IDLE).manner for number in range(60)}
    assert manners == set(Manner)
    assert conduct(1, "5/t", Temper.SLOW) == conduct(1, "5/t", Temper.SLOW)


def test_offices_act_on_the_day_that_their_conduct_says() -> None:
    due = FIRST + timedelta(days=10)

    def acts(how: Conduct, today: date, *issued: tuple[Rung, date]) -> bool:
        return how.acts(opened_on=FIRST, due_on=due, issued=issued, today=today, calendar=CALENDAR)

    prompt = Conduct(Manner.PROMPT, 2)
    assert not acts(prompt, FIRST)
    assert acts(prompt, working_day_after(FIRST, 2, CALENDAR))
    late = Conduct(Manner.LATE, 3)
    assert not acts(late, working_day_after(due, 2, CALENDAR))
    assert acts(late, working_day_after(due, 3, CALENDAR))
    silent, day = Conduct(Manner.SILENT, until=Rung.URGE), working_day_after(due, 4, CALENDAR)
    assert not acts(silent, day)
    assert not acts(silent, day, (Rung.URGE, day))
    assert acts(silent, day + timedelta(days=1), (Rung.URGE, day))
    assert not acts(Conduct(Manner.SILENT), day, *((rung, due) for rung in Rung))


def test_each_case_has_people_and_things_of_its_own_that_nobody_can_have() -> None:
    seeds = seed_records(PROJECT_ROOT / "examples" / "registers")
    seen: set[str] = set()
    for name in ("spouse", "vehicle", "disability-card"):
        for number in (1, 2, 77):
            form, records = recast(form_of(every_example(CATALOG)[name].script.file), seeds, number)
            who = check_identity_number(form["applicant"]["id_no"])
            assert who[2:6] == "9999"
            assert who not in seen
            seen.add(who)
            assert records
            if name == "vehicle":
                vin = check_vin(form["details"]["vin"])
                assert vin_check_digit(vin) == vin[8]
                assert any(vin in one.text for one in records)
