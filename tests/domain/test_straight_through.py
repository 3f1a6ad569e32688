"""秒批秒办: every doubt is named, and silence is never a yes."""

from __future__ import annotations

from typing import Any

import pytest

from domain.straight_through import CheckAnswer, Doubt, answer_of, doubts

CLEAR: dict[str, Any] = {
    "switched_on": True,
    "checks": ("POPULATION",),
    "findings": (),
    "papers": False,
    "promised": (),
    "deferred": (),
    "fee_fen": 0,
    "received_elsewhere": False,
}


def test_nothing_speaks_against_what_data_answer_for() -> None:
    assert doubts(**CLEAR) == ()


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        ({"switched_on": False}, Doubt.SWITCHED_OFF),
        ({"checks": ()}, Doubt.NO_CHECKS),
        ({"findings": ("DOCUMENT_MISSING:PHOTO",)}, Doubt.FORM),
        ({"papers": True}, Doubt.PAPERS),
        ({"promised": ("PREMISES_PROOF",)}, Doubt.PROMISE),
        ({"deferred": ("PHOTO",)}, Doubt.DEFERRAL),
        ({"fee_fen": 1}, Doubt.FEE),
        ({"received_elsewhere": True}, Doubt.UPPER_LEVEL),
    ],
)
def test_each_doubt_leaves_it_to_a_person(said: dict[str, Any], doubt: Doubt) -> None:
    assert doubts(**{**CLEAR, **said}) == (doubt,)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (None, CheckAnswer.NO_ANSWER),
        ({}, CheckAnswer.NO_ANSWER),
        ({"agrees": None}, CheckAnswer.NO),
        ({"agrees": False, "name": "样例人"}, CheckAnswer.NO),
        ({"agrees": "yes"}, CheckAnswer.NO),
        ({"agrees": True, "name": "另一人"}, CheckAnswer.DIFFERS),
        ({"agrees": True}, CheckAnswer.YES),
        ({"agrees": True, "name": "样例人"}, CheckAnswer.YES),
    ],
)
def test_only_a_plain_yes_about_the_same_name_is_a_yes(
    said: dict[str, Any] | None, answer: CheckAnswer
) -> None:
    assert answer_of(said, "样例人") is answer
