"""R1 and R4 over the agencies' registers and the cases of 流动人员人事档案 (docs/rules.md A8).

What a parcel itself tells stands in `domain.invariants.custody`.
"""

from __future__ import annotations

from domain.invariants.facts import Found, Violation
from domain.invariants.transfers import Transfer, TransferWorld

_FAMILY = "PERSONNEL_FILE"


def a_file_is_held_once(world: TransferWorld) -> Found:
    """R1: at most one agency has the file on its shelf."""
    seen: set[str] = set()
    for one in world.of(_FAMILY):
        if one.subject in seen:
            continue
        seen.add(one.subject)
        held = [entry for entry in world.entries_of(_FAMILY, one.subject) if entry.status == "HELD"]
        if len(held) > 1:
            places = "、".join(sorted(entry.locality for entry in held))
            yield one.broken("R1", f"同一份档案在{places}都登记为在库；请核对实物所在。")


def origin_has_the_receipt(world: TransferWorld) -> Found:
    """R4: a leg that let the file go ends on the receiver's 回执, or has the file again."""
    for leg in world.of(_FAMILY, "LEG"):
        if leg.ending == "COMPLETED" and leg.did("RELEASED") and not leg.did("CONFIRMED"):
            yield leg.broken("R4", "档案已转出，没有收到回执就办结；请向接收机构催要回执。")


def receipt_means_that_it_is_here(world: TransferWorld) -> Found:
    """R4: what was confirmed as received stands in the receiver's register."""
    for home in world.of(_FAMILY, "HOME"):
        if home.did("BOOKED") and not _known_here(world, home):
            yield _missing(home)


def _known_here(world: TransferWorld, home: Transfer) -> bool:
    return any(entry.locality == home.locality for entry in world.entries_of(_FAMILY, home.subject))


def _missing(home: Transfer) -> Violation:
    return home.broken("R4", "已签回执入库，档案登记库中却没有；请核对登记。")
