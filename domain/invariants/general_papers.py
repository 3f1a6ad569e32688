"""G2 and G9: numbered papers are unique, and an early end leaves nothing behind.

Sources: docs/rules.md D and A0 rule 1 (point of no return).
"""

from __future__ import annotations

from domain.invariants.facts import Case, Found
from domain.invariants.papers import Certificate
from domain.invariants.registers import Registers
from domain.invariants.words import ending_word, paper_state, paper_word

#: Endings before the point of no return, home and leg.
_UNDONE = frozenset(
    {
        "NOT_ACCEPTED",
        "LAPSED",
        "REFUSED",
        "ORIGIN_REFUSED",
        "WITHDRAWN",
        "PERMIT_EXPIRED",
        "FORWARDED",
        "PEER_REFUSED",
    }
)


def numbers_given_once(registers: Registers) -> Found:
    """G2: no number twice over localities, a copy says what the original says, reissue voids."""
    givers: dict[str, list[Case]] = {}
    for (_, number), found in registers.issued.items():
        givers.setdefault(number, []).extend(case for case, _ in found)
    for number, cases in givers.items():
        if len(cases) > 1:
            numbers = "、".join(case.case_no for case in cases)
            yield cases[-1].broken("G2", f"证件编号 {number} 签发了{len(cases)}次（{numbers}）。")
    for case in registers.cases:
        for paper in case.certificates:
            if paper.issuer != case.locality:
                yield from _copy(registers, case, paper)
            elif paper.replaces is not None:
                yield from _replacement(case, paper)
        for kind, person in sorted({(one.kind, one.person) for one in case.certificates}):
            live = len(case.live(kind, person))
            if kind != "NOT_LANDED" and live > 1:
                yield case.broken(
                    "G2", f"同一人（第{person}人）有{live}张有效的{paper_word(kind)}；请核对。"
                )


def early_end_leaves_nothing(registers: Registers) -> Found:
    """G9: withdrawn or refused before the point of no return, every register is as before."""
    for case in registers.cases:
        if case.ending not in _UNDONE:
            continue
        legs = registers.legs.get(case.case_no, []) if case.is_home else [case]
        for leg in legs:
            yield from _untouched(registers, case, leg)
        if case.is_home:
            for paper in case.certificates:
                if paper.kind == "PERMIT" and paper.status != "VOID":
                    yield case.broken(
                        "G9",
                        f"办件已终止（{ending_word(case.ending)}），准予迁入证明 {paper.number} "
                        f"仍为{paper_state(paper.status)}；请作废。",
                    )
                if paper.kind == "MIGRATION" and paper.status != "VOID":
                    yield case.broken(
                        "G9",
                        f"办件已终止，迁移证 {paper.number} "
                        f"仍为{paper_state(paper.status)}；请核对。",
                    )


def _copy(registers: Registers, case: Case, copy: Certificate) -> Found:
    if copy.issuer not in registers.localities:
        return
    issued = registers.issuing_leg(copy.issuer, copy.number)
    if issued is None:
        yield case.broken("G2", f"证件 {copy.number} 在签发地 {copy.issuer} 没有登记；请核对。")
        return
    issuer, paper = issued
    same = (copy.kind, copy.person, copy.valid_until) == (
        paper.kind,
        paper.person,
        paper.valid_until,
    )
    if not same or issuer.home_case_no != case.home_case_no:
        yield case.broken("G2", f"证件 {copy.number} 与签发地的登记不一致；请核对。")


def _replacement(case: Case, paper: Certificate) -> Found:
    old = case.certificate(paper.replaces or "")
    if old is None or old.status != "VOID":
        yield case.broken(
            "G2", f"补发的 {paper.number} 所替代的 {paper.replaces} 没有作废；请立即作废。"
        )


def _untouched(registers: Registers, case: Case, leg: Case) -> Found:
    ended = f"办件以{ending_word(case.ending)}终止"
    if not leg.is_hukou:
        # What a release was followed by is for the family's own rules; the leg itself ended early.
        taken_back = leg.acts_of("RELEASE_CANCELLED")
        if leg is case and leg.acts_of("RELEASED") and not taken_back:
            yield case.broken("G9", f"{ended}，却已终止关系并转出；请恢复或续办。")
        return
    if leg.acts_of("CANCELLED"):
        yield case.broken(
            "G9",
            f"{ended}，迁出地 {leg.case_no} 却已注销户口；请恢复或续办。",
        )
    left = [p for p in leg.certificates if p.kind == "MIGRATION" and p.status != "VOID"]
    for paper in left:
        yield case.broken(
            "G9",
            f"{ended}，迁移证 {paper.number} 仍为{paper_state(paper.status)}；请作废。",
        )
    numbers = {paper.number for paper in leg.certificates if paper.kind == "MIGRATION"}
    if numbers & registers.in_transit_on:
        yield case.broken("G9", f"{ended}，{leg.locality} 人口库仍有人凭本件在途；请恢复。")
