"""户口 H1, H2 and H5: one registration and one open migration per person, nobody lost on the way.

Basis: 户口登记条例 art 6; docs/rules.md D. The order in which register and case are written (number
reserved, register, case) makes every moment between two writes lawful, and so the rules take it.
"""

from __future__ import annotations

from collections import defaultdict

from domain.invariants.facts import Case, Found, Person, Violation
from domain.invariants.papers import Certificate, Registration
from domain.invariants.registers import Registers
from domain.invariants.words import registration_state

_LIVING = ("ACTIVE", "IN_TRANSIT")


def one_active_registration(registers: Registers) -> Found:
    """H1: nobody has two ACTIVE registrations over all localities."""
    for who, known in registers.registered.items():
        found = [one for one in known if one.status == "ACTIVE"]
        if len(found) > 1:
            places = "、".join(sorted(one.station for one in found))
            seen = registers.appearances.get(who)
            case, person = seen[-1] if seen else (None, None)
            name = case.name(person.number) if case and person else "有一人（未涉及办件）"
            yield Violation(
                "H1",
                case.locality if case else found[0].locality,
                case.case_no if case else None,
                f"{name}在{places}同时有有效户口登记；请两地派出所调查后注销重复的一处。",
            )


def nobody_lost_on_the_way(registers: Registers) -> Found:
    """H2: who was moved has one ACTIVE or one IN_TRANSIT registration, and papers in transit."""
    for leg, person in _moved(registers):
        home = registers.homes.get(leg.home_case_no)
        if home is None:
            continue  # the destination is not among the localities that are checked
        known = sorted(registers.same_human(leg, person))
        found = [one for who in known for one in registers.registered.get(who, ())]
        living = [one for one in found if one.status in _LIVING and not _consumed(registers, one)]
        expected = 0 if any(one.status == "DECEASED" for one in found) else 1
        if len(living) != expected:
            states = (
                "、".join(f"{one.locality} {registration_state(one.status)}" for one in found)
                or "没有任何登记"
            )
            yield leg.broken(
                "H2",
                f"{leg.name(person.number)}应有{expected}处在册或在途登记，现有{len(living)}处"
                f"（{states}）；请核对两地人口库。",
            )
        for one in found:
            if one.status == "IN_TRANSIT" and one.locality == leg.locality:
                yield from _papers_in_transit(registers, leg, home, person, one)


def one_open_migration(registers: Registers) -> Found:
    """H5: one open migration per person and side, and one open home case over all localities."""
    for who in registers.appearances:
        for kind in ("HOME", "LEG"):
            found: dict[str, list[Case]] = defaultdict(list)
            for case, person in registers.appearances[who]:
                if person.open and case.kind == kind:
                    found["" if kind == "HOME" else case.locality].append(case)
            for cases in found.values():
                if len(cases) > 1:
                    numbers = "、".join(case.case_no for case in cases)
                    side = "迁入" if kind == "HOME" else "迁出"
                    yield cases[-1].broken(
                        "H5",
                        f"同一人有{len(cases)}件{side}同时在办：{numbers}；"
                        "请保留先收的一件，其余终止。",
                    )


def _moved(registers: Registers) -> list[tuple[Case, Person]]:
    """Whom a leg has moved (each under the newest leg): by its act, or in the register already."""
    transit = {
        (one.locality, one.who) for one in registers.registrations if one.status == "IN_TRANSIT"
    }
    newest: dict[str, tuple[Case, Person]] = {}
    for who, seen in registers.appearances.items():
        for case, person in seen:
            acted = bool(case.acts_of("CANCELLED", person=person.number))
            under_way = person.open and (case.locality, who) in transit
            if not case.is_home and (acted or under_way):
                newest[who] = (case, person)
    return list(newest.values())


def _consumed(registers: Registers, registration: Registration) -> bool:
    """In transit no more: another register has landed the person on this very certificate."""
    consumed_in = registers.arrivals.get(registration.certificate_no or "", ())
    return registration.status == "IN_TRANSIT" and any(
        locality != registration.locality for locality in consumed_in
    )


def _papers_in_transit(
    registers: Registers, leg: Case, home: Case, person: Person, registration: Registration
) -> Found:
    name = leg.name(person.number)
    if _consumed(registers, registration):
        if person.status not in ("OPEN", "IN_TRANSIT"):
            yield leg.broken("H2", f"{name}已落户并已告知，人口库仍登记为在途；请补登迁出完成。")
        return
    live = leg.live("MIGRATION", person.number)
    if len(live) != 1:
        yield leg.broken(
            "H2",
            f"{name}在途，应持有一张有效的户口迁移证，现有{len(live)}张；请核对迁移证登记。",
        )
        return
    (paper,) = live
    if registration.certificate_no != paper.number and not _being_replaced(
        leg, paper, registration.certificate_no
    ):
        yield leg.broken("H2", f"{name}在人口库登记的迁移证不是 {paper.number}；请更正人口库。")
    escalated = leg.overdue or home.overdue or leg.escalation > 0 or home.escalation > 0
    if paper.valid_until < registers.today and not escalated:
        yield leg.broken(
            "H2", f"{name}的迁移证 {paper.number} 已过期而无人督办；请补发或商请恢复户口。"
        )


def _being_replaced(leg: Case, paper: Certificate, registered: str | None) -> bool:
    """A reissue goes case first, then register, then the letter that brings the new number."""
    told = any(
        letter.direction == "OUT"
        and letter.verb == "CERTIFICATE_REISSUED"
        and paper.number in letter.certificates
        for letter in leg.letters
    )
    return paper.replaces is not None and paper.replaces == registered and not told
