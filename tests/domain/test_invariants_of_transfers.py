"""The general rules over cases that are no 户口迁移: what they ask there, and what they do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.invariants.checks import check
from domain.invariants.facts import Case, Transition
from domain.invariants.registers import Registers
from tests.domain.invariant_facts import LEG_NO, act, crossing
from tests.domain.invariant_world import change, landed

REQUEST, ANSWER, CONFIRM = "home-1-01", "leg-1-01", "home-1-02"


def transfer() -> Registers:
    """A relation that was released and confirmed; nobody migrates."""
    world = landed()
    home, leg = world.cases
    asked = crossing("REQUEST", REQUEST, home, leg)
    answered = crossing("ANSWER", ANSWER, leg, home, in_reply_to=REQUEST, answer="GRANTED")
    confirmed = crossing("CONFIRM", CONFIRM, home, leg, f"chain of {REQUEST}", in_reply_to=REQUEST)
    home = replace(
        home,
        family="PENSION",
        persons=(),
        tasks=(),
        commands=(),
        certificates=(),
        documents=(),
        letters=(asked[0], answered[1], confirmed[0]),
        acts=(
            act("PASSED", home.station, 2),
            act("MONEY_MATCHED", home.station, 3, actor="SYSTEM"),
            act("BOOKED", home.station, 4),
        ),
        transitions=tuple(Transition(sequence=one.sequence, causes=()) for one in home.transitions),
    )
    leg = replace(
        leg,
        family="PENSION",
        stage="LEG_COMPLETED",
        persons=(),
        tasks=(),
        commands=(),
        certificates=(),
        documents=(),
        letters=(asked[1], answered[0], confirmed[1]),
        acts=(act("RELEASED", leg.station, 2), act("CONFIRMED", leg.station, 4, actor="SYSTEM")),
        events=tuple(replace(one, stage="LEG_COMPLETED") for one in leg.events),
        transitions=tuple(Transition(sequence=one.sequence, causes=()) for one in leg.transitions),
    )
    return replace(
        world,
        cases=(home, leg),
        letters=(*home.letters, *leg.letters),
        accesses=(),
        registrations=(),
    )


def test_a_transfer_that_went_well_breaks_no_rule() -> None:
    assert check(transfer()) == []


def test_the_rules_of_hukou_know_nothing_of_it() -> None:
    world = transfer()
    assert world.of_hukou.cases == ()
    assert landed().of_hukou.cases == landed().cases


def test_a_line_of_the_bank_may_cause_a_step_once() -> None:
    def told(*causes: str) -> Callable[[Case], Case]:
        return lambda case: replace(
            case,
            transitions=(replace(case.transitions[0], causes=causes), *case.transitions[1:]),
        )

    line = "bank:371002-PENSION:7"
    assert check(change(transfer(), "HOME", told(line))) == []
    assert {one.invariant for one in check(change(transfer(), "HOME", told(line, line)))} == {"G3"}


def without_people(code: str) -> Callable[[Case], Case]:
    return lambda case: replace(
        case,
        acts=tuple(replace(one, actor="SYSTEM") if one.code == code else one for one in case.acts),
    )


def twice(code: str) -> Callable[[Case], Case]:
    return lambda case: replace(
        case, acts=(*case.acts, *(one for one in case.acts if one.code == code))
    )


def waiting(case: Case) -> Case:
    """Released and answered, not closed, nothing running."""
    return replace(case, stage="FOLLOWING", holder="THEIRS", ending=None, closed=False)


@pytest.mark.parametrize(
    ("invariant", "where", "how"),
    [
        ("G1", "LEG", without_people("RELEASED")),
        ("G1", "LEG", twice("RELEASED")),
        ("G4", "LEG", lambda case: replace(case, ending="PEER_REFUSED")),
        ("G9", "LEG", lambda case: replace(case, ending="PEER_REFUSED")),
        ("G7", "LEG", lambda case: replace(case, acts=(act("PEER_REFUSED", case.station, 2),))),
        (
            "G8",
            "LEG",
            lambda case: replace(case, acts=(*case.acts, act("EXAMINED", case.station, 2))),
        ),
    ],
)
def test_a_broken_transfer_is_found(
    invariant: str, where: str, how: Callable[[Case], Case]
) -> None:
    assert invariant in {one.invariant for one in check(change(transfer(), where, how))}


def test_a_leg_waits_for_the_confirmation_and_for_nothing_else() -> None:
    def unconfirmed(case: Case) -> Case:
        open_ = waiting(case)
        return replace(
            open_,
            letters=case.letters[:2],
            acts=case.acts[:1],
            clocks=(),
            events=tuple(replace(one, stage="FOLLOWING", holder="THEIRS") for one in case.events),
        )

    assert "G6" not in {one.invariant for one in check(change(transfer(), "LEG", unconfirmed))}

    def silent(case: Case) -> Case:
        return replace(unconfirmed(case), letters=case.letters[:1])

    found = [one for one in check(change(transfer(), "LEG", silent)) if one.invariant == "G6"]
    assert [one.case_no for one in found] == [LEG_NO]


def test_a_parcel_that_has_arrived_waits_for_its_receiver_alone() -> None:
    def parcel(holder: str) -> Callable[[Case], Case]:
        def arrived(case: Case) -> Case:
            return replace(
                waiting(case),
                kind="PARCEL",
                stage="ON_THE_WAY",
                holder=holder,
                letters=(),
                acts=(),
                clocks=(),
                events=tuple(
                    replace(one, stage="ON_THE_WAY", holder=holder) for one in case.events
                ),
            )

        return arrived

    there = check(change(transfer(), "LEG", parcel("THEIRS")))
    assert "G6" not in {one.invariant for one in there}
    under_way = check(change(transfer(), "LEG", parcel("COURIER")))
    assert "G6" in {one.invariant for one in under_way}
