"""Each invariant accepts a lawful world and names what is broken in an unlawful one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from activities.notice_texts import TEXTS
from domain.invariants.checks import RULES, check
from domain.invariants.general_refusals import REMEDY_NOTICES
from domain.invariants.registers import Registers
from tests.domain import (
    invariant_broken_acts,
    invariant_broken_hukou_landing,
    invariant_broken_hukou_registrations,
    invariant_broken_ladders,
    invariant_broken_letters,
    invariant_broken_trail,
)
from tests.domain.invariant_broken_ladders import (
    counted,
    laddered,
    leg_laddered,
    own_laddered,
    second_round,
)
from tests.domain.invariant_damage import (
    EARLIER,
    acts,
    case,
    papers,
    people,
    with_task,
)
from tests.domain.invariant_facts import HOME, ORIGIN, assemble, registration, with_trail
from tests.domain.invariant_world import landed, on_the_way, refused, reissued, restored

#: Every broken example of every rule.
BROKEN = [
    *invariant_broken_hukou_registrations.BROKEN,
    *invariant_broken_hukou_landing.BROKEN,
    *invariant_broken_acts.BROKEN,
    *invariant_broken_letters.BROKEN,
    *invariant_broken_trail.BROKEN,
    *invariant_broken_ladders.BROKEN,
]
WORLDS = {world.__name__: world for world in (landed, on_the_way, restored, reissued, refused)} | {
    world.__name__: world for world in (laddered, leg_laddered, own_laddered, second_round, counted)
}


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS)
def test_a_lawful_world_has_no_violation(world: Callable[[], Registers]) -> None:
    assert check(world()) == []


@pytest.mark.parametrize(
    ("invariant", "said", "world"),
    [(invariant, said, world) for invariant, _, said, world in BROKEN],
    ids=[f"{invariant}-{what}" for invariant, what, _, _ in BROKEN],
)
def test_a_broken_world_is_caught_and_named(
    invariant: str, said: str, world: Callable[[], Registers]
) -> None:
    found = check(world())
    assert [one for one in found if one.invariant == invariant and said in one.text]
    for violation in found:
        # A report says what to look at in Chinese, and speaks of persons by number only.
        assert violation.text.endswith(("。", "；"))
        assert violation.locality in (HOME, ORIGIN)
        assert not re.search(r"\bP[0-9]\b", violation.text)


def test_every_rule_has_a_broken_example() -> None:
    assert {code for code, _, _ in RULES} == {invariant for invariant, _, _, _ in BROKEN}


def test_an_answered_rung_is_followed_on_the_next_ones_own_day() -> None:
    assert check(laddered(replied=2)) == []


# ------------------------------------------------------------------ lawful moments between writes


def moment(world: Registers) -> set[str]:
    return {violation.invariant for violation in check(world)}


def test_a_landing_whose_confirmation_is_outstanding_is_lawful() -> None:
    """Home has landed both and its letter is on the way; the origin knows of nothing yet."""
    done, leg = landed().cases[0], on_the_way().cases[1]
    home = replace(
        done,
        stage="DELIVERY",
        holder="OURS",
        ending=None,
        closed=False,
        acts=done.acts[:-1],
        letters=(*done.letters[:2], replace(done.letters[2], receipt=None)),
    )
    world = assemble(
        with_trail(home),
        leg,
        *on_the_way().registrations,
        *(registration(HOME, f"P{n}", "ACTIVE", arrived_with=f"M{n}") for n in (1, 2)),
    )
    assert check(world) == []


def test_a_cancellation_that_the_case_does_not_show_yet_is_lawful() -> None:
    """The worker died between the register's act and its own step: the number is reserved."""
    world = on_the_way()
    world = papers(acts(world, "LEG", "CANCELLED"), "LEG", "M1", status="PREPARED")
    world = papers(acts(world, "LEG", "CERTIFICATE_ISSUED"), "LEG", "M2", status="PREPARED")
    for number in (1, 2):
        world = people(world, "LEG", number, status="OPEN")
        world = people(world, "HOME", number, status="OPEN")
    assert "H2" not in moment(world)


def test_an_expired_certificate_under_supervision_is_lawful() -> None:
    world = papers(on_the_way(), "LEG", "M1", valid_until=EARLIER)
    assert "H2" in moment(world)
    assert "H2" not in moment(case(world, "LEG", overdue=True))


def test_landing_directly_needs_its_reason_and_evidence_on_record() -> None:
    world = landed()
    for where in ("HOME", "LEG"):
        world = papers(world, where, "M1", valid_until=EARLIER)
    written = frozenset({"reason", "evidence"})
    world = with_task(world, "HOME", "LANDING", outcome="LAND_DIRECTLY", written=written)
    world = acts(world, "HOME", "LANDED", 1, actor="X1")
    assert "H3" in moment(world)
    assert "H3" not in moment(acts(world, "HOME", "LANDED", 1, written=written))


def test_what_only_the_missing_locality_could_tell_is_not_held_against_this_one() -> None:
    world = landed()
    alone = replace(
        world,
        localities=frozenset({HOME}),
        cases=world.cases[:1],
        letters=world.cases[0].letters,
        accesses=world.accesses[1:],
        registrations=world.registrations[:2],
    )
    assert check(alone) == []


def test_the_notices_that_count_as_a_remedy_do_name_one() -> None:
    for template in REMEDY_NOTICES:
        assert "行政复议" in TEXTS[template]
        assert "行政诉讼" in TEXTS[template]
