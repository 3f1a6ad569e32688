"""One thing changed in a lawful world: what the broken examples of the invariants are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.invariants.facts import Case, PauseTaken, Person
from domain.invariants.registers import Registers
from tests.domain.invariant_facts import HOME_NO, LEG_NO, TODAY, act, clock, command, decided, event
from tests.domain.invariant_world import change, on_the_way

#: (invariant, what is broken, what the report says, the world).
Broken = tuple[str, str, str, Callable[[], Registers]]
EARLIER = TODAY - timedelta(1)


def people(world: Registers, where: str, number: int, **changes: Any) -> Registers:
    """The world with one person's record changed."""

    def how(case: Case) -> Case:
        return replace(
            case,
            persons=tuple(
                replace(one, **changes) if one.number == number else one for one in case.persons
            ),
        )

    return change(world, where, how)


def papers(world: Registers, where: str, number: str, **changes: Any) -> Registers:
    """The world with one certificate changed in one case."""

    def how(case: Case) -> Case:
        return replace(
            case,
            certificates=tuple(
                replace(one, **changes) if one.number == number else one
                for one in case.certificates
            ),
        )

    return change(world, where, how)


def acts(
    world: Registers, where: str, code: str, person: int | None = None, **changes: Any
) -> Registers:
    """The world with the acts of a code changed; without changes they are taken out."""

    def how(case: Case) -> Case:
        return replace(
            case,
            acts=tuple(
                replace(one, **changes)
                if one.code == code and person in (None, one.person)
                else one
                for one in case.acts
                if changes or one.code != code
            ),
        )

    return change(world, where, how)


def with_act(world: Registers, where: str, code: str, **more: Any) -> Registers:
    """The world with one more act."""

    def how(case: Case) -> Case:
        office = more.pop("office", case.station)
        return replace(case, acts=(*case.acts, act(code, office, 9, **more)))

    return change(world, where, how)


def letters(world: Registers, where: str, which: str, **changes: Any) -> Registers:
    """The world with one side's copy of a letter changed; without changes it is lost."""

    def how(case: Case) -> Case:
        return replace(
            case,
            letters=tuple(
                replace(one, **changes) if one.number == which else one
                for one in case.letters
                if changes or one.number != which
            ),
        )

    return change(world, where, how)


def case(world: Registers, where: str, **changes: Any) -> Registers:
    """The world with the case's own record changed, its trail as it was."""
    return change(world, where, lambda one: replace(one, **changes))


def moved(world: Registers, locality: str, **changes: Any) -> Registers:
    """The world with the first person's registration in a locality changed."""
    return replace(
        world,
        registrations=tuple(
            replace(one, **changes) if (one.locality, one.who) == (locality, "P1") else one
            for one in world.registrations
        ),
    )


def gone(world: Registers, locality: str) -> Registers:
    """The world without the first person's registration in a locality."""
    return replace(
        world,
        registrations=tuple(
            one for one in world.registrations if (one.locality, one.who) != (locality, "P1")
        ),
    )


def clocks(world: Registers, *found: Any) -> Registers:
    """The home case with other clocks."""
    return case(world, "HOME", clocks=found)


def paused(**changes: Any) -> Registers:
    """A running decision clock with one pause, noted in the trail."""
    given = {
        "reason": "INVESTIGATION",
        "from_day": TODAY,
        "to_day": None,
        "evidence": "样例文书",
        **changes,
    }
    pause = PauseTaken(**given)

    def how(home: Case) -> Case:
        noted = event("SUSPEND", 1, 7, home, clock="DECISION")
        running = clock("DECISION", stopped=False, pauses=(pause,), due_on=None)
        return replace(home, clocks=(running,), events=(noted, *home.events))

    return change(on_the_way(), "HOME", how)


def second_home(world: Registers, **changes: Any) -> Registers:
    """A second home case of the first person."""
    home = world.cases[0]
    other = replace(
        home,
        case_no="home-2",
        home_case_no="home-2",
        **{
            "certificates": (),
            "letters": (),
            "acts": (),
            "persons": (Person(number=1, who="P1", status="OPEN", open=True),),
            **changes,
        },
    )
    return replace(world, cases=(*world.cases, other))


def accesses(world: Registers, index: int, **changes: Any) -> Registers:
    """The world with one line of the access log changed."""
    found = list(world.accesses)
    found[index] = replace(found[index], **changes)
    return replace(world, accesses=tuple(found))


def causes(world: Registers, where: str, *more: str) -> Registers:
    """The world with further causes in the last step of a case."""

    def how(one: Case) -> Case:
        last = one.transitions[-1]
        return replace(
            one,
            transitions=(*one.transitions[:-1], replace(last, causes=(*last.causes, *more))),
        )

    return change(world, where, how)


def tasks(world: Registers, where: str, kind: str, **changes: Any) -> Registers:
    """The world with a task changed."""

    def how(one: Case) -> Case:
        return replace(
            one, tasks=tuple(replace(t, **changes) if t.kind == kind else t for t in one.tasks)
        )

    return change(world, where, how)


def with_task(world: Registers, where: str, kind: str, **more: Any) -> Registers:
    """The world with one more decided task and the command behind it."""

    def how(one: Case) -> Case:
        written = more.pop("written", frozenset())
        task = decided(one.case_no, kind, one.station, more.pop("role", "HANDLER"), "X1", **more)
        asked = command(task, written=written)
        return replace(one, tasks=(*one.tasks, task), commands=(*one.commands, asked))

    changed = change(world, where, how)
    return causes(changed, where, f"c-{HOME_NO if where == 'HOME' else LEG_NO}-{kind}")
