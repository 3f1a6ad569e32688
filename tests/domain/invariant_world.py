"""A small world for the invariant tests: two localities, one migration, in lawful states.

Each function returns complete registers without a violation; tests change one thing in them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from domain.invariants.facts import Case, Person, Task
from domain.invariants.papers import Document
from domain.invariants.registers import Registers
from tests.domain.invariant_facts import (
    ANSWER,
    CONFIRMED,
    HOME,
    HOME_NO,
    LEG_NO,
    ORIGIN,
    REQUEST,
    act,
    assemble,
    blank,
    clock,
    command,
    crossing,
    decided,
    paper,
    registration,
    with_trail,
)


def landed() -> Registers:
    """A finished migration of two persons."""
    home, leg = blank("HOME", "ARCHIVED", "COMPLETED"), blank("LEG", "MOVED_OUT", "COMPLETED")
    people = ("P1", "P2")
    asked = crossing(
        "MOVE_OUT_REQUEST", REQUEST, home, leg, manifest=frozenset({"MOVE_OUT_REQUEST"})
    )
    answered = crossing(
        "MOVE_OUT_ANSWER",
        ANSWER,
        leg,
        home,
        in_reply_to=REQUEST,
        answer="GRANTED",
        certificates=("M1", "M2"),
    )
    confirmed = crossing(
        "LANDING_CONFIRMED", CONFIRMED, home, leg, f"chain of {REQUEST}", certificates=("M1", "M2")
    )
    review = decided(HOME_NO, "REVIEW", home.station, "HANDLER", "HC0102")
    approval = decided(HOME_NO, "APPROVAL", home.bureau, "APPROVER", "HC0002", closed_in=3)
    phone = decided(LEG_NO, "PHONE_CONFIRMATION", leg.station, "HANDLER", "DH0102")
    cancel = decided(LEG_NO, "CANCELLATION", leg.station, "APPROVER", "DH0103", closed_in=3)
    home = replace(
        home,
        persons=tuple(
            Person(number=n, who=who, status="LANDED", open=False)
            for n, who in enumerate(people, 1)
        ),
        acts=(
            act("ACCEPTED", home.intake, 1),
            act("REVIEWED", home.station, 2),
            act("APPROVED", home.bureau, 3),
            act("PERMIT_ISSUED", home.bureau, 3, actor="SYSTEM"),
            act("LANDED", home.station, 4, person=1, facts={"certificate": "M1"}),
            act("LANDED", home.station, 4, person=2, facts={"certificate": "M2"}),
            act("DELIVERED", home.intake, 5),
        ),
        certificates=(
            paper("Z1", HOME, 0, kind="PERMIT", status="USED"),
            paper("M1", ORIGIN, 1, status="USED"),
            paper("M2", ORIGIN, 2, status="USED"),
        ),
        tasks=(review, approval),
        commands=(command(review), command(approval)),
        letters=(asked[0], answered[1], confirmed[0]),
        clocks=(clock("DECISION"),),
    )
    leg = replace(
        leg,
        persons=tuple(
            Person(number=n, who=who, status="LANDED", open=False)
            for n, who in enumerate(people, 1)
        ),
        acts=tuple(
            act(code, leg.station, 2, person=n)
            for n in (1, 2)
            for code in ("CANCELLED", "CERTIFICATE_ISSUED")
        ),
        certificates=(paper("M1", ORIGIN, 1, status="USED"), paper("M2", ORIGIN, 2, status="USED")),
        tasks=(phone, cancel),
        commands=(command(phone), command(cancel)),
        letters=(asked[1], answered[0], confirmed[1]),
        clocks=(clock("ORIGIN"),),
        documents=(Document(type="MOVE_OUT_REQUEST", source=f"PEER:{REQUEST}"),),
    )
    return assemble(
        with_trail(home),
        with_trail(leg),
        *(registration(HOME, who, "ACTIVE", arrived_with=f"M{who[1]}") for who in people),
        *(registration(ORIGIN, who, "MOVED_OUT", certificate_no=f"M{who[1]}") for who in people),
    )


def on_the_way() -> Registers:
    """Cancelled and certified at the origin, the landing task open at home."""
    done = landed()
    home, leg = done.cases
    home = replace(
        home,
        stage="LANDING",
        holder="OURS",
        ending=None,
        closed=False,
        persons=tuple(replace(one, status="IN_TRANSIT", open=True) for one in home.persons),
        acts=home.acts[:4],
        certificates=(
            home.certificates[0],
            *(replace(one, status="VALID") for one in home.certificates[1:]),
        ),
        letters=home.letters[:2],
        tasks=(
            *home.tasks,
            Task(
                task_id="home-1/LANDING/1",
                kind="LANDING",
                office=home.station,
                role="HANDLER",
                status="OPEN",
            ),
        ),
    )
    leg = replace(
        leg,
        stage="IN_TRANSIT",
        holder="THEIRS",
        ending=None,
        closed=False,
        persons=tuple(replace(one, status="IN_TRANSIT", open=True) for one in leg.persons),
        certificates=tuple(replace(one, status="VALID") for one in leg.certificates),
        letters=leg.letters[:2],
        clocks=(*leg.clocks, clock("CERTIFICATE", stopped=False)),
    )
    return assemble(
        with_trail(home),
        with_trail(leg),
        *(registration(ORIGIN, f"P{n}", "IN_TRANSIT", certificate_no=f"M{n}") for n in (1, 2)),
    )


def restored() -> Registers:
    """Landing became impossible for both; the origin restored them on their proofs."""
    before = on_the_way()
    home, leg = before.cases
    home = replace(
        home,
        stage="RESTORED",
        holder="UNCOUNTED",
        ending="RESTORED",
        closed=True,
        persons=tuple(replace(one, status="RESTORED", open=False) for one in home.persons),
        acts=(
            *home.acts,
            *(act("NOT_LANDED_PROVEN", home.station, 4, person=n) for n in (1, 2)),
            act("TERMINATED", home.station, 5, actor="SYSTEM"),
        ),
        certificates=(
            home.certificates[0],
            *(replace(one, status="VOID") for one in home.certificates[1:]),
            *(paper(f"W{n}", HOME, n, kind="NOT_LANDED") for n in (1, 2)),
        ),
        tasks=home.tasks[:2],
    )
    leg = replace(
        leg,
        stage="RESTORED",
        holder="UNCOUNTED",
        ending="RESTORED",
        closed=True,
        persons=tuple(replace(one, status="RESTORED", open=False) for one in leg.persons),
        acts=(
            *leg.acts,
            *(act("RESTORED", leg.station, 4, person=n, facts={"proof": f"W{n}"}) for n in (1, 2)),
        ),
        certificates=tuple(replace(one, status="VOID") for one in leg.certificates),
        clocks=(clock("ORIGIN"), clock("CERTIFICATE")),
    )
    return assemble(
        with_trail(home),
        with_trail(leg),
        *(registration(ORIGIN, f"P{n}", "ACTIVE") for n in (1, 2)),
    )


def reissued() -> Registers:
    """The first person's certificate was lost and replaced; the home copy is not here yet."""
    before = on_the_way()
    home, leg = before.cases
    home = replace(
        home,
        certificates=(*home.certificates, paper("W1", HOME, 1, kind="NOT_LANDED")),
        acts=(*home.acts, act("NOT_LANDED_PROVEN", home.station, 4, person=1)),
    )
    leg = replace(
        leg,
        certificates=(
            replace(leg.certificates[0], status="VOID"),
            leg.certificates[1],
            paper("M3", ORIGIN, 1, replaces="M1"),
        ),
        acts=(
            *leg.acts,
            act("CERTIFICATE_REISSUED", leg.station, 4, person=1, facts={"proof": "W1"}),
        ),
    )
    return assemble(with_trail(home), with_trail(leg), *before.registrations)


