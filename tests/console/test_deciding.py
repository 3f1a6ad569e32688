"""What a decision form lacks follows from its outcome's row, for every outcome there is."""

from __future__ import annotations

import pytest
from starlette.datastructures import FormData

from console.web.deciding import missing, read
from console.web.effects import BASIS, case_effect, effect
from console.web.intake_reading import live_error
from console.web.uploads import media_type_of
from contracts.commands import Verb
from domain.task_table import TASKS
from domain.tasks import OutcomeSpec, TaskSpec

EVERY = [(task, outcome) for task in TASKS.values() for outcome in task.outcomes]
NAMES = [f"{task.kind}-{outcome.code}" for task, outcome in EVERY]


def asks(outcome: OutcomeSpec) -> set[str]:
    needed = {
        "reason": outcome.needs_reason,
        "reason_code": bool(outcome.reason_codes),
        "defects": outcome.needs_defects,
        "evidence": outcome.needs_evidence,
        "counted": outcome.needs_count,
    }
    return {name for name, wanted in needed.items() if wanted}


@pytest.mark.parametrize(("task", "outcome"), EVERY, ids=NAMES)
def test_an_empty_form_lacks_what_the_outcome_needs_and_nothing_else(
    task: TaskSpec, outcome: OutcomeSpec
) -> None:
    typed = read(FormData([("outcome", outcome.code)]))
    assert set(missing(typed, outcome, [1])) == asks(outcome)
    assert effect(task, outcome, several=True).endswith("。")


@pytest.mark.parametrize(("task", "outcome"), EVERY, ids=NAMES)
def test_a_filled_form_lacks_nothing(task: TaskSpec, outcome: OutcomeSpec) -> None:
    typed = read(
        FormData(
            [
                ("outcome", outcome.code),
                ("reason", "样例理由"),
                ("reason_code", min(outcome.reason_codes, default="")),
                ("defect", ""),
                ("defect", "样例缺项"),
                ("evidence", "样例依据"),
                ("person", "1"),
                ("counted_code", "9-1"),
                ("counted_number", "2"),
            ]
        )
    )
    assert not missing(typed, outcome, [1])
    assert typed.given_defects == ("样例缺项",)


@pytest.mark.parametrize("number", ["", "二", "-1", "1.5", "12345678"])
def test_a_count_that_is_no_number_of_pieces_is_not_taken(number: str) -> None:
    outcome = OutcomeSpec("COUNT_DIFF", "与清单不符", needs_count=True)
    form = FormData([("counted_code", "9-1"), ("counted_number", number)])
    assert "counted" in missing(read(form), outcome, [1])


def test_an_item_that_is_counted_twice_is_not_taken() -> None:
    outcome = OutcomeSpec("COUNT_DIFF", "与清单不符", needs_count=True)
    one = (("counted_code", "9-1"), ("counted_number", "1"))
    assert "counted" in missing(read(FormData([*one, *one])), outcome, [1])


def test_a_person_of_another_case_cannot_be_chosen() -> None:
    outcome = OutcomeSpec("LAND", "落户", per_person=True)
    assert "persons" in missing(read(FormData([("person", "7")])), outcome, [1, 2])


@pytest.mark.parametrize("verb", BASIS)
def test_every_act_on_a_case_says_what_it_does(verb: Verb) -> None:
    assert case_effect(verb).endswith("。")


@pytest.mark.parametrize(
    ("type_", "right", "wrong"),
    [
        ("DATE", "2026-11-22", "2026-13-01"),
        ("MONTH", "2026-11", "2026-11-22"),
        ("MONEY", "1,200.50", "1200.505"),
        ("NUMBER", "3", "-3"),
        ("USCC", "", "91370000000000000X"),
    ],
)
def test_a_value_is_right_or_says_how_it_shall_be(type_: str, right: str, wrong: str) -> None:
    assert live_error(type_, right) == ""
    assert live_error(type_, wrong)


def test_a_picture_is_known_by_its_bytes() -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 20
    assert media_type_of(png) == "image/png"
    assert media_type_of(b"\xff\xd8\xff\xe0" + b"\x00" * 32) == "image/jpeg"
