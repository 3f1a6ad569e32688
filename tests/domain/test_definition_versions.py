"""Which publication is in force on a day."""

from __future__ import annotations

from datetime import date

from domain.definition_versions import DefinitionChange, Line, in_force, standing

DAY, LATER = date(2026, 11, 23), date(2027, 1, 1)


def published(number: int, first_day: date = DAY) -> Line:
    return Line(number, DefinitionChange.PUBLISHED, f"v{number}", first_day)


def withdrawn(number: int, taken: int) -> Line:
    return Line(number, DefinitionChange.WITHDRAWN, f"v{taken}", withdraws=taken)


def test_nothing_published_leaves_what_is_shipped() -> None:
    assert in_force([], DAY) is None


def test_the_later_publication_of_a_day_counts() -> None:
    assert in_force([published(1), published(2)], DAY) == published(2)


def test_a_publication_for_a_later_day_waits_for_it() -> None:
    lines = [published(1), published(2, LATER)]
    assert in_force(lines, DAY) == published(1)
    assert in_force(lines, LATER) == published(2, LATER)


def test_what_starts_later_counts_even_if_published_before() -> None:
    lines = [published(1, LATER), published(2)]
    assert in_force(lines, LATER) == published(1, LATER)


def test_a_withdrawal_brings_back_what_was_before() -> None:
    lines = [published(1), published(2), withdrawn(3, 2)]
    assert in_force(lines, DAY) == published(1)
    assert in_force([*lines, withdrawn(4, 1)], DAY) is None


def test_a_draft_has_no_effect() -> None:
    lines = [published(1), Line(2, DefinitionChange.DRAFTED, "v2")]
    assert standing(lines) == [published(1)]
