"""户口 H6: every person of a case satisfies the rules on their own, followers included."""

from __future__ import annotations

from domain.invariants.facts import Case, Found, Person
from domain.invariants.registers import Registers
from domain.invariants.words import act_word, person_state

_SETTLED = ("LANDED", "RESTORED", "DECEASED", "ENDED")
#: (status, side) -> the acts that the person must have, and below those that must not be.
_NEEDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("LANDED", "HOME"): ("LANDED",),
    ("DECEASED", "HOME"): ("DEATH_RECORDED",),
    ("IN_TRANSIT", "LEG"): ("CANCELLED",),
    ("LANDED", "LEG"): ("CANCELLED",),
    ("RESTORED", "LEG"): ("RESTORED",),
    ("DECEASED", "LEG"): ("DEATH_RECORDED",),
}
_FORBIDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("OPEN", "HOME"): ("LANDED",),
    ("IN_TRANSIT", "HOME"): ("LANDED",),
    ("RESTORED", "HOME"): ("LANDED",),
    ("DECEASED", "HOME"): ("LANDED",),
    ("ENDED", "HOME"): ("LANDED",),
    ("OPEN", "LEG"): ("CANCELLED",),
    ("ENDED", "LEG"): ("CANCELLED",),
    ("IN_TRANSIT", "LEG"): ("RESTORED",),
    ("LANDED", "LEG"): ("RESTORED",),
}
#: (leg, home) states of one person that cannot both be true, in whatever order letters arrive.
_CONTRADICTIONS = {
    ("LANDED", "OPEN"),
    ("LANDED", "IN_TRANSIT"),
    ("LANDED", "RESTORED"),
    ("LANDED", "DECEASED"),
    ("LANDED", "ENDED"),
    ("RESTORED", "LANDED"),
    ("DECEASED", "LANDED"),
    ("IN_TRANSIT", "RESTORED"),
    ("IN_TRANSIT", "ENDED"),
    ("ENDED", "IN_TRANSIT"),
    ("ENDED", "LANDED"),
    ("OPEN", "IN_TRANSIT"),
    ("OPEN", "LANDED"),
}


def each_person_on_their_own(registers: Registers) -> Found:
    """H6: a person's status, acts and papers agree, within the case and with the other side."""
    for case in registers.cases:
        for person in case.persons:
            yield from _against_acts(case, person)
            yield from _against_papers(case, person)
            yield from _against_case(case, person)
    for home in registers.homes.values():
        for person in home.persons:
            yield from _against_the_other_side(registers, home, person)


def _against_acts(case: Case, person: Person) -> Found:
    here = (person.status, case.kind)
    for code in _NEEDS.get(here, ()):
        if not case.acts_of(code, person=person.number):
            yield case.broken(
                "H6",
                f"{case.name(person.number)}为{person_state(person.status)}，却没有“{act_word(code)}”的登记；请核对。",
            )
    for code in _FORBIDS.get(here, ()):
        if case.acts_of(code, person=person.number):
            yield case.broken(
                "H6",
                f"{case.name(person.number)}为{person_state(person.status)}，却有“{act_word(code)}”的登记；请核对。",
            )


def _against_papers(case: Case, person: Person) -> Found:
    live = len(case.live("MIGRATION", person.number))
    # A death is on record at once; the paper becomes void when the origin has answered.
    settled = person.status in _SETTLED and (person.status != "DECEASED" or case.closed)
    if settled and live:
        yield case.broken(
            "H6",
            f"{case.name(person.number)}{person_state(person.status)}，迁移证却仍有效；请核对。",
        )
    if person.status == "IN_TRANSIT" and live != 1:
        yield case.broken(
            "H6", f"{case.name(person.number)}在途，本件登记的有效迁移证有{live}张；请核对。"
        )


def _against_case(case: Case, person: Person) -> Found:
    if case.closed and person.status not in _SETTLED:
        yield case.broken(
            "H6",
            f"办件已办结，{case.name(person.number)}仍为{person_state(person.status)}；请核对。",
        )
    if person.open != (not case.closed and person.status not in _SETTLED):
        yield case.broken(
            "H6",
            f"{case.name(person.number)}的在办标记与其状态（{person_state(person.status)}）不符，"
            "会影响重复申请的判断；请核对。",
        )


def _against_the_other_side(registers: Registers, home: Case, person: Person) -> Found:
    for leg in registers.legs.get(home.case_no, ()):
        twin = leg.person(person.number)
        if twin is None or (twin.status, person.status) not in _CONTRADICTIONS:
            continue
        # Of several legs only the one that cancelled speaks of where the person is.
        if twin.status in ("OPEN", "ENDED") and _moved_elsewhere(registers, home, person, leg):
            continue
        yield home.broken(
            "H6",
            f"{home.name(person.number)}在迁入地为{person_state(person.status)}，"
            f"在迁出地（{leg.case_no}）为{person_state(twin.status)}；请核对两地登记。",
        )


def _moved_elsewhere(registers: Registers, home: Case, person: Person, leg: Case) -> bool:
    return any(
        other.acts_of("CANCELLED", person=person.number)
        for other in registers.legs.get(home.case_no, ())
        if other is not leg
    )
