"""户口 H3 and H4: landing consumes one certificate, restoration needs its proof, never both.

Basis: 户口登记条例 art 13; docs/rules.md A1-X and D.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from domain.invariants.facts import Act, Case, Found, Violation
from domain.invariants.papers import Certificate
from domain.invariants.registers import Registers
from domain.invariants.words import paper_state


def landing_consumes_its_certificate(registers: Registers) -> Found:
    """H3: each landing cites the person's own certificate, in force then, USED on both sides."""
    for home in registers.homes.values():
        for act in home.acts_of("LANDED"):
            yield from _landing(registers, home, act)
    yield from _consumed_once(registers)
    yield from _registered_landings(registers)


def landing_and_restoration_exclude_each_other(registers: Registers) -> Found:
    """H4: restored or reissued on a 未落户证明 of its own, and then not landed on a void paper."""
    cited: dict[str, list[Case]] = defaultdict(list)
    for leg in (case for case in registers.cases if not case.is_home):
        for act in leg.acts_of("RESTORED", "CERTIFICATE_REISSUED"):
            proof = act.facts.get("proof", "")
            cited[proof].append(leg)
            yield from _proof(registers, leg, act, proof)
        for act in leg.acts_of("RESTORED"):
            home = registers.homes.get(leg.home_case_no)
            if home is not None and home.acts_of("LANDED", person=act.person):
                yield leg.broken(
                    "H4", f"{leg.name(act.person)}既已恢复户口又已落户；请调查后注销其中一处。"
                )
            if leg.live("MIGRATION", act.person):
                yield leg.broken(
                    "H4", f"{leg.name(act.person)}已恢复户口，迁移证却仍有效；请作废。"
                )
    for proof, legs in cited.items():
        if proof and len(legs) > 1:
            yield legs[-1].broken("H4", f"未落户证明 {proof} 被使用{len(legs)}次；请逐件核对。")
    for home in registers.homes.values():
        for act in home.acts_of("LANDED"):
            number = act.facts.get("certificate", "")
            if any(paper.status == "VOID" for paper in _both_copies(registers, home, number)):
                yield home.broken(
                    "H4", f"{home.name(act.person)}凭已作废的迁移证 {number} 落户；请调查。"
                )


def _landing(registers: Registers, home: Case, act: Act) -> Found:
    name, number = home.name(act.person), act.facts.get("certificate", "")
    copy = home.certificate(number)
    if copy is None or (copy.kind, copy.person) != ("MIGRATION", act.person):
        yield home.broken("H3", f"{name}落户没有引用本人的户口迁移证；请核对落户登记的依据。")
        return
    if copy.status not in ("USED", "VOID"):
        yield home.broken("H3", f"{name}已落户，迁移证 {number} 在本地没有记为已使用；请核对。")
    if copy.valid_until < act.effective_on:
        yield from _beyond_validity(home, act, copy.valid_until)
    if copy.issuer in registers.localities:
        yield from _at_the_issuer(registers, home, act, copy)


def _beyond_validity(home: Case, act: Act, valid_until: date) -> Found:
    direct = any(
        command.outcome == "LAND_DIRECTLY"
        and command.actor == act.actor
        and (not command.persons or act.person in command.persons)
        for command in home.commands
    )
    if not direct:
        yield home.broken(
            "H3", f"{home.name(act.person)}在迁移证 {valid_until} 失效后凭证落户；请核对依据。"
        )
    elif not {"reason", "evidence"} <= act.written:
        yield home.broken(
            "H3",
            f"{home.name(act.person)}以不可抗力直接落户，但登记中缺少理由或依据材料；请补正。",
        )