def refused() -> Registers:
    """The origin refused and home concluded: nothing has changed anywhere."""
    done = landed()
    home, leg = done.cases
    answered = crossing(
        "MOVE_OUT_ANSWER",
        ANSWER,
        leg,
        home,
        in_reply_to=REQUEST,
        answer="REFUSED",
        reason_code="DENIED_BY_PERSON",
    )
    facts = {"ending": "ORIGIN_REFUSED", "reason": "DENIED_BY_PERSON"}
    home = replace(
        home,
        stage="REFUSED",
        ending="ORIGIN_REFUSED",
        persons=tuple(replace(one, status="ENDED") for one in home.persons),
        acts=(
            *home.acts[:4],
            act("ORIGIN_REFUSED", leg.station, 4, actor="SYSTEM", facts=facts),
            act("PERMIT_VOIDED", home.bureau, 5, actor="SYSTEM"),
            act("REFUSED", home.station, 5, facts=facts),
        ),
        certificates=(replace(home.certificates[0], status="VOID"),),
        letters=(home.letters[0], answered[1]),
        notices=frozenset({"ENDED_ORIGIN_REFUSED"}),
    )
    leg = replace(
        leg,
        stage="MOVE_OUT_REFUSED",
        ending="ORIGIN_REFUSED",
        persons=tuple(replace(one, status="ENDED") for one in leg.persons),
        acts=(act("ORIGIN_REFUSED", leg.station, 4, facts={"code": "DENIED_BY_PERSON"}),),
        certificates=(),
        letters=(leg.letters[0], answered[0]),
    )
    return assemble(
        with_trail(home),
        with_trail(leg),
        *(registration(ORIGIN, f"P{n}", "ACTIVE") for n in (1, 2)),
    )


def change(world: Registers, where: str, how: Callable[[Case], Case]) -> Registers:
    """The world with one case changed; letters are those of the cases again."""
    cases = tuple(how(case) if case.kind == where else case for case in world.cases)
    return replace(
        world, cases=cases, letters=tuple(letter for case in cases for letter in case.letters)
    )
