"""听证: what may follow on what; every pair of step and deed has one answer."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.hearing_policies import hearing_rules
from catalog.loader import load_catalog
from contracts.commands import REJECTIONS, RejectionCode, Verb
from domain.errors import DomainError
from domain.hearing_steps import PENDING, HearingDeed, HearingRefusal, HearingStep, refusal
from domain.hearings import check_day

TELL, ASK, WAIVE, ANNOUNCE, SET, HELD = HearingDeed
Step = HearingStep


@pytest.mark.parametrize(
    ("step", "allowed"),
    [
        (Step.NONE, {TELL, ANNOUNCE}),
        (Step.TOLD, {ASK, WAIVE}),
        (Step.LAPSED, {ANNOUNCE}),
        (Step.WAIVED, {ANNOUNCE}),
        (Step.ASKED, {SET, WAIVE}),
        (Step.SET, {SET, HELD, WAIVE}),
        (Step.HELD, set()),
    ],
)
def test_what_may_follow(step: HearingStep, allowed: set[HearingDeed]) -> None:
    assert {deed for deed in HearingDeed if refusal(deed, step, public=False) is None} == allowed


@pytest.mark.parametrize(
    ("deed", "step", "code"),
    [
        (ASK, Step.NONE, HearingRefusal.NOT_TOLD),
        (ASK, Step.LAPSED, HearingRefusal.ASKED_LATE),
        (ASK, Step.ASKED, HearingRefusal.TWICE),
        (SET, Step.TOLD, HearingRefusal.NOT_ASKED),
        (SET, Step.HELD, HearingRefusal.TWICE),
        (HELD, Step.ASKED, HearingRefusal.NOT_NOTICED),
        (HELD, Step.NONE, HearingRefusal.NOT_ASKED),
        (HELD, Step.HELD, HearingRefusal.TWICE),
        (TELL, Step.HELD, HearingRefusal.TWICE),
        (TELL, Step.LAPSED, HearingRefusal.TWICE),
        (ANNOUNCE, Step.SET, HearingRefusal.TWICE),
        (WAIVE, Step.LAPSED, HearingRefusal.NOT_ASKED),
    ],
)
def test_what_does_not_follow_is_refused_by_its_own_name(
    deed: HearingDeed, step: HearingStep, code: HearingRefusal
) -> None:
    assert refusal(deed, step, public=False) is code


def test_nobody_waives_what_everybody_was_invited_to() -> None:
    assert refusal(WAIVE, Step.SET, public=True) is HearingRefusal.NOT_ASKED
    assert {step for step in Step if refusal(WAIVE, step, public=False) is None} == PENDING


def test_deeds_and_refusals_are_commands_and_sentences_of_the_same_names() -> None:
    assert {deed.value for deed in HearingDeed} <= {verb.value for verb in Verb}
    assert all(REJECTIONS[RejectionCode(code.value)].endswith("。") for code in HearingRefusal)


def test_an_announced_hearing_has_no_last_day_but_needs_its_seven_days() -> None:
    catalog = load_catalog()
    noticed = date(2026, 9, 28)
    rules = hearing_rules(catalog, "371002", noticed)
    check_day(
        date(2026, 12, 30), noticed_on=noticed, last=None, rules=rules, calendar=catalog.calendar
    )
    with pytest.raises(DomainError, match="2026-10-14"):
        check_day(
            date(2026, 10, 13),
            noticed_on=noticed,
            last=None,
            rules=rules,
            calendar=catalog.calendar,
        )