def _at_the_issuer(registers: Registers, home: Case, act: Act, copy: Certificate) -> Found:
    name, number = home.name(act.person), copy.number
    issued = registers.issuing_leg(copy.issuer, number)
    if issued is None or issued[0].home_case_no != home.case_no:
        yield home.broken("H3", f"{name}落户所凭的迁移证 {number} 不是迁出地为本件签发的；请核对。")
        return
    leg, paper = issued
    theirs, ours = leg.person(paper.person), home.person(act.person)
    if paper.person != act.person or (
        theirs
        and ours
        and theirs.who != ours.who
        and theirs.who not in ours.former
        and ours.who not in theirs.former
    ):
        yield home.broken("H3", f"{name}落户所凭的迁移证 {number} 不是签发给本人的；请调查。")
    refused = any(
        letter.verb == "LANDING_CONFIRMED"
        and number in letter.certificates
        and letter.receipt is not None
        and letter.receipt.status == "REFUSED"
        for letter in home.letters
    )
    # Between landing and the confirmation's arrival the issuer still shows it as valid.
    on_its_way = (
        paper.status == "VALID"
        and not leg.closed
        and (theirs is None or theirs.status == "IN_TRANSIT")
        and not refused
    )
    if paper.status not in ("USED", "VOID") and not on_its_way:
        yield leg.broken(
            "H3",
            f"{name}已落户，迁移证 {number} 在迁出地仍为{paper_state(paper.status)}；"
            "请核对落户确认函。",
        )


def _consumed_once(registers: Registers) -> Found:
    acts: dict[str, list[Case]] = defaultdict(list)
    for home in registers.homes.values():
        for act in home.acts_of("LANDED"):
            acts[act.facts.get("certificate", "")].append(home)
    for number, homes in acts.items():
        if number and len(homes) > 1:
            yield homes[-1].broken("H3", f"迁移证 {number} 被用于{len(homes)}次落户；请调查。")
    for number, localities in registers.arrivals.items():
        if len(localities) > 1:
            places = "、".join(localities)
            yield Violation(
                "H3",
                localities[0],
                None,
                f"迁移证 {number} 在人口库（{places}）被落户多次；请调查。",
            )


def _registered_landings(registers: Registers) -> Found:
    """The register and the acts tell the same story, save for the moment between the two."""
    by_number = {one.arrived_with: one for one in registers.registrations if one.arrived_with}
    for home in registers.homes.values():
        for act in home.acts_of("LANDED"):
            number = act.facts.get("certificate", "")
            person = home.person(act.person)
            registered = by_number.get(number)
            if registered is not None and registered.locality == home.locality:
                continue
            if person is not None and _landed_again_later(registers, home, person.who):
                continue
            yield home.broken(
                "H3", f"{home.name(act.person)}的落户在人口库中没有对应登记；请核对人口库。"
            )
    cited = {
        act.facts.get("certificate", "")
        for home in registers.homes.values()
        for act in home.acts_of("LANDED")
    }
    ours = {number: found[0] for (_, number), found in registers.issued.items()}
    for number, registration in by_number.items():
        if number in cited or number not in ours:
            continue
        leg, paper = ours[number]
        destination = registers.homes.get(leg.home_case_no)
        if destination is None:
            continue
        person = destination.person(paper.person)
        if destination.closed or person is None or person.status != "IN_TRANSIT":
            yield destination.broken(
                "H3",
                f"{registration.locality} 人口库凭迁移证 {number} 落户，办件中没有登记；请补正。",
            )


def _landed_again_later(registers: Registers, home: Case, who: str) -> bool:
    """A register keeps one registration per person: a later return replaces the earlier one."""
    return any(
        case.case_no != home.case_no
        and case.filed_at > home.filed_at
        and case.acts_of("LANDED", person=person.number)
        for case, person in registers.appearances.get(who, ())
    )


def _proof(registers: Registers, leg: Case, act: Act, number: str) -> Found:
    home = registers.homes.get(leg.home_case_no)
    if home is None and number:
        return  # the destination is not among the localities that are checked
    proof = home.certificate(number) if home else None
    if proof is None or (proof.kind, proof.person) != ("NOT_LANDED", act.person):
        what = "恢复户口" if act.code == "RESTORED" else "补发迁移证"
        yield leg.broken(
            "H4", f"{leg.name(act.person)}{what}没有迁入地为本人出具的未落户证明；请核对。"
        )


def _both_copies(registers: Registers, home: Case, number: str) -> list[Certificate]:
    copy = home.certificate(number)
    if copy is None:
        return []
    issued = registers.issuing_leg(copy.issuer, number)
    return [copy, issued[1]] if issued else [copy]
