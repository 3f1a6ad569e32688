"""All facts of all localities that are checked together, and the ways through them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from domain.calendar import SHANGHAI, Calendar, CalendarBook
from domain.invariants.facts import Case, Person, Violation
from domain.invariants.papers import Access, Certificate, Letter, Registration


@dataclass(frozen=True, kw_only=True)
class Registers:
    """The registers of ``localities`` at one moment; a rule about a peer needs it among them."""

    localities: frozenset[str]
    cases: tuple[Case, ...]
    letters: tuple[Letter, ...]
    accesses: tuple[Access, ...]
    registrations: tuple[Registration, ...]
    calendar: Calendar
    now: datetime
    calendars: Mapping[str, CalendarBook] = field(default_factory=dict)  # by locality

    def book(self, locality: str) -> CalendarBook:
        """The calendars of a locality; what the program ships where none were read."""
        return self.calendars.get(locality) or CalendarBook(self.calendar)

    @property
    def today(self) -> date:
        """The day of the law."""
        return self.now.astimezone(SHANGHAI).date()

    @cached_property
    def of_hukou(self) -> Registers:
        """The same world with 户口迁移 alone, whose rules know of nothing else."""
        if all(case.is_hukou for case in self.cases):
            return self
        return replace(self, cases=tuple(case for case in self.cases if case.is_hukou))

    @cached_property
    def homes(self) -> dict[str, Case]:
        """Home cases by number."""
        return {case.case_no: case for case in self.cases if case.is_home}

    @cached_property
    def legs(self) -> dict[str, list[Case]]:
        """Legs by the number of the home case they serve, in their order."""
        found: dict[str, list[Case]] = defaultdict(list)
        for case in sorted(self.cases, key=lambda one: one.case_no):
            if not case.is_home:
                found[case.home_case_no].append(case)
        return found

    @cached_property
    def issued(self) -> dict[tuple[str, str], list[tuple[Case, Certificate]]]:
        """Papers by issuing locality and number, each with the case that issued it."""
        found: dict[tuple[str, str], list[tuple[Case, Certificate]]] = defaultdict(list)
        for case in self.cases:
            for paper in case.certificates:
                if paper.issuer == case.locality:
                    found[paper.issuer, paper.number].append((case, paper))
        return found

    @cached_property
    def letters_by_number(self) -> dict[tuple[str, str], list[Letter]]:
        """Letters by direction and number, over all localities."""
        found: dict[tuple[str, str], list[Letter]] = defaultdict(list)
        for letter in self.letters:
            found[letter.direction, letter.number].append(letter)
        return found

    @cached_property
    def appearances(self) -> dict[str, list[tuple[Case, Person]]]:
        """The cases in which somebody appears, oldest first."""
        found: dict[str, list[tuple[Case, Person]]] = defaultdict(list)
        for case in sorted(self.cases, key=lambda one: (one.filed_at, one.case_no)):
            for person in case.persons:
                found[person.who].append((case, person))
        return found

    @cached_property
    def registered(self) -> dict[str, list[Registration]]:
        """Registrations by person, over all localities."""
        found: dict[str, list[Registration]] = defaultdict(list)
        for registration in self.registrations:
            found[registration.who].append(registration)
        return found

    @cached_property
    def arrivals(self) -> dict[str, list[str]]:
        """By certificate number: the localities whose registers consumed it."""
        found: dict[str, list[str]] = defaultdict(list)
        for registration in self.registrations:
            if registration.arrived_with is not None:
                found[registration.arrived_with].append(registration.locality)
        return found

    @cached_property
    def in_transit_on(self) -> frozenset[str]:
        """The certificate numbers on which registers show somebody in transit."""
        return frozenset(
            one.certificate_no
            for one in self.registrations
            if one.status == "IN_TRANSIT" and one.certificate_no is not None
        )

    @cached_property
    def looks(self) -> dict[tuple[str, str], set[str]]:
        """What was read, by locality and case."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for access in self.accesses:
            found[access.locality, access.case_no].add(access.what)
        return found

    @cached_property
    def pulls(self) -> frozenset[tuple[str, str, str]]:
        """(locality, reader, what) of every look."""
        return frozenset((one.locality, one.actor, one.what) for one in self.accesses)

    def issuing_leg(self, issuer: str, number: str) -> tuple[Case, Certificate] | None:
        """The case that issued a paper, with the paper as it stands there."""
        found = self.issued.get((issuer, number))
        return found[0] if found else None

    def same_human(self, leg: Case, person: Person) -> frozenset[str]:
        """Everyone that this migrant of a leg is on record as, home and origin."""
        home = self.homes.get(leg.home_case_no)
        twin = home.person(person.number) if home else None
        return frozenset({person.who} | ({twin.who} if twin else set()))


Rule = Callable[[Registers], Iterator[Violation]]
