"""C1 to C3 over disability cards: one valid card, active at one federation, after the landing.

Sources: docs/rules.md A10 and D. The national register is compared with the acts of both offices.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.casework import ActCode
from domain.invariants.facts import Violation
from domain.invariants.transfers import Entry, Transfer, TransferWorld

FAMILY = "DISABILITY_CARD"
VALID, MIGRATING = "VALID", "MIGRATING"


def one_valid_card(world: TransferWorld) -> Iterator[Violation]:
    """C1: nobody has two valid cards, and a migration makes its card valid once."""
    for case, entry in _with_entries(world):
        others = [one for one in entry.data.get("other_cards", []) if one.get("status") == VALID]
        if entry.status in (VALID, MIGRATING) and others:
            yield case.broken("C1", "登记库中同一人还有一张有效的残疾人证；请核销一张。")
    for case in world.of(FAMILY, "HOME"):
        if len(case.did(ActCode.CARD_ACTIVATED)) > 1:
            yield case.broken("C1", "残疾人证激活了两次；请核对登记库。")


def active_at_one_place(world: TransferWorld) -> Iterator[Violation]:
    """C2: released only to an open case, restored or activated, and active where it is kept."""
    for case, entry in _with_entries(world):
        released_here = entry.data.get("released_to") == case.case_no
        if entry.status == VALID and entry.data.get("active_at") != entry.locality:
            yield case.broken("C2", "残疾人证的在用地与登记地不同；请核对登记库。")
        if case.ending is not None and entry.status == MIGRATING and released_here:
            yield case.broken("C2", "已办结，残疾人证仍在迁移中，两地都不在用；请恢复或者激活。")
        if case.did(ActCode.CARD_ACTIVATED) and released_here:
            yield case.broken("C2", "本件已激活残疾人证，登记库却没有；请核对登记库。")
    for case in world.of(FAMILY, "HOME"):
        legs = [one for one in world.of(FAMILY, "LEG") if one.home_case_no == case.case_no]
        activated = bool(case.did(ActCode.CARD_ACTIVATED))
        for leg in legs:
            released = len(leg.did(ActCode.RELEASED)) - len(leg.did(ActCode.RELEASE_CANCELLED))
            if activated and leg.did(ActCode.RELEASE_CANCELLED):
                yield case.broken("C2", "残疾人证已在迁入地激活，迁出地又恢复了；请核对登记库。")
            if leg.ending is not None and case.ending is not None and released and not activated:
                yield leg.broken("C2", "迁入地没有激活，迁出地也没有恢复残疾人证；请恢复。")
        if activated and legs and not any(leg.did(ActCode.RELEASED) for leg in legs):
            yield case.broken("C2", "迁出地没有转出就激活了残疾人证；请核对登记库。")


def not_before_the_landing(world: TransferWorld) -> Iterator[Violation]:
    """C3: the review found the hukou landed before anything was asked of the origin."""
    for case in world.of(FAMILY, "HOME"):
        moved = case.letter_no is not None or case.did(ActCode.CARD_ACTIVATED)
        passed = case.did(ActCode.PASSED)
        if moved and not any(act.facts.get("hukou") == "HUKOU_LANDED" for act in passed):
            yield case.broken("C3", "户口没有落户就办理了残疾人证迁移；请核对落户登记。")


def _with_entries(world: TransferWorld) -> Iterator[tuple[Transfer, Entry]]:
    for case in world.of(FAMILY, "HOME"):
        for entry in world.entries_of(FAMILY, case.subject):
            yield case, entry
