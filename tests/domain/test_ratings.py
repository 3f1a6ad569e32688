"""好差评: what may be rated, how often, and what ratings add up to; levels at the edge."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.evaluation.codes import (
    channel_code,
    channel_of,
    gbt_code,
    level_of_gbt,
    level_of_stars,
    stars,
)
from catalog.loader import load_catalog
from domain.errors import DomainError
from domain.hotline import DispatchCode, dispatch_refusal, goes_on
from domain.hotline_calls import news_is_genuine, news_token
from domain.rating_figures import GivenRating, SilentCase, closed_since, falls_due, figures
from domain.ratings import (
    LOW,
    Channel,
    Level,
    Occasion,
    Party,
    Trail,
    Visit,
    appeal_refusal,
    occasion_rated,
    reached,
    seal,
)

HALL, STATION = "371002-ZW-01", "371002-GA-01"
CALENDAR = load_catalog().calendar


def visit(code: str, office: str = STATION, actor: str = "HC0101") -> Visit:
    return Visit(code=code, office=office, actor=actor, on=date(2026, 3, 2))


def trail(*visits: Visit, events: tuple[str, ...] = (), closed: bool = False) -> Trail:
    return Trail(
        intake=HALL,
        station=STATION,
        visits=visits,
        events=frozenset(events),
        closed_on=date(2026, 3, 20) if closed else None,
    )


def test_the_two_numberings_of_levels_run_against_each_other() -> None:
    assert (stars(Level.VERY_SATISFIED), gbt_code(Level.VERY_SATISFIED)) == (5, 1)
    assert (stars(Level.VERY_DISSATISFIED), gbt_code(Level.VERY_DISSATISFIED)) == (1, 5)


@pytest.mark.parametrize("level", list(Level))
def test_every_level_survives_both_ways_at_the_edge(level: Level) -> None:
    assert level_of_stars(stars(level)) is level
    assert level_of_gbt(gbt_code(level)) is level
    assert level.low == (stars(level) <= 2) == (level in LOW)


@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_survives_both_ways_at_the_edge(channel: Channel) -> None:
    assert channel_of(channel_code(channel)) is channel


@pytest.mark.parametrize("number", [0, 6, -1, 50])
def test_a_number_that_is_no_level_is_none(number: int) -> None:
    assert level_of_stars(number) is None
    assert level_of_gbt(number) is None
    assert channel_of(f"{number}0") is None


def test_occasions_come_from_acts_before_the_office_and_from_the_end() -> None:
    found = reached(
        trail(
            visit("ACCEPTED", HALL),
            visit("APPROVED"),
            visit("LANDED"),
            visit("DELIVERED", HALL, "SYSTEM"),
            events=("CORRECTION_HANDED_IN",),
            closed=True,
        )
    )
    assert list(found) == [
        Occasion.FILING,
        Occasion.CORRECTION,
        Occasion.REGISTRATION,
        Occasion.DELIVERY,
        Occasion.CASE,
    ]
    assert found[Occasion.CASE].office == STATION
    assert found[Occasion.FILING].clerk == "HC0101"
    assert found[Occasion.DELIVERY].clerk == ""


def test_on_site_the_newest_visit_is_rated_and_online_the_whole_matter() -> None:
    done = trail(visit("ACCEPTED"), visit("DELIVERED"), closed=True)
    assert occasion_rated(done, Channel.WINDOW, ()).occasion is Occasion.DELIVERY
    assert occasion_rated(done, Channel.WEB, ()).occasion is Occasion.CASE
    earlier = occasion_rated(done, Channel.TERMINAL, {Occasion.DELIVERY}, Occasion.FILING)
    assert earlier.occasion is Occasion.FILING


@pytest.mark.parametrize(
    ("case", "channel", "rated", "asked", "code"),
    [
        (trail(), Channel.WINDOW, (), None, "NOT_REACHED"),
        (trail(visit("ACCEPTED")), Channel.MOBILE, (), None, "NOT_REACHED"),
        (trail(visit("ACCEPTED")), Channel.WINDOW, (), Occasion.DELIVERY, "NOT_REACHED"),
        (trail(closed=True), Channel.WINDOW, (), Occasion.CASE, "NOT_REACHED"),
        (trail(closed=True), Channel.WEB, (), Occasion.DELIVERY, "NOT_REACHED"),
        (trail(visit("ACCEPTED")), Channel.QR_CODE, {Occasion.FILING}, None, "ALREADY_RATED"),
        (trail(closed=True), Channel.HOTLINE, {Occasion.CASE}, None, "ALREADY_RATED"),
    ],
)
def test_what_did_not_happen_or_was_rated_is_refused_with_what_to_do(
    case: Trail, channel: Channel, rated: set[Occasion], asked: Occasion | None, code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        occasion_rated(case, channel, rated, asked)
    assert refused.value.code == code
    assert "请" in refused.value.message or "可以" in refused.value.message


def test_only_a_low_rating_is_appealed_against_and_once_by_each_party() -> None:
    low = Level.DISSATISFIED
    assert appeal_refusal(low, Party.OFFICE, appealed_by=()) is None
    assert appeal_refusal(low, Party.PERSON, appealed_by={Party.OFFICE}) is None
    again = appeal_refusal(low, Party.OFFICE, appealed_by={Party.OFFICE})
    good = appeal_refusal(Level.BASIC, Party.OFFICE, appealed_by=())
    assert again is not None and again.code == "ALREADY_APPEALED"
    assert good is not None and good.code == "NOT_APPEALABLE"


def test_a_seal_changes_with_any_word_and_not_with_their_order() -> None:
    assert seal({"a": 1, "b": "x"}) == seal({"b": "x", "a": 1})
    assert seal({"a": 1, "b": "x"}) != seal({"a": 1, "b": "y"})


def test_figures_count_given_and_default_ratings_apart() -> None:
    said = [
        GivenRating(office=STATION, matter="M", level=Level.VERY_SATISFIED),
        GivenRating(
            office=STATION,
            matter="M",
            level=Level.DISSATISFIED,
            called_back=True,
            called_back_in_time=True,
            rectified=True,
            rectified_in_time=False,
        ),
        GivenRating(office=HALL, matter="M", level=Level.BASIC),
    ]
    friday = date(2026, 3, 6)
    silent = [SilentCase(office=STATION, matter="M", closed_on=friday)]

    def by_office(today: date, days: int) -> dict[str, tuple[int, int, float | None]]:
        found = figures(said, silent, today=today, default_days=days, calendar=CALENDAR)
        return {one.office: (one.total_given, one.default, one.low_rate) for one in found}

    assert by_office(date(2026, 3, 13), 5) == {STATION: (2, 0, 0.5), HALL: (1, 0, 0.0)}
    assert by_office(date(2026, 3, 14), 5) == {STATION: (2, 1, 0.5), HALL: (1, 0, 0.0)}
    assert by_office(date(2026, 12, 31), 0) == {STATION: (2, 0, 0.5), HALL: (1, 0, 0.0)}
    sums = figures(said, (), today=friday, default_days=0, calendar=CALENDAR)[0]
    assert sums.office == STATION
    assert (sums.call_back_rate, sums.on_time_rate) == (1.0, 0.0)


@given(st.dates(date(2026, 1, 1), date(2026, 11, 1)), st.integers(1, 40))
def test_every_silence_falls_due_in_exactly_one_period(closed_on: date, days: int) -> None:
    silent = [SilentCase(office=STATION, matter="M", closed_on=closed_on)]
    months = [date(2026 + month // 12, 1 + month % 12, 1) for month in range(15)]

    def defaults(first: date, past: date) -> int:
        if closed_on < closed_since(first, days, CALENDAR):
            return 0
        found = figures((), silent, today=past, default_days=days, calendar=CALENDAR, since=first)
        return sum(one.default for one in found)

    counted = [defaults(first, past) for first, past in pairwise(months)]
    due = falls_due(closed_on, days, CALENDAR)
    assert counted == [int(first <= due < past) for first, past in pairwise(months)]
    assert sum(counted) == 1


def test_a_ticket_goes_to_offices_of_the_place_that_have_not_returned_it() -> None:
    offices = (STATION, HALL)
    assert dispatch_refusal(STATION, offices=offices, returned_by=()) is None
    assert (
        dispatch_refusal(STATION, offices=offices, returned_by=[STATION])
        is DispatchCode.RETURNED_ONCE
    )
    assert (
        dispatch_refusal("330902-GA-01", offices=offices, returned_by=())
        is DispatchCode.UNKNOWN_OFFICE
    )


@pytest.mark.parametrize(
    ("verdict", "round_", "again"),
    [
        ("UNSATISFIED", 1, True),
        ("UNSATISFIED", 2, False),
        ("SATISFIED", 1, False),
        ("NOT_REACHED", 1, False),
    ],
)
def test_an_unsatisfied_caller_is_handled_once_more(verdict: str, round_: int, again: bool) -> None:
    assert goes_on(verdict, round_=round_, rounds=2) is again


def test_the_address_of_a_locality_opens_that_locality_only() -> None:
    secret = b"only-for-tests-0123456789"
    token = news_token(secret, "371002")
    assert news_is_genuine(secret, "371002", token)
    assert not news_is_genuine(secret, "330902", token)
    assert not news_is_genuine(b"another", "371002", token)
