"""P3 to P5 of A3 and A4: what the registers must say once a pension has moved.

Listed in `domain.invariants.transfer_rules`. Sources: docs/rules.md A3, A4, D.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.invariants.facts import Violation
from domain.invariants.transfers import Entry, Transfer, TransferWorld

FAMILIES = ("RESIDENT_PENSION", "PENSION_BRIDGE", "CIVIL_PENSION", "ANNUITY")


def relation_ends_where_it_left(world: TransferWorld) -> Iterator[Violation]:
    """P3, P4: after the release the origin's relation is ended by this very letter.

    A person who has come back to that place since has a new relation there.
    """
    for leg in _released(world):
        entry = _entry(world, leg)
        if entry is None:
            yield leg.broken("P4", "已审批转出，转出地业务系统却没有这一关系；请核对。")
        elif entry.status != "ENDED" and not _came_back(world, leg):
            yield leg.broken("P3", "已审批转出，转出地关系仍在延续；请核对业务系统。")
        elif entry.status == "ENDED" and entry.data.get("letter_no") not in _letters(world, leg):
            yield leg.broken("P4", "转出地关系是凭另一函件终止的；请核对两件办件。")


def no_pensioner_moves(world: TransferWorld) -> Iterator[Violation]:
    """P5: who drew a pension when the relation ended was only let go as a double pensioner."""
    for leg in _released(world):
        entry = _entry(world, leg)
        if entry is None or entry.data.get("letter_no") != leg.letter_no:
            continue
        double = leg.family == "PENSION_BRIDGE" and leg.facts.get("direction") == "END_RESIDENT"
        if entry.data.get("ended_from") == "PENSIONER" and not double:
            yield leg.broken("P5", "已经领取待遇的关系被转出；请停止接续并恢复待遇。")


def annuity_moves_in_cash(world: TransferWorld) -> Iterator[Violation]:
    """P4 of 职业年金: nothing that is booked only has moved (记实)."""
    for leg in _released(world):
        entry = _entry(world, leg)
        if leg.family == "ANNUITY" and entry is not None and entry.data.get("unfunded_fen"):
            yield leg.broken("P4", "职业年金单位缴费没有记实就已转出；请核对并补足资金。")


def booked_where_it_arrived(world: TransferWorld) -> Iterator[Violation]:
    """P2, P3: what a case has booked stands in the register of its place, once."""
    for case in world.transfers:
        if case.family not in FAMILIES or case.side != "HOME" or not case.did("BOOKED"):
            continue
        entry = _at(world, case, home_kind(case), case.locality)
        credited = [] if entry is None else list(entry.data.get("credits", ()))
        ours = [one for one in credited if one.get("letter_no") == case.letter_no]
        if len(ours) != 1 and not _left_again(world, case):
            yield case.broken("P3", f"已记账接续，本地业务系统按函登记{len(ours)}次；请核对。")


def home_kind(transfer: Transfer) -> str:
    """The register of the pension that goes on."""
    direction = transfer.facts.get("direction")
    if transfer.family == "CIVIL_PENSION":
        return "PENSION" if direction == "CIVIL_TO_ENTERPRISE" else "CIVIL_PENSION"
    if transfer.family == "PENSION_BRIDGE":
        return "RESIDENT_PENSION" if direction == "INTO_RESIDENT" else "PENSION"
    return transfer.family


def leg_kind(transfer: Transfer) -> str:
    """The register of the pension that ends."""
    direction = transfer.facts.get("direction")
    if transfer.family == "CIVIL_PENSION":
        return "PENSION" if direction == "ENTERPRISE_TO_CIVIL" else "CIVIL_PENSION"
    if transfer.family == "PENSION_BRIDGE":
        return "PENSION" if direction == "INTO_RESIDENT" else "RESIDENT_PENSION"
    return transfer.family


def _released(world: TransferWorld) -> Iterator[Transfer]:
    for one in world.transfers:
        if one.family in FAMILIES and one.side == "LEG" and one.did("RELEASED"):
            yield one


def _entry(world: TransferWorld, leg: Transfer) -> Entry | None:
    return _at(world, leg, leg_kind(leg), leg.locality)


def _at(world: TransferWorld, one: Transfer, kind: str, locality: str) -> Entry | None:
    found = (entry for entry in world.entries_of(kind, one.subject) if entry.locality == locality)
    return next(found, None)


def _letters(world: TransferWorld, leg: Transfer) -> set[str | None]:
    """The letters under which this place has let the same relation go, in earlier times too."""
    return {
        one.letter_no
        for one in _released(world)
        if (one.subject, one.locality, leg_kind(one)) == (leg.subject, leg.locality, leg_kind(leg))
    }


def _came_back(world: TransferWorld, leg: Transfer) -> bool:
    return any(
        one.side == "HOME"
        and one.did("BOOKED")
        and (one.subject, one.locality, home_kind(one))
        == (leg.subject, leg.locality, leg_kind(leg))
        for one in world.transfers
        if one.family in FAMILIES
    )


def _left_again(world: TransferWorld, case: Transfer) -> bool:
    return any(
        (one.subject, one.locality, leg_kind(one)) == (case.subject, case.locality, home_kind(case))
        for one in _released(world)
    )
